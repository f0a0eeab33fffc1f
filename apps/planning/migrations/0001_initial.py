import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from apps.core.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("catalog", "0001_initial"),
        ("locations", "0001_initial"),
        ("purchasing", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="HistoricalStockingPolicy",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "minimum",
                            models.DecimalField(
                                decimal_places=6,
                                help_text="Reorder point, base units: at or below it more is ordered",
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "target",
                            models.DecimalField(
                                decimal_places=6, help_text="Base units: so much is ordered up to", max_digits=18
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "warehouse",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.warehouse",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: whoever is cheapest",
                                limit_choices_to={"is_supplier": True},
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical stocking policy",
                        "verbose_name_plural": "historical stocking policies",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ReorderProposal",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reorder_proposals",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("ordered", "On a purchase order"),
                                    ("dismissed", "Dismissed"),
                                    ("withdrawn", "No longer needed"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("available", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "inbound",
                            models.DecimalField(decimal_places=6, help_text="Expected and not received", max_digits=18),
                        ),
                        (
                            "raised",
                            models.DecimalField(
                                decimal_places=6, help_text="On orders not yet approved", max_digits=18
                            ),
                        ),
                        ("minimum", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("target", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "quantity",
                            models.DecimalField(decimal_places=6, help_text="Base units to order", max_digits=18),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=6, help_text="Supplier's currency, a base unit", max_digits=18, null=True
                            ),
                        ),
                        (
                            "due_on",
                            models.DateField(
                                help_text="When it would come if it were ordered on the day of the proposal"
                            ),
                        ),
                        (
                            "reasons",
                            models.JSONField(
                                default=list, help_text="Why so much and from them: each a rule and a sentence"
                            ),
                        ),
                        ("proposed_on", models.DateField(help_text="By the calendar of the warehouse")),
                        ("decided_on", models.DateField(null=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, help_text="Why it was dismissed or withdrawn", max_length=200),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reorder_proposals",
                                to="purchasing.purchaseorder",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reorder proposal",
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["proposed", "ordered", "dismissed", "withdrawn"])),
                                name="reorder_proposal_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")),
                                fields=("warehouse", "item"),
                                name="reorder_proposal_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="reorder_proposal_quantity"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("order__isnull", False), ("state", "ordered"), ("supplier__isnull", False)
                                    ),
                                    models.Q(models.Q(("state", "ordered"), _negated=True), ("order", None)),
                                    _connector="OR",
                                ),
                                name="reorder_proposal_ordered_by_an_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_by", None), ("decided_on", None), ("state", "proposed")),
                                    models.Q(
                                        models.Q(("state", "proposed"), _negated=True),
                                        ("decided_by__isnull", False),
                                        ("decided_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="reorder_proposal_decided",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StockingPolicy",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stocking_policies",
                                to="locations.warehouse",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stocking_policies",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "minimum",
                            models.DecimalField(
                                decimal_places=6,
                                help_text="Reorder point, base units: at or below it more is ordered",
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "target",
                            models.DecimalField(
                                decimal_places=6, help_text="Base units: so much is ordered up to", max_digits=18
                            ),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: whoever is cheapest",
                                limit_choices_to={"is_supplier": True},
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name_plural": "stocking policies",
                        "ordering": ("warehouse", "item"),
                        "constraints": [
                            models.UniqueConstraint(fields=("warehouse", "item"), name="stocking_policy_once"),
                            models.CheckConstraint(
                                condition=models.Q(("minimum__gte", 0), ("target__gt", models.F("minimum"))),
                                name="stocking_policy_band",
                                violation_error_message="The target is above the minimum, and the minimum not below nothing.",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
