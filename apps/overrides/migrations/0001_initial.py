"""Overrides of hazard rules and limits, with each time that one was used."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from apps.core.sql import RunSQLFile
from apps.overrides.models import OVERRIDE_NUMBERS


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0014_safety_sheets"),
        ("locations", "0006_label_gates"),
        ("safety", "0004_flammable_limits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HazardOverride",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(editable=False, max_length=40, unique=True)),
                ("created_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("ended", "Ended"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[
                            ("stored", "Goods that are stored apart"),
                            ("carried", "Goods that are not carried together"),
                            ("flammable", "A limit of flammable liquids"),
                        ],
                        max_length=9,
                        verbose_name="lets it go past",
                    ),
                ),
                (
                    "most",
                    models.DecimalField(
                        decimal_places=6,
                        help_text="Base units that may be brought under it in all",
                        max_digits=18,
                        null=True,
                    ),
                ),
                ("since", models.DateField(help_text="The first day, by the calendar of the site")),
                ("until", models.DateField(help_text="The last day")),
                ("reason", models.CharField(max_length=200)),
                (
                    "safeguards",
                    models.CharField(help_text="What is done instead, so that nobody is in danger", max_length=400),
                ),
                (
                    "authority",
                    models.CharField(
                        blank=True,
                        help_text="Special permit, letter of the fire official: what allows it",
                        max_length=120,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("remark", models.CharField(blank=True, help_text="Of whoever decided or ended it", max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        help_text="The goods that are brought",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.item",
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
                    "other_class",
                    models.ForeignKey(
                        help_text="The hazard that it may come near to",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="safety.hazardclass",
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="locations.zone"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="OverrideUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("used_at", models.DateTimeField()),
                ("document", models.CharField(help_text="The task, order or load", max_length=40)),
                ("where", models.CharField(help_text="The place, container or load that they came to", max_length=40)),
                (
                    "quantity",
                    models.DecimalField(
                        decimal_places=6, help_text="Base units; none of what is carried", max_digits=18, null=True
                    ),
                ),
                ("rule", models.CharField(help_text="What would have refused it", max_length=400)),
                (
                    "override",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="overrides.hazardoverride"
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("-used_at", "-id"),
            },
        ),
        migrations.AddIndex(
            model_name="hazardoverride",
            index=models.Index(
                condition=models.Q(("state", "approved")), fields=["warehouse", "item"], name="override_item"
            ),
        ),
        migrations.AddConstraint(
            model_name="hazardoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "approved", "refused", "ended"])),
                name="override_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="hazardoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(("of__in", ["stored", "carried", "flammable"])), name="override_of_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="hazardoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "ended"]), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False), models.Q(("decided_by", models.F("asked_by")), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="override_decided_by_another",
                violation_error_message="Another than who asked for an override approves it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="hazardoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__lte", models.F("until"))), name="override_days_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="hazardoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("of", "flammable"), ("other_class", None)),
                    models.Q(("of__in", ["stored", "carried"]), ("other_class__isnull", False)),
                    _connector="OR",
                ),
                name="override_names_a_hazard",
            ),
        ),
        migrations.AddConstraint(
            model_name="hazardoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("location", None), ("of", "carried"), ("zone", None)),
                    models.Q(("location__isnull", False), ("of__in", ["stored", "flammable"]), ("zone", None)),
                    models.Q(("location", None), ("of__in", ["stored", "flammable"]), ("zone__isnull", False)),
                    _connector="OR",
                ),
                name="override_names_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="hazardoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("most", None), ("of", "carried")),
                    models.Q(("most", None), ("of", "stored")),
                    models.Q(models.Q(("of", "carried"), _negated=True), ("most__gt", 0)),
                    _connector="OR",
                ),
                name="override_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="hazardoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("of", "carried"), _negated=True),
                    models.Q(("authority", ""), _negated=True),
                    _connector="OR",
                ),
                name="override_of_the_law_names_who_allows",
            ),
        ),
        RunSQLFile(SQL / "uses.sql"),
        OVERRIDE_NUMBERS.migration(),
    ]
