"""The number series of this app's documents."""

from django.db import migrations

from apps.counting.models import COUNT_NUMBERS, INVENTORY_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("counting", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        COUNT_NUMBERS.migration(),
        INVENTORY_NUMBERS.migration(),
    ]
