"""Cases of losses, rules on odd adjustments with the first of them, and cameras that see their own site."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import django.core.validators
import django.db.models.deletion
import simple_history.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from apps.core.sql import RunSQLFile
from apps.losses.models import LOSS_CASE_NUMBERS


SQL = Path(__file__).resolve().parent.parent / "sql"
FIRST_RULE = {
    "effective_on": date(2020, 1, 1),
    "score": Decimal("3.5"),
    "fewest": 8,
    "repeats": 3,
    "window_days": 90,
    "match_days": 14,
    "source": "Score after Iglewicz and Hoaglin 1993; the other figures are a beginning of our own",
}


def seed(apps, schema_editor):
    apps.get_model("losses", "OddRule").objects.using(schema_editor.connection.alias).create(**FIRST_RULE)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_post_looks_up_once"),
        ("locations", "0006_label_gates"),
        ("losses", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OddRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("effective_on", models.DateField(unique=True)),
                (
                    "score",
                    models.DecimalField(
                        decimal_places=1,
                        help_text="Modified z-score from which a value or a person's number of write-offs is odd",
                        max_digits=4,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                    ),
                ),
                (
                    "fewest",
                    models.PositiveSmallIntegerField(
                        help_text="Among fewer, nothing is said to be odd by its score",
                        validators=[django.core.validators.MinValueValidator(3)],
                    ),
                ),
                (
                    "repeats",
                    models.PositiveSmallIntegerField(
                        help_text="So many write-offs of an item at one place are odd",
                        validators=[django.core.validators.MinValueValidator(2)],
                    ),
                ),
                (
                    "window_days",
                    models.PositiveSmallIntegerField(
                        help_text="So many days before are looked at as well",
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                (
                    "match_days",
                    models.PositiveSmallIntegerField(
                        help_text="The same quantity found elsewhere so soon is told as misplaced",
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                ("source", models.CharField(max_length=200)),
                ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
            ],
            options={
                "ordering": ("-effective_on",),
            },
        ),
        migrations.CreateModel(
            name="HistoricalOddRule",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("effective_on", models.DateField(db_index=True)),
                (
                    "score",
                    models.DecimalField(
                        decimal_places=1,
                        help_text="Modified z-score from which a value or a person's number of write-offs is odd",
                        max_digits=4,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                    ),
                ),
                (
                    "fewest",
                    models.PositiveSmallIntegerField(
                        help_text="Among fewer, nothing is said to be odd by its score",
                        validators=[django.core.validators.MinValueValidator(3)],
                    ),
                ),
                (
                    "repeats",
                    models.PositiveSmallIntegerField(
                        help_text="So many write-offs of an item at one place are odd",
                        validators=[django.core.validators.MinValueValidator(2)],
                    ),
                ),
                (
                    "window_days",
                    models.PositiveSmallIntegerField(
                        help_text="So many days before are looked at as well",
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                (
                    "match_days",
                    models.PositiveSmallIntegerField(
                        help_text="The same quantity found elsewhere so soon is told as misplaced",
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                ("source", models.CharField(max_length=200)),
                ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
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
                "verbose_name": "historical odd rule",
                "verbose_name_plural": "historical odd rules",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LossCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(editable=False, max_length=40, unique=True)),
                ("created_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("judged", "Finding waits for approval"), ("closed", "Closed")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(help_text="Why it is looked into", max_length=200)),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("miscount", "Counted wrongly: they are there"),
                            ("misplaced", "Found in another place"),
                            ("booking", "Booked wrongly, or not at all"),
                            ("supplier", "The supplier sent less"),
                            ("damage", "Broken or spoilt, and not told"),
                            ("inside", "Taken by somebody who works here"),
                            ("outside", "Taken by somebody from outside"),
                            ("unknown", "Not to be found out"),
                        ],
                        max_length=9,
                    ),
                ),
                ("finding_note", models.CharField(blank=True, max_length=400)),
                ("asked_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.warehouse"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="LossCaseLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="losses.losscase"
                    ),
                ),
                (
                    "posting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loss_case_line",
                        to="ledger.stocktransaction",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="losscase",
            name="postings",
            field=models.ManyToManyField(
                related_name="loss_cases", through="losses.LossCaseLine", to="ledger.stocktransaction"
            ),
        ),
        migrations.CreateModel(
            name="LossStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("footage", "Footage was seen"),
                            ("asked", "Somebody was asked"),
                            ("searched", "Searched for"),
                            ("records", "Records were compared"),
                            ("told", "Police or insurer were told"),
                        ],
                        max_length=8,
                    ),
                ),
                ("said", models.CharField(help_text="What was seen, said or found", max_length=400)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="losses.losscase"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="OddDismissal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("value", "Worth far more than others"),
                            ("person", "One person writes off far more often than others"),
                            ("repeat", "The same item is written off at one place again and again"),
                            ("hours", "Outside every shift"),
                            ("matched", "As much was found elsewhere soon after"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("dismissed_at", models.DateTimeField()),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="odd_dismissals",
                        to="ledger.stocktransaction",
                    ),
                ),
            ],
            options={
                "ordering": ("-dismissed_at", "-id"),
            },
        ),
        migrations.AddConstraint(
            model_name="losscase",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "judged", "closed"])), name="loss_case_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="losscase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", None), models.Q(("state", "closed"), _negated=True)),
                    models.Q(
                        ("decided_by__isnull", False),
                        models.Q(("finding", ""), _negated=True),
                        models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="loss_case_decided_by_another",
                violation_error_message="Another than who told the finding approves it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lossstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["footage", "asked", "searched", "records", "told"])),
                name="loss_step_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="odddismissal",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["value", "person", "repeat", "hours", "matched"])), name="oddity_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="odddismissal",
            constraint=models.UniqueConstraint(fields=("posting", "kind"), name="odd_dismissed_once"),
        ),
        LOSS_CASE_NUMBERS.migration(),
        RunSQLFile(SQL / "cases.sql"),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
