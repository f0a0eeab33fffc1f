from decimal import Decimal

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from apps.core.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("catalog", "0001_initial"),
        ("ledger", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="DrillPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True)),
                        (
                            "every_months",
                            models.PositiveSmallIntegerField(
                                default=6,
                                help_text="1 to 24",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                            ),
                        ),
                        ("next_on", models.DateField(help_text="The next drill; then every so many months")),
                        (
                            "target_minutes",
                            models.PositiveIntegerField(
                                default=240,
                                help_text="Tracing both ways is to take no longer",
                                validators=[django.core.validators.MinValueValidator(1)],
                            ),
                        ),
                        (
                            "tolerance_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=2,
                                help_text="How far from 100 per cent the reconciliation may be",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True, help_text="Who asks for it: a standard, a customer", max_length=120
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("name",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("every_months__gte", 1), ("every_months__lte", 24)),
                                name="drill_plan_months",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalDrillPlan",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(db_index=True, max_length=80)),
                        (
                            "every_months",
                            models.PositiveSmallIntegerField(
                                default=6,
                                help_text="1 to 24",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                            ),
                        ),
                        ("next_on", models.DateField(help_text="The next drill; then every so many months")),
                        (
                            "target_minutes",
                            models.PositiveIntegerField(
                                default=240,
                                help_text="Tracing both ways is to take no longer",
                                validators=[django.core.validators.MinValueValidator(1)],
                            ),
                        ),
                        (
                            "tolerance_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=2,
                                help_text="How far from 100 per cent the reconciliation may be",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True, help_text="Who asks for it: a standard, a customer", max_length=120
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
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
                        "verbose_name": "historical drill plan",
                        "verbose_name_plural": "historical drill plans",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="RecallCase",
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
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("closing", "Closure asked for"), ("closed", "Closed")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(max_length=200)),
                        (
                            "reported_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.party",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("ours", "Found by ourselves"),
                                    ("supplier", "Told by a supplier"),
                                    ("customer", "A customer's complaint"),
                                    ("regulator", "Asked for by a regulator"),
                                ],
                                default="ours",
                                max_length=10,
                            ),
                        ),
                        (
                            "recall_class",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("I", "Class I: serious harm or death is reasonably probable"),
                                    ("II", "Class II: temporary or reversible harm, or serious harm is remote"),
                                    ("III", "Class III: harm is not likely"),
                                ],
                                max_length=3,
                            ),
                        ),
                        (
                            "depth",
                            models.CharField(
                                choices=[
                                    ("consumer", "Consumer or user"),
                                    ("retail", "Retail"),
                                    ("wholesale", "Wholesale"),
                                ],
                                default="retail",
                                max_length=10,
                            ),
                        ),
                        ("regulator_reference", models.CharField(blank=True, max_length=60)),
                        (
                            "strategy",
                            models.TextField(
                                blank=True, help_text="How it is carried out, for the file", max_length=2000
                            ),
                        ),
                        (
                            "instructions",
                            models.TextField(
                                blank=True, help_text="What consignees are to do, for the letter", max_length=2000
                            ),
                        ),
                        (
                            "done_by",
                            models.DateField(blank=True, help_text="When it is expected to be done", null=True),
                        ),
                        (
                            "query",
                            models.JSONField(
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                help_text="How its lots were asked for",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "effectiveness_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("A", "A: all consignees"),
                                    ("B", "B: more than 10 and less than 100 per cent"),
                                    ("C", "C: 10 per cent"),
                                    ("D", "D: 2 per cent"),
                                    ("E", "E: none"),
                                ],
                                max_length=1,
                            ),
                        ),
                        ("effectiveness_percent", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        (
                            "sample_seed",
                            models.CharField(blank=True, help_text="Draws the same sample again", max_length=64),
                        ),
                        ("sampled_at", models.DateTimeField(null=True)),
                        (
                            "closure_asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("closure_asked_at", models.DateTimeField(null=True)),
                        ("closure_note", models.CharField(blank=True, max_length=200)),
                        (
                            "frees_stock",
                            models.BooleanField(
                                default=False, help_text="Closing ends its holds; else what is here stays held"
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "lots",
                            models.ManyToManyField(
                                related_name="recalls", through="traceability.RecalledLot", to="ledger.lot"
                            ),
                        ),
                        ("holds", models.ManyToManyField(related_name="recalls", to="ledger.hold")),
                    ],
                    options={
                        "ordering": ("-id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "closing", "closed"])),
                                name="recall_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_by", None),
                                    models.Q(("closed_by", models.F("closure_asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="recall_closed_by_another",
                                violation_error_message="Another than who asked for the closure approves it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effectiveness_percent", None),
                                    models.Q(
                                        ("effectiveness_percent__gt", Decimal("10")),
                                        ("effectiveness_percent__lt", Decimal("100")),
                                    ),
                                    _connector="OR",
                                ),
                                name="recall_percent_in_range",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecallConsignee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consignees",
                                to="traceability.recallcase",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.party"
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("letter", "Letter"),
                                    ("email", "Email"),
                                    ("phone", "Telephone"),
                                    ("visit", "Visit"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("notified_at", models.DateTimeField(null=True)),
                        (
                            "notified_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("responded_at", models.DateTimeField(null=True)),
                        ("note", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "party"), name="recall_consignee_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("method", ""), ("notified_at", None), ("notified_by", None)),
                                    models.Q(
                                        ("notified_at__isnull", False),
                                        ("notified_by__isnull", False),
                                        models.Q(("method", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="recall_consignee_told_somehow",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("responded_at", None), ("notified_at__isnull", False), _connector="OR"
                                ),
                                name="recall_consignee_told_first",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EffectivenessCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "consignee",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="check_drawn",
                                to="traceability.recallconsignee",
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("effective", "Was told and has acted"),
                                    ("ineffective", "Was not told, or has not acted"),
                                    ("unreached", "Could not be reached"),
                                ],
                                max_length=11,
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("letter", "Letter"),
                                    ("email", "Email"),
                                    ("phone", "Telephone"),
                                    ("visit", "Visit"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("checked_at", models.DateTimeField(null=True)),
                        (
                            "checked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("checked_at", None), ("checked_by", None), ("result", "")),
                                    models.Q(
                                        ("checked_at__isnull", False),
                                        ("checked_by__isnull", False),
                                        models.Q(("result", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="effectiveness_check_done_by_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecallDrill",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(editable=False, max_length=40, unique=True)),
                        (
                            "plan",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drills",
                                to="traceability.drillplan",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.lot"
                            ),
                        ),
                        (
                            "seed",
                            models.CharField(help_text="Draws the same lot again from the same lots", max_length=64),
                        ),
                        (
                            "lots_to_draw",
                            models.PositiveIntegerField(help_text="Of how many lots that had been shipped"),
                        ),
                        (
                            "steps",
                            models.JSONField(
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                help_text="Each step and its seconds",
                            ),
                        ),
                        ("seconds", models.DecimalField(decimal_places=3, max_digits=12)),
                        (
                            "figures",
                            models.JSONField(
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                help_text="What was found: the mass balance, lots, consignees",
                            ),
                        ),
                        ("percent_reconciled", models.DecimalField(decimal_places=4, max_digits=9)),
                        ("passed", models.BooleanField()),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("run_at", models.DateTimeField()),
                        (
                            "run_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-id",),
                    },
                ),
                migrations.CreateModel(
                    name="RecalledLot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_column="recallcase_id",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recalled",
                                to="traceability.recallcase",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="recalled", to="ledger.lot"
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("named", "Named"),
                                    ("certain", "Made from a named lot"),
                                    ("possible", "Perhaps made from a named lot"),
                                ],
                                default="named",
                                max_length=8,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "traceability_recallcase_lots",
                        "ordering": ("id",),
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "lot"), name="recalled_lot_once"),
                            models.CheckConstraint(
                                condition=models.Q(("origin__in", ["named", "certain", "possible"])),
                                name="recalled_lot_origin_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecallResponse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "consignee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="responses",
                                to="traceability.recallconsignee",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.lot"
                            ),
                        ),
                        (
                            "on_hand",
                            models.DecimalField(decimal_places=6, help_text="When they were told", max_digits=18),
                        ),
                        ("returned", models.DecimalField(decimal_places=6, default=0, max_digits=18)),
                        ("destroyed", models.DecimalField(decimal_places=6, default=0, max_digits=18)),
                        ("corrected", models.DecimalField(decimal_places=6, default=0, max_digits=18)),
                        ("said_at", models.DateTimeField()),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("id",),
                        "constraints": [
                            models.UniqueConstraint(fields=("consignee", "lot"), name="recall_response_once_a_lot"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("corrected__gte", 0),
                                    ("destroyed__gte", 0),
                                    ("on_hand__gte", 0),
                                    ("returned__gte", 0),
                                ),
                                name="recall_response_not_negative",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
