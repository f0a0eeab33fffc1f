"""Lanes where goods stand that an order waits for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("locations", "0005_numbers"),
        ("safety", "0002_segregation_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicallocation",
            name="is_cross_dock",
            field=models.BooleanField(
                default=False,
                help_text="For goods that an order waits for; no others are sent here",
                verbose_name="cross-dock lane",
            ),
        ),
        migrations.AddField(
            model_name="location",
            name="is_cross_dock",
            field=models.BooleanField(
                default=False,
                help_text="For goods that an order waits for; no others are sent here",
                verbose_name="cross-dock lane",
            ),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_cross_dock", False), ("kind", "storage"), _connector="OR"),
                name="location_lane_is_storage",
                violation_error_message="Only a storage place can be a cross-dock lane: orders are picked from it.",
            ),
        ),
    ]
