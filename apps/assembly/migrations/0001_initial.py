from decimal import Decimal

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from apps.core.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("catalog", "0001_initial"),
        ("ledger", "0001_initial"),
        ("locations", "0001_initial"),
        ("tasks", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="AssemblyOrder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(editable=False, max_length=40, unique=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "warehouse",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.warehouse"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("assemble", "Assemble"),
                                    ("disassemble", "Take apart"),
                                    ("rework", "Rework"),
                                    ("repack", "Repack"),
                                    ("refurbish", "Refurbish"),
                                    ("service", "Service for an order"),
                                ],
                                max_length=11,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("released", "Released"),
                                    ("in_work", "In work"),
                                    ("cancelling", "Being cancelled: goods go back"),
                                    ("done", "Done"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                help_text="Empty: a service makes nothing",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assembly_orders",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "bill",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assembly_orders",
                                to="catalog.billofmaterials",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "made",
                            models.DecimalField(
                                decimal_places=6,
                                default=Decimal("0"),
                                help_text="Or taken apart, or served",
                                max_digits=18,
                            ),
                        ),
                        (
                            "bench",
                            models.ForeignKey(
                                help_text="Where the work is done",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        ("due_on", models.DateField()),
                        ("priority", models.PositiveSmallIntegerField(default=50, help_text="Higher goes first")),
                        (
                            "sales_order",
                            models.CharField(blank=True, help_text="For which the work is done", max_length=40),
                        ),
                        (
                            "origin",
                            models.CharField(
                                blank=True, help_text="The document that asked for the work", max_length=40
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, help_text="What is to be done, in words", max_length=200),
                        ),
                        ("end_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "released_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("released_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "assembly order",
                        "ordering": ("-id",),
                        "indexes": [
                            models.Index(fields=["state", "due_on"], name="assembly_as_state_55ae2f_idx"),
                            models.Index(
                                condition=models.Q(("sales_order", ""), _negated=True),
                                fields=["sales_order"],
                                name="assembly_for_order",
                            ),
                            models.Index(
                                condition=models.Q(("origin", ""), _negated=True),
                                fields=["origin"],
                                name="assembly_origin",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "released", "in_work", "cancelling", "done", "cancelled"])
                                ),
                                name="assembly_order_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["assemble", "disassemble", "rework", "repack", "refurbish", "service"],
                                    )
                                ),
                                name="assembly_order_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("made__gte", 0), ("made__lte", models.F("quantity")), ("quantity__gt", 0)
                                ),
                                name="assembly_order_quantities",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("item", None), ("kind", "service")),
                                    models.Q(models.Q(("kind", "service"), _negated=True), ("item__isnull", False)),
                                    _connector="OR",
                                ),
                                name="assembly_order_service_makes_nothing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", False), ("state__in", ("done", "cancelled"))),
                                    models.Q(
                                        models.Q(("state__in", ("done", "cancelled")), _negated=True),
                                        ("ended_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="assembly_order_ended_at",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssemblyLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="assembly.assemblyorder",
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("component", "Goes in"),
                                    ("output", "Comes out"),
                                    ("by_product", "Comes out besides"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.item"
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=6,
                                help_text="Of it, what is in the goods; the rest is spoilt",
                                max_digits=18,
                            ),
                        ),
                        (
                            "done",
                            models.DecimalField(
                                decimal_places=6, default=Decimal("0"), help_text="What came out of it", max_digits=18
                            ),
                        ),
                        (
                            "bill_line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.billline",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                help_text="This one and no other",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.lot",
                            ),
                        ),
                        (
                            "serial",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.serialnumber",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("order", "line"),
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "line"), name="assembly_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["component", "output", "by_product"])),
                                name="assembly_line_role_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("done__gte", 0), ("net__gt", 0), ("quantity__gt", 0)),
                                name="assembly_line_quantities",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssemblyIssue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="issues",
                                to="assembly.assemblyline",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                help_text="The line's, or what stands in for it",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assembly_issues",
                                to="ledger.lot",
                            ),
                        ),
                        (
                            "serial",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assembly_issues",
                                to="ledger.serialnumber",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("available", "Available"),
                                    ("inspection", "In inspection"),
                                    ("damaged", "Damaged"),
                                    ("returned", "Returned"),
                                    ("blocked", "Blocked"),
                                ],
                                default="available",
                                max_length=10,
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("consumed", models.DecimalField(decimal_places=6, default=Decimal("0"), max_digits=18)),
                        ("returned", models.DecimalField(decimal_places=6, default=Decimal("0"), max_digits=18)),
                        ("scrapped", models.DecimalField(decimal_places=6, default=Decimal("0"), max_digits=18)),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.location"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, help_text="Why more than asked, or something else", max_length=200
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("issued_at", models.DateTimeField()),
                        (
                            "transaction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.stocktransaction",
                            ),
                        ),
                        (
                            "is_mixed",
                            models.BooleanField(
                                default=False,
                                help_text="Others of its line stood beside it when goods were made, and nobody told which went in",
                            ),
                        ),
                        (
                            "put_back",
                            models.OneToOneField(
                                help_text="Asks for it to go back",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assembly_put_back",
                                to="tasks.warehousetask",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["available", "inspection", "damaged", "returned", "blocked"])
                                ),
                                name="assembly_issue_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consumed__gte", 0),
                                    ("quantity__gt", 0),
                                    ("returned__gte", 0),
                                    ("scrapped__gte", 0),
                                    (
                                        "quantity__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("consumed"), "+", models.F("returned")
                                            ),
                                            "+",
                                            models.F("scrapped"),
                                        ),
                                    ),
                                ),
                                name="assembly_issue_adds_up",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssemblyClaim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="assembly.assemblyline",
                            ),
                        ),
                        (
                            "reservation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assembly_claim",
                                to="ledger.reservation",
                            ),
                        ),
                        (
                            "task",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assembly_claim",
                                to="tasks.warehousetask",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                    ],
                    options={
                        "ordering": ("id",),
                    },
                ),
                migrations.CreateModel(
                    name="AssemblyOutput",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="outputs",
                                to="assembly.assemblyline",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assembly_outputs",
                                to="ledger.lot",
                            ),
                        ),
                        (
                            "serial",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assembly_outputs",
                                to="ledger.serialnumber",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "move",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assembly_output",
                                to="ledger.stockmove",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="assembly_output_positive"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssemblyGenealogy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "output",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holds",
                                to="assembly.assemblyoutput",
                            ),
                        ),
                        (
                            "issue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="went_into",
                                to="assembly.assemblyissue",
                            ),
                        ),
                        (
                            "input_move",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assembled_into",
                                to="ledger.stockmove",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "is_certain",
                            models.BooleanField(
                                default=False,
                                help_text="There was nothing else, all of it went in, or somebody told; else first in, first used",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "assembly genealogy",
                        "ordering": ("id",),
                        "constraints": [
                            models.UniqueConstraint(fields=("output", "input_move"), name="assembly_genealogy_once"),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="assembly_genealogy_positive"
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
