# The list of foods, decisions about items, codes of lots, plans.

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0014_safety_sheets"),
        ("ledger", "0003_post_looks_up_once"),
        ("locations", "0006_label_gates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalListedFood",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.SlugField(help_text="Ours, short: the list has none", max_length=40)),
                ("name", models.CharField(max_length=120)),
                (
                    "note",
                    models.CharField(blank=True, help_text="What counts as it, and what does not", max_length=300),
                ),
                ("source", models.CharField(max_length=200)),
                ("effective_on", models.DateField()),
                (
                    "until_on",
                    models.DateField(blank=True, help_text="Its last day on the list; empty: it is on it", null=True),
                ),
                (
                    "is_verified",
                    models.BooleanField(
                        default=False, help_text="Compared with the list by who may do so", verbose_name="verified"
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
                "verbose_name": "historical food of the traceability list",
                "verbose_name_plural": "historical foods of the traceability list",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ListedFood",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(help_text="Ours, short: the list has none", max_length=40)),
                ("name", models.CharField(max_length=120)),
                (
                    "note",
                    models.CharField(blank=True, help_text="What counts as it, and what does not", max_length=300),
                ),
                ("source", models.CharField(max_length=200)),
                ("effective_on", models.DateField()),
                (
                    "until_on",
                    models.DateField(blank=True, help_text="Its last day on the list; empty: it is on it", null=True),
                ),
                (
                    "is_verified",
                    models.BooleanField(
                        default=False, help_text="Compared with the list by who may do so", verbose_name="verified"
                    ),
                ),
            ],
            options={
                "verbose_name": "food of the traceability list",
                "verbose_name_plural": "foods of the traceability list",
                "ordering": ("code", "-effective_on"),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "effective_on"), name="listed_food_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on", None), ("until_on__gte", models.F("effective_on")), _connector="OR"
                        ),
                        name="listed_food_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FoodDetermination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("effective_on", models.DateField()),
                ("basis", models.CharField(help_text="Why, as what the label or the supplier says", max_length=200)),
                ("created_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="food_determinations",
                        to="catalog.item",
                    ),
                ),
                (
                    "food",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: none of them",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="determinations",
                        to="food.listedfood",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="TraceabilityPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(editable=False, max_length=40, unique=True)),
                ("effective_on", models.DateField()),
                (
                    "records",
                    models.TextField(
                        help_text="Their form, and where they are", max_length=4000, verbose_name="how records are kept"
                    ),
                ),
                ("identification", models.TextField(max_length=4000, verbose_name="how listed foods are identified")),
                ("assignment", models.TextField(max_length=4000, verbose_name="how lot codes are assigned")),
                ("contact", models.CharField(help_text="Who is asked about the plan and the records", max_length=80)),
                ("phone", models.CharField(max_length=40)),
                ("created_at", models.DateTimeField()),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("-effective_on", "-id"),
            },
        ),
        migrations.CreateModel(
            name="TraceabilityLotCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                (
                    "reference",
                    models.CharField(
                        blank=True,
                        help_text="What leads to who assigned it: a GLN, a registration, an address",
                        max_length=200,
                    ),
                ),
                (
                    "is_exempt_source",
                    models.BooleanField(
                        default=False,
                        help_text="Who need not assign a code; then the first receiver does",
                        verbose_name="from an exempt supplier",
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, help_text="Why it replaces what was written before", max_length=200),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="traceability_codes", to="ledger.lot"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who assigned it, where we know them",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.party",
                    ),
                ),
                (
                    "stated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        help_text="Our site that assigned it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.warehouse",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["code"], name="traceability_lot_code")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("party__isnull", False), ("reference", ""), ("site", None)),
                            models.Q(("party", None), ("reference", ""), ("site__isnull", False)),
                            models.Q(("party", None), ("site", None), models.Q(("reference", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="traceability_code_has_one_source",
                        violation_error_message="Name one source: a party, a site of ours, or a reference.",
                    )
                ],
            },
        ),
    ]
