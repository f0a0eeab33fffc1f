"""Goods come in with so much shelf life left, at least."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_return_reasons"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalitem",
            name="min_remaining_days",
            field=models.PositiveIntegerField(
                blank=True, help_text="Days of shelf life that must be left when it comes in", null=True
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="min_remaining_days",
            field=models.PositiveIntegerField(
                blank=True, help_text="Days of shelf life that must be left when it comes in", null=True
            ),
        ),
    ]
