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
                    name="Supplier",
                    fields=[],
                    options={
                        "ordering": ("number",),
                        "proxy": True,
                    },
                    bases=("catalog.party",),
                ),
                migrations.CreateModel(
                    name="ApprovalLimit",
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
                                    ("buyer", "Buyer"),
                                    ("inventory manager", "Inventory manager"),
                                    ("supervisor", "Supervisor"),
                                    ("admin", "Admin"),
                                ],
                                max_length=20,
                                unique=True,
                            ),
                        ),
                        (
                            "most",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="In the company's currency; empty: any value",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("most", "role"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["buyer", "inventory manager", "supervisor", "admin"])),
                                name="approval_limit_of_who_decides",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("most", None), ("most__gte", 0), _connector="OR"),
                                name="approval_limit_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalApprovalLimit",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("buyer", "Buyer"),
                                    ("inventory manager", "Inventory manager"),
                                    ("supervisor", "Supervisor"),
                                    ("admin", "Admin"),
                                ],
                                db_index=True,
                                max_length=20,
                            ),
                        ),
                        (
                            "most",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="In the company's currency; empty: any value",
                                max_digits=18,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
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
                        "verbose_name": "historical approval limit",
                        "verbose_name_plural": "historical approval limits",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSupplierItem",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("supplier_code", models.CharField(blank=True, max_length=40)),
                        ("minimum_quantity", models.DecimalField(decimal_places=6, default=0, max_digits=18)),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=6,
                                help_text="Supplier's currency, a base unit",
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "multiple_quantity",
                            models.DecimalField(
                                decimal_places=6,
                                default=0,
                                help_text="Base units; sold in multiples of so many. Zero: any quantity",
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("lead_time_days", models.PositiveSmallIntegerField(default=0, help_text="On average")),
                        (
                            "lead_time_spread_days",
                            models.DecimalField(
                                decimal_places=1,
                                default=0,
                                help_text="Standard deviation of the lead time",
                                max_digits=5,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "over_tolerance_percent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="More than ordered that may come; empty: the item's",
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "supplier",
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
                        "verbose_name": "historical supplier item",
                        "verbose_name_plural": "historical supplier items",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="PurchaseOrder",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="purchase_orders",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Waiting for approval"),
                                    ("approved", "Approved"),
                                    ("receiving", "Partly received"),
                                    ("amended", "Changed, waiting for approval"),
                                    ("closed", "Closed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        (
                            "exchange_rate",
                            models.DecimalField(
                                decimal_places=8,
                                default=Decimal("1"),
                                help_text="Company currency for one of this currency",
                                max_digits=18,
                            ),
                        ),
                        ("ordered_on", models.DateField()),
                        ("due_on", models.DateField()),
                        (
                            "reference",
                            models.CharField(
                                blank=True, help_text="The supplier's or an imported number", max_length=80
                            ),
                        ),
                        ("terms", models.CharField(blank=True, max_length=200)),
                        (
                            "raised_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
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
                        ("approved_at", models.DateTimeField(null=True)),
                        (
                            "revision",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="How often it was changed after an approval"
                            ),
                        ),
                        (
                            "amended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("amended_at", models.DateTimeField(null=True)),
                        (
                            "sent_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(help_text="As it is approved now; a change is sent anew", null=True),
                        ),
                        (
                            "sent_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("email", "E-mail"),
                                    ("edi", "EDI"),
                                    ("portal", "Supplier's portal"),
                                    ("post", "Post"),
                                    ("phone", "Telephone"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "acknowledged_by",
                            models.ForeignKey(
                                help_text="Who noted it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("acknowledged_at", models.DateTimeField(null=True)),
                        (
                            "confirmation",
                            models.CharField(blank=True, help_text="The supplier's number for it", max_length=80),
                        ),
                    ],
                    options={
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "submitted",
                                            "approved",
                                            "receiving",
                                            "amended",
                                            "closed",
                                            "cancelled",
                                        ],
                                    )
                                ),
                                name="purchase_order_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by", None),
                                    models.Q(("approved_by", models.F("raised_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="purchase_order_approved_by_another",
                                violation_error_message="Whoever raised the order cannot approve it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by", None),
                                    ("amended_by", None),
                                    models.Q(("approved_by", models.F("amended_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="purchase_order_change_approved_by_another",
                                violation_error_message="Whoever changed the order cannot approve it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at", None), ("sent_by", None), ("sent_how", "")),
                                    models.Q(
                                        ("sent_at__isnull", False),
                                        ("sent_by__isnull", False),
                                        ("sent_how__in", ["email", "edi", "portal", "post", "phone"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="purchase_order_sent_somehow",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("reference", ""), _negated=True),
                                fields=("supplier", "reference"),
                                name="purchase_order_reference_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PurchaseOrderLine",
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
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="purchasing.purchaseorder",
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.item"
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, help_text="Base units", max_digits=18)),
                        ("received", models.DecimalField(decimal_places=6, default=Decimal("0"), max_digits=18)),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=6,
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("supplier_code", models.CharField(blank=True, max_length=40)),
                        (
                            "over_tolerance_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "over_allowed",
                            models.DecimalField(
                                decimal_places=6,
                                default=Decimal("0"),
                                help_text="Base units above the tolerance that somebody has allowed to come",
                                max_digits=18,
                            ),
                        ),
                        (
                            "promised_on",
                            models.DateField(
                                help_text="As the supplier has confirmed it; empty: the order's date", null=True
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("order", "line"),
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "line"), name="purchase_order_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("over_allowed__gte", 0),
                                    ("price__gte", 0),
                                    ("quantity__gte", 0),
                                    ("received__gte", 0),
                                ),
                                name="purchase_order_line_quantities",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PurchaseOrderRevision",
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
                                related_name="revisions",
                                to="purchasing.purchaseorder",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "approved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("approved_at", models.DateTimeField()),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("replaced_at", models.DateTimeField()),
                        ("reason", models.CharField(help_text="Why it was changed", max_length=200)),
                        ("due_on", models.DateField()),
                        ("terms", models.CharField(blank=True, max_length=200)),
                        (
                            "total",
                            models.DecimalField(decimal_places=2, help_text="In the order's currency", max_digits=24),
                        ),
                        ("lines", models.JSONField(help_text="Each with line, item, quantity and price")),
                    ],
                    options={
                        "ordering": ("order", "-number"),
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "number"), name="purchase_order_revision_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShippingNotice",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shipping_notices",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("announced", "Announced"),
                                    ("arrived", "At the dock"),
                                    ("received", "Received"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="announced",
                                max_length=10,
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(help_text="The supplier's number for the despatch", max_length=80),
                        ),
                        ("expected_on", models.DateField(help_text="When the truck should be here")),
                        ("carrier", models.CharField(blank=True, max_length=80)),
                        ("vehicle", models.CharField(blank=True, max_length=40)),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "shipping notice",
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["announced", "arrived", "received", "cancelled"])),
                                name="shipping_notice_state_known",
                            ),
                            models.UniqueConstraint(fields=("supplier", "reference"), name="shipping_notice_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="catalog.party"
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                help_text="What announced the goods",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to="purchasing.shippingnotice",
                            ),
                        ),
                        (
                            "dock",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.location"
                            ),
                        ),
                        (
                            "appointment",
                            models.ForeignKey(
                                help_text="The truck, where it was booked",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to="locations.dockappointment",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("closed", "Closed"), ("cancelled", "Cancelled")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("delivery_note", models.CharField(blank=True, max_length=80)),
                        (
                            "arrived_at",
                            models.DateTimeField(
                                help_text="Of the truck: when it was checked in, else when this was opened"
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "received_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "orders",
                            models.ManyToManyField(
                                help_text="None: received blind", related_name="receipts", to="purchasing.purchaseorder"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "closed", "cancelled"])),
                                name="receipt_state_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShippingNoticeUnit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="units",
                                to="purchasing.shippingnotice",
                            ),
                        ),
                        ("sscc", models.CharField(max_length=18, verbose_name="SSCC")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pallet", "Pallet"),
                                    ("carton", "Carton"),
                                    ("tote", "Tote"),
                                    ("container", "Container"),
                                ],
                                max_length=9,
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                help_text="Stands on it",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="children",
                                to="purchasing.shippingnoticeunit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "announced unit",
                        "ordering": ("notice", "id"),
                        "indexes": [models.Index(fields=["sscc"], name="purchasing__sscc_35ba5a_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("notice", "sscc"), name="shipping_notice_unit_once"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["pallet", "carton", "tote", "container"])),
                                name="shipping_notice_unit_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShippingNoticeLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="purchasing.shippingnotice",
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="purchasing.shippingnoticeunit",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                help_text="None: nobody ordered it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notice_lines",
                                to="purchasing.purchaseorderline",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.item"
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, help_text="Base units", max_digits=18)),
                        ("lot_number", models.CharField(blank=True, max_length=40)),
                        ("expires_on", models.DateField(null=True)),
                        ("made_on", models.DateField(null=True)),
                        ("supplier_lot", models.CharField(blank=True, max_length=40)),
                        ("serials", models.JSONField(default=list)),
                    ],
                    options={
                        "verbose_name": "announced line",
                        "ordering": ("notice", "line"),
                        "constraints": [
                            models.UniqueConstraint(fields=("notice", "line"), name="shipping_notice_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="shipping_notice_line_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReceiptLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "receipt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="purchasing.receipt",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                help_text="None: nobody ordered it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipt_lines",
                                to="purchasing.purchaseorderline",
                            ),
                        ),
                        (
                            "notice_line",
                            models.ForeignKey(
                                db_index=False,
                                help_text="What announced it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipt_lines",
                                to="purchasing.shippingnoticeline",
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
                        (
                            "lot",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.lot",
                            ),
                        ),
                        (
                            "serial",
                            models.ForeignKey(
                                db_index=False,
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
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "rejected",
                            models.DecimalField(
                                decimal_places=6,
                                default=Decimal("0"),
                                help_text="Of it, what went back with the truck",
                                max_digits=18,
                            ),
                        ),
                        ("rejected_because", models.CharField(blank=True, max_length=200)),
                        (
                            "rejected_code",
                            models.CharField(
                                blank=True, help_text="Of the reason, where the catalog has it", max_length=20
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                db_index=False,
                                help_text="Brought straight to; empty: left at the dock",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                help_text="The pallet or carton that it came in",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.handlingunit",
                            ),
                        ),
                        (
                            "transaction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipt_lines",
                                to="ledger.stocktransaction",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("receipt", "id"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("notice_line__isnull", False)),
                                fields=["notice_line"],
                                name="receipt_line_notice_line",
                            ),
                            models.Index(
                                condition=models.Q(("lot__isnull", False)), fields=["lot"], name="receipt_line_lot"
                            ),
                            models.Index(
                                condition=models.Q(("serial__isnull", False)),
                                fields=["serial"],
                                name="receipt_line_serial",
                            ),
                            models.Index(
                                condition=models.Q(("unit__isnull", False)), fields=["unit"], name="receipt_line_unit"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="receipt_line_quantity_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rejected__gte", 0), ("rejected__lte", models.F("quantity"))),
                                name="receipt_line_rejected_of_it",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rejected", 0), models.Q(("rejected_because", ""), _negated=True), _connector="OR"
                                ),
                                name="receipt_line_rejected_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ParkedGoods",
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
                            "receipt",
                            models.ForeignKey(
                                help_text="The truck that brought them",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parked",
                                to="purchasing.receipt",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                help_text="Where they were set aside",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("parked", "Parked"),
                                    ("identified", "Identified"),
                                    ("returned", "Given back"),
                                ],
                                default="parked",
                                max_length=10,
                            ),
                        ),
                        ("code", models.CharField(help_text="As it was scanned or read", max_length=200)),
                        ("description", models.CharField(blank=True, max_length=200)),
                        (
                            "pieces",
                            models.DecimalField(
                                decimal_places=6, help_text="As counted: packages or units", max_digits=18
                            ),
                        ),
                        (
                            "parked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                help_text="What they turned out to be",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "received_as",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="purchasing.receiptline",
                            ),
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
                        ("reason", models.CharField(blank=True, help_text="Why they were given back", max_length=200)),
                    ],
                    options={
                        "verbose_name": "parked goods",
                        "verbose_name_plural": "parked goods",
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["parked", "identified", "returned"])),
                                name="parked_goods_state_known",
                            ),
                            models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="parked_goods_some"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("decided_by", None), ("state", "parked")),
                                    models.Q(
                                        models.Q(("state", "parked"), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="parked_goods_decided_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupplierItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="supplied_items",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="suppliers", to="catalog.item"
                            ),
                        ),
                        ("supplier_code", models.CharField(blank=True, max_length=40)),
                        ("minimum_quantity", models.DecimalField(decimal_places=6, default=0, max_digits=18)),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=6,
                                help_text="Supplier's currency, a base unit",
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "multiple_quantity",
                            models.DecimalField(
                                decimal_places=6,
                                default=0,
                                help_text="Base units; sold in multiples of so many. Zero: any quantity",
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("lead_time_days", models.PositiveSmallIntegerField(default=0, help_text="On average")),
                        (
                            "lead_time_spread_days",
                            models.DecimalField(
                                decimal_places=1,
                                default=0,
                                help_text="Standard deviation of the lead time",
                                max_digits=5,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "over_tolerance_percent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="More than ordered that may come; empty: the item's",
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("supplier", "item", "minimum_quantity"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("supplier", "item", "minimum_quantity"), name="supplier_item_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("lead_time_spread_days__gte", 0), ("multiple_quantity__gte", 0)),
                                name="supplier_item_not_negative",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
