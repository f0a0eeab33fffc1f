"""What will probably be asked for, by item and week, kept to be judged by."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0014_safety_sheets"),
        ("locations", "0006_label_gates"),
        ("planning", "0003_item_classes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemForecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_on", models.DateField(help_text="The first day of the first week that it tells")),
                ("made_at", models.DateTimeField()),
                ("method", models.CharField(help_text="What the backtest chose", max_length=30)),
                (
                    "expected",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=6, max_digits=18),
                        help_text="Base units by week, the first first",
                        size=None,
                    ),
                ),
                (
                    "low",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=6, max_digits=18),
                        help_text="Less is asked for in one week of twenty",
                        size=None,
                    ),
                ),
                (
                    "high",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=6, max_digits=18),
                        help_text="More is asked for in one week of twenty",
                        size=None,
                    ),
                ),
                (
                    "rmsse",
                    models.DecimalField(
                        decimal_places=4, help_text="Of the backtest; empty: n/a", max_digits=10, null=True
                    ),
                ),
                (
                    "bias",
                    models.DecimalField(
                        decimal_places=4, help_text="Of the backtest; empty: n/a", max_digits=10, null=True
                    ),
                ),
                ("weeks", models.PositiveSmallIntegerField(help_text="Weeks of demand that it was made from")),
                ("because", models.CharField(max_length=300)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="forecasts", to="catalog.item"
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="locations.warehouse"
                    ),
                ),
            ],
            options={
                "ordering": ("-made_on", "warehouse", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("warehouse", "item", "made_on"), name="item_forecast_once_a_week")
                ],
            },
        ),
    ]
