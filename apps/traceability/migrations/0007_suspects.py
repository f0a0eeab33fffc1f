"""Goods that are doubted: cases, what was done, who is told; a unit of them is answered for as suspect."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from apps.core.sql import RunSQLFile
from apps.traceability.models import SUSPECT_NUMBERS


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_roles"),
        ("catalog", "0014_safety_sheets"),
        ("ledger", "0003_post_looks_up_once"),
        ("traceability", "0006_lot_groupings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SuspectCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(editable=False, max_length=40, unique=True)),
                ("created_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Under investigation"),
                            ("judged", "Verdict asked for"),
                            ("cleared", "Cleared"),
                            ("illegitimate", "Illegitimate"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("ours", "Found by ourselves"),
                            ("verification", "A unit was verified and is not genuine"),
                            ("customer", "A customer doubts it"),
                            ("supplier", "A supplier told us"),
                            ("regulator", "A regulator asked for it"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cleared", "Cleared: it is what it says it is"),
                            ("illegitimate", "Illegitimate: counterfeit, diverted, stolen or tampered with"),
                        ],
                        max_length=12,
                    ),
                ),
                ("verdict_note", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="SuspectPartner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("supplier", "Supplied them"), ("customer", "Was sent some")], max_length=8
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[("letter", "Letter"), ("email", "Email"), ("phone", "Telephone"), ("visit", "Visit")],
                        max_length=6,
                    ),
                ),
                ("notified_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="SuspectStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked", "Verification asked for"),
                            ("answered", "Verification answered"),
                            ("examined", "Goods or papers examined"),
                            ("regulator", "Regulator notified"),
                        ],
                        max_length=10,
                    ),
                ),
                ("done_at", models.DateTimeField()),
                ("who", models.CharField(help_text="Who was asked, answered, looked or was told", max_length=120)),
                ("said", models.CharField(help_text="What was asked, answered or found", max_length=400)),
                (
                    "reference",
                    models.CharField(blank=True, help_text="Of the letter, message or report", max_length=80),
                ),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("done_at", "id"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="authenticitycheck",
            name="authenticity_verdict_known",
        ),
        migrations.AlterField(
            model_name="authenticitycheck",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("genuine", "Genuine"),
                    ("unknown", "Unknown"),
                    ("duplicate", "Duplicate"),
                    ("recalled", "Recalled"),
                    ("suspect", "Suspect"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="authenticitycheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["genuine", "unknown", "duplicate", "recalled", "suspect"])),
                name="authenticity_verdict_known",
            ),
        ),
        migrations.AddField(
            model_name="suspectcase",
            name="asked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="suspectcase",
            name="raised_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suspect_cases",
                to="traceability.authenticitycheck",
                verbose_name="raised by check",
            ),
        ),
        migrations.AddField(
            model_name="suspectcase",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="suspectcase",
            name="holds",
            field=models.ManyToManyField(related_name="suspect_cases", to="ledger.hold"),
        ),
        migrations.AddField(
            model_name="suspectcase",
            name="lot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="suspect_cases", to="ledger.lot"
            ),
        ),
        migrations.AddField(
            model_name="suspectcase",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="suspectcase",
            name="serials",
            field=models.ManyToManyField(
                help_text="None: the whole lot", related_name="suspect_cases", to="ledger.serialnumber"
            ),
        ),
        migrations.AddField(
            model_name="suspectpartner",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="partners", to="traceability.suspectcase"
            ),
        ),
        migrations.AddField(
            model_name="suspectpartner",
            name="notified_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="suspectpartner",
            name="party",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.party"),
        ),
        migrations.AddField(
            model_name="suspectstep",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="traceability.suspectcase"
            ),
        ),
        migrations.AddField(
            model_name="suspectstep",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="suspectcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "judged", "cleared", "illegitimate"])),
                name="suspect_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspectcase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "judged"])), fields=("lot",), name="suspect_lot_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspectcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"
                ),
                name="suspect_decided_by_another",
                violation_error_message="Another than who asked for the verdict approves it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspectpartner",
            constraint=models.UniqueConstraint(fields=("case", "party", "role"), name="suspect_partner_once"),
        ),
        migrations.AddConstraint(
            model_name="suspectpartner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method", ""), ("notified_at", None), ("notified_by", None)),
                    models.Q(
                        ("notified_at__isnull", False),
                        ("notified_by__isnull", False),
                        models.Q(("method", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="suspect_partner_told_somehow",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspectstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["asked", "answered", "examined", "regulator"])),
                name="suspect_step_kind_known",
            ),
        ),
        SUSPECT_NUMBERS.migration(),
        RunSQLFile(SQL / "suspects.sql"),
    ]
