from decimal import Decimal

import django.db.models.deletion
import django.db.models.functions.comparison
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import apps.ledger.fields
from apps.core.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("catalog", "0001_initial"),
        ("locations", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Block",
                    fields=[
                        (
                            "number",
                            models.BigIntegerField(
                                help_text="From 1, without a gap", primary_key=True, serialize=False
                            ),
                        ),
                        ("first", models.BigIntegerField(help_text="Position of its first transaction")),
                        ("count", models.IntegerField(help_text="How many transactions it seals")),
                        ("root", models.BinaryField(help_text="Of the Merkle tree over its transactions")),
                        (
                            "previous",
                            models.BinaryField(help_text="Hash of the block before; 32 zero bytes in the first"),
                        ),
                        ("hash", models.BinaryField(help_text="Over all of the above and the time")),
                        ("sealed_at", models.DateTimeField()),
                        (
                            "reached",
                            models.BigIntegerField(help_text="All that was visible up to this transaction is sealed"),
                        ),
                        (
                            "floor",
                            models.BigIntegerField(help_text="All up to this transaction is sealed or will never come"),
                        ),
                        (
                            "horizon",
                            apps.ledger.fields.TransactionIdField(
                                help_text="Younger than every transaction that ran at its sealing"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-number",),
                    },
                ),
                migrations.CreateModel(
                    name="HandlingUnit",
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
                            "number",
                            models.CharField(
                                help_text="SSCC where it has one, else our own number", max_length=40, unique=True
                            ),
                        ),
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
                            "sscc",
                            models.CharField(blank=True, max_length=18, null=True, unique=True, verbose_name="SSCC"),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="ledger.handlingunit",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="units",
                                to="locations.location",
                            ),
                        ),
                        (
                            "document",
                            models.CharField(
                                blank=True, help_text="The document that it serves and that changes it", max_length=40
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "nested_at",
                            models.DateTimeField(
                                blank=True, help_text="When it last went into or out of another", null=True
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(blank=True, help_text="Takes nothing until it is opened", null=True),
                        ),
                        ("retired_at", models.DateTimeField(blank=True, help_text="Out of use", null=True)),
                    ],
                    options={
                        "ordering": ("number",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["pallet", "carton", "tote", "container"])),
                                name="handling_unit_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent", None),
                                    models.Q(("parent", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="handling_unit_not_in_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("retired_at", None),
                                    models.Q(("location", None), ("parent", None)),
                                    _connector="OR",
                                ),
                                name="handling_unit_retired_is_nowhere",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalLot",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(max_length=40)),
                        ("supplier_lot", models.CharField(blank=True, max_length=40)),
                        ("made_on", models.DateField(blank=True, null=True)),
                        ("expires_on", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
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
                        "verbose_name": "historical lot",
                        "verbose_name_plural": "historical lots",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Lot",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="lots", to="catalog.item"
                            ),
                        ),
                        ("number", models.CharField(max_length=40)),
                        (
                            "supplier",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lots",
                                to="catalog.party",
                            ),
                        ),
                        ("supplier_lot", models.CharField(blank=True, max_length=40)),
                        ("made_on", models.DateField(blank=True, null=True)),
                        ("expires_on", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("item", "number"),
                        "indexes": [
                            models.Index(fields=["number"], name="ledger_lot_number_82960a_idx"),
                            models.Index(fields=["expires_on"], name="ledger_lot_expires_1a6595_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "number"), name="lot_number_once_an_item")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="ledger.lot"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("quality", "Waiting for quality"),
                                    ("recall", "Recalled"),
                                    ("damage", "Suspected damage"),
                                    ("temperature", "Temperature excursion"),
                                    ("regulatory", "Regulatory"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "source",
                            models.CharField(
                                blank=True, help_text="Number of the document that asked for it", max_length=40
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("close_note", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ("-opened_at",),
                        "indexes": [
                            models.Index(condition=models.Q(("closed_at", None)), fields=["lot"], name="hold_open")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "reason__in",
                                        ["quality", "recall", "damage", "temperature", "regulatory", "other"],
                                    )
                                ),
                                name="hold_reason_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("closed_by", None)),
                                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="hold_closed_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SerialNumber",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="serials", to="catalog.item"
                            ),
                        ),
                        ("number", models.CharField(max_length=40)),
                        (
                            "lot",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="serials",
                                to="ledger.lot",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("item", "number"),
                        "indexes": [models.Index(fields=["number"], name="ledger_seri_number_af7ed7_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "number"), name="serial_number_once_an_item")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StockTransaction",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("receive", "Receive"),
                                    ("putaway", "Put away"),
                                    ("move", "Move"),
                                    ("replenish", "Replenish"),
                                    ("pick", "Pick"),
                                    ("pack", "Pack"),
                                    ("load", "Load"),
                                    ("ship", "Ship"),
                                    ("return", "Return"),
                                    ("adjust", "Adjust"),
                                    ("scrap", "Scrap"),
                                    ("status", "Change of status"),
                                    ("consume", "Consume in production"),
                                    ("produce", "Produce"),
                                    ("dispatch", "Dispatch to another site"),
                                    ("transit", "On the road from another site"),
                                    ("arrive", "Arrive from another site"),
                                    ("reversal", "Reversal"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("document", models.CharField(blank=True, max_length=40)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "occurred_at",
                            models.DateTimeField(help_text="The device's clock: information, never an order"),
                        ),
                        ("recorded_at", models.DateTimeField(help_text="The database's clock, read under the locks")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "device",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.device",
                            ),
                        ),
                        ("actor", models.CharField(max_length=60)),
                        ("key", models.CharField(max_length=80, null=True)),
                        (
                            "reverses",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversed_by",
                                to="ledger.stocktransaction",
                            ),
                        ),
                        ("xid", apps.ledger.fields.TransactionIdField(help_text="Which checks of what changed go by")),
                    ],
                    options={
                        "ordering": ("-id",),
                        "indexes": [
                            models.Index(fields=["document"], name="ledger_stoc_documen_384e92_idx"),
                            models.Index(fields=["warehouse", "recorded_at"], name="stock_transaction_when"),
                            models.Index(fields=["xid"], name="stock_transaction_xid"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("key__isnull", False)),
                                fields=("actor", "key"),
                                name="stock_transaction_once_per_key",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "receive",
                                            "putaway",
                                            "move",
                                            "replenish",
                                            "pick",
                                            "pack",
                                            "load",
                                            "ship",
                                            "return",
                                            "adjust",
                                            "scrap",
                                            "status",
                                            "consume",
                                            "produce",
                                            "dispatch",
                                            "transit",
                                            "arrive",
                                            "reversal",
                                        ],
                                    )
                                ),
                                name="stock_transaction_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StockMove",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "transaction",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moves",
                                to="ledger.stocktransaction",
                            ),
                        ),
                        (
                            "warehouse",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.warehouse",
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
                                related_name="moves",
                                to="ledger.lot",
                            ),
                        ),
                        (
                            "serial",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moves",
                                to="ledger.serialnumber",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, help_text="Base units", max_digits=18)),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "source_unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.handlingunit",
                            ),
                        ),
                        (
                            "source_status",
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
                            "target",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "target_unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.handlingunit",
                            ),
                        ),
                        (
                            "target_status",
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
                            "unit_cost",
                            models.DecimalField(
                                decimal_places=6, help_text="Company currency", max_digits=18, null=True
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("id",),
                        "indexes": [
                            models.Index(
                                fields=["item", "recorded_at"],
                                include=(
                                    "warehouse",
                                    "lot",
                                    "serial",
                                    "owner",
                                    "quantity",
                                    "source",
                                    "source_unit",
                                    "source_status",
                                    "target",
                                    "target_unit",
                                    "target_status",
                                ),
                                name="stock_move_item_replay",
                            ),
                            models.Index(
                                condition=models.Q(("lot__isnull", False)),
                                fields=["lot", "target"],
                                name="stock_move_lot_trace",
                            ),
                            models.Index(
                                condition=models.Q(("serial__isnull", False)),
                                fields=["serial"],
                                name="stock_move_serial",
                            ),
                            models.Index(fields=["transaction"], include=("lot",), name="stock_move_transaction"),
                            models.Index(
                                fields=["source", "item"],
                                include=(
                                    "id",
                                    "warehouse",
                                    "lot",
                                    "serial",
                                    "owner",
                                    "quantity",
                                    "source_unit",
                                    "source_status",
                                    "recorded_at",
                                ),
                                name="stock_move_source",
                            ),
                            models.Index(
                                fields=["target", "item"],
                                include=(
                                    "id",
                                    "warehouse",
                                    "lot",
                                    "serial",
                                    "owner",
                                    "quantity",
                                    "target_unit",
                                    "target_status",
                                    "recorded_at",
                                ),
                                name="stock_move_target",
                            ),
                            models.Index(
                                condition=models.Q(("source_unit__isnull", False)),
                                fields=["source_unit"],
                                name="stock_move_source_unit",
                            ),
                            models.Index(
                                condition=models.Q(("target_unit__isnull", False)),
                                fields=["target_unit"],
                                name="stock_move_target_unit",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="stock_move_quantity_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("serial", None), ("quantity", 1), _connector="OR"),
                                name="stock_move_serial_is_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("source_status__in", ["available", "inspection", "damaged", "returned", "blocked"])
                                ),
                                name="stock_move_source_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("target_status__in", ["available", "inspection", "damaged", "returned", "blocked"])
                                ),
                                name="stock_move_target_status_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StockBalance",
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.warehouse",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="balances",
                                to="catalog.item",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="balances",
                                to="locations.location",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="balances",
                                to="ledger.lot",
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
                            "serial",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="balances",
                                to="ledger.serialnumber",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="balances",
                                to="ledger.handlingunit",
                            ),
                        ),
                        ("on_hand", models.DecimalField(decimal_places=6, default=Decimal("0"), max_digits=18)),
                        ("reserved", models.DecimalField(decimal_places=6, default=Decimal("0"), max_digits=18)),
                        (
                            "last_move",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="ledger.stockmove",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("on_hand__gt", 0)), fields=["item"], name="stock_balance_item"
                            ),
                            models.Index(
                                condition=models.Q(("on_hand__gt", 0)),
                                fields=["location"],
                                name="stock_balance_location",
                            ),
                            models.Index(
                                condition=models.Q(("lot__isnull", False), ("on_hand__gt", 0)),
                                fields=["lot"],
                                name="stock_balance_lot",
                            ),
                            models.Index(
                                condition=models.Q(("on_hand__gt", 0), ("unit__isnull", False)),
                                fields=["unit"],
                                name="stock_balance_unit",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("warehouse"),
                                models.F("item"),
                                models.F("location"),
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("lot"), models.Value(0), output_field=models.BigIntegerField()
                                ),
                                models.F("status"),
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("serial"), models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("owner"), models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("unit"), models.Value(0), output_field=models.BigIntegerField()
                                ),
                                name="stock_balance_key",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("on_hand__gt", 0), ("serial__isnull", False)),
                                fields=("serial",),
                                name="stock_balance_serial_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("on_hand__gte", 0), ("reserved__gte", 0), ("reserved__lte", models.F("on_hand"))
                                ),
                                name="stock_balance_covered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("serial", None), ("on_hand__lte", 1), _connector="OR"),
                                name="stock_balance_serial_is_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["available", "inspection", "damaged", "returned", "blocked"])
                                ),
                                name="stock_balance_status_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reservation",
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.warehouse",
                            ),
                        ),
                        (
                            "balance",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reservations",
                                to="ledger.stockbalance",
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="ledger.reservation",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "state",
                            models.CharField(
                                choices=[("pending", "Pending"), ("consumed", "Consumed"), ("released", "Released")],
                                default="pending",
                                max_length=8,
                            ),
                        ),
                        ("document", models.CharField(max_length=40)),
                        ("reserved_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("end_reason", models.CharField(blank=True, max_length=80)),
                    ],
                    options={
                        "ordering": ("id",),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "pending")), fields=["balance"], name="reservation_pending"
                            ),
                            models.Index(fields=["document"], name="ledger_rese_documen_cc0968_idx"),
                            models.Index(
                                condition=models.Q(("expires_at__isnull", False), ("state", "pending")),
                                fields=["expires_at"],
                                name="reservation_expiring",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="reservation_quantity_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["pending", "consumed", "released"])),
                                name="reservation_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("state", "pending")),
                                    models.Q(
                                        models.Q(("state", "pending"), _negated=True), ("ended_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="reservation_ended_or_pending",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SealedTransaction",
                    fields=[
                        (
                            "position",
                            models.BigIntegerField(
                                help_text="From 1, without a gap, over all blocks", primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "transaction",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="seal",
                                to="ledger.stocktransaction",
                            ),
                        ),
                        (
                            "block",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="transactions",
                                to="ledger.block",
                            ),
                        ),
                        ("leaf", models.BinaryField()),
                    ],
                    options={
                        "ordering": ("position",),
                    },
                ),
                migrations.CreateModel(
                    name="UnitLabel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="labels",
                                to="ledger.handlingunit",
                            ),
                        ),
                        ("number", models.CharField(max_length=40, unique=True)),
                        ("replaced_at", models.DateTimeField()),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-replaced_at", "-id"),
                    },
                ),
            ]
        )
    ]
