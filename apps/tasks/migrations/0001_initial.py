import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
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
        ("safety", "0001_initial"),
        ("workplace", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="EquipmentKind",
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
                            "certificate",
                            models.ForeignKey(
                                blank=True,
                                help_text="It must be in force too",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="workplace.certificatekind",
                            ),
                        ),
                        (
                            "asset_kind",
                            models.ForeignKey(
                                blank=True,
                                help_text="As it is inspected: while all of a site's are out of service, nobody works with it there",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="workplace.assetkind",
                            ),
                        ),
                        (
                            "workers",
                            models.ManyToManyField(blank=True, related_name="equipment", to=settings.AUTH_USER_MODEL),
                        ),
                    ],
                    options={
                        "ordering": ("code",),
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalEquipmentKind",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "certificate",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="It must be in force too",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="workplace.certificatekind",
                            ),
                        ),
                        (
                            "asset_kind",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="As it is inspected: while all of a site's are out of service, nobody works with it there",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="workplace.assetkind",
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
                        "verbose_name": "historical equipment kind",
                        "verbose_name_plural": "historical equipment kinds",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEquipmentKind_workers",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "equipmentkind",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="tasks.equipmentkind",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="tasks.historicalequipmentkind",
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                    ],
                    options={
                        "verbose_name": "HistoricalEquipmentKind_workers",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSkill",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "certificate",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="It must be in force too",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="workplace.certificatekind",
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
                        "verbose_name": "historical skill",
                        "verbose_name_plural": "historical skills",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTaskPolicy",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "lease_minutes",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="A task that nobody confirms, and whose worker gives no sign, goes back to the queue after this",
                                validators=[django.core.validators.MinValueValidator(1)],
                            ),
                        ),
                        (
                            "offline_minutes",
                            models.PositiveSmallIntegerField(
                                default=120,
                                help_text="Tasks that a handheld takes along are its worker's for this long, with or without an answer",
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="lease out of reach (minutes)",
                            ),
                        ),
                        (
                            "near_within",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Tasks that are less urgent than the most urgent one by no more points are taken by nearness",
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="nearness decides within",
                            ),
                        ),
                        (
                            "due_soon_minutes",
                            models.PositiveSmallIntegerField(
                                default=60, help_text="What is due within this is due soon"
                            ),
                        ),
                        (
                            "due_points",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="What being due soon adds to a task's urgency; being late adds it once more",
                                validators=[django.core.validators.MaxValueValidator(100)],
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
                        "verbose_name": "historical task policy",
                        "verbose_name_plural": "historical task policies",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Skill",
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
                            "certificate",
                            models.ForeignKey(
                                blank=True,
                                help_text="It must be in force too",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="workplace.certificatekind",
                            ),
                        ),
                        (
                            "workers",
                            models.ManyToManyField(blank=True, related_name="skills", to=settings.AUTH_USER_MODEL),
                        ),
                    ],
                    options={
                        "ordering": ("code",),
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalTaskRule",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(default=50, help_text="Rules are read from the lowest on"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("putaway", "Put away"),
                                    ("replenish", "Replenish"),
                                    ("pick", "Pick"),
                                    ("count", "Count"),
                                    ("put_back", "Put back"),
                                    ("locate", "Look for a unit"),
                                    ("issue", "Issue to assembly"),
                                    ("send_back", "Send back"),
                                ],
                                help_text="Empty: every kind",
                                max_length=12,
                            ),
                        ),
                        (
                            "min_level",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Of the bin; 0 is the floor", null=True, verbose_name="from level"
                            ),
                        ),
                        (
                            "min_weight_g",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="Of all that is moved",
                                max_digits=14,
                                null=True,
                                verbose_name="from weight (g)",
                            ),
                        ),
                        (
                            "points",
                            models.SmallIntegerField(
                                default=0,
                                help_text="Added to the task's priority",
                                validators=[
                                    django.core.validators.MinValueValidator(-100),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "minutes",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="What such a task usually takes",
                                max_digits=6,
                                null=True,
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
                                help_text="Of the bin: a putaway's is its target",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Of the item, with all below it",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalog.category",
                            ),
                        ),
                        (
                            "hazard_class",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="safety.hazardclass",
                            ),
                        ),
                        (
                            "skill",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="tasks.skill",
                            ),
                        ),
                        (
                            "equipment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="tasks.equipmentkind",
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
                        "verbose_name": "historical task rule",
                        "verbose_name_plural": "historical task rules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSkill_workers",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "skill",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="tasks.skill",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="tasks.historicalskill",
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                    ],
                    options={
                        "verbose_name": "HistoricalSkill_workers",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="WarehouseTask",
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.warehouse",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("putaway", "Put away"),
                                    ("replenish", "Replenish"),
                                    ("pick", "Pick"),
                                    ("count", "Count"),
                                    ("put_back", "Put back"),
                                    ("locate", "Look for a unit"),
                                    ("issue", "Issue to assembly"),
                                    ("send_back", "Send back"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("ready", "Ready"),
                                    ("assigned", "Assigned"),
                                    ("done", "Done"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="ready",
                                max_length=10,
                            ),
                        ),
                        ("document", models.CharField(help_text="Number of the document it serves", max_length=40)),
                        (
                            "bundle",
                            models.CharField(
                                blank=True,
                                help_text="Number of the document that it is claimed with, as a whole",
                                max_length=40,
                            ),
                        ),
                        ("priority", models.PositiveSmallIntegerField(default=50, help_text="Higher goes first")),
                        (
                            "points",
                            models.SmallIntegerField(default=0, help_text="What the site's rules add to the priority"),
                        ),
                        (
                            "pressing",
                            models.SmallIntegerField(default=0, help_text="What being due soon, or late, adds to it"),
                        ),
                        (
                            "urgency",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.functions.comparison.Cast("priority", models.IntegerField()),
                                        "+",
                                        django.db.models.functions.comparison.Cast("points", models.IntegerField()),
                                    ),
                                    "+",
                                    django.db.models.functions.comparison.Cast("pressing", models.IntegerField()),
                                ),
                                help_text="Higher goes first",
                                output_field=models.IntegerField(),
                            ),
                        ),
                        ("due_at", models.DateTimeField(null=True)),
                        ("sequence", models.BigIntegerField(default=0, help_text="Place on the walk")),
                        (
                            "start",
                            models.BigIntegerField(
                                default=0, help_text="Where the work begins, as the walk counts places"
                            ),
                        ),
                        (
                            "skill",
                            models.ForeignKey(
                                db_index=False,
                                help_text="Only who has it may do it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tasks.skill",
                            ),
                        ),
                        (
                            "equipment",
                            models.ForeignKey(
                                db_index=False,
                                help_text="Only who may use it may do it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tasks.equipmentkind",
                            ),
                        ),
                        (
                            "minutes",
                            models.DecimalField(
                                decimal_places=2, help_text="What such a task usually takes", max_digits=6, null=True
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                help_text="None: all that is there",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.item",
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
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.serialnumber",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.handlingunit",
                            ),
                        ),
                        (
                            "quantity",
                            models.DecimalField(
                                decimal_places=6,
                                help_text="Base units; a count is one of its place, a unit of several items is one",
                                max_digits=18,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks_from",
                                to="locations.location",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks_to",
                                to="locations.location",
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=1, help_text="Grows with each change; a command names the one it saw"
                            ),
                        ),
                        (
                            "assigned_to",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "not_for",
                            models.ForeignKey(
                                db_index=False,
                                help_text="Another must do it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "device",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.device",
                            ),
                        ),
                        ("lease_until", models.DateTimeField(null=True)),
                        (
                            "started_at",
                            models.DateTimeField(help_text="When whoever has it or did it took it", null=True),
                        ),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "done_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "task",
                        "ordering": ("-urgency", "sequence", "id"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("ready", "assigned"))),
                                fields=["warehouse", "-urgency", "sequence", "id"],
                                name="task_queue",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ("ready", "assigned"))),
                                fields=["warehouse", "start", "id"],
                                name="task_near",
                            ),
                            models.Index(
                                condition=models.Q(("due_at__isnull", False), ("state__in", ("ready", "assigned"))),
                                fields=["due_at"],
                                name="task_due",
                            ),
                            models.Index(
                                condition=models.Q(("state", "assigned")), fields=["assigned_to"], name="task_in_hand"
                            ),
                            models.Index(
                                condition=models.Q(("state", "done")), fields=["done_by", "-done_at"], name="task_done"
                            ),
                            models.Index(
                                condition=models.Q(("state", "done")),
                                fields=["warehouse", "done_at"],
                                name="task_done_there",
                            ),
                            models.Index(fields=["document"], name="tasks_wareh_documen_2940b1_idx"),
                            models.Index(
                                condition=models.Q(("state__in", ("ready", "assigned"))),
                                fields=["target"],
                                name="task_inbound",
                            ),
                            models.Index(
                                condition=models.Q(("unit__isnull", False)), fields=["unit"], name="task_unit"
                            ),
                            models.Index(
                                condition=models.Q(("serial__isnull", False)), fields=["serial"], name="task_serial"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "putaway",
                                            "replenish",
                                            "pick",
                                            "count",
                                            "put_back",
                                            "locate",
                                            "issue",
                                            "send_back",
                                        ],
                                    )
                                ),
                                name="task_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["ready", "assigned", "done", "cancelled"])),
                                name="task_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="task_quantity_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "count"),
                                    ("item__isnull", False),
                                    models.Q(("kind__in", ["putaway", "locate"]), ("unit__isnull", False)),
                                    _connector="OR",
                                ),
                                name="task_names_its_item",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "locate"), ("state__in", ("ready", "assigned"))),
                                fields=("unit",),
                                name="task_locate_once_a_unit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "assigned"), _negated=True),
                                    models.Q(("assigned_to__isnull", False), ("lease_until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="task_assigned_to_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conflict",
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
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("seen", "Seen"), ("by_hand", "Done by hand")],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                help_text="Who did it",
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
                        ("actor", models.CharField(help_text="Whose key it is", max_length=60)),
                        ("key", models.CharField(help_text="The command's, made by the device", max_length=80)),
                        ("command", models.CharField(help_text="Where it was sent", max_length=200)),
                        (
                            "said",
                            models.JSONField(
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                help_text="What the command said",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conflicts",
                                to="tasks.warehousetask",
                            ),
                        ),
                        (
                            "occurred_at",
                            models.DateTimeField(help_text="When it was done, by the clock of the device", null=True),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(help_text="When it was told, by the clock of the warehouse"),
                        ),
                        ("code", models.CharField(help_text="Why it was refused", max_length=60)),
                        (
                            "refusal",
                            models.JSONField(
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                help_text="The refusal with its facts",
                            ),
                        ),
                        (
                            "found",
                            models.JSONField(
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                help_text="How the task stood then",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("settled_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ("-id",),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")), fields=["warehouse", "-id"], name="conflict_open"
                            ),
                            models.Index(fields=["worker", "-id"], name="conflict_worker"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("actor", "key"), name="conflict_once_a_command"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "seen", "by_hand"])),
                                name="conflict_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at", None), ("settled_by", None), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("settled_at__isnull", False),
                                        ("settled_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="conflict_settled_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskPolicy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "warehouse",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="task_policy",
                                to="locations.warehouse",
                            ),
                        ),
                        (
                            "lease_minutes",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="A task that nobody confirms, and whose worker gives no sign, goes back to the queue after this",
                                validators=[django.core.validators.MinValueValidator(1)],
                            ),
                        ),
                        (
                            "offline_minutes",
                            models.PositiveSmallIntegerField(
                                default=120,
                                help_text="Tasks that a handheld takes along are its worker's for this long, with or without an answer",
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="lease out of reach (minutes)",
                            ),
                        ),
                        (
                            "near_within",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Tasks that are less urgent than the most urgent one by no more points are taken by nearness",
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="nearness decides within",
                            ),
                        ),
                        (
                            "due_soon_minutes",
                            models.PositiveSmallIntegerField(
                                default=60, help_text="What is due within this is due soon"
                            ),
                        ),
                        (
                            "due_points",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="What being due soon adds to a task's urgency; being late adds it once more",
                                validators=[django.core.validators.MaxValueValidator(100)],
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "task policies",
                        "ordering": ("warehouse",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_points__lte", 100), ("lease_minutes__gte", 1), ("near_within__lte", 100)
                                ),
                                name="task_policy_limits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("offline_minutes__gte", 1)), name="task_policy_offline_lease"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskRule",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="task_rules",
                                to="locations.warehouse",
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(default=50, help_text="Rules are read from the lowest on"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("putaway", "Put away"),
                                    ("replenish", "Replenish"),
                                    ("pick", "Pick"),
                                    ("count", "Count"),
                                    ("put_back", "Put back"),
                                    ("locate", "Look for a unit"),
                                    ("issue", "Issue to assembly"),
                                    ("send_back", "Send back"),
                                ],
                                help_text="Empty: every kind",
                                max_length=12,
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                help_text="Of the bin: a putaway's is its target",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        (
                            "min_level",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Of the bin; 0 is the floor", null=True, verbose_name="from level"
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                help_text="Of the item, with all below it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.category",
                            ),
                        ),
                        (
                            "hazard_class",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="safety.hazardclass",
                            ),
                        ),
                        (
                            "min_weight_g",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="Of all that is moved",
                                max_digits=14,
                                null=True,
                                verbose_name="from weight (g)",
                            ),
                        ),
                        (
                            "points",
                            models.SmallIntegerField(
                                default=0,
                                help_text="Added to the task's priority",
                                validators=[
                                    django.core.validators.MinValueValidator(-100),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "skill",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tasks.skill",
                            ),
                        ),
                        (
                            "equipment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tasks.equipmentkind",
                            ),
                        ),
                        (
                            "minutes",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="What such a task usually takes",
                                max_digits=6,
                                null=True,
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("warehouse", "rank", "code"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("warehouse", "code"), name="task_rule_code_once_a_warehouse"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "",
                                            "putaway",
                                            "replenish",
                                            "pick",
                                            "count",
                                            "put_back",
                                            "locate",
                                            "issue",
                                            "send_back",
                                        ],
                                    )
                                ),
                                name="task_rule_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__gte", -100), ("points__lte", 100)),
                                name="task_rule_points",
                                violation_error_message="A rule adds or takes no more than 100 points.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("points", 0), _negated=True),
                                    ("skill__isnull", False),
                                    ("equipment__isnull", False),
                                    ("minutes__isnull", False),
                                    _connector="OR",
                                ),
                                name="task_rule_says_something",
                                violation_error_message="Say what such a task gets: points, a skill, equipment or minutes.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes", None), ("minutes__gt", 0), _connector="OR"),
                                name="task_rule_minutes_positive",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
