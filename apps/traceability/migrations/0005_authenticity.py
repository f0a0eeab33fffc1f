"""Who asked whether a unit is genuine, and what was answered: added once and never changed."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from apps.core.sql import RunSQLFile
from apps.traceability.models import AUTHENTICITY_NUMBERS

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_roles"),
        ("journal", "0002_append_only"),
        ("catalog", "0011_container_labels"),
        ("ledger", "0003_post_looks_up_once"),
        ("traceability", "0004_drills_only_grow"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuthenticityCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(editable=False, max_length=40, unique=True)),
                ("code", models.CharField(help_text="As it was scanned or typed", max_length=200)),
                ("place", models.CharField(help_text="Where the unit is, in the words of who asks", max_length=80)),
                ("is_outside", models.BooleanField(help_text="Held by a customer or another, not at a site of ours")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("genuine", "Genuine"),
                            ("unknown", "Unknown"),
                            ("duplicate", "Duplicate"),
                            ("recalled", "Recalled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("because", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.device"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.item"
                    ),
                ),
                (
                    "serial",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authenticity_checks",
                        to="ledger.serialnumber",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["asked_at"], name="authenticity_asked")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["genuine", "unknown", "duplicate", "recalled"])),
                        name="authenticity_verdict_known",
                    )
                ],
            },
        ),
        AUTHENTICITY_NUMBERS.migration(),
        RunSQLFile(SQL / "authenticity.sql"),
    ]
