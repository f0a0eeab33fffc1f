import django.db.models.deletion
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
        ("orders", "0001_initial"),
        ("shipping", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Transfer",
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
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.warehouse",
                                verbose_name="from",
                            ),
                        ),
                        (
                            "destination",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.warehouse",
                                verbose_name="to",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("requested", "Requested"),
                                    ("approved", "Approved"),
                                    ("rejected", "Rejected"),
                                    ("closed", "Closed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("needed_on", models.DateField(help_text="To be at its destination by")),
                        ("reason", models.CharField(max_length=200)),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("requested_at", models.DateTimeField(null=True)),
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
                        (
                            "decision",
                            models.CharField(
                                blank=True, help_text="Why it was approved, rejected or cancelled", max_length=200
                            ),
                        ),
                        (
                            "order",
                            models.OneToOneField(
                                help_text="By which it leaves",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfer",
                                to="orders.salesorder",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ("-id",),
                        "indexes": [models.Index(fields=["state"], name="transfers_t_state_6120d9_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "requested", "approved", "rejected", "closed", "cancelled"])
                                ),
                                name="transfer_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("origin", models.F("destination")), _negated=True),
                                name="transfer_between_two",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("approved", "closed")), _negated=True),
                                    models.Q(
                                        ("decided_by__isnull", False),
                                        ("order__isnull", False),
                                        models.Q(("decided_by", models.F("requested_by")), _negated=True),
                                        models.Q(("decided_by", models.F("drafted_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="transfer_approved_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TransferLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "transfer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="transfers.transfer",
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
                    ],
                    options={
                        "ordering": ("transfer", "line"),
                        "constraints": [
                            models.UniqueConstraint(fields=("transfer", "line"), name="transfer_line_once"),
                            models.UniqueConstraint(fields=("transfer", "item"), name="transfer_item_once"),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="transfer_line_quantity_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TransferArrival",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shipping.shipment"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                help_text="In which they travelled",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.handlingunit",
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
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "transaction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.stocktransaction",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="arrivals",
                                to="transfers.transferline",
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
                            "reason",
                            models.CharField(
                                blank=True, help_text="What happened to what came damaged", max_length=200
                            ),
                        ),
                        (
                            "received_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="transfer_arrival_quantity_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["available", "inspection", "damaged", "returned", "blocked"])
                                ),
                                name="transfer_arrival_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "damaged"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="transfer_arrival_damage_told",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TransitClosing",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shipping.shipment"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                help_text="In which they travelled",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.handlingunit",
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
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "transaction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.stocktransaction",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closings",
                                to="transfers.transferline",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("lost", "Lost on the road"),
                                    ("damaged", "Damaged on the road and scrapped"),
                                    ("left_behind", "Never left: the sender counts it in"),
                                    ("found", "Found here after all"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(max_length=200)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("closed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="transit_closing_quantity_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("note", ""), _negated=True), name="transit_closing_explained"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["lost", "damaged", "left_behind", "found"])),
                                name="transit_closing_outcome_known",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
