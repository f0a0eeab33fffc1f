"""Units nest, close, are relabelled and retired; the labels that they bore."""

import django.db.models.deletion
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

from apps.core.sql import run_sql_file


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_return_reasons"),
        ("ledger", "0004_seal"),
        ("locations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitLabel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True)),
                ("replaced_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-replaced_at", "-id"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="handlingunit",
            name="handling_unit_kind_known",
        ),
        migrations.AddField(
            model_name="handlingunit",
            name="document",
            field=models.CharField(
                blank=True, help_text="The document that it serves and that changes it", max_length=40
            ),
        ),
        migrations.AddField(
            model_name="handlingunit",
            name="nested_at",
            field=models.DateTimeField(blank=True, help_text="When it last went into or out of another", null=True),
        ),
        migrations.AddField(
            model_name="handlingunit",
            name="retired_at",
            field=models.DateTimeField(blank=True, help_text="Out of use", null=True),
        ),
        migrations.AlterField(
            model_name="handlingunit",
            name="closed_at",
            field=models.DateTimeField(blank=True, help_text="Takes nothing until it is opened", null=True),
        ),
        migrations.AlterField(
            model_name="handlingunit",
            name="kind",
            field=models.CharField(
                choices=[("pallet", "Pallet"), ("carton", "Carton"), ("tote", "Tote"), ("container", "Container")],
                max_length=9,
            ),
        ),
        migrations.AddIndex(
            model_name="stockmove",
            index=models.Index(
                condition=models.Q(("source_unit__isnull", False)),
                fields=["source_unit"],
                name="stock_move_source_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="stockmove",
            index=models.Index(
                condition=models.Q(("target_unit__isnull", False)),
                fields=["target_unit"],
                name="stock_move_target_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="handlingunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["pallet", "carton", "tote", "container"])),
                name="handling_unit_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="handlingunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retired_at", None), models.Q(("location", None), ("parent", None)), _connector="OR"
                ),
                name="handling_unit_retired_is_nowhere",
            ),
        ),
        migrations.AddField(
            model_name="unitlabel",
            name="replaced_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="unitlabel",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="labels", to="ledger.handlingunit"
            ),
        ),
        run_sql_file(SQL / "nesting.sql"),
        run_sql_file(SQL / "nesting_grants.sql"),
    ]
