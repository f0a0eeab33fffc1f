"""The number series of this app's documents."""

from django.db import migrations

from apps.locations.models.appointment import APPOINTMENT_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("locations", "0003_walk"), ("accounts", "0002_grants")]
    operations = [
        APPOINTMENT_NUMBERS.migration(),
    ]
