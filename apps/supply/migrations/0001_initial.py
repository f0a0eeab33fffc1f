import django.db.models.deletion
from django.db import migrations, models

import apps.ledger.fields
from apps.core.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("locations", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="ExpectedReceipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "warehouse",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.warehouse"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.item"
                            ),
                        ),
                        ("document", models.CharField(max_length=40)),
                        ("line", models.PositiveIntegerField()),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("received", models.DecimalField(decimal_places=6, default=0, max_digits=18)),
                        ("due_on", models.DateField()),
                        ("closed_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ("due_on", "id"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_at", None)),
                                fields=["warehouse", "item"],
                                name="expected_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "line"), name="expected_receipt_once_a_line"),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0), ("received__gte", 0)),
                                name="expected_receipt_quantities",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Promise",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "warehouse",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.warehouse"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.item"
                            ),
                        ),
                        ("document", models.CharField(max_length=40)),
                        ("line", models.PositiveIntegerField()),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("allocated", models.DecimalField(decimal_places=6, default=0, max_digits=18)),
                        ("due_on", models.DateField()),
                        ("promised_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "xid",
                            apps.ledger.fields.TransactionIdField(
                                db_default=models.Func(function="pg_current_xact_id"),
                                help_text="Who promised last: readers of what changed",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("promised_at", "id"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_at", None)),
                                fields=["warehouse", "item"],
                                name="promise_open",
                            ),
                            models.Index(fields=["xid"], name="promise_xid"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "line"), name="promise_once_a_line"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("allocated__gte", 0), ("allocated__lte", models.F("quantity")), ("quantity__gt", 0)
                                ),
                                name="promise_quantities",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
