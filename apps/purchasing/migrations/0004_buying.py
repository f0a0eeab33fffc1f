"""Approval limits, changes after approval, what was sent and confirmed."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


LIMITS = (("buyer", 10_000), ("supervisor", 50_000), ("inventory manager", 100_000), ("admin", None))
"""In the company's currency; a company sets its own."""


def set_limits(apps, schema_editor):
    """Larger orders take a higher role from the first day on."""
    model = apps.get_model("purchasing", "ApprovalLimit")
    model.objects.bulk_create(model(role=role, most=most) for role, most in LIMITS)


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_return_reasons"),
        ("locations", "0001_initial"),
        ("purchasing", "0003_rejected_and_straight"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            name="PurchaseOrderRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("approved_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField()),
                ("reason", models.CharField(help_text="Why it was changed", max_length=200)),
                ("due_on", models.DateField()),
                ("terms", models.CharField(blank=True, max_length=200)),
                ("total", models.DecimalField(decimal_places=2, help_text="In the order's currency", max_digits=24)),
                ("lines", models.JSONField(help_text="Each with line, item, quantity and price")),
            ],
            options={
                "ordering": ("order", "-number"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="purchaseorder",
            name="purchase_order_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="purchaseorderline",
            name="purchase_order_line_quantities",
        ),
        migrations.AddField(
            model_name="historicalsupplieritem",
            name="lead_time_spread_days",
            field=models.DecimalField(
                decimal_places=1,
                default=0,
                help_text="Standard deviation of the lead time",
                max_digits=5,
                validators=[django.core.validators.MinValueValidator(0)],
            ),
        ),
        migrations.AddField(
            model_name="historicalsupplieritem",
            name="multiple_quantity",
            field=models.DecimalField(
                decimal_places=6,
                default=0,
                help_text="Base units; sold in multiples of so many. Zero: any quantity",
                max_digits=18,
                validators=[django.core.validators.MinValueValidator(0)],
            ),
        ),
        migrations.AddField(
            model_name="purchaseorder",
            name="acknowledged_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="purchaseorder",
            name="acknowledged_by",
            field=models.ForeignKey(
                help_text="Who noted it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="purchaseorder",
            name="amended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="purchaseorder",
            name="amended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="purchaseorder",
            name="confirmation",
            field=models.CharField(blank=True, help_text="The supplier's number for it", max_length=80),
        ),
        migrations.AddField(
            model_name="purchaseorder",
            name="revision",
            field=models.PositiveSmallIntegerField(default=0, help_text="How often it was changed after an approval"),
        ),
        migrations.AddField(
            model_name="purchaseorder",
            name="sent_at",
            field=models.DateTimeField(help_text="As it is approved now; a change is sent anew", null=True),
        ),
        migrations.AddField(
            model_name="purchaseorder",
            name="sent_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="purchaseorder",
            name="sent_how",
            field=models.CharField(
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
        migrations.AddField(
            model_name="purchaseorderline",
            name="promised_on",
            field=models.DateField(help_text="As the supplier has confirmed it; empty: the order's date", null=True),
        ),
        migrations.AddField(
            model_name="supplieritem",
            name="lead_time_spread_days",
            field=models.DecimalField(
                decimal_places=1,
                default=0,
                help_text="Standard deviation of the lead time",
                max_digits=5,
                validators=[django.core.validators.MinValueValidator(0)],
            ),
        ),
        migrations.AddField(
            model_name="supplieritem",
            name="multiple_quantity",
            field=models.DecimalField(
                decimal_places=6,
                default=0,
                help_text="Base units; sold in multiples of so many. Zero: any quantity",
                max_digits=18,
                validators=[django.core.validators.MinValueValidator(0)],
            ),
        ),
        migrations.AlterField(
            model_name="historicalsupplieritem",
            name="lead_time_days",
            field=models.PositiveSmallIntegerField(default=0, help_text="On average"),
        ),
        migrations.AlterField(
            model_name="purchaseorder",
            name="state",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="supplieritem",
            name="lead_time_days",
            field=models.PositiveSmallIntegerField(default=0, help_text="On average"),
        ),
        migrations.AddConstraint(
            model_name="purchaseorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "submitted", "approved", "receiving", "amended", "closed", "cancelled"])
                ),
                name="purchase_order_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    ("amended_by", None),
                    models.Q(("approved_by", models.F("amended_by")), _negated=True),
                    _connector="OR",
                ),
                name="purchase_order_change_approved_by_another",
                violation_error_message="Whoever changed the order cannot approve it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseorder",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="purchaseorderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gte", 0), ("quantity__gte", 0), ("received__gte", 0)),
                name="purchase_order_line_quantities",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplieritem",
            constraint=models.CheckConstraint(
                condition=models.Q(("lead_time_spread_days__gte", 0), ("multiple_quantity__gte", 0)),
                name="supplier_item_not_negative",
            ),
        ),
        migrations.AddField(
            model_name="historicalapprovallimit",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="purchaseorderrevision",
            name="approved_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="purchaseorderrevision",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="purchasing.purchaseorder"
            ),
        ),
        migrations.AddField(
            model_name="purchaseorderrevision",
            name="replaced_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseorderrevision",
            constraint=models.UniqueConstraint(fields=("order", "number"), name="purchase_order_revision_once"),
        ),
        migrations.RunPython(set_limits, migrations.RunPython.noop, elidable=False),
    ]
