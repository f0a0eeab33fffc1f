import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import apps.locations.models.site
from apps.core.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("catalog", "0001_initial"),
        ("safety", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Warehouse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("street", models.CharField(blank=True, max_length=120)),
                        ("city", models.CharField(blank=True, max_length=80)),
                        ("region", models.CharField(blank=True, max_length=80)),
                        ("postal_code", models.CharField(blank=True, max_length=20)),
                        ("country", models.CharField(blank=True, max_length=60)),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Degrees north",
                                max_digits=9,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Degrees east",
                                max_digits=9,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                            ),
                        ),
                        (
                            "emergency_phone",
                            models.CharField(
                                blank=True,
                                help_text="Answered at all times while dangerous goods are on the road",
                                max_length=40,
                            ),
                        ),
                        (
                            "emergency_contact",
                            models.CharField(
                                blank=True,
                                help_text="Who answers it, or our contract's number, where that is not ourselves",
                                max_length=80,
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("warehouse", "Warehouse"),
                                    ("store", "Store"),
                                    ("partner", "Fulfilment partner"),
                                ],
                                default="warehouse",
                                max_length=10,
                            ),
                        ),
                        (
                            "timezone",
                            models.CharField(
                                default="UTC", max_length=40, validators=[apps.locations.models.site.check_timezone]
                            ),
                        ),
                        ("gln", models.CharField(blank=True, max_length=13, verbose_name="GLN")),
                        (
                            "party",
                            models.OneToOneField(
                                blank=True,
                                editable=False,
                                help_text="The customer that stands for this site where another one sends goods to it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="site",
                                to="catalog.party",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("code",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["warehouse", "store", "partner"])),
                                name="warehouse_kind_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Aisle",
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
                                related_name="aisles",
                                to="locations.warehouse",
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        (
                            "direction",
                            models.CharField(
                                choices=[("both", "Both ways"), ("up", "Only up"), ("down", "Only down")],
                                default="both",
                                max_length=4,
                            ),
                        ),
                        ("width_mm", models.PositiveIntegerField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ("warehouse", "code"),
                        "constraints": [
                            models.UniqueConstraint(fields=("warehouse", "code"), name="aisle_code_once_a_warehouse"),
                            models.CheckConstraint(
                                condition=models.Q(("direction__in", ["both", "up", "down"])),
                                name="aisle_direction_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Zone",
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
                                related_name="zones",
                                to="locations.warehouse",
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "storage_condition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="safety.storagecondition",
                            ),
                        ),
                        (
                            "pick_sequence",
                            models.PositiveIntegerField(default=0, help_text="Order in which zones are walked"),
                        ),
                        (
                            "velocity",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A: fast"), ("B", "B: medium"), ("C", "C: slow")],
                                help_text="How fast the items move that it is meant for",
                                max_length=1,
                            ),
                        ),
                        (
                            "front_mm",
                            models.IntegerField(
                                blank=True,
                                help_text="Where it runs across the aisles; empty: before the bays",
                                null=True,
                                verbose_name="front cross aisle",
                            ),
                        ),
                        (
                            "middle_mm",
                            models.IntegerField(
                                blank=True,
                                help_text="Where one runs between; empty: there is none",
                                null=True,
                                verbose_name="middle cross aisle",
                            ),
                        ),
                        (
                            "back_mm",
                            models.IntegerField(
                                blank=True,
                                help_text="Where it runs across the aisles; empty: behind the bays",
                                null=True,
                                verbose_name="back cross aisle",
                            ),
                        ),
                        (
                            "depot",
                            models.ForeignKey(
                                blank=True,
                                help_text="Where walks begin and end; empty: the warehouse's packing bench",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("warehouse", "pick_sequence", "code"),
                        "constraints": [
                            models.UniqueConstraint(fields=("warehouse", "code"), name="zone_code_once_a_warehouse"),
                            models.CheckConstraint(
                                condition=models.Q(("velocity__in", ["", "A", "B", "C"])), name="zone_velocity_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("front_mm", None),
                                    ("back_mm", None),
                                    ("front_mm__lt", models.F("back_mm")),
                                    _connector="OR",
                                ),
                                name="zone_cross_aisles_in_order",
                                violation_error_message="The front cross aisle runs before the back one.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Location",
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
                                related_name="locations",
                                to="locations.warehouse",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="locations",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "aisle",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="locations",
                                to="locations.aisle",
                            ),
                        ),
                        ("code", models.CharField(max_length=40)),
                        (
                            "kind",
                            models.CharField(
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
                        ("bay", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("level", models.PositiveSmallIntegerField(blank=True, help_text="0 is the floor", null=True)),
                        ("x_mm", models.IntegerField(blank=True, null=True)),
                        ("y_mm", models.IntegerField(blank=True, null=True)),
                        ("z_mm", models.IntegerField(blank=True, null=True)),
                        (
                            "pick_sequence",
                            models.PositiveIntegerField(default=0, help_text="Order in which pickers pass it"),
                        ),
                        ("max_weight_g", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                        ("max_volume_mm3", models.BigIntegerField(blank=True, null=True)),
                        (
                            "max_units",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Base units it can hold",
                                max_digits=18,
                                null=True,
                            ),
                        ),
                        ("mixes_items", models.BooleanField(default=True, help_text="May hold more than one item")),
                        (
                            "mixes_lots",
                            models.BooleanField(default=True, help_text="May hold more than one lot of an item"),
                        ),
                        (
                            "storage_condition",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: its zone's",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="safety.storagecondition",
                            ),
                        ),
                        (
                            "door_use",
                            models.CharField(
                                choices=[("both", "In and out"), ("inbound", "Only in"), ("outbound", "Only out")],
                                default="both",
                                help_text="Of a dock or staging: for which trucks",
                                max_length=10,
                            ),
                        ),
                        (
                            "is_cross_dock",
                            models.BooleanField(
                                default=False,
                                help_text="For goods that an order waits for; no others are sent here",
                                verbose_name="cross-dock lane",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "frozen_for",
                            models.CharField(
                                blank=True,
                                editable=False,
                                help_text="Number of the inventory for which nothing moves here",
                                max_length=40,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("warehouse", "pick_sequence", "code"),
                        "indexes": [models.Index(fields=["code"], name="locations_l_code_b786f2_idx")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("warehouse", "code"), name="location_code_once_a_warehouse"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("kind__in", ("supplier", "customer", "adjustment", "scrap", "production", "sites"))
                                ),
                                fields=("warehouse", "kind"),
                                name="location_one_virtual_of_a_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "storage",
                                            "pick_face",
                                            "dock",
                                            "staging",
                                            "pack",
                                            "tote",
                                            "quarantine",
                                            "transit",
                                            "supplier",
                                            "customer",
                                            "adjustment",
                                            "scrap",
                                            "production",
                                            "sites",
                                        ],
                                    )
                                ),
                                name="location_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_cross_dock", False), ("kind", "storage"), _connector="OR"),
                                name="location_lane_is_storage",
                                violation_error_message="Only a storage place can be a cross-dock lane: orders are picked from it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("door_use__in", ["both", "inbound", "outbound"])),
                                name="location_door_use_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Company",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("street", models.CharField(blank=True, max_length=120)),
                        ("city", models.CharField(blank=True, max_length=80)),
                        ("region", models.CharField(blank=True, max_length=80)),
                        ("postal_code", models.CharField(blank=True, max_length=20)),
                        ("country", models.CharField(blank=True, max_length=60)),
                        (
                            "emergency_phone",
                            models.CharField(
                                blank=True,
                                help_text="Answered at all times while dangerous goods are on the road",
                                max_length=40,
                            ),
                        ),
                        (
                            "emergency_contact",
                            models.CharField(
                                blank=True,
                                help_text="Who answers it, or our contract's number, where that is not ourselves",
                                max_length=80,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("currency", models.CharField(default="EUR", help_text="ISO 4217", max_length=3)),
                        (
                            "gs1_prefix",
                            models.CharField(
                                blank=True,
                                max_length=12,
                                validators=[django.core.validators.RegexValidator("^\\d{4,12}$")],
                                verbose_name="GS1 company prefix",
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                    ],
                    options={
                        "verbose_name_plural": "company",
                        "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="company_is_one")],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCompany",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("street", models.CharField(blank=True, max_length=120)),
                        ("city", models.CharField(blank=True, max_length=80)),
                        ("region", models.CharField(blank=True, max_length=80)),
                        ("postal_code", models.CharField(blank=True, max_length=20)),
                        ("country", models.CharField(blank=True, max_length=60)),
                        (
                            "emergency_phone",
                            models.CharField(
                                blank=True,
                                help_text="Answered at all times while dangerous goods are on the road",
                                max_length=40,
                            ),
                        ),
                        (
                            "emergency_contact",
                            models.CharField(
                                blank=True,
                                help_text="Who answers it, or our contract's number, where that is not ourselves",
                                max_length=80,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("currency", models.CharField(default="EUR", help_text="ISO 4217", max_length=3)),
                        (
                            "gs1_prefix",
                            models.CharField(
                                blank=True,
                                max_length=12,
                                validators=[django.core.validators.RegexValidator("^\\d{4,12}$")],
                                verbose_name="GS1 company prefix",
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("email", models.EmailField(blank=True, max_length=254)),
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
                        "verbose_name": "historical company",
                        "verbose_name_plural": "historical company",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalWarehouse",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("street", models.CharField(blank=True, max_length=120)),
                        ("city", models.CharField(blank=True, max_length=80)),
                        ("region", models.CharField(blank=True, max_length=80)),
                        ("postal_code", models.CharField(blank=True, max_length=20)),
                        ("country", models.CharField(blank=True, max_length=60)),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Degrees north",
                                max_digits=9,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Degrees east",
                                max_digits=9,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                            ),
                        ),
                        (
                            "emergency_phone",
                            models.CharField(
                                blank=True,
                                help_text="Answered at all times while dangerous goods are on the road",
                                max_length=40,
                            ),
                        ),
                        (
                            "emergency_contact",
                            models.CharField(
                                blank=True,
                                help_text="Who answers it, or our contract's number, where that is not ourselves",
                                max_length=80,
                            ),
                        ),
                        ("code", models.CharField(db_index=True, max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("warehouse", "Warehouse"),
                                    ("store", "Store"),
                                    ("partner", "Fulfilment partner"),
                                ],
                                default="warehouse",
                                max_length=10,
                            ),
                        ),
                        (
                            "timezone",
                            models.CharField(
                                default="UTC", max_length=40, validators=[apps.locations.models.site.check_timezone]
                            ),
                        ),
                        ("gln", models.CharField(blank=True, max_length=13, verbose_name="GLN")),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                help_text="The customer that stands for this site where another one sends goods to it",
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
                        "verbose_name": "historical warehouse",
                        "verbose_name_plural": "historical warehouses",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="TransitTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.warehouse"
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.warehouse"
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ("origin", "target"),
                        "constraints": [
                            models.UniqueConstraint(fields=("origin", "target"), name="transit_time_once"),
                            models.CheckConstraint(
                                condition=models.Q(("origin", models.F("target")), _negated=True),
                                name="transit_time_between_two",
                                violation_error_message="Goods travel between two sites.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalZone",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "pick_sequence",
                            models.PositiveIntegerField(default=0, help_text="Order in which zones are walked"),
                        ),
                        (
                            "velocity",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A: fast"), ("B", "B: medium"), ("C", "C: slow")],
                                help_text="How fast the items move that it is meant for",
                                max_length=1,
                            ),
                        ),
                        (
                            "front_mm",
                            models.IntegerField(
                                blank=True,
                                help_text="Where it runs across the aisles; empty: before the bays",
                                null=True,
                                verbose_name="front cross aisle",
                            ),
                        ),
                        (
                            "middle_mm",
                            models.IntegerField(
                                blank=True,
                                help_text="Where one runs between; empty: there is none",
                                null=True,
                                verbose_name="middle cross aisle",
                            ),
                        ),
                        (
                            "back_mm",
                            models.IntegerField(
                                blank=True,
                                help_text="Where it runs across the aisles; empty: behind the bays",
                                null=True,
                                verbose_name="back cross aisle",
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
                            "storage_condition",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="safety.storagecondition",
                            ),
                        ),
                        (
                            "depot",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Where walks begin and end; empty: the warehouse's packing bench",
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
                        "verbose_name": "historical zone",
                        "verbose_name_plural": "historical zones",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTransitTime",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("days", models.PositiveSmallIntegerField()),
                        (
                            "origin",
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
                            "target",
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
                        "verbose_name": "historical transit time",
                        "verbose_name_plural": "historical transit times",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAisle",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(max_length=20)),
                        (
                            "direction",
                            models.CharField(
                                choices=[("both", "Both ways"), ("up", "Only up"), ("down", "Only down")],
                                default="both",
                                max_length=4,
                            ),
                        ),
                        ("width_mm", models.PositiveIntegerField(blank=True, null=True)),
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
                        "verbose_name": "historical aisle",
                        "verbose_name_plural": "historical aisles",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="DockAppointment",
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
                            "dock",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="locations.location",
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(choices=[("inbound", "Inbound"), ("outbound", "Outbound")], max_length=10),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("booked", "Booked"),
                                    ("arrived", "In the yard"),
                                    ("at_dock", "At the door"),
                                    ("done", "Left"),
                                    ("no_show", "Never came"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="booked",
                                max_length=10,
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "party",
                            models.ForeignKey(
                                help_text="The carrier or the supplier, where it is known",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "carrier",
                            models.CharField(
                                blank=True, help_text="Who drives, as they call themselves", max_length=80
                            ),
                        ),
                        ("vehicle", models.CharField(blank=True, help_text="Its number plate", max_length=40)),
                        ("driver", models.CharField(blank=True, max_length=80)),
                        (
                            "documents",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                default=list,
                                help_text="Numbers of what it brings or fetches",
                                size=None,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "booked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("arrived_at", models.DateTimeField(help_text="The truck came to the gate", null=True)),
                        ("at_dock_at", models.DateTimeField(help_text="It stood at the door", null=True)),
                        ("departed_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "dock appointment",
                        "ordering": ("-id",),
                        "indexes": [
                            models.Index(fields=["warehouse", "starts_at"], name="locations_d_warehou_73572a_idx")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["booked", "arrived", "at_dock", "done", "no_show", "cancelled"])
                                ),
                                name="dock_appointment_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("direction__in", ["inbound", "outbound"])),
                                name="dock_appointment_direction_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_at__gt", models.F("starts_at")),
                                    (
                                        "ends_at__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("starts_at"), "+", models.Value(datetime.timedelta(days=1))
                                        ),
                                    ),
                                ),
                                name="dock_appointment_has_a_length",
                                violation_error_message="It ends after it starts, within 24 hours.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("arrived_at__isnull", False), ("state__in", ("arrived", "at_dock", "done"))
                                    ),
                                    models.Q(("arrived_at", None), ("state__in", ("booked", "no_show"))),
                                    ("state", "cancelled"),
                                    _connector="OR",
                                ),
                                name="dock_appointment_here_since",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("departed_at__isnull", False), ("state", "done")),
                                    models.Q(models.Q(("state", "done"), _negated=True), ("departed_at", None)),
                                    _connector="OR",
                                ),
                                name="dock_appointment_gone_when_done",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "at_dock")),
                                fields=("dock",),
                                name="dock_appointment_one_at_a_door",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("state__in", ("booked", "arrived", "at_dock"))),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("dock"), models.F("dock"), models.Value("[]"), function="int8range"
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(models.F("starts_at"), models.F("ends_at"), function="tstzrange"),
                                        "&&",
                                    ),
                                ],
                                name="dock_appointment_one_at_a_time",
                                violation_error_message="The door is taken then.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeviceAccess",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "device",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="warehouse_access",
                                to="accounts.device",
                            ),
                        ),
                        (
                            "warehouse",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="device_access",
                                to="locations.warehouse",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "device access",
                    },
                ),
                migrations.CreateModel(
                    name="WarehouseAccess",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="warehouse_access",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "warehouse",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="access",
                                to="locations.warehouse",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "warehouse access",
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "warehouse"), name="warehouse_access_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalLocation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(max_length=40)),
                        (
                            "kind",
                            models.CharField(
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
                        ("bay", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("level", models.PositiveSmallIntegerField(blank=True, help_text="0 is the floor", null=True)),
                        ("x_mm", models.IntegerField(blank=True, null=True)),
                        ("y_mm", models.IntegerField(blank=True, null=True)),
                        ("z_mm", models.IntegerField(blank=True, null=True)),
                        (
                            "pick_sequence",
                            models.PositiveIntegerField(default=0, help_text="Order in which pickers pass it"),
                        ),
                        ("max_weight_g", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                        ("max_volume_mm3", models.BigIntegerField(blank=True, null=True)),
                        (
                            "max_units",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Base units it can hold",
                                max_digits=18,
                                null=True,
                            ),
                        ),
                        ("mixes_items", models.BooleanField(default=True, help_text="May hold more than one item")),
                        (
                            "mixes_lots",
                            models.BooleanField(default=True, help_text="May hold more than one lot of an item"),
                        ),
                        (
                            "door_use",
                            models.CharField(
                                choices=[("both", "In and out"), ("inbound", "Only in"), ("outbound", "Only out")],
                                default="both",
                                help_text="Of a dock or staging: for which trucks",
                                max_length=10,
                            ),
                        ),
                        (
                            "is_cross_dock",
                            models.BooleanField(
                                default=False,
                                help_text="For goods that an order waits for; no others are sent here",
                                verbose_name="cross-dock lane",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "frozen_for",
                            models.CharField(
                                blank=True,
                                editable=False,
                                help_text="Number of the inventory for which nothing moves here",
                                max_length=40,
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
                        (
                            "aisle",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.aisle",
                            ),
                        ),
                        (
                            "storage_condition",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: its zone's",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="safety.storagecondition",
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
                        "verbose_name": "historical location",
                        "verbose_name_plural": "historical locations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ]
        )
    ]
