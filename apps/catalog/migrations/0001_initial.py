from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import apps.catalog.models.item
from apps.core.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("safety", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Party",
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
                        ("number", models.CharField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("is_supplier", models.BooleanField(default=False)),
                        ("is_customer", models.BooleanField(default=False)),
                        ("is_owner", models.BooleanField(default=False, help_text="Owns stock that we keep")),
                        ("is_carrier", models.BooleanField(default=False)),
                        ("contact", models.CharField(blank=True, max_length=80)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("gln", models.CharField(blank=True, max_length=13, verbose_name="GLN")),
                        (
                            "currency",
                            models.CharField(blank=True, help_text="ISO 4217; empty: the company's", max_length=3),
                        ),
                        (
                            "min_remaining_days",
                            models.PositiveIntegerField(
                                default=0,
                                help_text="Days of shelf life that must be left when the customer gets the goods",
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name_plural": "parties",
                        "ordering": ("number",),
                    },
                ),
                migrations.CreateModel(
                    name="Unit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12, unique=True)),
                        ("name", models.CharField(max_length=40)),
                        (
                            "scale",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Decimals allowed",
                                validators=[django.core.validators.MaxValueValidator(6)],
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("code",),
                    },
                ),
                migrations.CreateModel(
                    name="Category",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="catalog.category",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "categories",
                        "ordering": ("code",),
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalParty",
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
                        ("number", models.CharField(db_index=True, max_length=40)),
                        ("name", models.CharField(max_length=120)),
                        ("is_supplier", models.BooleanField(default=False)),
                        ("is_customer", models.BooleanField(default=False)),
                        ("is_owner", models.BooleanField(default=False, help_text="Owns stock that we keep")),
                        ("is_carrier", models.BooleanField(default=False)),
                        ("contact", models.CharField(blank=True, max_length=80)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("gln", models.CharField(blank=True, max_length=13, verbose_name="GLN")),
                        (
                            "currency",
                            models.CharField(blank=True, help_text="ISO 4217; empty: the company's", max_length=3),
                        ),
                        (
                            "min_remaining_days",
                            models.PositiveIntegerField(
                                default=0,
                                help_text="Days of shelf life that must be left when the customer gets the goods",
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
                        "verbose_name": "historical party",
                        "verbose_name_plural": "historical parties",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Item",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("description", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("raw", "Raw material"),
                                    ("component", "Component"),
                                    ("finished", "Finished good"),
                                    ("packaging", "Packaging"),
                                    ("consumable", "Consumable"),
                                ],
                                default="finished",
                                max_length=12,
                            ),
                        ),
                        (
                            "lifecycle",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("active", "Active"),
                                    ("phasing_out", "Phasing out: sold, no longer bought"),
                                    ("retired", "Retired"),
                                ],
                                default="active",
                                max_length=12,
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="catalog.category",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                help_text="Base unit, in which stock is kept",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.unit",
                            ),
                        ),
                        (
                            "scale",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Decimals of a quantity",
                                validators=[django.core.validators.MaxValueValidator(6)],
                            ),
                        ),
                        (
                            "tracking",
                            models.CharField(
                                choices=[
                                    ("none", "Not tracked"),
                                    ("lot", "By lot"),
                                    ("serial", "By serial number"),
                                    ("both", "By lot and serial number"),
                                ],
                                default="none",
                                max_length=8,
                            ),
                        ),
                        ("expires", models.BooleanField(default=False, help_text="Its lots have an expiry date")),
                        (
                            "shelf_life_days",
                            models.PositiveIntegerField(blank=True, help_text="From making to expiry", null=True),
                        ),
                        (
                            "expires_with_parts",
                            models.BooleanField(
                                default=False,
                                help_text="Where it is assembled: its lots expire with the part that expires first",
                            ),
                        ),
                        (
                            "min_remaining_days",
                            models.PositiveIntegerField(
                                blank=True, help_text="Days of shelf life that must be left when it comes in", null=True
                            ),
                        ),
                        (
                            "over_tolerance_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                help_text="More than ordered that may come in, unless its supplier's terms say otherwise",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        ("colour", models.CharField(blank=True, max_length=40)),
                        ("size", models.CharField(blank=True, max_length=40)),
                        ("length_mm", models.PositiveIntegerField(blank=True, null=True)),
                        ("width_mm", models.PositiveIntegerField(blank=True, null=True)),
                        ("height_mm", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "weight_g",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=12,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("attributes", models.JSONField(blank=True, default=dict, help_text="Anything else, by name")),
                        ("image", models.ImageField(blank=True, upload_to="items")),
                        (
                            "hazard_class",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="safety.hazardclass",
                            ),
                        ),
                        (
                            "storage_condition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="safety.storagecondition",
                            ),
                        ),
                        (
                            "shipping_description",
                            models.ForeignKey(
                                blank=True,
                                help_text="How it is described to carriers, where it is dangerous",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="safety.shippingdescription",
                            ),
                        ),
                        ("ships_alone", models.BooleanField(default=False, help_text="Not packed with other items")),
                        (
                            "hs_code",
                            models.CharField(
                                blank=True,
                                help_text="Customs tariff number, digits only",
                                max_length=12,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{6,12}$", "An HS code has 6 to 12 digits."
                                    )
                                ],
                                verbose_name="HS code",
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                blank=True,
                                help_text="Country it was made in (ISO 3166-1 alpha-2)",
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z]{2}$", "A country is two capital letters."
                                    )
                                ],
                            ),
                        ),
                        (
                            "standard_cost",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Company currency, a base unit",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("number",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["raw", "component", "finished", "packaging", "consumable"])
                                ),
                                name="item_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("lifecycle__in", ["draft", "active", "phasing_out", "retired"])),
                                name="item_lifecycle_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tracking__in", ["none", "lot", "serial", "both"])),
                                name="item_tracking_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires", False), ("tracking__in", ("lot", "both")), _connector="OR"
                                ),
                                name="item_expiry_needs_lots",
                                violation_error_message="An item that expires is tracked by lot.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_with_parts", False), ("expires", True), _connector="OR"),
                                name="item_expires_with_parts_expires",
                                violation_error_message="What expires with its parts expires.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("scale", 0),
                                    models.Q(("tracking__in", ("serial", "both")), _negated=True),
                                    _connector="OR",
                                ),
                                name="item_serials_are_whole",
                                violation_error_message="An item with serial numbers is counted in whole units.",
                            ),
                            models.CheckConstraint(condition=models.Q(("scale__lte", 6)), name="item_scale_in_range"),
                        ],
                    },
                    bases=(apps.catalog.models.item.Tracked, models.Model),
                ),
                migrations.CreateModel(
                    name="BillOfMaterials",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="bills", to="catalog.item"
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("stocked", "Stocked: made, then sold"),
                                    ("phantom", "Phantom kit: its parts are sold together"),
                                ],
                                default="stocked",
                                max_length=8,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "Draft"), ("active", "Active"), ("discarded", "Discarded")],
                                default="draft",
                                max_length=9,
                            ),
                        ),
                        (
                            "quantity",
                            models.DecimalField(
                                decimal_places=6,
                                default=Decimal("1"),
                                help_text="How many its lines make; base units",
                                max_digits=18,
                            ),
                        ),
                        ("valid_from", models.DateField()),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="Its last day; empty: until another follows", null=True
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "activated_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("activated_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "bill of materials",
                        "verbose_name_plural": "bills of materials",
                        "ordering": ("-id",),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "active")),
                                fields=["item", "valid_from"],
                                name="bill_active",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "active", "discarded"])),
                                name="bill_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["stocked", "phantom"])), name="bill_kind_known"
                            ),
                            models.UniqueConstraint(fields=("item", "version"), name="bill_version_once_an_item"),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="bill_makes_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="bill_dates_in_order",
                                violation_error_message="Its last day is not before its first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("activated_at__isnull", False),
                                        ("activated_by__isnull", False),
                                        ("state", "active"),
                                        models.Q(("activated_by", models.F("drafted_by")), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "active"), _negated=True),
                                        ("activated_at", None),
                                        ("activated_by", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="bill_activated_by_another",
                                violation_error_message="Whoever drafted it does not put it in force.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BillLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "bill",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="catalog.billofmaterials",
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        (
                            "role",
                            models.CharField(
                                choices=[("component", "Component"), ("by_product", "By-product")],
                                default="component",
                                max_length=10,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="used_in", to="catalog.item"
                            ),
                        ),
                        (
                            "quantity",
                            models.DecimalField(decimal_places=6, help_text="In what the bill makes", max_digits=18),
                        ),
                        (
                            "scrap_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                help_text="So much more is taken, since some is spoilt",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(50),
                                ],
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("bill", "line"),
                        "constraints": [
                            models.UniqueConstraint(fields=("bill", "line"), name="bill_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["component", "by_product"])),
                                name="bill_line_role_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="bill_line_quantity_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("scrap_percent__gte", 0), ("scrap_percent__lte", 50)),
                                name="bill_line_scrap_in_range",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BillAlternative",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="alternatives",
                                to="catalog.billline",
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField()),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stands_in_for",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "quantity",
                            models.DecimalField(
                                decimal_places=6, help_text="Instead of all that the line asks for", max_digits=18
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("line", "rank"),
                        "constraints": [
                            models.UniqueConstraint(fields=("line", "rank"), name="bill_alternative_rank_once"),
                            models.UniqueConstraint(fields=("line", "item"), name="bill_alternative_item_once"),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="bill_alternative_quantity_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Packaging",
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
                                related_name="packagings",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("each", "Each"),
                                    ("inner", "Inner pack"),
                                    ("case", "Case"),
                                    ("pallet", "Pallet"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                help_text="Unit that orders may name",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.unit",
                            ),
                        ),
                        (
                            "numerator",
                            models.PositiveIntegerField(
                                default=1, help_text="Base units in it: numerator / denominator"
                            ),
                        ),
                        ("denominator", models.PositiveIntegerField(default=1)),
                        (
                            "gtin",
                            models.CharField(blank=True, max_length=14, null=True, unique=True, verbose_name="GTIN"),
                        ),
                        ("length_mm", models.PositiveIntegerField(blank=True, null=True)),
                        ("width_mm", models.PositiveIntegerField(blank=True, null=True)),
                        ("height_mm", models.PositiveIntegerField(blank=True, null=True)),
                        ("weight_g", models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                        (
                            "stacking_limit",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="How many may stand on one", null=True
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("item", "numerator"),
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "unit"), name="packaging_unit_once_an_item"),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["each", "inner", "case", "pallet"])),
                                name="packaging_level_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("denominator__gt", 0), ("numerator__gt", 0)),
                                name="packaging_factor_positive",
                                violation_error_message="A packaging holds more than nothing.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Barcode",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="barcodes", to="catalog.item"
                            ),
                        ),
                        (
                            "packaging",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="barcodes",
                                to="catalog.packaging",
                            ),
                        ),
                        ("code", models.CharField(max_length=80, unique=True)),
                    ],
                    options={
                        "ordering": ("code",),
                    },
                ),
                migrations.CreateModel(
                    name="ReasonCode",
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
                                    ("short", "Short pick"),
                                    ("override", "Another bin than proposed"),
                                    ("damage", "Damaged goods"),
                                    ("hold", "Hold on a lot"),
                                    ("return", "Goods that a customer sends back"),
                                    ("reject", "Goods that go back with the truck"),
                                    ("count", "What a count found"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("text", models.CharField(max_length=80)),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("kind", "code"),
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "code"), name="reason_code_once_a_kind"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["short", "override", "damage", "hold", "return", "reject", "count"])
                                ),
                                name="reason_code_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPackaging",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("each", "Each"),
                                    ("inner", "Inner pack"),
                                    ("case", "Case"),
                                    ("pallet", "Pallet"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "numerator",
                            models.PositiveIntegerField(
                                default=1, help_text="Base units in it: numerator / denominator"
                            ),
                        ),
                        ("denominator", models.PositiveIntegerField(default=1)),
                        (
                            "gtin",
                            models.CharField(blank=True, db_index=True, max_length=14, null=True, verbose_name="GTIN"),
                        ),
                        ("length_mm", models.PositiveIntegerField(blank=True, null=True)),
                        ("width_mm", models.PositiveIntegerField(blank=True, null=True)),
                        ("height_mm", models.PositiveIntegerField(blank=True, null=True)),
                        ("weight_g", models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                        (
                            "stacking_limit",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="How many may stand on one", null=True
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
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Unit that orders may name",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalog.unit",
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
                        "verbose_name": "historical packaging",
                        "verbose_name_plural": "historical packagings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalItem",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=40)),
                        ("name", models.CharField(max_length=120)),
                        ("description", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("raw", "Raw material"),
                                    ("component", "Component"),
                                    ("finished", "Finished good"),
                                    ("packaging", "Packaging"),
                                    ("consumable", "Consumable"),
                                ],
                                default="finished",
                                max_length=12,
                            ),
                        ),
                        (
                            "lifecycle",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("active", "Active"),
                                    ("phasing_out", "Phasing out: sold, no longer bought"),
                                    ("retired", "Retired"),
                                ],
                                default="active",
                                max_length=12,
                            ),
                        ),
                        (
                            "scale",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Decimals of a quantity",
                                validators=[django.core.validators.MaxValueValidator(6)],
                            ),
                        ),
                        (
                            "tracking",
                            models.CharField(
                                choices=[
                                    ("none", "Not tracked"),
                                    ("lot", "By lot"),
                                    ("serial", "By serial number"),
                                    ("both", "By lot and serial number"),
                                ],
                                default="none",
                                max_length=8,
                            ),
                        ),
                        ("expires", models.BooleanField(default=False, help_text="Its lots have an expiry date")),
                        (
                            "shelf_life_days",
                            models.PositiveIntegerField(blank=True, help_text="From making to expiry", null=True),
                        ),
                        (
                            "expires_with_parts",
                            models.BooleanField(
                                default=False,
                                help_text="Where it is assembled: its lots expire with the part that expires first",
                            ),
                        ),
                        (
                            "min_remaining_days",
                            models.PositiveIntegerField(
                                blank=True, help_text="Days of shelf life that must be left when it comes in", null=True
                            ),
                        ),
                        (
                            "over_tolerance_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                help_text="More than ordered that may come in, unless its supplier's terms say otherwise",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        ("colour", models.CharField(blank=True, max_length=40)),
                        ("size", models.CharField(blank=True, max_length=40)),
                        ("length_mm", models.PositiveIntegerField(blank=True, null=True)),
                        ("width_mm", models.PositiveIntegerField(blank=True, null=True)),
                        ("height_mm", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "weight_g",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=12,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("attributes", models.JSONField(blank=True, default=dict, help_text="Anything else, by name")),
                        ("image", models.TextField(blank=True, max_length=100)),
                        ("ships_alone", models.BooleanField(default=False, help_text="Not packed with other items")),
                        (
                            "hs_code",
                            models.CharField(
                                blank=True,
                                help_text="Customs tariff number, digits only",
                                max_length=12,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{6,12}$", "An HS code has 6 to 12 digits."
                                    )
                                ],
                                verbose_name="HS code",
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                blank=True,
                                help_text="Country it was made in (ISO 3166-1 alpha-2)",
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z]{2}$", "A country is two capital letters."
                                    )
                                ],
                            ),
                        ),
                        (
                            "standard_cost",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Company currency, a base unit",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalog.category",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Base unit, in which stock is kept",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalog.unit",
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
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="safety.storagecondition",
                            ),
                        ),
                        (
                            "shipping_description",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="How it is described to carriers, where it is dangerous",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="safety.shippingdescription",
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
                        "verbose_name": "historical item",
                        "verbose_name_plural": "historical items",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ]
        )
    ]
