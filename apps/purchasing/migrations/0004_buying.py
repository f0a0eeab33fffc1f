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
        migrations.RunPython(set_limits, migrations.RunPython.noop, elidable=False),
    ]
