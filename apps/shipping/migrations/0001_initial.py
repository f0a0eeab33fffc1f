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
                    name="CarrierService",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "carrier",
                            models.ForeignKey(
                                limit_choices_to={"is_carrier": True},
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="services",
                                to="catalog.party",
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("parcel", "Parcel"), ("ltl", "Part load (LTL)"), ("ftl", "Full load (FTL)")],
                                default="parcel",
                                max_length=6,
                            ),
                        ),
                        (
                            "transit_days",
                            models.PositiveSmallIntegerField(
                                default=1, help_text="Days on the way after the collection"
                            ),
                        ),
                        (
                            "delivers_weekends",
                            models.BooleanField(
                                default=False, help_text="Saturdays and Sundays count and are delivered on"
                            ),
                        ),
                        (
                            "max_weight_g",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="A piece",
                                max_digits=12,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "max_longest_mm",
                            models.PositiveIntegerField(blank=True, help_text="Longest side of a piece", null=True),
                        ),
                        (
                            "max_girth_mm",
                            models.PositiveIntegerField(
                                blank=True, help_text="Longest side plus twice the two others, of a piece", null=True
                            ),
                        ),
                        (
                            "routing",
                            models.CharField(
                                blank=True, help_text="What the carrier wants on the label, as its depot", max_length=20
                            ),
                        ),
                        (
                            "label_adapter",
                            models.CharField(default="own", help_text="Who makes its labels", max_length=20),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("code",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["parcel", "ltl", "ftl"])),
                                name="carrier_service_kind_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CartonType",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "length_mm",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="inner length, mm",
                            ),
                        ),
                        (
                            "width_mm",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="inner width, mm"
                            ),
                        ),
                        (
                            "height_mm",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="inner height, mm",
                            ),
                        ),
                        (
                            "tare_g",
                            models.DecimalField(
                                decimal_places=3,
                                default=0,
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="weighs empty, g",
                            ),
                        ),
                        (
                            "max_weight_g",
                            models.DecimalField(
                                decimal_places=3,
                                help_text="With the carton itself",
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                                verbose_name="most it may weigh, g",
                            ),
                        ),
                        (
                            "tolerance_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=5,
                                help_text="By how much the scale may differ from what is computed",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "tolerance_g",
                            models.DecimalField(
                                decimal_places=3,
                                default=50,
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="tolerance, g at least",
                            ),
                        ),
                        (
                            "cost",
                            models.DecimalField(
                                decimal_places=6,
                                default=0,
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("code",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("max_weight_g__gt", models.F("tare_g"))),
                                name="carton_type_carries_something",
                                violation_error_message="A carton carries more than it weighs itself.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Load",
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
                            "carrier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="loads", to="catalog.party"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("loading", "Loading"),
                                    ("closed", "Closed"),
                                    ("departed", "Departed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        (
                            "dock",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "appointment",
                            models.OneToOneField(
                                help_text="When its truck stands at the door",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="load",
                                to="locations.dockappointment",
                            ),
                        ),
                        (
                            "trailer",
                            models.CharField(blank=True, help_text="Its number plate or number", max_length=40),
                        ),
                        ("seal", models.CharField(blank=True, max_length=40)),
                        (
                            "max_weight_g",
                            models.DecimalField(
                                decimal_places=3,
                                help_text="What it may carry",
                                max_digits=15,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("leaves_at", models.DateTimeField(help_text="Planned", null=True)),
                        (
                            "planned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("loading_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("departed_at", models.DateTimeField(null=True)),
                        (
                            "taken_by",
                            models.CharField(
                                blank=True, help_text="Who took it, as they gave their name", max_length=80
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
                    ],
                    options={
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["planned", "loading", "closed", "departed", "cancelled"])
                                ),
                                name="load_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("loading", "closed"))),
                                fields=("dock",),
                                name="load_one_at_a_door",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "departed"), _negated=True),
                                    models.Q(("departed_at__isnull", False), models.Q(("taken_by", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="load_departed_with_proof",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Shipment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(editable=False, max_length=40, unique=True)),
                        ("created_at", models.DateTimeField()),
                        ("street", models.CharField(blank=True, max_length=120)),
                        ("city", models.CharField(blank=True, max_length=80)),
                        ("region", models.CharField(blank=True, max_length=80)),
                        ("postal_code", models.CharField(blank=True, max_length=20)),
                        ("country", models.CharField(blank=True, max_length=60)),
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
                                    ("packing", "Packing"),
                                    ("packed", "Packed"),
                                    ("loaded", "Loaded"),
                                    ("shipped", "Shipped"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="packing",
                                max_length=10,
                            ),
                        ),
                        (
                            "document",
                            models.CharField(
                                help_text="Number of the order, transfer or return it serves", max_length=40
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shipments",
                                to="catalog.party",
                            ),
                        ),
                        ("ship_to", models.CharField(max_length=120)),
                        (
                            "carrier",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "destination",
                            models.ForeignKey(
                                blank=True,
                                help_text="Our own site that it goes to; empty: it goes to a customer",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.warehouse",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipping.carrierservice",
                            ),
                        ),
                        (
                            "load",
                            models.ForeignKey(
                                blank=True,
                                help_text="The vehicle that takes it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shipments",
                                to="shipping.load",
                            ),
                        ),
                        (
                            "dock",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        ("packed_at", models.DateTimeField(null=True)),
                        ("loaded_at", models.DateTimeField(null=True)),
                        ("shipped_at", models.DateTimeField(null=True)),
                        ("delivered_at", models.DateTimeField(help_text="The last of its parcels arrived", null=True)),
                        (
                            "transaction",
                            models.ForeignKey(
                                help_text="The posting that shipped it, which is that of all of its load",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shipments",
                                related_query_name="shipment",
                                to="ledger.stocktransaction",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-id",),
                        "indexes": [models.Index(fields=["document"], name="shipping_sh_documen_28fc69_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["packing", "packed", "loaded", "shipped", "cancelled"])
                                ),
                                name="shipment_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "shipped"), _negated=True),
                                    models.Q(("shipped_at__isnull", False), ("transaction__isnull", False)),
                                    _connector="OR",
                                ),
                                name="shipment_shipped_has_posting",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("destination", None),
                                    models.Q(("destination", models.F("warehouse")), _negated=True),
                                    _connector="OR",
                                ),
                                name="shipment_goes_elsewhere",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShippingPallet",
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
                            "unit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shipping_pallet",
                                to="ledger.handlingunit",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("-id",),
                    },
                ),
                migrations.CreateModel(
                    name="Carton",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "shipment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cartons",
                                to="shipping.shipment",
                            ),
                        ),
                        (
                            "unit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="carton",
                                to="ledger.handlingunit",
                            ),
                        ),
                        ("sequence", models.PositiveSmallIntegerField()),
                        (
                            "carton_type",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipping.cartontype",
                            ),
                        ),
                        (
                            "pallet",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cartons",
                                to="shipping.shippingpallet",
                            ),
                        ),
                        (
                            "tracking_number",
                            models.CharField(
                                blank=True,
                                help_text="Of the carrier or of our own series",
                                max_length=40,
                                null=True,
                                unique=True,
                            ),
                        ),
                        (
                            "routing",
                            models.CharField(blank=True, help_text="What the carrier sorts it by", max_length=40),
                        ),
                        (
                            "weight_g",
                            models.DecimalField(decimal_places=3, help_text="As weighed", max_digits=12, null=True),
                        ),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("loaded_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ("shipment", "sequence"),
                        "constraints": [
                            models.UniqueConstraint(fields=("shipment", "sequence"), name="carton_sequence_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CarrierEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "carton",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="shipping.carton"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("picked_up", "Picked up"),
                                    ("in_transit", "In transit"),
                                    ("delivered", "Delivered"),
                                    ("exception", "Exception"),
                                    ("lost", "Lost"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("occurred_at", models.DateTimeField(help_text="By the carrier's clock")),
                        ("place", models.CharField(blank=True, max_length=120)),
                        (
                            "signed_by",
                            models.CharField(blank=True, help_text="Who took it, of a delivery", max_length=80),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("noted_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("-occurred_at", "-id"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["picked_up", "in_transit", "delivered", "exception", "lost"])
                                ),
                                name="carrier_event_kind_known",
                            ),
                            models.UniqueConstraint(
                                fields=("carton", "kind", "occurred_at"), name="carrier_event_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "delivered"), _negated=True),
                                    models.Q(("signed_by", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="carrier_event_delivery_has_proof",
                                violation_error_message="A delivery says who took it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCarrierService",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("parcel", "Parcel"), ("ltl", "Part load (LTL)"), ("ftl", "Full load (FTL)")],
                                default="parcel",
                                max_length=6,
                            ),
                        ),
                        (
                            "transit_days",
                            models.PositiveSmallIntegerField(
                                default=1, help_text="Days on the way after the collection"
                            ),
                        ),
                        (
                            "delivers_weekends",
                            models.BooleanField(
                                default=False, help_text="Saturdays and Sundays count and are delivered on"
                            ),
                        ),
                        (
                            "max_weight_g",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="A piece",
                                max_digits=12,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "max_longest_mm",
                            models.PositiveIntegerField(blank=True, help_text="Longest side of a piece", null=True),
                        ),
                        (
                            "max_girth_mm",
                            models.PositiveIntegerField(
                                blank=True, help_text="Longest side plus twice the two others, of a piece", null=True
                            ),
                        ),
                        (
                            "routing",
                            models.CharField(
                                blank=True, help_text="What the carrier wants on the label, as its depot", max_length=20
                            ),
                        ),
                        (
                            "label_adapter",
                            models.CharField(default="own", help_text="Who makes its labels", max_length=20),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "carrier",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                limit_choices_to={"is_carrier": True},
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
                        "verbose_name": "historical carrier service",
                        "verbose_name_plural": "historical carrier services",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCartonType",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "length_mm",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="inner length, mm",
                            ),
                        ),
                        (
                            "width_mm",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="inner width, mm"
                            ),
                        ),
                        (
                            "height_mm",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="inner height, mm",
                            ),
                        ),
                        (
                            "tare_g",
                            models.DecimalField(
                                decimal_places=3,
                                default=0,
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="weighs empty, g",
                            ),
                        ),
                        (
                            "max_weight_g",
                            models.DecimalField(
                                decimal_places=3,
                                help_text="With the carton itself",
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                                verbose_name="most it may weigh, g",
                            ),
                        ),
                        (
                            "tolerance_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=5,
                                help_text="By how much the scale may differ from what is computed",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "tolerance_g",
                            models.DecimalField(
                                decimal_places=3,
                                default=50,
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="tolerance, g at least",
                            ),
                        ),
                        (
                            "cost",
                            models.DecimalField(
                                decimal_places=6,
                                default=0,
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
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
                        "verbose_name": "historical carton type",
                        "verbose_name_plural": "historical carton types",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalServiceRate",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "valid_from",
                            models.DateField(help_text="The list of this day counts until the next list's day"),
                        ),
                        ("zone", models.CharField(help_text="The carrier's name of the zone", max_length=20)),
                        (
                            "country",
                            models.CharField(blank=True, help_text="As addresses write it; empty: any", max_length=60),
                        ),
                        (
                            "postal_prefix",
                            models.CharField(
                                blank=True, help_text="What postal codes begin with; empty: any", max_length=10
                            ),
                        ),
                        (
                            "up_to_g",
                            models.DecimalField(
                                decimal_places=3,
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=6,
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        (
                            "service",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="shipping.carrierservice",
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
                        "verbose_name": "historical service rate",
                        "verbose_name_plural": "historical service rates",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ParcelException",
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
                            "carton",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exceptions",
                                to="shipping.carton",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("picked_up", "Picked up"),
                                    ("in_transit", "In transit"),
                                    ("delivered", "Delivered"),
                                    ("exception", "Exception"),
                                    ("lost", "Lost"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("resolved", "Resolved")], default="open", max_length=10
                            ),
                        ),
                        ("note", models.CharField(blank=True, help_text="What the carrier said", max_length=200)),
                        ("resolution", models.CharField(blank=True, max_length=200)),
                        ("resolved_at", models.DateTimeField(null=True)),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "resolved"])),
                                name="parcel_exception_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["picked_up", "in_transit", "delivered", "exception", "lost"])
                                ),
                                name="parcel_exception_kind_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("carton", "kind"),
                                name="parcel_exception_open_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "resolved"), _negated=True),
                                    models.Q(
                                        models.Q(("resolution", ""), _negated=True),
                                        ("resolved_at__isnull", False),
                                        ("resolved_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="parcel_exception_resolved_says_how",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceCutOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cut_offs",
                                to="shipping.carrierservice",
                            ),
                        ),
                        (
                            "weekday",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "Monday"),
                                    (1, "Tuesday"),
                                    (2, "Wednesday"),
                                    (3, "Thursday"),
                                    (4, "Friday"),
                                    (5, "Saturday"),
                                    (6, "Sunday"),
                                ],
                                validators=[django.core.validators.MaxValueValidator(6)],
                            ),
                        ),
                        ("until", models.TimeField(help_text="By the warehouse's clock")),
                    ],
                    options={
                        "ordering": ("service", "weekday"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("service", "weekday"), name="service_cut_off_once_a_weekday"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weekday__lte", 6)), name="service_cut_off_weekday_known"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceRate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rates",
                                to="shipping.carrierservice",
                            ),
                        ),
                        (
                            "valid_from",
                            models.DateField(help_text="The list of this day counts until the next list's day"),
                        ),
                        ("zone", models.CharField(help_text="The carrier's name of the zone", max_length=20)),
                        (
                            "country",
                            models.CharField(blank=True, help_text="As addresses write it; empty: any", max_length=60),
                        ),
                        (
                            "postal_prefix",
                            models.CharField(
                                blank=True, help_text="What postal codes begin with; empty: any", max_length=10
                            ),
                        ),
                        (
                            "up_to_g",
                            models.DecimalField(
                                decimal_places=3,
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=6,
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                    ],
                    options={
                        "ordering": ("service", "-valid_from", "zone", "up_to_g"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("service", "valid_from", "country", "postal_prefix", "up_to_g"),
                                name="service_rate_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("up_to_g__gt", 0)), name="service_rate_weight_positive"
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
