"""Safety data sheets, the rule on how long one is believed, and that none is changed."""

from datetime import date
from pathlib import Path

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from apps.catalog.models import SHEET_NUMBERS
from apps.core.sql import RunSQLFile

SQL = Path(__file__).resolve().parent.parent / "sql"
MONTHS = 36


def add_rule(apps, schema_editor):
    """No paragraph known here says for how long: a rule of the site, to be changed there."""
    del schema_editor
    apps.get_model("catalog", "SheetRule").objects.create(
        months=MONTHS,
        source="Site rule: reviewed every three years; 29 CFR 1910.1200(g) names no period (from memory)",
        effective_on=date(2000, 1, 1),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0013_liquids"),
        ("journal", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalSheetRule",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("months", models.PositiveSmallIntegerField(help_text="From the day of the revision")),
                ("source", models.CharField(help_text="Regulation, or rule of the site", max_length=200)),
                ("effective_on", models.DateField(db_index=True)),
                (
                    "is_verified",
                    models.BooleanField(
                        default=False, help_text="Compared with the text by who may do so", verbose_name="verified"
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
                "verbose_name": "historical sheet rule",
                "verbose_name_plural": "historical sheet rules",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SheetRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("months", models.PositiveSmallIntegerField(help_text="From the day of the revision")),
                ("source", models.CharField(help_text="Regulation, or rule of the site", max_length=200)),
                ("effective_on", models.DateField(unique=True)),
                (
                    "is_verified",
                    models.BooleanField(
                        default=False, help_text="Compared with the text by who may do so", verbose_name="verified"
                    ),
                ),
            ],
            options={
                "ordering": ("-effective_on",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("months__range", (1, 120))), name="sheet_rule_is_some_months"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetySheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(editable=False, max_length=40, unique=True)),
                (
                    "language",
                    models.CharField(
                        help_text="ISO 639-1, as en",
                        max_length=2,
                        validators=[django.core.validators.RegexValidator("^[a-z]{2}$", "Two letters.")],
                    ),
                ),
                ("revision", models.CharField(help_text="As the sheet names it", max_length=20)),
                ("revised_on", models.DateField()),
                ("review_by", models.DateField(help_text="The last day on which it is believed")),
                ("supplier", models.CharField(help_text="Who answers for it, as the sheet names them", max_length=120)),
                ("digest", models.CharField(help_text="SHA-256 of the PDF", max_length=64)),
                ("size", models.PositiveIntegerField(help_text="Bytes")),
                ("created_at", models.DateTimeField()),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="safety_sheets", to="catalog.item"
                    ),
                ),
            ],
            options={
                "verbose_name": "safety data sheet",
                "ordering": ("item", "language", "-revised_on", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "language", "revision"), name="safety_sheet_once_a_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_by__gte", models.F("revised_on"))),
                        name="safety_sheet_believed_from_its_revision",
                    ),
                ],
            },
        ),
        SHEET_NUMBERS.migration(),
        RunSQLFile(SQL / "safety_sheets.sql"),
        migrations.RunPython(add_rule, migrations.RunPython.noop),
    ]
