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
        ("safety", "0001_initial"),
        ("tasks", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="HistoricalFacePool",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "minimum",
                            models.DecimalField(
                                decimal_places=6, help_text="Of each face that is given out", max_digits=18
                            ),
                        ),
                        ("maximum", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "measure",
                            models.CharField(
                                choices=[("units", "Base units"), ("pallets", "Pallets")],
                                default="units",
                                help_text="What both are counted in",
                                max_length=7,
                            ),
                        ),
                        (
                            "idle_days",
                            models.PositiveSmallIntegerField(
                                default=7, help_text="A face that is empty and not needed for so long is taken back"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
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
                        "verbose_name": "historical face pool",
                        "verbose_name_plural": "historical face pools",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalItemVelocity",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "velocity",
                            models.CharField(
                                choices=[("A", "A: fast"), ("B", "B: medium"), ("C", "C: slow")], max_length=1
                            ),
                        ),
                        (
                            "is_fixed",
                            models.BooleanField(
                                default=True,
                                help_text="Said by hand: planning leaves it as it is",
                                verbose_name="fixed",
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
                        "verbose_name": "historical item velocity",
                        "verbose_name_plural": "historical item velocities",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPickFace",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("minimum", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("maximum", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "is_dynamic",
                            models.BooleanField(
                                default=False,
                                help_text="Given out of a pool, and taken back; without the mark it stays the item's",
                                verbose_name="dynamic",
                            ),
                        ),
                        (
                            "assigned_at",
                            models.DateTimeField(
                                editable=False, help_text="When it was given out of its pool", null=True
                            ),
                        ),
                        (
                            "idle_since",
                            models.DateTimeField(
                                editable=False, help_text="Empty, and not needed, from then on", null=True
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
                            "location",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.location",
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
                        "verbose_name": "historical pick face",
                        "verbose_name_plural": "historical pick faces",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPutawayRule",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        ("priority", models.PositiveSmallIntegerField(default=50, help_text="Higher goes first")),
                        (
                            "strength",
                            models.CharField(
                                choices=[("only", "Only there: nowhere else"), ("prefer", "Rather there")],
                                default="prefer",
                                max_length=6,
                            ),
                        ),
                        (
                            "points",
                            models.PositiveSmallIntegerField(
                                default=40,
                                help_text="What it is worth when it only prefers; an own pick face is worth 200, one trip 45",
                                validators=[django.core.validators.MaxValueValidator(150)],
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("available", "Available"),
                                    ("inspection", "In inspection"),
                                    ("damaged", "Damaged"),
                                    ("returned", "Returned"),
                                    ("blocked", "Blocked"),
                                ],
                                help_text="Of the goods",
                                max_length=10,
                            ),
                        ),
                        (
                            "comes_on",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("loose", "On no handling unit"),
                                    ("pallet", "On a pallet"),
                                    ("carton", "In a carton"),
                                    ("tote", "In a tote"),
                                    ("container", "In a container"),
                                ],
                                help_text="What the goods stand on",
                                max_length=9,
                            ),
                        ),
                        (
                            "velocity",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A: fast"), ("B", "B: medium"), ("C", "C: slow")],
                                help_text="Of the item here",
                                max_length=1,
                            ),
                        ),
                        (
                            "location_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("storage", "Storage (reserve)"),
                                    ("pick_face", "Pick face"),
                                    ("dock", "Dock door"),
                                    ("staging", "Staging"),
                                    ("pack", "Packing bench"),
                                    ("tote", "Tote or cart"),
                                    ("quarantine", "Quarantine"),
                                    ("transit", "In transit"),
                                    ("supplier", "Supplier (virtual)"),
                                    ("customer", "Customer (virtual)"),
                                    ("adjustment", "Adjustment (virtual)"),
                                    ("scrap", "Scrap (virtual)"),
                                    ("production", "Production (virtual)"),
                                    ("sites", "Our other sites (virtual)"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True, help_text="Who says so: a law, a contract, a study", max_length=200
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
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
                            "hazard_class",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="safety.hazardclass",
                            ),
                        ),
                        (
                            "storage_condition",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="That the item needs",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="safety.storagecondition",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
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
                        "verbose_name": "historical putaway rule",
                        "verbose_name_plural": "historical putaway rules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Putaway",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "task",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="putaway",
                                to="tasks.warehousetask",
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
                                help_text="Of the goods to put away",
                                max_length=10,
                            ),
                        ),
                        (
                            "proposed",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "reasons",
                            models.JSONField(
                                default=list, help_text="Why this bin: each a rule, its points and a sentence"
                            ),
                        ),
                        (
                            "override_code",
                            models.CharField(blank=True, help_text="The reason's code, when it has one", max_length=20),
                        ),
                        ("override_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "passed_over",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Bins that a worker could not use: each its place and the reason's code",
                            ),
                        ),
                        (
                            "parks",
                            models.BooleanField(
                                default=False, help_text="No bin has room: it goes to staging and waits there"
                            ),
                        ),
                        (
                            "transaction",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="putaway",
                                to="ledger.stocktransaction",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="FacePool",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "zone",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="face_pool",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "minimum",
                            models.DecimalField(
                                decimal_places=6, help_text="Of each face that is given out", max_digits=18
                            ),
                        ),
                        ("maximum", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "measure",
                            models.CharField(
                                choices=[("units", "Base units"), ("pallets", "Pallets")],
                                default="units",
                                help_text="What both are counted in",
                                max_length=7,
                            ),
                        ),
                        (
                            "idle_days",
                            models.PositiveSmallIntegerField(
                                default=7, help_text="A face that is empty and not needed for so long is taken back"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("zone__warehouse", "zone__pick_sequence", "zone__code"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("measure__in", ["units", "pallets"])),
                                name="face_pool_measure_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("maximum__gt", models.F("minimum")), ("minimum__gt", 0)),
                                name="face_pool_band",
                                violation_error_message="The minimum is above nought, and the maximum above the minimum.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemVelocity",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.item"
                            ),
                        ),
                        (
                            "velocity",
                            models.CharField(
                                choices=[("A", "A: fast"), ("B", "B: medium"), ("C", "C: slow")], max_length=1
                            ),
                        ),
                        (
                            "is_fixed",
                            models.BooleanField(
                                default=True,
                                help_text="Said by hand: planning leaves it as it is",
                                verbose_name="fixed",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "item velocities",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("warehouse", "item"), name="item_velocity_once_a_warehouse"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("velocity__in", ["A", "B", "C"])), name="item_velocity_known"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PickFace",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pick_faces",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pick_faces",
                                to="locations.location",
                            ),
                        ),
                        ("minimum", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("maximum", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "is_dynamic",
                            models.BooleanField(
                                default=False,
                                help_text="Given out of a pool, and taken back; without the mark it stays the item's",
                                verbose_name="dynamic",
                            ),
                        ),
                        (
                            "assigned_at",
                            models.DateTimeField(
                                editable=False, help_text="When it was given out of its pool", null=True
                            ),
                        ),
                        (
                            "idle_since",
                            models.DateTimeField(
                                editable=False, help_text="Empty, and not needed, from then on", null=True
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "location"), name="pick_face_once"),
                            models.CheckConstraint(
                                condition=models.Q(("maximum__gt", models.F("minimum")), ("minimum__gte", 0)),
                                name="pick_face_band",
                                violation_error_message="The maximum is above the minimum.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_dynamic", False), ("assigned_at__isnull", False), _connector="OR"
                                ),
                                name="pick_face_dynamic_was_assigned",
                                violation_error_message="Only a face that was given out of a pool is dynamic.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_dynamic", True)),
                                fields=("location",),
                                name="pick_face_given_out_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PutawayRule",
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
                                related_name="putaway_rules",
                                to="locations.warehouse",
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        ("priority", models.PositiveSmallIntegerField(default=50, help_text="Higher goes first")),
                        (
                            "strength",
                            models.CharField(
                                choices=[("only", "Only there: nowhere else"), ("prefer", "Rather there")],
                                default="prefer",
                                max_length=6,
                            ),
                        ),
                        (
                            "points",
                            models.PositiveSmallIntegerField(
                                default=40,
                                help_text="What it is worth when it only prefers; an own pick face is worth 200, one trip 45",
                                validators=[django.core.validators.MaxValueValidator(150)],
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                help_text="With all below it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.category",
                            ),
                        ),
                        (
                            "hazard_class",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="safety.hazardclass",
                            ),
                        ),
                        (
                            "storage_condition",
                            models.ForeignKey(
                                blank=True,
                                help_text="That the item needs",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="safety.storagecondition",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("available", "Available"),
                                    ("inspection", "In inspection"),
                                    ("damaged", "Damaged"),
                                    ("returned", "Returned"),
                                    ("blocked", "Blocked"),
                                ],
                                help_text="Of the goods",
                                max_length=10,
                            ),
                        ),
                        (
                            "comes_on",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("loose", "On no handling unit"),
                                    ("pallet", "On a pallet"),
                                    ("carton", "In a carton"),
                                    ("tote", "In a tote"),
                                    ("container", "In a container"),
                                ],
                                help_text="What the goods stand on",
                                max_length=9,
                            ),
                        ),
                        (
                            "velocity",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A: fast"), ("B", "B: medium"), ("C", "C: slow")],
                                help_text="Of the item here",
                                max_length=1,
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "location_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("storage", "Storage (reserve)"),
                                    ("pick_face", "Pick face"),
                                    ("dock", "Dock door"),
                                    ("staging", "Staging"),
                                    ("pack", "Packing bench"),
                                    ("tote", "Tote or cart"),
                                    ("quarantine", "Quarantine"),
                                    ("transit", "In transit"),
                                    ("supplier", "Supplier (virtual)"),
                                    ("customer", "Customer (virtual)"),
                                    ("adjustment", "Adjustment (virtual)"),
                                    ("scrap", "Scrap (virtual)"),
                                    ("production", "Production (virtual)"),
                                    ("sites", "Our other sites (virtual)"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True, help_text="Who says so: a law, a contract, a study", max_length=200
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("warehouse", "-priority", "code"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("warehouse", "code"), name="putaway_rule_code_once_a_warehouse"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("strength__in", ["only", "prefer"])),
                                name="putaway_rule_strength_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("zone__isnull", False),
                                    models.Q(("location_kind", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="putaway_rule_says_where",
                                violation_error_message="Name a zone, a kind of place, or both.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__lte", 150)),
                                name="putaway_rule_points",
                                violation_error_message="A rule is worth no more than 150 points.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Replenishment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "task",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replenishment",
                                to="tasks.warehousetask",
                            ),
                        ),
                        (
                            "reasons",
                            models.JSONField(default=list, help_text="Why so much, and why from there: sentences"),
                        ),
                        (
                            "brought",
                            models.DecimalField(decimal_places=6, default=0, help_text="Base units", max_digits=18),
                        ),
                        (
                            "short_reason",
                            models.CharField(blank=True, help_text="Why less was brought than asked", max_length=80),
                        ),
                        (
                            "transaction",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replenishment",
                                to="ledger.stocktransaction",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("brought", 0), ("transaction", None)),
                                    models.Q(("brought__gt", 0), ("transaction__isnull", False)),
                                    _connector="OR",
                                ),
                                name="replenishment_brought_has_posting",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
