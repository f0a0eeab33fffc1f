"""Receipts of several orders, of announced shipments and blind; goods set aside; what may come above an order."""

import django.core.validators
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from apps.purchasing.models.notice import NOTICE_NUMBERS
from apps.purchasing.models.parked import PARKED_NUMBERS
from apps.purchasing.models.receipt import LOT_NUMBERS

OF_ORDERS = """
update purchasing_receipt receipt set supplier_id = orders.supplier_id
from purchasing_purchaseorder orders where orders.id = receipt.order_id;
insert into purchasing_receipt_orders (receipt_id, purchaseorder_id)
select id, order_id from purchasing_receipt;
set constraints all immediate;
"""
"""Each receipt was of one order until now."""


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0005_over_tolerance"),
        ("ledger", "0007_whole_keys"),
        ("locations", "0001_initial"),
        ("purchasing", "0004_buying"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ParkedGoods",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(editable=False, max_length=40, unique=True)),
                ("created_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("parked", "Parked"), ("identified", "Identified"), ("returned", "Given back")],
                        default="parked",
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(help_text="As it was scanned or read", max_length=200)),
                ("description", models.CharField(blank=True, max_length=200)),
                (
                    "pieces",
                    models.DecimalField(decimal_places=6, help_text="As counted: packages or units", max_digits=18),
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
                ],
            },
        ),
        migrations.CreateModel(
            name="ShippingNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(editable=False, max_length=40, unique=True)),
                ("created_at", models.DateTimeField()),
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
                ("reference", models.CharField(help_text="The supplier's number for the despatch", max_length=80)),
                ("expected_on", models.DateField(help_text="When the truck should be here")),
                ("carrier", models.CharField(blank=True, max_length=80)),
                ("vehicle", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "verbose_name": "shipping notice",
                "ordering": ("-id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["announced", "arrived", "received", "cancelled"])),
                        name="shipping_notice_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShippingNoticeLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
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
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="shipping_notice_line_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShippingNoticeUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "announced unit",
                "ordering": ("notice", "id"),
                "indexes": [
                    models.Index(fields=["sscc"], name="purchasing__sscc_35ba5a_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["pallet", "carton", "tote", "container"])),
                        name="shipping_notice_unit_kind_known",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="purchaseorderline",
            name="purchase_order_line_quantities",
        ),
        migrations.RemoveConstraint(
            model_name="receipt",
            name="receipt_state_known",
        ),
        migrations.AddField(
            model_name="historicalsupplieritem",
            name="over_tolerance_percent",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="More than ordered that may come; empty: the item's",
                max_digits=5,
                null=True,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)],
            ),
        ),
        migrations.AddField(
            model_name="purchaseorderline",
            name="over_allowed",
            field=models.DecimalField(
                decimal_places=6,
                default=Decimal("0"),
                help_text="Base units above the tolerance that somebody has allowed to come",
                max_digits=18,
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="orders",
            field=models.ManyToManyField(
                help_text="None: received blind", related_name="receipts", to="purchasing.purchaseorder"
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="supplier",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="catalog.party"
            ),
        ),
        migrations.AddField(
            model_name="receiptline",
            name="unit",
            field=models.ForeignKey(
                help_text="The pallet or carton that it came in",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.handlingunit",
            ),
        ),
        migrations.AddField(
            model_name="supplieritem",
            name="over_tolerance_percent",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="More than ordered that may come; empty: the item's",
                max_digits=5,
                null=True,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)],
            ),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="state",
            field=models.CharField(
                choices=[("open", "Open"), ("closed", "Closed"), ("cancelled", "Cancelled")],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="receiptline",
            name="order_line",
            field=models.ForeignKey(
                help_text="None: nobody ordered it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="receipt_lines",
                to="purchasing.purchaseorderline",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseorderline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("over_allowed__gte", 0), ("price__gte", 0), ("quantity__gte", 0), ("received__gte", 0)
                ),
                name="purchase_order_line_quantities",
            ),
        ),
        migrations.AddField(
            model_name="parkedgoods",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="parkedgoods",
            name="item",
            field=models.ForeignKey(
                help_text="What they turned out to be",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalog.item",
            ),
        ),
        migrations.AddField(
            model_name="parkedgoods",
            name="location",
            field=models.ForeignKey(
                help_text="Where they were set aside",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="locations.location",
            ),
        ),
        migrations.AddField(
            model_name="parkedgoods",
            name="parked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="parkedgoods",
            name="receipt",
            field=models.ForeignKey(
                help_text="The truck that brought them",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parked",
                to="purchasing.receipt",
            ),
        ),
        migrations.AddField(
            model_name="parkedgoods",
            name="received_as",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="purchasing.receiptline"
            ),
        ),
        migrations.AddField(
            model_name="shippingnotice",
            name="noted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="shippingnotice",
            name="supplier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="shipping_notices", to="catalog.party"
            ),
        ),
        migrations.AddField(
            model_name="shippingnotice",
            name="warehouse",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.warehouse"
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="notice",
            field=models.ForeignKey(
                help_text="What announced the goods",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="receipts",
                to="purchasing.shippingnotice",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "closed", "cancelled"])), name="receipt_state_known"
            ),
        ),
        migrations.AddField(
            model_name="shippingnoticeline",
            name="item",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.item"),
        ),
        migrations.AddField(
            model_name="shippingnoticeline",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="purchasing.shippingnotice"
            ),
        ),
        migrations.AddField(
            model_name="shippingnoticeline",
            name="order_line",
            field=models.ForeignKey(
                help_text="None: nobody ordered it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notice_lines",
                to="purchasing.purchaseorderline",
            ),
        ),
        migrations.AddField(
            model_name="receiptline",
            name="notice_line",
            field=models.ForeignKey(
                help_text="What announced it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="receipt_lines",
                to="purchasing.shippingnoticeline",
            ),
        ),
        migrations.AddField(
            model_name="shippingnoticeunit",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="units", to="purchasing.shippingnotice"
            ),
        ),
        migrations.AddField(
            model_name="shippingnoticeunit",
            name="parent",
            field=models.ForeignKey(
                help_text="Stands on it",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="children",
                to="purchasing.shippingnoticeunit",
            ),
        ),
        migrations.AddField(
            model_name="shippingnoticeline",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="purchasing.shippingnoticeunit",
            ),
        ),
        migrations.AddConstraint(
            model_name="parkedgoods",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="shippingnotice",
            constraint=models.UniqueConstraint(fields=("supplier", "reference"), name="shipping_notice_once"),
        ),
        migrations.AddConstraint(
            model_name="shippingnoticeunit",
            constraint=models.UniqueConstraint(fields=("notice", "sscc"), name="shipping_notice_unit_once"),
        ),
        migrations.AddConstraint(
            model_name="shippingnoticeline",
            constraint=models.UniqueConstraint(fields=("notice", "line"), name="shipping_notice_line_once"),
        ),
        migrations.RunSQL(OF_ORDERS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="receipt",
            name="supplier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="catalog.party"
            ),
        ),
        migrations.RemoveField(model_name="receipt", name="order"),
        PARKED_NUMBERS.migration(),
        NOTICE_NUMBERS.migration(),
        LOT_NUMBERS.migration(),
    ]
