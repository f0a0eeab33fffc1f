"""Cameras, doors and what happened at them, shifts."""

from pathlib import Path

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from apps.core.sql import RunSQLFile


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("journal", "0002_append_only"),
        ("accounts", "0003_roles"),
        ("locations", "0006_label_gates"),
        ("workplace", "0006_photo_numbers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Door",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        help_text="The dock, where it is one's",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.location",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.warehouse"
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        blank=True,
                        help_text="Into which it leads",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.zone",
                    ),
                ),
            ],
            options={
                "ordering": ("warehouse", "code"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalCamera",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(help_text="Where its pictures are found: recorder and channel", max_length=80),
                ),
                (
                    "keeps_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="For so long its pictures are kept",
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                (
                    "margin_minutes",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Looked at before and after: its clock may differ",
                        validators=[django.core.validators.MaxValueValidator(240)],
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
                    "asset",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The thing to inspect",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workplace.siteasset",
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
                "verbose_name": "historical camera",
                "verbose_name_plural": "historical cameras",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDoor",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(db_index=True, max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("is_active", models.BooleanField(default=True)),
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
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The dock, where it is one's",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="locations.location",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="locations.warehouse",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Into which it leads",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="locations.zone",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical door",
                "verbose_name_plural": "historical doors",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalWorkShift",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("begins", models.TimeField()),
                ("ends", models.TimeField()),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (0, "Monday"),
                                (1, "Tuesday"),
                                (2, "Wednesday"),
                                (3, "Thursday"),
                                (4, "Friday"),
                                (5, "Saturday"),
                                (6, "Sunday"),
                            ]
                        ),
                        help_text="On which it begins: 0 is Monday, with a comma between, as 0,1,2,3,4",
                        size=None,
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
                (
                    "warehouse",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="locations.warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical work shift",
                "verbose_name_plural": "historical work shifts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Camera",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(help_text="Where its pictures are found: recorder and channel", max_length=80),
                ),
                (
                    "keeps_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="For so long its pictures are kept",
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                (
                    "margin_minutes",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Looked at before and after: its clock may differ",
                        validators=[django.core.validators.MaxValueValidator(240)],
                    ),
                ),
                (
                    "asset",
                    models.OneToOneField(
                        help_text="The thing to inspect",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="camera",
                        to="workplace.siteasset",
                    ),
                ),
                (
                    "zones",
                    models.ManyToManyField(help_text="What it sees", related_name="cameras", to="locations.zone"),
                ),
            ],
            options={
                "ordering": ("asset",),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("keeps_days__gte", 1)), name="camera_keeps_some_days"),
                    models.CheckConstraint(
                        condition=models.Q(("margin_minutes__lte", 240)), name="camera_margin_short"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DoorEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event_id",
                    models.CharField(help_text="The controller's own; told twice it is one event", max_length=80),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Opened"),
                            ("closed", "Closed"),
                            ("held", "Held open"),
                            ("forced", "Forced"),
                            ("denied", "Badge denied"),
                        ],
                        max_length=6,
                    ),
                ),
                ("happened_at", models.DateTimeField(help_text="By the controller's clock")),
                (
                    "badge",
                    models.CharField(blank=True, help_text="As the controller told it; empty: nobody's", max_length=80),
                ),
                ("told_at", models.DateTimeField()),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="losses.door"
                    ),
                ),
            ],
            options={
                "ordering": ("-happened_at", "-id"),
                "indexes": [models.Index(fields=["door", "happened_at"], name="door_event_when")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["opened", "closed", "held", "forced", "denied"])),
                        name="door_event_kind_known",
                    ),
                    models.UniqueConstraint(fields=("door", "event_id"), name="door_event_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkShift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("begins", models.TimeField()),
                ("ends", models.TimeField()),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (0, "Monday"),
                                (1, "Tuesday"),
                                (2, "Wednesday"),
                                (3, "Thursday"),
                                (4, "Friday"),
                                (5, "Saturday"),
                                (6, "Sunday"),
                            ]
                        ),
                        help_text="On which it begins: 0 is Monday, with a comma between, as 0,1,2,3,4",
                        size=None,
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
                "ordering": ("warehouse", "begins", "name"),
                "constraints": [
                    models.UniqueConstraint(fields=("warehouse", "name"), name="work_shift_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6]), ("weekdays__len__gte", 1)
                        ),
                        name="work_shift_weekdays_known",
                        violation_error_message="Weekdays are 0 (Monday) to 6, and at least one.",
                    ),
                ],
            },
        ),
        RunSQLFile(SQL / "door_events.sql"),
    ]
