import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from apps.core.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("locations", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="AssetKind",
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
                            "takes_out",
                            models.CharField(
                                choices=[("itself", "The thing itself"), ("place", "The places where it is")],
                                default="itself",
                                help_text="What is out of service while a critical line has failed",
                                max_length=8,
                            ),
                        ),
                        (
                            "critical_days",
                            models.PositiveSmallIntegerField(
                                default=1, help_text="To mend what failed a critical line in"
                            ),
                        ),
                        (
                            "other_days",
                            models.PositiveSmallIntegerField(
                                default=14, help_text="To mend what failed another line in"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("code",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("takes_out__in", ["itself", "place"])),
                                name="asset_kind_takes_out_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Checklist",
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
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checklists",
                                to="workplace.assetkind",
                            ),
                        ),
                        (
                            "every",
                            models.PositiveSmallIntegerField(help_text="So many days or months after the one before"),
                        ),
                        (
                            "period",
                            models.CharField(
                                choices=[("days", "Days"), ("months", "Months")], default="months", max_length=8
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Regulation and paragraph, or the site's own rule", max_length=200
                            ),
                        ),
                        ("effective_on", models.DateField(blank=True, help_text="Empty: not verified", null=True)),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Compared with the text by who may do so",
                                verbose_name="verified",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("code",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("period__in", ["days", "months"])), name="checklist_period_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("every__gte", 1)), name="checklist_every_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_verified", False), ("effective_on__isnull", False), _connector="OR"
                                ),
                                name="checklist_verified_has_day",
                                violation_error_message="A verified rule has the day from which it holds.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SiteAsset",
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
                                related_name="site_assets",
                                to="locations.warehouse",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                help_text="As the label on it says; it can be scanned", max_length=40, unique=True
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assets",
                                to="workplace.assetkind",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "aisle",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.aisle",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="locations.zone",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "thing to inspect",
                        "verbose_name_plural": "things to inspect",
                        "ordering": ("warehouse", "number"),
                    },
                ),
                migrations.CreateModel(
                    name="WorkplaceInspection",
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
                            "asset",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections",
                                to="workplace.siteasset",
                            ),
                        ),
                        (
                            "checklist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections",
                                to="workplace.checklist",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("due", "Due"), ("passed", "Passed"), ("failed", "Failed")],
                                default="due",
                                max_length=8,
                            ),
                        ),
                        ("due_on", models.DateField()),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("due_on", "number"),
                        "indexes": [
                            models.Index(fields=["warehouse", "state", "due_on"], name="workplace_inspection_board")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["due", "passed", "failed"])),
                                name="workplace_inspection_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "due")),
                                fields=("asset", "checklist"),
                                name="workplace_inspection_due_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at", None), ("done_by", None), ("state", "due")),
                                    models.Q(
                                        models.Q(("state", "due"), _negated=True),
                                        ("done_at__isnull", False),
                                        ("done_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="workplace_inspection_done_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="workplace.workplaceinspection",
                            ),
                        ),
                        ("line", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=200)),
                        ("is_critical", models.BooleanField()),
                        ("unit", models.CharField(blank=True, max_length=20)),
                        ("lower", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                        ("upper", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                        ("passed", models.BooleanField()),
                        ("reading", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                        ("note", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ("inspection", "line"),
                        "constraints": [
                            models.UniqueConstraint(fields=("inspection", "line"), name="check_result_once_a_line")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CertificateKind",
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
                            "valid_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="From the day of the evaluation; empty: it does not expire",
                                null=True,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Regulation and paragraph, or the site's own rule", max_length=200
                            ),
                        ),
                        ("effective_on", models.DateField(blank=True, help_text="Empty: not verified", null=True)),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Compared with the text by who may do so",
                                verbose_name="verified",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ("code",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("valid_months", None), ("valid_months__gte", 1), _connector="OR"),
                                name="certificate_kind_months",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_verified", False), ("effective_on__isnull", False), _connector="OR"
                                ),
                                name="certificate_kind_verified_has_day",
                                violation_error_message="A verified rule has the day from which it holds.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(editable=False, max_length=40, unique=True)),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="workplace.certificatekind",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("trained_on", models.DateField()),
                        ("evaluated_on", models.DateField()),
                        ("evaluator", models.CharField(help_text="Who evaluated them, by name", max_length=120)),
                        (
                            "expires_on",
                            models.DateField(help_text="Its last day; empty: it does not expire", null=True),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("revoked_at", models.DateTimeField(null=True)),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, help_text="Why it was revoked", max_length=200)),
                    ],
                    options={
                        "ordering": ("expires_on", "number"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("revoked_at", None)),
                                fields=["person", "kind"],
                                name="certificate_held",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("trained_on__lte", models.F("evaluated_on"))),
                                name="certificate_trained_before_evaluated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), ("revoked_at", None), ("revoked_by", None)),
                                    models.Q(
                                        ("revoked_at__isnull", False),
                                        ("revoked_by__isnull", False),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="certificate_revoked_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("entered_by")), _negated=True),
                                name="certificate_not_by_oneself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CertificateReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "certificate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="workplace.certificate",
                            ),
                        ),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                help_text="Threshold: so many days before it expires, or fewer"
                            ),
                        ),
                        ("made_on", models.DateField()),
                    ],
                    options={
                        "ordering": ("certificate", "-days"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("certificate", "days"), name="certificate_reminder_once_a_threshold"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "checklist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="workplace.checklist",
                            ),
                        ),
                        ("line", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("pass_fail", "Pass or fail"), ("reading", "Reading")],
                                default="pass_fail",
                                max_length=10,
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(blank=True, help_text="Of a reading, such as bar or in", max_length=20),
                        ),
                        ("lower", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True)),
                        ("upper", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True)),
                        (
                            "is_critical",
                            models.BooleanField(
                                default=False, help_text="When it fails, the thing is out of service at once"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("checklist", "line"),
                        "constraints": [
                            models.UniqueConstraint(fields=("checklist", "line"), name="checklist_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["pass_fail", "reading"])),
                                name="checklist_line_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "reading"), models.Q(("lower", None), ("upper", None), _negated=True)
                                    ),
                                    models.Q(("kind", "pass_fail"), ("lower", None), ("upper", None)),
                                    _connector="OR",
                                ),
                                name="checklist_line_limits",
                                violation_error_message="A reading has a limit; a line that passes or fails has none.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CorrectiveAction",
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
                            "asset",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="workplace.siteasset",
                            ),
                        ),
                        (
                            "result",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="action",
                                to="workplace.checkresult",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=8
                            ),
                        ),
                        (
                            "takes_out",
                            models.BooleanField(
                                help_text="The thing, or its places, until it is closed", verbose_name="out of service"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("due_on", models.DateField()),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("note", models.CharField(blank=True, help_text="What was done and seen", max_length=400)),
                    ],
                    options={
                        "ordering": ("due_on", "number"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open"), ("takes_out", True)),
                                fields=["asset"],
                                name="corrective_action_out",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "closed"])),
                                name="corrective_action_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("closed_by", None), ("state", "open")),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                        ("state", "closed"),
                                        models.Q(("note", ""), _negated=True),
                                        models.Q(("closed_by", models.F("owner")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="corrective_action_closed_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClosedPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="closed_places",
                                to="workplace.correctiveaction",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.location"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("action", "location"),
                        "constraints": [
                            models.UniqueConstraint(fields=("action", "location"), name="closed_place_once_an_action")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAssetKind",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "takes_out",
                            models.CharField(
                                choices=[("itself", "The thing itself"), ("place", "The places where it is")],
                                default="itself",
                                help_text="What is out of service while a critical line has failed",
                                max_length=8,
                            ),
                        ),
                        (
                            "critical_days",
                            models.PositiveSmallIntegerField(
                                default=1, help_text="To mend what failed a critical line in"
                            ),
                        ),
                        (
                            "other_days",
                            models.PositiveSmallIntegerField(
                                default=14, help_text="To mend what failed another line in"
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
                        "verbose_name": "historical asset kind",
                        "verbose_name_plural": "historical asset kinds",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCertificateKind",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "valid_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="From the day of the evaluation; empty: it does not expire",
                                null=True,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Regulation and paragraph, or the site's own rule", max_length=200
                            ),
                        ),
                        ("effective_on", models.DateField(blank=True, help_text="Empty: not verified", null=True)),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Compared with the text by who may do so",
                                verbose_name="verified",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
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
                        "verbose_name": "historical certificate kind",
                        "verbose_name_plural": "historical certificate kinds",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalChecklist",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "every",
                            models.PositiveSmallIntegerField(help_text="So many days or months after the one before"),
                        ),
                        (
                            "period",
                            models.CharField(
                                choices=[("days", "Days"), ("months", "Months")], default="months", max_length=8
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Regulation and paragraph, or the site's own rule", max_length=200
                            ),
                        ),
                        ("effective_on", models.DateField(blank=True, help_text="Empty: not verified", null=True)),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Compared with the text by who may do so",
                                verbose_name="verified",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "kind",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
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
                        "verbose_name": "historical checklist",
                        "verbose_name_plural": "historical checklists",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalChecklistLine",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("line", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("pass_fail", "Pass or fail"), ("reading", "Reading")],
                                default="pass_fail",
                                max_length=10,
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(blank=True, help_text="Of a reading, such as bar or in", max_length=20),
                        ),
                        ("lower", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True)),
                        ("upper", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True)),
                        (
                            "is_critical",
                            models.BooleanField(
                                default=False, help_text="When it fails, the thing is out of service at once"
                            ),
                        ),
                        (
                            "checklist",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="workplace.checklist",
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
                        "verbose_name": "historical checklist line",
                        "verbose_name_plural": "historical checklist lines",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSiteAsset",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "number",
                            models.CharField(
                                db_index=True, help_text="As the label on it says; it can be scanned", max_length=40
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
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
                            "kind",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="workplace.assetkind",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.location",
                            ),
                        ),
                        (
                            "aisle",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.aisle",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="locations.zone",
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
                        "verbose_name": "historical thing to inspect",
                        "verbose_name_plural": "historical things to inspect",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="InspectionSchedule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "asset",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="schedules",
                                to="workplace.siteasset",
                            ),
                        ),
                        (
                            "checklist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="schedules",
                                to="workplace.checklist",
                            ),
                        ),
                        ("due_on", models.DateField()),
                    ],
                    options={
                        "ordering": ("due_on", "asset"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("asset", "checklist"), name="inspection_schedule_once_a_checklist"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
