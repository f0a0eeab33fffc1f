from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from apps.core.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("assembly", "0001_initial"),
        ("catalog", "0001_initial"),
        ("compliance", "0001_initial"),
        ("ledger", "0001_initial"),
        ("locations", "0001_initial"),
        ("orders", "0001_initial"),
        ("purchasing", "0001_initial"),
        ("shipping", "0001_initial"),
        ("tasks", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="CustomerReturn",
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
                            "order",
                            models.ForeignKey(
                                help_text="Empty: a blind return",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="customer_returns",
                                to="orders.salesorder",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="customer_returns",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("announced", "Announced"),
                                    ("received", "Being inspected"),
                                    ("closed", "Closed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="announced",
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(help_text="Why it comes back", max_length=80)),
                        (
                            "reason_code",
                            models.ForeignKey(
                                help_text="Empty: it was said in other words",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.reasoncode",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("received_at", models.DateTimeField(help_text="When the first of it came", null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "end_reason",
                            models.CharField(
                                blank=True, help_text="Why the rest, or all of it, never came", max_length=200
                            ),
                        ),
                        (
                            "override_reason",
                            models.CharField(
                                blank=True, help_text="Why it is taken back against the policy", max_length=200
                            ),
                        ),
                        (
                            "overridden_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "customer return",
                        "ordering": ("-id",),
                        "indexes": [models.Index(fields=["state"], name="returns_cus_state_672501_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["announced", "received", "closed", "cancelled"])),
                                name="customer_return_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("state__in", ("announced", "received"))),
                                    models.Q(
                                        models.Q(("state__in", ("announced", "received")), _negated=True),
                                        ("closed_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="customer_return_ended_at",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("overridden_by", None), ("override_reason", "")),
                                    models.Q(
                                        ("overridden_by__isnull", False),
                                        models.Q(("override_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="customer_return_overridden_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnPolicy",
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
                            "priority",
                            models.PositiveSmallIntegerField(
                                default=50, help_text="Higher goes first; of equals, what names more"
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
                            "days",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="After delivery; empty: at any time", null=True
                            ),
                        ),
                        (
                            "worst_condition",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unopened", "Unopened"),
                                    ("opened", "Opened"),
                                    ("used", "Used"),
                                    ("damaged", "Damaged"),
                                ],
                                help_text="Taken back so or better; empty: in any",
                                max_length=8,
                            ),
                        ),
                        (
                            "fee_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                help_text="Of the price, where the customer bears the reason",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="restocking fee, %",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "return policy",
                        "verbose_name_plural": "return policies",
                        "ordering": ("-priority", "code"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("worst_condition__in", ["", "unopened", "opened", "used", "damaged"])
                                ),
                                name="return_policy_condition_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fee_percent__gte", 0), ("fee_percent__lte", 100)),
                                name="return_policy_fee_is_a_part",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerReturnLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "customer_return",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="returns.customerreturn",
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        (
                            "order_line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="return_lines",
                                to="orders.salesorderline",
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
                                related_name="return_lines",
                                to="ledger.lot",
                            ),
                        ),
                        (
                            "serial",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="return_lines",
                                to="ledger.serialnumber",
                            ),
                        ),
                        (
                            "carton",
                            models.ForeignKey(
                                help_text="The parcel that it went out in",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="return_lines",
                                to="shipping.carton",
                            ),
                        ),
                        (
                            "condition",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unopened", "Unopened"),
                                    ("opened", "Opened"),
                                    ("used", "Used"),
                                    ("damaged", "Damaged"),
                                ],
                                help_text="As the customer says",
                                max_length=8,
                            ),
                        ),
                        (
                            "policy",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="returns.returnpolicy",
                            ),
                        ),
                        (
                            "fee_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                help_text="Restocking fee, as the policy was then",
                                max_digits=5,
                            ),
                        ),
                        ("announced", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "refused",
                            models.DecimalField(
                                decimal_places=6,
                                default=Decimal("0"),
                                help_text="At the dock, and never taken in",
                                max_digits=18,
                            ),
                        ),
                        ("received", models.DecimalField(decimal_places=6, default=Decimal("0"), max_digits=18)),
                        ("inspected", models.DecimalField(decimal_places=6, default=Decimal("0"), max_digits=18)),
                    ],
                    options={
                        "ordering": ("customer_return", "line"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("customer_return", "line"), name="customer_return_line_once"
                            ),
                            models.UniqueConstraint(
                                fields=("customer_return", "order_line", "item", "lot", "serial", "carton"),
                                name="customer_return_goods_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("announced__gt", 0),
                                    ("inspected__gte", 0),
                                    ("inspected__lte", models.F("received")),
                                    (
                                        "received__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("announced"), "-", models.F("refused")
                                        ),
                                    ),
                                    ("refused__gte", 0),
                                ),
                                name="customer_return_line_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalReturnPolicy",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                default=50, help_text="Higher goes first; of equals, what names more"
                            ),
                        ),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="After delivery; empty: at any time", null=True
                            ),
                        ),
                        (
                            "worst_condition",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unopened", "Unopened"),
                                    ("opened", "Opened"),
                                    ("used", "Used"),
                                    ("damaged", "Damaged"),
                                ],
                                help_text="Taken back so or better; empty: in any",
                                max_length=8,
                            ),
                        ),
                        (
                            "fee_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                help_text="Of the price, where the customer bears the reason",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="restocking fee, %",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
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
                        "verbose_name": "historical return policy",
                        "verbose_name_plural": "historical return policies",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReturnReason",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "fault",
                            models.CharField(
                                choices=[
                                    ("customer", "Customer"),
                                    ("ours", "Ourselves"),
                                    ("carrier", "Carrier"),
                                    ("supplier", "Supplier"),
                                ],
                                default="customer",
                                max_length=8,
                            ),
                        ),
                        (
                            "bound_by_policy",
                            models.BooleanField(
                                default=True, help_text="Off: taken back however late and in whatever condition"
                            ),
                        ),
                        (
                            "proposes",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("restock", "Good: back into stock"),
                                    ("damaged", "Damaged: kept apart"),
                                    ("quarantine", "Doubtful: quarantine"),
                                    ("scrap", "Scrap"),
                                    ("refurbish", "To be refurbished"),
                                    ("supplier", "Back to its supplier"),
                                    ("donate", "Given away"),
                                ],
                                help_text="What inspection is likely to decide",
                                max_length=10,
                            ),
                        ),
                        (
                            "reason",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                limit_choices_to={"kind": "return"},
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalog.reasoncode",
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
                        "verbose_name": "historical return reason",
                        "verbose_name_plural": "historical return reasons",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ReturnArrival",
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
                                related_name="arrivals",
                                to="returns.customerreturnline",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.location"
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("inspected", models.DecimalField(decimal_places=6, default=Decimal("0"), max_digits=18)),
                        (
                            "received_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
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
                                condition=models.Q(
                                    ("inspected__gte", 0), ("inspected__lte", models.F("quantity")), ("quantity__gt", 0)
                                ),
                                name="return_arrival_quantities",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnInspection",
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
                                related_name="inspections",
                                to="returns.customerreturnline",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "disposition",
                            models.CharField(
                                choices=[
                                    ("restock", "Good: back into stock"),
                                    ("damaged", "Damaged: kept apart"),
                                    ("quarantine", "Doubtful: quarantine"),
                                    ("scrap", "Scrap"),
                                    ("refurbish", "To be refurbished"),
                                    ("supplier", "Back to its supplier"),
                                    ("donate", "Given away"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("A", "A: as new"),
                                    ("B", "B: opened, complete"),
                                    ("C", "C: used or worn"),
                                    ("D", "D: defective"),
                                ],
                                max_length=1,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "evidence",
                            models.CharField(
                                blank=True,
                                help_text="What shows that the goods were kept as they must be while away",
                                max_length=200,
                            ),
                        ),
                        (
                            "inspected_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("inspected_at", models.DateTimeField()),
                        (
                            "transaction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.stocktransaction",
                            ),
                        ),
                        (
                            "refurbishment",
                            models.OneToOneField(
                                help_text="The order that makes the goods good again",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="return_inspection",
                                to="assembly.assemblyorder",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="return_inspection_quantity_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "disposition__in",
                                        [
                                            "restock",
                                            "damaged",
                                            "quarantine",
                                            "scrap",
                                            "refurbish",
                                            "supplier",
                                            "donate",
                                        ],
                                    )
                                ),
                                name="return_inspection_disposition_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grade__in", ["", "A", "B", "C", "D"])),
                                name="return_inspection_grade_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DisposalCertificate",
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificate",
                                to="returns.returninspection",
                            ),
                        ),
                        ("issued_at", models.DateTimeField()),
                        (
                            "disposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "witness",
                            models.ForeignKey(
                                help_text="Empty: signs by hand",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "beneficiary",
                            models.CharField(
                                blank=True, help_text="Who got it; empty: it was scrapped", max_length=120
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "disposal certificate",
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("witness", None),
                                    models.Q(("witness", models.F("disposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="disposal_witnessed_by_another",
                                violation_error_message="Whoever disposes of goods is no witness to it.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnReason",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reason",
                            models.OneToOneField(
                                limit_choices_to={"kind": "return"},
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="return_terms",
                                to="catalog.reasoncode",
                            ),
                        ),
                        (
                            "fault",
                            models.CharField(
                                choices=[
                                    ("customer", "Customer"),
                                    ("ours", "Ourselves"),
                                    ("carrier", "Carrier"),
                                    ("supplier", "Supplier"),
                                ],
                                default="customer",
                                max_length=8,
                            ),
                        ),
                        (
                            "bound_by_policy",
                            models.BooleanField(
                                default=True, help_text="Off: taken back however late and in whatever condition"
                            ),
                        ),
                        (
                            "proposes",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("restock", "Good: back into stock"),
                                    ("damaged", "Damaged: kept apart"),
                                    ("quarantine", "Doubtful: quarantine"),
                                    ("scrap", "Scrap"),
                                    ("refurbish", "To be refurbished"),
                                    ("supplier", "Back to its supplier"),
                                    ("donate", "Given away"),
                                ],
                                help_text="What inspection is likely to decide",
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "return reason",
                        "ordering": ("reason__code",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("fault__in", ["customer", "ours", "carrier", "supplier"])),
                                name="return_reason_fault_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "proposes__in",
                                        [
                                            "",
                                            "restock",
                                            "damaged",
                                            "quarantine",
                                            "scrap",
                                            "refurbish",
                                            "supplier",
                                            "donate",
                                        ],
                                    )
                                ),
                                name="return_reason_proposes_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnRefusal",
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
                                related_name="refusals",
                                to="returns.customerreturnline",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("reason", models.CharField(max_length=200)),
                        (
                            "refused_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("refused_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="return_refusal_quantity_positive"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnToSupplier",
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
                                related_name="returns_to_supplier",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("requested", "Asked for"),
                                    ("approved", "Being picked"),
                                    ("picked", "Picked"),
                                    ("shipped", "Shipped"),
                                    ("credited", "Credited"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="requested",
                                max_length=10,
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("rejection", "Rejected by inspection"),
                                    ("recall", "Recalled"),
                                    ("overstock", "Too much in stock"),
                                    ("customer", "Sent back by a customer"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(max_length=200)),
                        (
                            "source",
                            models.CharField(
                                blank=True, help_text="Number of the recall or return behind it", max_length=40
                            ),
                        ),
                        (
                            "inspection",
                            models.ForeignKey(
                                help_text="Which rejected the goods",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns_to_supplier",
                                to="compliance.inspection",
                            ),
                        ),
                        (
                            "supplier_number",
                            models.CharField(
                                blank=True, help_text="The supplier's number for the return", max_length=80
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        (
                            "requested_by",
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
                            "staging",
                            models.ForeignKey(
                                help_text="Where picked goods wait for the truck",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        ("picked_at", models.DateTimeField(null=True)),
                        ("carrier", models.CharField(blank=True, max_length=80)),
                        (
                            "shipped_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("shipped_at", models.DateTimeField(null=True)),
                        (
                            "transaction",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="return_to_supplier",
                                to="ledger.stocktransaction",
                            ),
                        ),
                        (
                            "credited",
                            models.DecimalField(
                                decimal_places=2, help_text="What the supplier credited", max_digits=18, null=True
                            ),
                        ),
                        (
                            "credit_note",
                            models.CharField(
                                blank=True, help_text="The supplier's number for the credit", max_length=80
                            ),
                        ),
                        (
                            "credited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(help_text="When it was credited or cancelled", null=True)),
                        ("end_reason", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "verbose_name": "return to supplier",
                        "verbose_name_plural": "returns to suppliers",
                        "ordering": ("-id",),
                        "indexes": [models.Index(fields=["state"], name="returns_ret_state_3fdabc_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["requested", "approved", "picked", "shipped", "credited", "cancelled"],
                                    )
                                ),
                                name="return_to_supplier_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cause__in", ["rejection", "recall", "overstock", "customer"])),
                                name="return_to_supplier_cause_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by", None),
                                    models.Q(("approved_by", models.F("requested_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="return_to_supplier_approved_by_another",
                                violation_error_message="Whoever asked for the return cannot approve it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("shipped", "credited")), ("transaction__isnull", False)),
                                    models.Q(
                                        models.Q(("state__in", ("shipped", "credited")), _negated=True),
                                        ("transaction", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="return_to_supplier_shipped_has_posting",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("credited__gte", 0), ("state", "credited")),
                                    models.Q(models.Q(("state", "credited"), _negated=True), ("credited", None)),
                                    _connector="OR",
                                ),
                                name="return_to_supplier_credited_somehow",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cause", "rejection"), ("inspection__isnull", False)),
                                    models.Q(models.Q(("cause", "rejection"), _negated=True), ("inspection", None)),
                                    _connector="OR",
                                ),
                                name="return_to_supplier_rejected_has_inspection",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnToSupplierLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "return_to_supplier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="returns.returntosupplier",
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        (
                            "receipt_line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="return_to_supplier_lines",
                                to="purchasing.receiptline",
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
                                related_name="return_to_supplier_lines",
                                to="ledger.lot",
                            ),
                        ),
                        (
                            "serial",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="return_to_supplier_lines",
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
                                help_text="In which it stands here",
                                max_length=10,
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        (
                            "picked",
                            models.DecimalField(
                                decimal_places=6,
                                help_text="What was found of it; none while it is picked",
                                max_digits=18,
                                null=True,
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=6, help_text="Of a base unit, as it was ordered", max_digits=18
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("return_to_supplier", "line"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("return_to_supplier", "line"), name="return_to_supplier_line_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["available", "inspection", "damaged", "returned", "blocked"])
                                ),
                                name="return_to_supplier_line_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("price__gte", 0), ("quantity__gt", 0)),
                                name="return_to_supplier_line_amounts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("picked", None),
                                    models.Q(("picked__gte", 0), ("picked__lte", models.F("quantity"))),
                                    _connector="OR",
                                ),
                                name="return_to_supplier_line_picked",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnToSupplierPick",
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
                                related_name="picks",
                                to="returns.returntosupplierline",
                            ),
                        ),
                        (
                            "reservation",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="return_to_supplier_pick",
                                to="ledger.reservation",
                            ),
                        ),
                        (
                            "task",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="return_to_supplier_pick",
                                to="tasks.warehousetask",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                help_text="Where it stood",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.handlingunit",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("picked", models.DecimalField(decimal_places=6, default=Decimal("0"), max_digits=18)),
                        ("short_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "transaction",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="return_to_supplier_pick",
                                to="ledger.stocktransaction",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("picked__gte", 0), ("picked__lte", models.F("quantity")), ("quantity__gt", 0)
                                ),
                                name="return_to_supplier_pick_amounts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("picked", 0), ("transaction", None)),
                                    models.Q(("picked__gt", 0), ("transaction__isnull", False)),
                                    _connector="OR",
                                ),
                                name="return_to_supplier_pick_posted",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerClaim",
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
                                help_text="Which shipped the line",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.warehouse",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="orders.salesorderline",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="customer_claims",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "carton",
                            models.ForeignKey(
                                help_text="Where it is known",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="shipping.carton",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("item", "Wrong item"),
                                    ("quantity", "Wrong quantity"),
                                    ("damage", "Damaged"),
                                    ("documents", "Documents"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("accepted", "Accepted"), ("rejected", "Rejected")],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        (
                            "quantity",
                            models.DecimalField(
                                decimal_places=6, help_text="Base units that are affected", max_digits=18
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "credit",
                            models.DecimalField(
                                decimal_places=2, help_text="What the customer gets for it", max_digits=18, null=True
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
                        ("decision", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "verbose_name": "customer claim",
                        "ordering": ("-id",),
                        "indexes": [models.Index(fields=["state"], name="returns_cus_state_967710_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["item", "quantity", "damage", "documents"])),
                                name="customer_claim_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "accepted", "rejected"])),
                                name="customer_claim_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="customer_claim_quantity_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("decided_by", None), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="customer_claim_decided_by_somebody",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
