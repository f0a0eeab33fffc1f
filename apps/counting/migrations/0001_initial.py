from decimal import Decimal

import django.contrib.postgres.fields
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
        ("tasks", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="ApprovalTier",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("picker", "Picker"),
                                    ("supervisor", "Supervisor"),
                                    ("inventory manager", "Inventory manager"),
                                    ("buyer", "Buyer"),
                                    ("sales", "Sales"),
                                    ("quality", "Quality"),
                                    ("safety", "Safety"),
                                    ("auditor", "Auditor"),
                                    ("admin", "Admin"),
                                ],
                                max_length=20,
                                unique=True,
                            ),
                        ),
                        (
                            "most_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Of one count, at cost; empty: any",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "most_quantity",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Of one count; empty: any",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "most_in_30_days",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Of all that a person approved in 30 days, this one too; empty: any",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("role",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "picker",
                                            "supervisor",
                                            "inventory manager",
                                            "buyer",
                                            "sales",
                                            "quality",
                                            "safety",
                                            "auditor",
                                            "admin",
                                        ],
                                    )
                                ),
                                name="approval_tier_role_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CountDay",
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
                        ("day", models.DateField(help_text="By the calendar of the warehouse")),
                        ("due", models.PositiveIntegerField(help_text="Bins that were due, those planned among them")),
                        (
                            "budget",
                            models.DecimalField(
                                decimal_places=2, default=0, help_text="Minutes that were left to plan", max_digits=8
                            ),
                        ),
                        (
                            "minutes",
                            models.DecimalField(
                                decimal_places=2, default=0, help_text="What its counts should take", max_digits=8
                            ),
                        ),
                        ("planned_at", models.DateTimeField()),
                        (
                            "planned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-day", "warehouse"),
                        "constraints": [models.UniqueConstraint(fields=("warehouse", "day"), name="count_day_once")],
                    },
                ),
                migrations.CreateModel(
                    name="CountDoubt",
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
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.location"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("short_pick", "Short pick"),
                                    ("empty_bin", "The picker saw it empty"),
                                    ("wrong_place", "Goods that should stand elsewhere"),
                                ],
                                max_length=11,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, help_text="Where it was seen: a pick, a count", max_length=40),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("seen_at", models.DateTimeField()),
                        (
                            "seen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "doubt",
                        "ordering": ("-id",),
                        "indexes": [models.Index(fields=["location", "seen_at"], name="count_doubt_of_place")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["short_pick", "empty_bin", "wrong_place"])),
                                name="count_doubt_kind_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("document", ""), _negated=True),
                                fields=("location", "kind", "document"),
                                name="count_doubt_once_a_document",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CountPlan",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="locations.warehouse"
                            ),
                        ),
                        (
                            "minutes_a_day",
                            models.PositiveSmallIntegerField(
                                default=60,
                                help_text="Of work, for all of a day's counts together",
                                validators=[django.core.validators.MinValueValidator(1)],
                            ),
                        ),
                        (
                            "usual_minutes",
                            models.DecimalField(
                                decimal_places=2,
                                default=2,
                                help_text="That a bin takes, until enough counts have been timed here",
                                max_digits=5,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("warehouse",),
                        "constraints": [
                            models.UniqueConstraint(fields=("warehouse",), name="count_plan_once_a_warehouse"),
                            models.CheckConstraint(
                                condition=models.Q(("minutes_a_day__gt", 0), ("usual_minutes__gt", 0)),
                                name="count_plan_takes_time",
                                violation_error_message="At least one minute a day, and a bin takes more than none.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CountProgram",
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
                                related_name="count_programs",
                                to="locations.warehouse",
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("class", "By class and interval"),
                                    ("risk", "By risk"),
                                    ("random", "Random sample"),
                                    ("zone", "By zone and interval"),
                                    ("event", "When something was seen"),
                                ],
                                max_length=6,
                            ),
                        ),
                        (
                            "abc_class",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A: fast"), ("B", "B: medium"), ("C", "C: slow")],
                                help_text="By class: bins whose fastest item is of it; empty: all bins",
                                max_length=1,
                                verbose_name="class",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                help_text="By zone: of which",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "interval_days",
                            models.PositiveSmallIntegerField(
                                default=90,
                                help_text="By class, zone or risk: a bin is due so many days after its last count",
                                validators=[django.core.validators.MinValueValidator(1)],
                            ),
                        ),
                        ("sample_size", models.PositiveIntegerField(default=0, help_text="Random: so many bins a day")),
                        (
                            "seed",
                            models.CharField(
                                blank=True,
                                help_text="Random: with the day it says which; the same seed, the same bins",
                                max_length=40,
                            ),
                        ),
                        (
                            "events",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("short_pick", "Short pick"),
                                        ("empty_bin", "The picker saw it empty"),
                                        ("wrong_place", "Goods that should stand elsewhere"),
                                    ],
                                    max_length=11,
                                ),
                                blank=True,
                                default=list,
                                help_text="On event: which of them",
                                size=None,
                            ),
                        ),
                        (
                            "weight_value",
                            models.PositiveSmallIntegerField(
                                default=20,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "weight_velocity",
                            models.PositiveSmallIntegerField(
                                default=20,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "weight_variance",
                            models.PositiveSmallIntegerField(
                                default=20,
                                help_text="The last count found one",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "weight_short",
                            models.PositiveSmallIntegerField(
                                default=20,
                                help_text="Short picks since the last count",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "weight_empty",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="Seen empty by a picker since the last count",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "weight_age",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="Days since then",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "threshold",
                            models.PositiveSmallIntegerField(
                                default=50,
                                help_text="By risk: of 100, from where on a bin is due",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("warehouse", "code"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("warehouse", "code"), name="count_program_once_a_warehouse"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["class", "risk", "random", "zone", "event"])),
                                name="count_program_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("abc_class__in", ["", "A", "B", "C"])),
                                name="count_program_class_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("kind", "zone"), _negated=True),
                                        ("zone__isnull", False),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        models.Q(("kind", "random"), _negated=True),
                                        models.Q(("sample_size__gt", 0), models.Q(("seed", ""), _negated=True)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        models.Q(("kind", "event"), _negated=True),
                                        ("events__len__gt", 0),
                                        _connector="OR",
                                    ),
                                ),
                                name="count_program_says_what",
                                violation_error_message="By zone names its zone, a sample its size and seed, on event its events.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CountTolerance",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="locations.warehouse"
                            ),
                        ),
                        (
                            "abc_class",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A: fast"), ("B", "B: medium"), ("C", "C: slow")],
                                help_text="Of the item here; empty: any other",
                                max_length=1,
                                verbose_name="class",
                            ),
                        ),
                        (
                            "percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                help_text="Of what the book has; 0: none",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="At cost, in the company's currency; empty: whatever it is worth",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("warehouse", "abc_class"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("warehouse", "abc_class"), name="count_tolerance_once_a_class"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("percent__gte", 0),
                                    ("percent__lte", 100),
                                    models.Q(("value", None), ("value__gte", 0), _connector="OR"),
                                ),
                                name="count_tolerance_is_a_share",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("abc_class__in", ["", "A", "B", "C"])),
                                name="count_tolerance_class_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Inventory",
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
                            "zone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.zone"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("counting", "Being counted"),
                                    ("closed", "Closed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="counting",
                                max_length=10,
                            ),
                        ),
                        (
                            "freezes",
                            models.BooleanField(
                                default=False, help_text="Nothing moves in the zone until it is closed"
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "inventory",
                        "verbose_name_plural": "inventories",
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["counting", "closed", "cancelled"])),
                                name="inventory_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "counting")), fields=("zone",), name="inventory_one_a_zone"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CycleCount",
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
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counts",
                                to="locations.location",
                            ),
                        ),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    ("place", "All that stands in the place"),
                                    ("item", "One item in the place"),
                                    ("unit", "What stands on a unit"),
                                    ("empty", "Whether the place is empty"),
                                ],
                                default="place",
                                max_length=5,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                help_text="Only this is counted here",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                help_text="Only what stands on it is counted",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.handlingunit",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("counted", "Waits for approval"),
                                    ("recount", "To be counted again"),
                                    ("approved", "Approved"),
                                    ("rejected", "Rejected"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        (
                            "task",
                            models.OneToOneField(
                                help_text="The latest",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cycle_count",
                                to="tasks.warehousetask",
                            ),
                        ),
                        (
                            "day",
                            models.ForeignKey(
                                help_text="Of whose plan it is; else somebody asked",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counts",
                                to="counting.countday",
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                help_text="Which of the plan's asked for it",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="counting.countprogram",
                            ),
                        ),
                        (
                            "inventory",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counts",
                                to="counting.inventory",
                            ),
                        ),
                        (
                            "worth",
                            models.FloatField(
                                help_text="Error it was expected to remove, by minute of work", null=True
                            ),
                        ),
                        ("reason", models.CharField(blank=True, help_text="Why it was decided so", max_length=200)),
                        ("reason_code", models.CharField(blank=True, help_text="Of a count's reasons", max_length=20)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "first_counted_by",
                            models.ForeignKey(
                                help_text="Whose count was rejected",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "counted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("counted_at", models.DateTimeField(null=True)),
                        (
                            "last_picked_by",
                            models.ForeignKey(
                                help_text="Before it was counted",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "quantity",
                            models.DecimalField(
                                decimal_places=6,
                                default=0,
                                help_text="Too much and missing together, of all goods",
                                max_digits=36,
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=6,
                                default=0,
                                help_text="The same at cost, in the company's currency",
                                max_digits=36,
                            ),
                        ),
                        (
                            "by_rule",
                            models.BooleanField(default=False, help_text="Within the tolerance, so nobody had to look"),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "transaction",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.stocktransaction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cycle count",
                        "ordering": ("-id",),
                        "indexes": [
                            models.Index(fields=["location", "-counted_at"], name="cycle_count_of_place"),
                            models.Index(
                                condition=models.Q(("approved_by__isnull", False)),
                                fields=["approved_by", "decided_at"],
                                name="cycle_count_by_approver",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["open", "counted", "recount", "approved", "rejected", "cancelled"])
                                ),
                                name="cycle_count_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("scope__in", ["place", "item", "unit", "empty"])),
                                name="cycle_count_scope_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("item", None), ("scope__in", ("place", "empty")), ("unit", None)),
                                    models.Q(("item__isnull", False), ("scope", "item"), ("unit", None)),
                                    models.Q(("item", None), ("scope", "unit"), ("unit__isnull", False)),
                                    _connector="OR",
                                ),
                                name="cycle_count_names_what_it_is_of",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("open", "counted", "recount"))),
                                fields=("location",),
                                name="cycle_count_one_a_location",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by", None),
                                    models.Q(
                                        ("counted_by__isnull", False),
                                        models.Q(("approved_by", models.F("counted_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="cycle_count_approved_by_another",
                                violation_error_message="Whoever counted cannot approve.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by", None),
                                    models.Q(
                                        models.Q(
                                            ("first_counted_by", None),
                                            models.Q(("approved_by", models.F("first_counted_by")), _negated=True),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("last_picked_by", None),
                                            models.Q(("approved_by", models.F("last_picked_by")), _negated=True),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("day__isnull", False),
                                            ("by_rule", True),
                                            models.Q(("approved_by", models.F("asked_by")), _negated=True),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="cycle_count_approved_by_no_other_part",
                                violation_error_message="Whoever asked, counted first or picked there last cannot approve.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("first_counted_by", None),
                                    ("counted_by", None),
                                    models.Q(("first_counted_by", models.F("counted_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="cycle_count_counted_again_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("transaction", None),
                                    models.Q(("approved_by__isnull", False), ("state", "approved")),
                                    _connector="OR",
                                ),
                                name="cycle_count_posted_when_approved",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CountLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "count",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="counting.cyclecount",
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.item"
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
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
                                max_length=10,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.handlingunit",
                            ),
                        ),
                        (
                            "expected",
                            models.DecimalField(decimal_places=6, help_text="On hand at the position", max_digits=18),
                        ),
                        (
                            "position",
                            models.ForeignKey(
                                help_text="The balance's last move then",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.stockmove",
                            ),
                        ),
                        ("counted", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "seen_at",
                            models.DateTimeField(help_text="The moment that the book was taken for", null=True),
                        ),
                        (
                            "unit_cost",
                            models.DecimalField(
                                decimal_places=6,
                                default=0,
                                help_text="The latest known, in the company's currency",
                                max_digits=18,
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
                                name="count_line_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("counted__gte", 0), ("expected__gte", 0)),
                                name="count_line_not_negative",
                            ),
                            models.UniqueConstraint(
                                fields=("count", "round", "item", "lot", "serial", "status", "owner", "unit"),
                                name="count_line_once",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CountFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "count",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="counting.cyclecount",
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("barcode", "Unknown barcode"),
                                    ("item", "Unknown item"),
                                    ("lot", "Unknown lot"),
                                    ("serial", "Unknown serial number"),
                                    ("aside", "Not what is counted here"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("text", models.CharField(help_text="As it was scanned or read", max_length=200)),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                        ("note", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["barcode", "item", "lot", "serial", "aside"])),
                                name="count_finding_kind_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalApprovalTier",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("picker", "Picker"),
                                    ("supervisor", "Supervisor"),
                                    ("inventory manager", "Inventory manager"),
                                    ("buyer", "Buyer"),
                                    ("sales", "Sales"),
                                    ("quality", "Quality"),
                                    ("safety", "Safety"),
                                    ("auditor", "Auditor"),
                                    ("admin", "Admin"),
                                ],
                                db_index=True,
                                max_length=20,
                            ),
                        ),
                        (
                            "most_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Of one count, at cost; empty: any",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "most_quantity",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Of one count; empty: any",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "most_in_30_days",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Of all that a person approved in 30 days, this one too; empty: any",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
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
                        "verbose_name": "historical approval tier",
                        "verbose_name_plural": "historical approval tiers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCountPlan",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "minutes_a_day",
                            models.PositiveSmallIntegerField(
                                default=60,
                                help_text="Of work, for all of a day's counts together",
                                validators=[django.core.validators.MinValueValidator(1)],
                            ),
                        ),
                        (
                            "usual_minutes",
                            models.DecimalField(
                                decimal_places=2,
                                default=2,
                                help_text="That a bin takes, until enough counts have been timed here",
                                max_digits=5,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
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
                        "verbose_name": "historical count plan",
                        "verbose_name_plural": "historical count plans",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCountProgram",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(max_length=20)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("class", "By class and interval"),
                                    ("risk", "By risk"),
                                    ("random", "Random sample"),
                                    ("zone", "By zone and interval"),
                                    ("event", "When something was seen"),
                                ],
                                max_length=6,
                            ),
                        ),
                        (
                            "abc_class",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A: fast"), ("B", "B: medium"), ("C", "C: slow")],
                                help_text="By class: bins whose fastest item is of it; empty: all bins",
                                max_length=1,
                                verbose_name="class",
                            ),
                        ),
                        (
                            "interval_days",
                            models.PositiveSmallIntegerField(
                                default=90,
                                help_text="By class, zone or risk: a bin is due so many days after its last count",
                                validators=[django.core.validators.MinValueValidator(1)],
                            ),
                        ),
                        ("sample_size", models.PositiveIntegerField(default=0, help_text="Random: so many bins a day")),
                        (
                            "seed",
                            models.CharField(
                                blank=True,
                                help_text="Random: with the day it says which; the same seed, the same bins",
                                max_length=40,
                            ),
                        ),
                        (
                            "events",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("short_pick", "Short pick"),
                                        ("empty_bin", "The picker saw it empty"),
                                        ("wrong_place", "Goods that should stand elsewhere"),
                                    ],
                                    max_length=11,
                                ),
                                blank=True,
                                default=list,
                                help_text="On event: which of them",
                                size=None,
                            ),
                        ),
                        (
                            "weight_value",
                            models.PositiveSmallIntegerField(
                                default=20,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "weight_velocity",
                            models.PositiveSmallIntegerField(
                                default=20,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "weight_variance",
                            models.PositiveSmallIntegerField(
                                default=20,
                                help_text="The last count found one",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "weight_short",
                            models.PositiveSmallIntegerField(
                                default=20,
                                help_text="Short picks since the last count",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "weight_empty",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="Seen empty by a picker since the last count",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "weight_age",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="Days since then",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "threshold",
                            models.PositiveSmallIntegerField(
                                default=50,
                                help_text="By risk: of 100, from where on a bin is due",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
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
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="By zone: of which",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.zone",
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
                        "verbose_name": "historical count program",
                        "verbose_name_plural": "historical count programs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCountTolerance",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "abc_class",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A: fast"), ("B", "B: medium"), ("C", "C: slow")],
                                help_text="Of the item here; empty: any other",
                                max_length=1,
                                verbose_name="class",
                            ),
                        ),
                        (
                            "percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                help_text="Of what the book has; 0: none",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="At cost, in the company's currency; empty: whatever it is worth",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
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
                        "verbose_name": "historical count tolerance",
                        "verbose_name_plural": "historical count tolerances",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ]
        )
    ]
