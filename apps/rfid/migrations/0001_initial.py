import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from apps.core.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("catalog", "0001_initial"),
        ("ledger", "0001_initial"),
        ("locations", "0001_initial"),
        ("tasks", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Asset",
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
                        ("number", models.CharField(max_length=40, unique=True, verbose_name="GRAI or GIAI")),
                        ("name", models.CharField(max_length=80)),
                        (
                            "unit",
                            models.OneToOneField(
                                blank=True,
                                help_text="The handling unit that it is, where goods stand on it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asset",
                                to="ledger.handlingunit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("number",),
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAsset",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=40, verbose_name="GRAI or GIAI")),
                        ("name", models.CharField(max_length=80)),
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
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The handling unit that it is, where goods stand on it",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="ledger.handlingunit",
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
                        "verbose_name": "historical asset",
                        "verbose_name_plural": "historical assets",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReader",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=40)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "window_seconds",
                            models.PositiveSmallIntegerField(
                                default=60,
                                help_text="Reads of one tag that are no further apart are one event",
                                validators=[django.core.validators.MaxValueValidator(3600)],
                                verbose_name="one event within (s)",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
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
                                help_text="What it watches; empty: its place's",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The place that it stands at",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "device",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="What tells its reads; empty: any device or person of the warehouse",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.device",
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
                        "verbose_name": "historical reader",
                        "verbose_name_plural": "historical readers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Reader",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readers",
                                to="locations.warehouse",
                            ),
                        ),
                        ("code", models.CharField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                help_text="What it watches; empty: its place's",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                blank=True,
                                help_text="The place that it stands at",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "device",
                            models.ForeignKey(
                                blank=True,
                                help_text="What tells its reads; empty: any device or person of the warehouse",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.device",
                            ),
                        ),
                        (
                            "window_seconds",
                            models.PositiveSmallIntegerField(
                                default=60,
                                help_text="Reads of one tag that are no further apart are one event",
                                validators=[django.core.validators.MaxValueValidator(3600)],
                                verbose_name="one event within (s)",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("warehouse", "code"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("zone__isnull", False), ("location__isnull", False), _connector="OR"
                                ),
                                name="reader_watches_something",
                                violation_error_message="Say which zone or place it watches.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("window_seconds__lte", 3600)), name="reader_window_short"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReadEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="rfid.reader"
                            ),
                        ),
                        (
                            "epc",
                            models.CharField(
                                help_text="Pure identity URI where it is one, else as read",
                                max_length=200,
                                verbose_name="EPC",
                            ),
                        ),
                        ("first_at", models.DateTimeField(help_text="By the reader's clock")),
                        ("last_at", models.DateTimeField()),
                        ("reads", models.PositiveIntegerField(default=1)),
                        ("told_at", models.DateTimeField(help_text="When we first heard of it")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("handling_unit", "Handling unit"),
                                    ("item", "Item"),
                                    ("location", "Place"),
                                    ("asset", "Asset"),
                                    ("unknown", "Unknown"),
                                ],
                                default="unknown",
                                max_length=13,
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
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.item",
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
                        (
                            "location",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "asset",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="rfid.asset",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                help_text="To look for the unit, asked because of it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tasks.warehousetask",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-last_at", "-id"),
                        "indexes": [models.Index(fields=["-last_at", "-id"], name="read_event_latest")],
                        "constraints": [
                            models.UniqueConstraint(fields=("reader", "epc", "first_at"), name="read_event_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["handling_unit", "item", "location", "asset", "unknown"])
                                ),
                                name="read_event_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first_at__lte", models.F("last_at")), ("reads__gte", 1)),
                                name="read_event_in_order",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
