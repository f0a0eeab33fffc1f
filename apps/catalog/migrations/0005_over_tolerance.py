"""How much more than ordered may come of an item."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_min_remaining_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalitem",
            name="over_tolerance_percent",
            field=models.DecimalField(
                decimal_places=2,
                default=0,
                help_text="More than ordered that may come in, unless its supplier's terms say otherwise",
                max_digits=5,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)],
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="over_tolerance_percent",
            field=models.DecimalField(
                decimal_places=2,
                default=0,
                help_text="More than ordered that may come in, unless its supplier's terms say otherwise",
                max_digits=5,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)],
            ),
        ),
    ]
