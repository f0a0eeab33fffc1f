from decimal import Decimal

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
        ("ledger", "0001_initial"),
        ("locations", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="WorkInProgress",
                    fields=[
                        ("document", models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ("value", models.DecimalField(decimal_places=2, max_digits=18)),
                    ],
                    options={
                        "verbose_name_plural": "work in progress",
                        "ordering": ("document",),
                    },
                ),
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "use",
                            models.CharField(
                                choices=[
                                    ("inventory", "Inventory"),
                                    ("not_invoiced", "Goods received, not invoiced"),
                                    ("cost_of_goods", "Cost of goods sold"),
                                    ("adjustment", "Inventory adjustment"),
                                    ("scrap", "Scrap"),
                                    ("price_variance", "Price variance"),
                                    ("cost_variance", "Variance of cost of goods"),
                                    ("landed_clearing", "Landed cost clearing"),
                                    ("work_in_progress", "Work in progress"),
                                    ("work_variance", "Variance of work"),
                                    ("revaluation", "Revaluation"),
                                ],
                                max_length=16,
                                unique=True,
                            ),
                        ),
                        ("number", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=80)),
                    ],
                    options={
                        "ordering": ("number",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "use__in",
                                        [
                                            "inventory",
                                            "not_invoiced",
                                            "cost_of_goods",
                                            "adjustment",
                                            "scrap",
                                            "price_variance",
                                            "cost_variance",
                                            "landed_clearing",
                                            "work_in_progress",
                                            "work_variance",
                                            "revaluation",
                                        ],
                                    )
                                ),
                                name="account_use_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CostEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("method", "Cost method"),
                                    ("standard", "Standard cost"),
                                    ("landed", "Landed cost"),
                                    ("price", "Invoiced at another price"),
                                    ("stated", "Cost stated later"),
                                    ("restated", "Revalued"),
                                    ("closed", "Work closed"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.item",
                            ),
                        ),
                        ("position", models.BigIntegerField(help_text="What was valued when it was said")),
                        (
                            "move",
                            models.ForeignKey(
                                help_text="The goods that it is about",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.stockmove",
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, help_text="By which they cost more, or less", max_digits=18, null=True
                            ),
                        ),
                        ("unit_cost", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fifo", "First in, first out"),
                                    ("average", "Moving average"),
                                    ("standard", "Standard cost"),
                                    ("specific", "By lot or serial number"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "corrects",
                            models.CharField(blank=True, help_text="What kind of entry had no cost", max_length=12),
                        ),
                        ("document", models.CharField(blank=True, max_length=40)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                help_text="Nobody: noted by the book",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("applied", models.BooleanField(default=False, help_text="The book has it")),
                    ],
                    options={
                        "ordering": ("-id",),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("applied", False)), fields=["position"], name="cost_event_to_come"
                            ),
                            models.Index(fields=["document"], name="cost_event_document"),
                            models.Index(fields=["item", "-id"], name="cost_event_item"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["method", "standard", "landed", "price", "stated", "restated", "closed"],
                                    )
                                ),
                                name="cost_event_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("unit_cost", None), ("unit_cost__gte", 0), _connector="OR"),
                                name="cost_event_unit_cost_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount", None), ("move", None)),
                                    models.Q(("amount__isnull", False), ("move__isnull", False)),
                                    _connector="OR",
                                ),
                                name="cost_event_about_a_move",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CostEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "warehouse",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.warehouse",
                            ),
                        ),
                        ("position", models.BigIntegerField(help_text="In the sealed ledger")),
                        ("at", models.DateTimeField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("received", "Received"),
                                    ("sent_back", "Sent back to the supplier"),
                                    ("sold", "Sold"),
                                    ("returned", "Returned by a customer"),
                                    ("found", "Found"),
                                    ("lost", "Lost"),
                                    ("scrapped", "Scrapped"),
                                    ("recovered", "Recovered from scrap"),
                                    ("consumed", "Consumed"),
                                    ("produced", "Produced"),
                                    ("left_site", "To another site"),
                                    ("came_to_site", "From another site"),
                                    ("landed", "Landed cost"),
                                    ("price", "Invoiced at another price"),
                                    ("stated", "Cost stated later"),
                                    ("restated", "Revalued"),
                                    ("closed", "Work closed"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("value", models.DecimalField(decimal_places=2, max_digits=18)),
                        ("variance", models.DecimalField(decimal_places=2, max_digits=18)),
                        (
                            "move",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="ledger.stockmove",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="valuation.costevent",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="ledger.lot",
                            ),
                        ),
                        (
                            "serial",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="ledger.serialnumber",
                            ),
                        ),
                        ("document", models.CharField(blank=True, max_length=40)),
                        ("estimated", models.BooleanField(help_text="It came without a cost of its own")),
                        ("corrects", models.CharField(blank=True, max_length=12)),
                    ],
                    options={
                        "verbose_name_plural": "cost entries",
                        "ordering": ("-id",),
                        "indexes": [
                            models.Index(
                                fields=["item", "at"],
                                include=("warehouse", "quantity", "value"),
                                name="cost_entry_item",
                            ),
                            models.Index(
                                condition=models.Q(("move__isnull", False)), fields=["move"], name="cost_entry_move"
                            ),
                            models.Index(fields=["document"], name="cost_entry_document"),
                            models.Index(
                                condition=models.Q(("kind", "sold")), fields=["item", "id"], name="cost_entry_sold"
                            ),
                            models.Index(
                                condition=models.Q(("estimated", True)), fields=["item"], name="cost_entry_estimated"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CostLayer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalog.item",
                            ),
                        ),
                        ("position", models.BigIntegerField(help_text="In the sealed ledger: its age")),
                        (
                            "move",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                help_text="Nothing: pooled goods",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="ledger.stockmove",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="ledger.lot",
                            ),
                        ),
                        (
                            "serial",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="ledger.serialnumber",
                            ),
                        ),
                        ("received", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "base",
                            models.DecimalField(
                                decimal_places=6, help_text="When it was last valued anew", max_digits=18
                            ),
                        ),
                        ("worth", models.DecimalField(decimal_places=2, help_text="Of the base", max_digits=18)),
                        ("rest", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("value", models.DecimalField(decimal_places=2, help_text="Of the rest", max_digits=18)),
                    ],
                    options={
                        "ordering": ("item", "position", "move"),
                        "indexes": [models.Index(fields=["item", "position"], name="cost_layer_item")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("rest__gt", 0), ("rest__lte", models.F("base"))),
                                name="cost_layer_something_left",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__gte", 0)), name="cost_layer_value_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CostRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "category",
                            models.OneToOneField(
                                blank=True,
                                help_text="Empty: all without a rule",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="catalog.category",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("fifo", "First in, first out"),
                                    ("average", "Moving average"),
                                    ("standard", "Standard cost"),
                                    ("specific", "By lot or serial number"),
                                ],
                                default="fifo",
                                max_length=8,
                            ),
                        ),
                        (
                            "holding_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("20"),
                                help_text="Of the value a year: capital, space, insurance, loss",
                                max_digits=6,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(1000),
                                ],
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("category",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("method__in", ["fifo", "average", "standard", "specific"])),
                                name="cost_rule_method_known",
                            ),
                            models.UniqueConstraint(
                                fields=("category",), name="cost_rule_once_a_category", nulls_distinct=False
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("holding_percent__gte", 0), ("holding_percent__lte", 1000)),
                                name="cost_rule_holding_in_range",
                                violation_error_message="Holding costs are from 0 to 1000 percent a year.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cursor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.BigIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="cursor_is_one")],
                    },
                ),
                migrations.CreateModel(
                    name="ExchangeRate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                help_text="ISO 4217",
                                max_length=3,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z]{3}$", "A currency is three capital letters."
                                    )
                                ],
                            ),
                        ),
                        ("on", models.DateField()),
                        (
                            "rate",
                            models.DecimalField(
                                decimal_places=6, help_text="Company currency for one of it", max_digits=18
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("currency", "-on"),
                        "constraints": [
                            models.UniqueConstraint(fields=("currency", "on"), name="exchange_rate_once_a_day"),
                            models.CheckConstraint(
                                condition=models.Q(("rate__gt", 0)),
                                name="exchange_rate_positive",
                                violation_error_message="A rate is more than zero.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAccount",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "use",
                            models.CharField(
                                choices=[
                                    ("inventory", "Inventory"),
                                    ("not_invoiced", "Goods received, not invoiced"),
                                    ("cost_of_goods", "Cost of goods sold"),
                                    ("adjustment", "Inventory adjustment"),
                                    ("scrap", "Scrap"),
                                    ("price_variance", "Price variance"),
                                    ("cost_variance", "Variance of cost of goods"),
                                    ("landed_clearing", "Landed cost clearing"),
                                    ("work_in_progress", "Work in progress"),
                                    ("work_variance", "Variance of work"),
                                    ("revaluation", "Revaluation"),
                                ],
                                db_index=True,
                                max_length=16,
                            ),
                        ),
                        ("number", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=80)),
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
                        "verbose_name": "historical account",
                        "verbose_name_plural": "historical accounts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCostRule",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("fifo", "First in, first out"),
                                    ("average", "Moving average"),
                                    ("standard", "Standard cost"),
                                    ("specific", "By lot or serial number"),
                                ],
                                default="fifo",
                                max_length=8,
                            ),
                        ),
                        (
                            "holding_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("20"),
                                help_text="Of the value a year: capital, space, insurance, loss",
                                max_digits=6,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(1000),
                                ],
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: all without a rule",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalog.category",
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
                        "verbose_name": "historical cost rule",
                        "verbose_name_plural": "historical cost rules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalExchangeRate",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "currency",
                            models.CharField(
                                help_text="ISO 4217",
                                max_length=3,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z]{3}$", "A currency is three capital letters."
                                    )
                                ],
                            ),
                        ),
                        ("on", models.DateField()),
                        (
                            "rate",
                            models.DecimalField(
                                decimal_places=6, help_text="Company currency for one of it", max_digits=18
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
                        "verbose_name": "historical exchange rate",
                        "verbose_name_plural": "historical exchange rates",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ItemCost",
                    fields=[
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="cost",
                                serialize=False,
                                to="catalog.item",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("fifo", "First in, first out"),
                                    ("average", "Moving average"),
                                    ("standard", "Standard cost"),
                                    ("specific", "By lot or serial number"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("standard", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                        ("last_cost", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("value", models.DecimalField(decimal_places=2, max_digits=18)),
                    ],
                    options={
                        "verbose_name": "cost of an item",
                        "verbose_name_plural": "costs of items",
                        "ordering": ("item",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("method__in", ["fifo", "average", "standard", "specific"])),
                                name="item_cost_method_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LandedCost",
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
                            "supplier",
                            models.ForeignKey(
                                help_text="Who sent the invoice",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        ("invoice", models.CharField(help_text="The supplier's number", max_length=40)),
                        ("invoiced_on", models.DateField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("freight", "Freight"),
                                    ("duty", "Duty"),
                                    ("insurance", "Insurance"),
                                    ("handling", "Handling"),
                                    ("other", "Other"),
                                ],
                                max_length=9,
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("value", "Value"),
                                    ("weight", "Weight"),
                                    ("volume", "Volume"),
                                    ("quantity", "Quantity"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("posted", "Posted"), ("cancelled", "Cancelled")],
                                default="posted",
                                max_length=9,
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                max_length=3,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z]{3}$", "A currency is three capital letters."
                                    )
                                ],
                            ),
                        ),
                        (
                            "exchange_rate",
                            models.DecimalField(
                                decimal_places=6, help_text="Company currency for one of it", max_digits=18
                            ),
                        ),
                        ("invoiced", models.DecimalField(decimal_places=2, help_text="In its currency", max_digits=18)),
                        (
                            "amount",
                            models.DecimalField(decimal_places=2, help_text="In company currency", max_digits=18),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "posted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("cancelled_at", models.DateTimeField(null=True)),
                        (
                            "cancelled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, help_text="Why it was cancelled", max_length=200)),
                    ],
                    options={
                        "verbose_name": "landed cost",
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["freight", "duty", "insurance", "handling", "other"])),
                                name="landed_cost_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["value", "weight", "volume", "quantity"])),
                                name="landed_cost_basis_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["posted", "cancelled"])),
                                name="landed_cost_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "posted")),
                                fields=("supplier", "invoice", "kind"),
                                name="landed_cost_invoice_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0), ("exchange_rate__gt", 0), ("invoiced__gt", 0)),
                                name="landed_cost_positive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LandedCostLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "landed_cost",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="valuation.landedcost",
                            ),
                        ),
                        (
                            "move",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.stockmove"
                            ),
                        ),
                        ("weight", models.DecimalField(decimal_places=6, help_text="By the basis", max_digits=24)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.UniqueConstraint(fields=("landed_cost", "move"), name="landed_cost_line_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutputShare",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "move",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ledger.stockmove"
                            ),
                        ),
                        ("share", models.DecimalField(decimal_places=12, max_digits=13)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("share__gte", 0), ("share__lte", 1)), name="output_share_is_a_part"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SaleOfReturn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "posting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="ledger.stocktransaction",
                            ),
                        ),
                        (
                            "sale",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="ledger.stocktransaction",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("posting", "sale"), name="sale_of_return_once")
                        ],
                    },
                ),
            ]
        )
    ]
