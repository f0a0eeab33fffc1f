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
        ("shipping", "0001_initial"),
        ("tasks", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Channel",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("web", "Web shop"),
                                    ("store", "Store"),
                                    ("marketplace", "Marketplace"),
                                    ("partner", "Partner"),
                                    ("site", "Own sites"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "sites",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Whose stock it is told of; none: every site's in use",
                                related_name="+",
                                to="locations.warehouse",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("code",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["web", "store", "marketplace", "partner", "site"])),
                                name="channel_kind_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SalesOrder",
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
                            "warehouse",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.warehouse"
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="orders.channel"
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sales_orders",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("confirmed", "Confirmed"),
                                    ("allocated", "Allocated"),
                                    ("released", "Released to the floor"),
                                    ("picked", "Picked"),
                                    ("part_shipped", "Partly shipped, the rest back-ordered"),
                                    ("shipped", "Shipped"),
                                    ("cancelling", "Given up, goods to be put back"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("reference", models.CharField(blank=True, help_text="The channel's number", max_length=80)),
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
                        ("currency", models.CharField(max_length=3)),
                        ("placed_at", models.DateTimeField()),
                        ("priority", models.PositiveSmallIntegerField(default=50, help_text="Higher goes first")),
                        ("requested_on", models.DateField(help_text="When the customer wanted it to leave", null=True)),
                        ("due_on", models.DateField(help_text="To leave the warehouse by")),
                        (
                            "ship_complete",
                            models.BooleanField(default=False, help_text="All of it leaves at once, or nothing"),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                help_text="The customer's order, of which this part is served by another site",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="orders.salesorder",
                            ),
                        ),
                        ("sent", models.JSONField(default=dict, help_text="As the channel sent it, to know it again")),
                        (
                            "min_remaining_days",
                            models.PositiveIntegerField(
                                default=0, help_text="Shelf life that must be left when the customer gets the goods"
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        ("shipped_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ("-id",),
                        "indexes": [models.Index(fields=["state", "due_on"], name="orders_sale_state_3e7b72_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "confirmed",
                                            "allocated",
                                            "released",
                                            "picked",
                                            "part_shipped",
                                            "shipped",
                                            "cancelling",
                                            "cancelled",
                                        ],
                                    )
                                ),
                                name="sales_order_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("reference", ""), _negated=True),
                                fields=("channel", "reference"),
                                name="sales_order_reference_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderedKit",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="kits", to="orders.salesorder"
                            ),
                        ),
                        ("line", models.PositiveIntegerField(help_text="Its place in what the customer asked for")),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.item"
                            ),
                        ),
                        (
                            "bill",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.billofmaterials",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=6,
                                default=Decimal("0"),
                                help_text="Of one kit; its lines share it by what their items cost",
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("order", "line"),
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "line"), name="ordered_kit_once"),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="ordered_kit_quantity_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SalesOrderLine",
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
                                to="orders.salesorder",
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.item"
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=6,
                                default=Decimal("0"),
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "promised_on",
                            models.DateField(
                                help_text="When it was promised to leave; empty: no date was known", null=True
                            ),
                        ),
                        (
                            "grows",
                            models.ForeignKey(
                                help_text="The line that asked for less at first",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="growth",
                                to="orders.salesorderline",
                            ),
                        ),
                        (
                            "kit",
                            models.ForeignKey(
                                help_text="The kit that it is a part of",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="orders.orderedkit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("order", "line"),
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "line"), name="sales_order_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gte", 0)), name="sales_order_line_quantity_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Allocation",
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
                                related_name="allocations",
                                to="orders.salesorderline",
                            ),
                        ),
                        (
                            "reservation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allocation",
                                to="ledger.reservation",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("allocated_at", models.DateTimeField()),
                        ("override_reason", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="allocation_quantity_positive"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChannelFeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.BigIntegerField(default=0)),
                        ("seen", models.JSONField(default=dict, help_text="What the last reading could see")),
                        ("read_at", models.DateTimeField(null=True)),
                        (
                            "everything_at",
                            models.DateTimeField(help_text="When all listings were counted last", null=True),
                        ),
                    ],
                    options={
                        "verbose_name": "channel feed",
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("id", 1)), name="channel_feed_is_one")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChannelListing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="listings",
                                to="orders.channel",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.item"
                            ),
                        ),
                        ("code", models.CharField(help_text="What the channel calls it", max_length=80)),
                        (
                            "status",
                            models.CharField(
                                choices=[("active", "Active"), ("paused", "Paused"), ("ended", "Ended")],
                                default="active",
                                max_length=6,
                            ),
                        ),
                        (
                            "buffer",
                            models.DecimalField(
                                decimal_places=6,
                                default=Decimal("0"),
                                help_text="Kept back from the channel, base units",
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "share",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("100"),
                                help_text="Per cent of what is left; over 100 in all channels together they are cut alike",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "minimum",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Less than this is told as nothing",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "maximum",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Never told more than this",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "channel listing",
                        "ordering": ("channel", "code"),
                        "indexes": [models.Index(fields=["item"], name="channel_listing_of_item")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["active", "paused", "ended"])),
                                name="channel_listing_status_known",
                            ),
                            models.UniqueConstraint(fields=("channel", "item"), name="channel_listing_item_once"),
                            models.UniqueConstraint(fields=("channel", "code"), name="channel_listing_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("buffer__gte", 0),
                                    ("share__gte", 0),
                                    ("share__lte", 100),
                                    models.Q(("minimum", None), ("minimum__gte", 0), _connector="OR"),
                                    models.Q(("maximum", None), ("maximum__gte", 0), _connector="OR"),
                                ),
                                name="channel_listing_figures",
                                violation_error_message="Buffer, minimum and maximum are not negative; the share is from 0 to 100.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChannelAvailability",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "listing",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="availability",
                                to="orders.channellisting",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("position", models.BigIntegerField(unique=True)),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "channel availability",
                        "verbose_name_plural": "channel availability",
                        "ordering": ("position",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gte", 0)), name="channel_availability_not_negative"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FloorLimit",
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
                                related_name="floor_limits",
                                to="locations.warehouse",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: the whole warehouse",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        ("most_open_picks", models.PositiveIntegerField()),
                    ],
                    options={
                        "ordering": ("warehouse", "zone"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("warehouse", "zone"),
                                name="floor_limit_once_a_zone",
                                nulls_distinct=False,
                                violation_error_message="This has its limit already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalChannel",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("web", "Web shop"),
                                    ("store", "Store"),
                                    ("marketplace", "Marketplace"),
                                    ("partner", "Partner"),
                                    ("site", "Own sites"),
                                ],
                                max_length=12,
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
                        "verbose_name": "historical channel",
                        "verbose_name_plural": "historical channels",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalChannelListing",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(help_text="What the channel calls it", max_length=80)),
                        (
                            "status",
                            models.CharField(
                                choices=[("active", "Active"), ("paused", "Paused"), ("ended", "Ended")],
                                default="active",
                                max_length=6,
                            ),
                        ),
                        (
                            "buffer",
                            models.DecimalField(
                                decimal_places=6,
                                default=Decimal("0"),
                                help_text="Kept back from the channel, base units",
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "share",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("100"),
                                help_text="Per cent of what is left; over 100 in all channels together they are cut alike",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "minimum",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Less than this is told as nothing",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "maximum",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                help_text="Never told more than this",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="orders.channel",
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
                        "verbose_name": "historical channel listing",
                        "verbose_name_plural": "historical channel listings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFloorLimit",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("most_open_picks", models.PositiveIntegerField()),
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
                                help_text="Empty: the whole warehouse",
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
                        "verbose_name": "historical floor limit",
                        "verbose_name_plural": "historical floor limits",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOutboundRule",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "about",
                            models.CharField(
                                choices=[
                                    ("allocate", "Allocation: which goods"),
                                    ("release", "Release: when it goes to the floor"),
                                    ("pick", "Picking: how it is picked"),
                                    ("pack", "Packing: what the packer is told"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                default=50, help_text="Higher goes first; of equals, what names more"
                            ),
                        ),
                        (
                            "strategy",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fefo", "First expired first out"),
                                    ("fifo", "First in first out"),
                                    ("lifo", "Last in first out"),
                                    ("least_bins", "Fewest bins to go to"),
                                    ("whole_units", "Whole pallets, then cases, then loose"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "release",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("wave", "In a wave that somebody releases"),
                                    ("waveless", "By itself, as soon as it may"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "hours_before_due",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="By itself no earlier than so long before the end of the due day",
                                null=True,
                            ),
                        ),
                        (
                            "task_priority",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Of its tasks; empty: the order's own", null=True
                            ),
                        ),
                        (
                            "pick_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("single", "One order at a time"),
                                    ("batch", "Several orders together, sorted afterwards"),
                                    ("cluster", "Several orders on a cart, a tote each"),
                                    ("zone", "Each zone its part, brought together afterwards"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "instructions",
                            models.CharField(blank=True, help_text="Shown at the packing station", max_length=400),
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
                            "customer",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="orders.channel",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Where goods for the order stand",
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
                        "verbose_name": "historical outbound rule",
                        "verbose_name_plural": "historical outbound rules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRoutingRule",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        ("rank", models.PositiveSmallIntegerField(default=100, help_text="Lower is asked first")),
                        (
                            "stock",
                            models.PositiveSmallIntegerField(
                                default=60,
                                help_text="Weight of having all of it",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "distance",
                            models.PositiveSmallIntegerField(
                                default=20,
                                help_text="Weight of being near",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "cost",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="Weight of being cheap",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "load",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="Weight of being idle",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "split",
                            models.CharField(
                                choices=[
                                    ("never", "Never"),
                                    ("if_needed", "If no site has all of it"),
                                    ("if_cheaper", "If parts cost less"),
                                ],
                                default="never",
                                max_length=10,
                            ),
                        ),
                        (
                            "most_parts",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(9),
                                ],
                            ),
                        ),
                        (
                            "parcel_cost",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "km_cost",
                            models.DecimalField(
                                decimal_places=4,
                                default=Decimal("0"),
                                help_text="A kilometre",
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "channel",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: any",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="orders.channel",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: any",
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
                        "verbose_name": "historical routing rule",
                        "verbose_name_plural": "historical routing rules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalWaveTemplate",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "cut_off",
                            models.TimeField(
                                blank=True, help_text="When its truck leaves, by the warehouse's clock", null=True
                            ),
                        ),
                        (
                            "min_priority",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Orders of at least this priority", null=True
                            ),
                        ),
                        (
                            "due_within_days",
                            models.PositiveSmallIntegerField(blank=True, help_text="0: due today or before", null=True),
                        ),
                        (
                            "most_orders",
                            models.PositiveIntegerField(
                                blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)]
                            ),
                        ),
                        (
                            "most_picks",
                            models.PositiveIntegerField(
                                blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)]
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
                            "carrier",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="orders.channel",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="All goods of an order stand there",
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
                        "verbose_name": "historical wave template",
                        "verbose_name_plural": "historical wave templates",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="OutboundRule",
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
                                related_name="outbound_rules",
                                to="locations.warehouse",
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "about",
                            models.CharField(
                                choices=[
                                    ("allocate", "Allocation: which goods"),
                                    ("release", "Release: when it goes to the floor"),
                                    ("pick", "Picking: how it is picked"),
                                    ("pack", "Packing: what the packer is told"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                default=50, help_text="Higher goes first; of equals, what names more"
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
                            "customer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="orders.channel",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                help_text="Where goods for the order stand",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "strategy",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fefo", "First expired first out"),
                                    ("fifo", "First in first out"),
                                    ("lifo", "Last in first out"),
                                    ("least_bins", "Fewest bins to go to"),
                                    ("whole_units", "Whole pallets, then cases, then loose"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "release",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("wave", "In a wave that somebody releases"),
                                    ("waveless", "By itself, as soon as it may"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "hours_before_due",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="By itself no earlier than so long before the end of the due day",
                                null=True,
                            ),
                        ),
                        (
                            "task_priority",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Of its tasks; empty: the order's own", null=True
                            ),
                        ),
                        (
                            "pick_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("single", "One order at a time"),
                                    ("batch", "Several orders together, sorted afterwards"),
                                    ("cluster", "Several orders on a cart, a tote each"),
                                    ("zone", "Each zone its part, brought together afterwards"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "instructions",
                            models.CharField(blank=True, help_text="Shown at the packing station", max_length=400),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "excluded_zones",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Nothing is allocated from there",
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("warehouse", "about", "-priority", "code"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("warehouse", "code"), name="outbound_rule_code_once_a_warehouse"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("about__in", ["allocate", "release", "pick", "pack"])),
                                name="outbound_rule_about_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("about", "allocate"),
                                        ("instructions", ""),
                                        ("pick_kind", ""),
                                        ("release", ""),
                                        ("strategy__in", ["fefo", "fifo", "lifo", "least_bins", "whole_units"]),
                                    ),
                                    models.Q(
                                        ("about", "release"),
                                        ("instructions", ""),
                                        ("pick_kind", ""),
                                        ("strategy", ""),
                                        ("release__in", ["wave", "waveless"]),
                                    ),
                                    models.Q(
                                        ("about", "pick"),
                                        ("instructions", ""),
                                        ("release", ""),
                                        ("strategy", ""),
                                        ("pick_kind__in", ["single", "batch", "cluster", "zone"]),
                                    ),
                                    models.Q(
                                        ("about", "pack"),
                                        ("pick_kind", ""),
                                        ("release", ""),
                                        ("strategy", ""),
                                        models.Q(("instructions", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="outbound_rule_decides_one_thing",
                                violation_error_message="A rule says what it is about, and nothing else.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("about", "release"),
                                    models.Q(("hours_before_due", None), ("task_priority", None)),
                                    _connector="OR",
                                ),
                                name="outbound_rule_release_alone_has_a_time",
                                violation_error_message="Only a rule about release says when and how urgent.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("about__in", ("release", "pick")), ("zone", None), _connector="OR"),
                                name="outbound_rule_zone_of_release_and_pick",
                                violation_error_message="Goods have no zone before they are allocated, nor when they are packed.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalOutboundRule_excluded_zones",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "outboundrule",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="orders.outboundrule",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="orders.historicaloutboundrule",
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                    ],
                    options={
                        "verbose_name": "HistoricalOutboundRule_excluded_zones",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="WaveTemplate",
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
                                related_name="wave_templates",
                                to="locations.warehouse",
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=80)),
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
                            "cut_off",
                            models.TimeField(
                                blank=True, help_text="When its truck leaves, by the warehouse's clock", null=True
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.channel",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                help_text="All goods of an order stand there",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "min_priority",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Orders of at least this priority", null=True
                            ),
                        ),
                        (
                            "due_within_days",
                            models.PositiveSmallIntegerField(blank=True, help_text="0: due today or before", null=True),
                        ),
                        (
                            "most_orders",
                            models.PositiveIntegerField(
                                blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)]
                            ),
                        ),
                        (
                            "most_picks",
                            models.PositiveIntegerField(
                                blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)]
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("warehouse", "cut_off", "code"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("warehouse", "code"), name="wave_template_code_once_a_warehouse"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("most_orders", None), ("most_orders__gt", 0), _connector="OR"),
                                    models.Q(("most_picks", None), ("most_picks__gt", 0), _connector="OR"),
                                ),
                                name="wave_template_takes_something",
                                violation_error_message="A wave takes at least one order and one pick.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Wave",
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
                                choices=[("released", "Released"), ("done", "Done")], default="released", max_length=10
                            ),
                        ),
                        (
                            "released_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("released_at", models.DateTimeField()),
                        (
                            "template",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="waves",
                                to="orders.wavetemplate",
                            ),
                        ),
                        ("cut_off_at", models.DateTimeField(help_text="When its truck leaves", null=True)),
                        (
                            "is_waveless",
                            models.BooleanField(default=False, help_text="Released by itself, by its orders' rules"),
                        ),
                        ("done_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["released", "done"])), name="wave_state_known"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pick",
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
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="picks", to="orders.wave"
                            ),
                        ),
                        (
                            "allocation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="pick", to="orders.allocation"
                            ),
                        ),
                        (
                            "task",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pick",
                                to="tasks.warehousetask",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("to_pick", "To pick"),
                                    ("picked", "Picked"),
                                    ("short", "Short"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="to_pick",
                                max_length=10,
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("picked", models.DecimalField(decimal_places=6, default=0, max_digits=18)),
                        (
                            "returned",
                            models.DecimalField(
                                decimal_places=6,
                                default=0,
                                help_text="Of what was picked, brought back to a bin",
                                max_digits=18,
                            ),
                        ),
                        (
                            "tote",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        ("short_reason", models.CharField(blank=True, max_length=80)),
                        (
                            "bin_empty",
                            models.BooleanField(help_text="What the picker saw left: counting reads it", null=True),
                        ),
                        (
                            "transaction",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pick",
                                to="ledger.stocktransaction",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["to_pick", "picked", "short", "cancelled"])),
                                name="pick_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("picked__gte", 0), ("picked__lte", models.F("quantity")), ("quantity__gt", 0)
                                ),
                                name="pick_quantities",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("returned__gte", 0), ("returned__lte", models.F("picked"))),
                                name="pick_returned_was_picked",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("picked", 0), ("transaction__isnull", False), _connector="OR"),
                                name="pick_picked_has_posting",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackedPick",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "pick",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="packings", to="orders.pick"
                            ),
                        ),
                        (
                            "carton",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contents",
                                to="shipping.carton",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "transaction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.stocktransaction",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="packed_pick_quantity_positive"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PickRound",
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
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="orders.wave"
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                help_text="Of a round in one zone",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("single", "One order a walk"),
                                    ("batch", "Goods of several orders together, sorted afterwards"),
                                    ("cluster", "A cart with a tote for each order"),
                                    ("zone", "A walk in each zone, orders put together afterwards"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("ready", "Ready"), ("picking", "Being picked"), ("done", "Done")],
                                default="ready",
                                max_length=10,
                            ),
                        ),
                        (
                            "walk",
                            models.CharField(
                                choices=[
                                    ("exact", "The shortest"),
                                    ("near", "Short, not proven shortest"),
                                    ("sequence", "As the bins are numbered"),
                                ],
                                default="sequence",
                                max_length=10,
                            ),
                        ),
                        (
                            "length_mm",
                            models.PositiveBigIntegerField(help_text="Of the walk; None: not measured", null=True),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "picker",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("claimed_at", models.DateTimeField(null=True)),
                        ("done_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "pick round",
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["ready", "picking", "done"])),
                                name="pick_round_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("method__in", ["single", "batch", "cluster", "zone"])),
                                name="pick_round_method_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("walk__in", ["exact", "near", "sequence"])),
                                name="pick_round_walk_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "picking"), _negated=True),
                                    models.Q(("claimed_at__isnull", False), ("picker__isnull", False)),
                                    _connector="OR",
                                ),
                                name="pick_round_picked_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PutBack",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "pick",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="put_backs", to="orders.pick"
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("returned", models.DecimalField(decimal_places=6, default=Decimal("0"), max_digits=18)),
                        ("reason", models.CharField(max_length=200)),
                        (
                            "task",
                            models.OneToOneField(
                                help_text="What asks for what is left to be brought",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="put_back",
                                to="tasks.warehousetask",
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "put-back",
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quantity__gt", 0), ("returned__gte", 0), ("returned__lte", models.F("quantity"))
                                ),
                                name="put_back_quantities",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PickReturn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "pick",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="returns", to="orders.pick"
                            ),
                        ),
                        (
                            "put_back",
                            models.ForeignKey(
                                help_text="None: nobody asked for it, it was unpicked",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to="orders.putback",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "transaction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.stocktransaction",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="pick_return_quantity_positive"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoundSlot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="slots", to="orders.pickround"
                            ),
                        ),
                        ("slot", models.PositiveSmallIntegerField()),
                        (
                            "order",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.salesorder",
                            ),
                        ),
                        (
                            "tote",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "is_over",
                            models.BooleanField(
                                default=False, help_text="The round is done: its tote may go on another cart"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("round", "slot"),
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "slot"), name="round_slot_once"),
                            models.UniqueConstraint(fields=("round", "order"), name="round_slot_once_an_order"),
                            models.UniqueConstraint(
                                condition=models.Q(("is_over", False)),
                                fields=("tote",),
                                name="round_slot_tote_on_one_cart",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoundPick",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="orders.pickround"
                            ),
                        ),
                        (
                            "slot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="orders.roundslot"
                            ),
                        ),
                        (
                            "pick",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="stop", to="orders.pick"
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "ordering": ("round", "position", "id"),
                    },
                ),
                migrations.CreateModel(
                    name="RoutingRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        ("rank", models.PositiveSmallIntegerField(default=100, help_text="Lower is asked first")),
                        (
                            "channel",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: any",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.channel",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: any",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "stock",
                            models.PositiveSmallIntegerField(
                                default=60,
                                help_text="Weight of having all of it",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "distance",
                            models.PositiveSmallIntegerField(
                                default=20,
                                help_text="Weight of being near",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "cost",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="Weight of being cheap",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "load",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="Weight of being idle",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "split",
                            models.CharField(
                                choices=[
                                    ("never", "Never"),
                                    ("if_needed", "If no site has all of it"),
                                    ("if_cheaper", "If parts cost less"),
                                ],
                                default="never",
                                max_length=10,
                            ),
                        ),
                        (
                            "most_parts",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(9),
                                ],
                            ),
                        ),
                        (
                            "parcel_cost",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "km_cost",
                            models.DecimalField(
                                decimal_places=4,
                                default=Decimal("0"),
                                help_text="A kilometre",
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "sites",
                            models.ManyToManyField(
                                blank=True,
                                help_text="None: every site in use",
                                related_name="+",
                                to="locations.warehouse",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "routing rule",
                        "ordering": ("rank", "code"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("split__in", ["never", "if_needed", "if_cheaper"])),
                                name="routing_rule_split_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cost__lte", 100),
                                    ("distance__lte", 100),
                                    ("load__lte", 100),
                                    ("stock__lte", 100),
                                    ("km_cost__gte", 0),
                                    ("most_parts__gte", 1),
                                    ("most_parts__lte", 9),
                                    ("parcel_cost__gte", 0),
                                ),
                                name="routing_rule_figures",
                                violation_error_message="Weights are from 0 to 100, parts from 1 to 9, costs not negative.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderShipment",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="order_shipments",
                                to="orders.salesorder",
                            ),
                        ),
                        (
                            "shipment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="order_shipment",
                                to="shipping.shipment",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="OrderHold",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holds",
                                to="orders.salesorder",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("credit", "Credit"),
                                    ("address", "Address"),
                                    ("fraud", "Fraud"),
                                    ("manual", "Manual"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("reason", models.CharField(max_length=200)),
                        ("placed_at", models.DateTimeField()),
                        (
                            "placed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("released_at", models.DateTimeField(null=True)),
                        (
                            "released_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("release_note", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "verbose_name": "order hold",
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["credit", "address", "fraud", "manual"])),
                                name="order_hold_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("released_at", None), ("released_by", None)),
                                    models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="order_hold_released_by_somebody",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("released_at", None)),
                                fields=("order", "kind"),
                                name="order_hold_once_a_kind",
                                violation_error_message="The order is on such a hold already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consolidation",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consolidations",
                                to="orders.salesorder",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.wave"
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.location"
                            ),
                        ),
                        ("begun_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(help_text="When the last part came", null=True)),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "wave"), name="consolidation_once_a_wave")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WaveWalk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="walks", to="orders.wave"
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("exact", "The shortest"),
                                    ("near", "Short, not proven shortest"),
                                    ("sequence", "As the bins are numbered"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("stops", models.PositiveIntegerField(help_text="Bins that are passed")),
                        (
                            "length_mm",
                            models.PositiveBigIntegerField(
                                help_text="From the depot and back; None: not measured", null=True
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("wave", "id"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["exact", "near", "sequence"])),
                                name="wave_walk_kind_known",
                            ),
                            models.UniqueConstraint(
                                fields=("wave", "zone"), name="wave_walk_once_a_zone", nulls_distinct=False
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
