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
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("catalog", "0001_initial"),
        ("ledger", "0001_initial"),
        ("locations", "0001_initial"),
        ("safety", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="SamplingTable",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, unique=True)),
                        ("source", models.CharField(help_text="Standard, edition and tables", max_length=200)),
                        ("effective_on", models.DateField()),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Held against the text by who may do so",
                                verbose_name="verified",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        ("note", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "ordering": ("-effective_on", "code"),
                    },
                ),
                migrations.CreateModel(
                    name="WatchedZone",
                    fields=[],
                    options={
                        "verbose_name": "zone's climate",
                        "verbose_name_plural": "climate of zones",
                        "proxy": True,
                    },
                    bases=("locations.zone",),
                ),
                migrations.CreateModel(
                    name="HistoricalInspectionPlan",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "sampling",
                            models.CharField(
                                choices=[
                                    ("all", "Every unit"),
                                    ("count", "A fixed number"),
                                    ("percent", "A percentage"),
                                    ("table", "By a sampling table"),
                                ],
                                default="all",
                                max_length=7,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="How many, or how many percent",
                                max_digits=9,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("S-1", "Special S-1"),
                                    ("S-2", "Special S-2"),
                                    ("S-3", "Special S-3"),
                                    ("S-4", "Special S-4"),
                                    ("I", "General I"),
                                    ("II", "General II"),
                                    ("III", "General III"),
                                ],
                                default="II",
                                help_text="By a table",
                                max_length=4,
                            ),
                        ),
                        (
                            "aql",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="By a table: percent defective",
                                max_digits=6,
                                null=True,
                                verbose_name="AQL",
                            ),
                        ),
                        (
                            "starts",
                            models.CharField(
                                choices=[("normal", "Normal"), ("tightened", "Tightened"), ("reduced", "Reduced")],
                                default="normal",
                                help_text="How the first lot of a supplier is sampled; the results of its lots decide from then on",
                                max_length=9,
                            ),
                        ),
                        (
                            "skip_after",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Accepted lots in a row before any is skipped; 0: none",
                                validators=[django.core.validators.MaxValueValidator(20)],
                            ),
                        ),
                        (
                            "inspect_every",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="Then only every so-many-th",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                            ),
                        ),
                        ("valid_from", models.DateField()),
                        ("is_active", models.BooleanField(default=True)),
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
                            "category",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="With all below it",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalog.category",
                            ),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: whoever delivers",
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
                        "verbose_name": "historical inspection plan",
                        "verbose_name_plural": "historical inspection plans",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSamplingTable",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=40)),
                        ("source", models.CharField(help_text="Standard, edition and tables", max_length=200)),
                        ("effective_on", models.DateField()),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Held against the text by who may do so",
                                verbose_name="verified",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        ("note", models.CharField(blank=True, max_length=300)),
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
                        "verbose_name": "historical sampling table",
                        "verbose_name_plural": "historical sampling tables",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSensor",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=40)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "interval_seconds",
                            models.PositiveIntegerField(
                                default=300,
                                help_text="Where it has said nothing for more than two of these, nothing is known",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(86400),
                                ],
                                verbose_name="reads every (s)",
                            ),
                        ),
                        ("calibrated_on", models.DateField(blank=True, null=True)),
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
                                help_text="What it speaks for",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Where it speaks for one",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "device",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="What tells its readings; empty: any device or person of the warehouse",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.device",
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
                        "verbose_name": "historical sensor",
                        "verbose_name_plural": "historical sensors",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="InspectionPlan",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="inspection_plans",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                help_text="With all below it",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="catalog.category",
                            ),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: whoever delivers",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "sampling",
                            models.CharField(
                                choices=[
                                    ("all", "Every unit"),
                                    ("count", "A fixed number"),
                                    ("percent", "A percentage"),
                                    ("table", "By a sampling table"),
                                ],
                                default="all",
                                max_length=7,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="How many, or how many percent",
                                max_digits=9,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("S-1", "Special S-1"),
                                    ("S-2", "Special S-2"),
                                    ("S-3", "Special S-3"),
                                    ("S-4", "Special S-4"),
                                    ("I", "General I"),
                                    ("II", "General II"),
                                    ("III", "General III"),
                                ],
                                default="II",
                                help_text="By a table",
                                max_length=4,
                            ),
                        ),
                        (
                            "aql",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="By a table: percent defective",
                                max_digits=6,
                                null=True,
                                verbose_name="AQL",
                            ),
                        ),
                        (
                            "starts",
                            models.CharField(
                                choices=[("normal", "Normal"), ("tightened", "Tightened"), ("reduced", "Reduced")],
                                default="normal",
                                help_text="How the first lot of a supplier is sampled; the results of its lots decide from then on",
                                max_length=9,
                            ),
                        ),
                        (
                            "skip_after",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Accepted lots in a row before any is skipped; 0: none",
                                validators=[django.core.validators.MaxValueValidator(20)],
                            ),
                        ),
                        (
                            "inspect_every",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="Then only every so-many-th",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                            ),
                        ),
                        ("valid_from", models.DateField()),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("item", "category", "supplier", "-valid_from"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "category", "supplier", "valid_from"),
                                name="inspection_plan_once_a_day",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("category__isnull", False), ("item", None)),
                                    models.Q(("category", None), ("item__isnull", False)),
                                    _connector="OR",
                                ),
                                name="inspection_plan_of_one_thing",
                                violation_error_message="A plan is for an item or for a category.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sampling", "all"),
                                    models.Q(
                                        ("amount__gt", 0),
                                        ("amount__isnull", False),
                                        ("sampling__in", ("count", "percent")),
                                    ),
                                    models.Q(("aql__isnull", False), ("sampling", "table")),
                                    _connector="OR",
                                ),
                                name="inspection_plan_says_how_many",
                                violation_error_message="Say how many, how many percent, or by which AQL.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("inspect_every__gte", 1)), name="inspection_plan_skips_some"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sampling__in", ["all", "count", "percent", "table"])),
                                name="inspection_plan_sampling_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["S-1", "S-2", "S-3", "S-4", "I", "II", "III"])),
                                name="inspection_plan_level_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("starts__in", ["normal", "tightened", "reduced"])),
                                name="inspection_plan_severity_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Inspection",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "To be inspected"),
                                    ("waiting", "Waits for approval"),
                                    ("decided", "Decided"),
                                    ("skipped", "Skipped"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="open",
                                max_length=9,
                            ),
                        ),
                        (
                            "document",
                            models.CharField(
                                blank=True, help_text="Of what brought the goods; empty: held in stock", max_length=40
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections",
                                to="ledger.lot",
                            ),
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
                            "location",
                            models.ForeignKey(
                                help_text="Where they stood at first",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "plan",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections",
                                to="compliance.inspectionplan",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="compliance.samplingtable",
                            ),
                        ),
                        (
                            "severity",
                            models.CharField(
                                choices=[("normal", "Normal"), ("tightened", "Tightened"), ("reduced", "Reduced")],
                                default="normal",
                                max_length=9,
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(blank=True, help_text="By what the sample was found", max_length=120),
                        ),
                        ("sample_size", models.PositiveIntegerField(default=0)),
                        ("accept_number", models.PositiveIntegerField(default=0)),
                        ("reject_number", models.PositiveIntegerField(default=1)),
                        (
                            "origin",
                            models.ForeignKey(
                                help_text="After whose rework it is inspected again",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="again",
                                to="compliance.inspection",
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(blank=True, help_text="Why goods in stock were held", max_length=200),
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
                            "accepted",
                            models.BooleanField(help_text="How the lot counts in its supplier's history", null=True),
                        ),
                        (
                            "in_doubt",
                            models.BooleanField(default=False, help_text="Accepted above the acceptance number"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("reason", models.CharField(blank=True, help_text="Why it was decided so", max_length=200)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(null=True)),
                        ("approval_reason", models.CharField(blank=True, max_length=200)),
                        ("serials", models.ManyToManyField(related_name="inspections", to="ledger.serialnumber")),
                    ],
                    options={
                        "ordering": ("-id",),
                        "indexes": [
                            models.Index(fields=["state"], name="compliance__state_a03168_idx"),
                            models.Index(fields=["document"], name="compliance__documen_2314b9_idx"),
                            models.Index(fields=["plan", "supplier", "item", "-id"], name="inspection_series"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["open", "waiting", "decided", "skipped", "cancelled"])
                                ),
                                name="inspection_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("severity__in", ["normal", "tightened", "reduced"])),
                                name="inspection_severity_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="inspection_quantity_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reject_number__gt", models.F("accept_number"))),
                                name="inspection_numbers_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("waiting", "decided")), _negated=True),
                                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="inspection_decided_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by", None),
                                    models.Q(
                                        ("decided_by__isnull", False),
                                        models.Q(("approved_by", models.F("decided_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="inspection_approved_by_another",
                                violation_error_message="Whoever asked for a concession cannot approve it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InspectionCharacteristic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line", models.PositiveSmallIntegerField(help_text="Its place on the sheet")),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("pass_fail", "Pass or fail"), ("measured", "Measured")],
                                default="pass_fail",
                                max_length=9,
                            ),
                        ),
                        ("unit", models.CharField(blank=True, help_text="Of what is measured", max_length=12)),
                        (
                            "lower",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="lower limit"
                            ),
                        ),
                        (
                            "upper",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="upper limit"
                            ),
                        ),
                        ("instruction", models.CharField(blank=True, max_length=200)),
                        (
                            "is_critical",
                            models.BooleanField(
                                default=False, help_text="One such defect rejects the lot", verbose_name="critical"
                            ),
                        ),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="characteristics",
                                to="compliance.inspection",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("inspection", "line"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("inspection", "line"), name="inspection_characteristic_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["pass_fail", "measured"])),
                                name="inspection_characteristic_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InspectionDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="compliance.inspection",
                            ),
                        ),
                        (
                            "disposition",
                            models.CharField(
                                choices=[
                                    ("accept", "Accept"),
                                    ("reject", "Reject: back to the supplier"),
                                    ("rework", "Rework, then inspect again"),
                                    ("use_as_is", "Use as is, once another approves"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
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
                            "returned",
                            models.DecimalField(
                                decimal_places=6,
                                default=Decimal("0"),
                                help_text="Of what is rejected: gone back",
                                max_digits=18,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("disposition__in", ["accept", "reject", "rework", "use_as_is"])),
                                name="inspection_decision_disposition_known",
                            ),
                            models.UniqueConstraint(
                                fields=("inspection", "disposition", "serial"),
                                name="inspection_decision_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quantity__gt", 0), ("returned__gte", 0), ("returned__lte", models.F("quantity"))
                                ),
                                name="inspection_decision_quantities",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("returned", 0), ("disposition", "reject"), _connector="OR"),
                                name="inspection_decision_returned_is_rejected",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPlanCharacteristic",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("line", models.PositiveSmallIntegerField(help_text="Its place on the sheet")),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("pass_fail", "Pass or fail"), ("measured", "Measured")],
                                default="pass_fail",
                                max_length=9,
                            ),
                        ),
                        ("unit", models.CharField(blank=True, help_text="Of what is measured", max_length=12)),
                        (
                            "lower",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="lower limit"
                            ),
                        ),
                        (
                            "upper",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="upper limit"
                            ),
                        ),
                        ("instruction", models.CharField(blank=True, max_length=200)),
                        (
                            "is_critical",
                            models.BooleanField(
                                default=False, help_text="One such defect rejects the lot", verbose_name="critical"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="compliance.inspectionplan",
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
                        "verbose_name": "historical plan characteristic",
                        "verbose_name_plural": "historical plan characteristics",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="InspectionResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "characteristic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="compliance.inspectioncharacteristic",
                            ),
                        ),
                        ("sample", models.PositiveIntegerField(help_text="Which unit of the sample, from 1")),
                        (
                            "value",
                            models.DecimalField(decimal_places=6, help_text="As measured", max_digits=18, null=True),
                        ),
                        ("passed", models.BooleanField()),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("replaced_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ("characteristic", "sample", "id"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_at", None)),
                                fields=("characteristic", "sample"),
                                name="inspection_result_one_counts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sample__gt", 0)), name="inspection_result_sample_from_one"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanCharacteristic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line", models.PositiveSmallIntegerField(help_text="Its place on the sheet")),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("pass_fail", "Pass or fail"), ("measured", "Measured")],
                                default="pass_fail",
                                max_length=9,
                            ),
                        ),
                        ("unit", models.CharField(blank=True, help_text="Of what is measured", max_length=12)),
                        (
                            "lower",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="lower limit"
                            ),
                        ),
                        (
                            "upper",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="upper limit"
                            ),
                        ),
                        ("instruction", models.CharField(blank=True, max_length=200)),
                        (
                            "is_critical",
                            models.BooleanField(
                                default=False, help_text="One such defect rejects the lot", verbose_name="critical"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="characteristics",
                                to="compliance.inspectionplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("plan", "line"),
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "line"), name="plan_characteristic_once"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["pass_fail", "measured"])),
                                name="plan_characteristic_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lower", None), ("upper", None), ("lower__lte", models.F("upper")), _connector="OR"
                                ),
                                name="plan_characteristic_limits",
                                violation_error_message="The lower limit is above the upper one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "measured"), _negated=True),
                                    ("lower__isnull", False),
                                    ("upper__isnull", False),
                                    _connector="OR",
                                ),
                                name="plan_characteristic_measured_has_a_limit",
                                violation_error_message="What is measured has at least one limit.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CodeLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters",
                                to="compliance.samplingtable",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("S-1", "Special S-1"),
                                    ("S-2", "Special S-2"),
                                    ("S-3", "Special S-3"),
                                    ("S-4", "Special S-4"),
                                    ("I", "General I"),
                                    ("II", "General II"),
                                    ("III", "General III"),
                                ],
                                max_length=4,
                            ),
                        ),
                        ("lot_from", models.PositiveIntegerField()),
                        ("letter", models.CharField(max_length=2)),
                    ],
                    options={
                        "ordering": ("table", "level", "lot_from"),
                        "constraints": [
                            models.UniqueConstraint(fields=("table", "level", "lot_from"), name="code_letter_once"),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["S-1", "S-2", "S-3", "S-4", "I", "II", "III"])),
                                name="code_letter_level_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sensor",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sensors",
                                to="locations.warehouse",
                            ),
                        ),
                        ("number", models.CharField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                help_text="What it speaks for",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sensors",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                blank=True,
                                help_text="Where it speaks for one",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sensors",
                                to="locations.location",
                            ),
                        ),
                        (
                            "device",
                            models.ForeignKey(
                                blank=True,
                                help_text="What tells its readings; empty: any device or person of the warehouse",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.device",
                            ),
                        ),
                        (
                            "interval_seconds",
                            models.PositiveIntegerField(
                                default=300,
                                help_text="Where it has said nothing for more than two of these, nothing is known",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(86400),
                                ],
                                verbose_name="reads every (s)",
                            ),
                        ),
                        ("calibrated_on", models.DateField(blank=True, null=True)),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("warehouse", "number"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("location__isnull", False), ("zone", None)),
                                    models.Q(("location", None), ("zone__isnull", False)),
                                    _connector="OR",
                                ),
                                name="sensor_speaks_for_one",
                                violation_error_message="Say which zone or which place it speaks for, one of them.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("interval_seconds__gte", 1), ("interval_seconds__lte", 86400)),
                                name="sensor_interval_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExcursionCase",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "To be decided"),
                                    ("waiting", "Release waits for approval"),
                                    ("released", "Released"),
                                    ("rejected", "Rejected"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        (
                            "sensor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="excursions",
                                to="compliance.sensor",
                            ),
                        ),
                        (
                            "condition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="safety.storagecondition",
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                choices=[("temperature", "Temperature"), ("humidity", "Humidity")], max_length=11
                            ),
                        ),
                        ("low", models.DecimalField(decimal_places=1, max_digits=5, null=True)),
                        ("high", models.DecimalField(decimal_places=1, max_digits=5, null=True)),
                        ("first_at", models.DateTimeField(help_text="First reading beyond the band")),
                        ("last_at", models.DateTimeField(help_text="Last reading beyond the band")),
                        ("ended_at", models.DateTimeField(help_text="First reading within it again", null=True)),
                        ("lowest", models.DecimalField(decimal_places=2, max_digits=5)),
                        ("highest", models.DecimalField(decimal_places=2, max_digits=5)),
                        (
                            "mean_kinetic",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="Empty: not evaluable",
                                max_digits=5,
                                null=True,
                                verbose_name="mean kinetic temperature",
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("within", "Within the rule"),
                                    ("beyond", "Beyond the rule"),
                                    ("not_evaluable", "Not evaluable"),
                                    ("no_rule", "No rule to judge by"),
                                ],
                                default="no_rule",
                                max_length=13,
                            ),
                        ),
                        (
                            "because",
                            models.CharField(blank=True, help_text="What the verdict rests on", max_length=300),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                help_text="Decided before this was read",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="compliance.excursioncase",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, help_text="Why it is released or rejected", max_length=200),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("approval_reason", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ("-id",),
                        "indexes": [
                            models.Index(fields=["state"], name="compliance__state_f6707c_idx"),
                            models.Index(fields=["sensor", "measure", "last_at"], name="excursion_of_sensor"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "waiting", "released", "rejected"])),
                                name="excursion_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("measure__in", ["temperature", "humidity"])),
                                name="excursion_measure_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("verdict__in", ["within", "beyond", "not_evaluable", "no_rule"])),
                                name="excursion_verdict_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("first_at__lte", models.F("last_at")),
                                    ("lowest__lte", models.F("highest")),
                                    models.Q(
                                        ("ended_at", None), ("ended_at__gt", models.F("last_at")), _connector="OR"
                                    ),
                                ),
                                name="excursion_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("released", "rejected")), _negated=True),
                                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="excursion_decided_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "released"), _negated=True),
                                    models.Q(
                                        ("asked_by__isnull", False),
                                        models.Q(("asked_by", models.F("decided_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="excursion_released_by_another",
                                violation_error_message="Whoever asks for a release cannot approve it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SensorReading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sensor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="compliance.sensor",
                            ),
                        ),
                        ("read_at", models.DateTimeField(help_text="By the sensor's clock")),
                        ("celsius", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        (
                            "humidity",
                            models.DecimalField(
                                decimal_places=2, help_text="Relative, in per cent", max_digits=5, null=True
                            ),
                        ),
                        ("told_at", models.DateTimeField(help_text="When we first heard of it")),
                    ],
                    options={
                        "ordering": ("-read_at", "-id"),
                        "indexes": [models.Index(fields=["-read_at", "-id"], name="sensor_reading_latest")],
                        "constraints": [
                            models.UniqueConstraint(fields=("sensor", "read_at"), name="sensor_reading_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("celsius__isnull", False), ("humidity__isnull", False), _connector="OR"
                                ),
                                name="sensor_reading_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("humidity", None),
                                    models.Q(("humidity__gte", 0), ("humidity__lte", 100)),
                                    _connector="OR",
                                ),
                                name="sensor_reading_humidity_is_a_share",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SingleSampling",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="plans",
                                to="compliance.samplingtable",
                            ),
                        ),
                        (
                            "severity",
                            models.CharField(
                                choices=[("normal", "Normal"), ("tightened", "Tightened"), ("reduced", "Reduced")],
                                max_length=9,
                            ),
                        ),
                        ("letter", models.CharField(max_length=2)),
                        (
                            "aql",
                            models.DecimalField(
                                decimal_places=3, help_text="Percent defective", max_digits=6, verbose_name="AQL"
                            ),
                        ),
                        ("sample_size", models.PositiveIntegerField()),
                        ("accept_number", models.PositiveIntegerField()),
                        ("reject_number", models.PositiveIntegerField()),
                    ],
                    options={
                        "ordering": ("table", "severity", "letter", "aql"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("table", "severity", "letter", "aql"), name="single_sampling_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("severity__in", ["normal", "tightened", "reduced"])),
                                name="single_sampling_severity_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reject_number__gt", models.F("accept_number")), ("sample_size__gt", 0)
                                ),
                                name="single_sampling_numbers",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupplierReturn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(editable=False, max_length=40, unique=True)),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to="compliance.inspection",
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                blank=True, help_text="The supplier's number for the return", max_length=80
                            ),
                        ),
                        ("carrier", models.CharField(blank=True, max_length=80)),
                        ("returned_at", models.DateTimeField()),
                        (
                            "returned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "transaction",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supplier_return",
                                to="ledger.stocktransaction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "supplier return",
                        "ordering": ("-id",),
                    },
                ),
                migrations.CreateModel(
                    name="ExcursionGoods",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="goods",
                                to="compliance.excursioncase",
                            ),
                        ),
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
                                related_name="excursions",
                                to="ledger.lot",
                            ),
                        ),
                        (
                            "hold",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="excursion",
                                to="ledger.hold",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "excursion goods",
                        "ordering": ("case", "item", "lot"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "item", "lot"), name="excursion_goods_once", nulls_distinct=False
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("hold", None), ("lot", None)),
                                    models.Q(("hold__isnull", False), ("lot__isnull", False)),
                                    _connector="OR",
                                ),
                                name="excursion_lot_is_held",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
