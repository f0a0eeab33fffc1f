"""The number series of loads, of parcels to look into, and of our own tracking numbers."""

from django.db import migrations

from apps.shipping.adapters import TRACKING_SERIALS
from apps.shipping.models import EXCEPTION_NUMBERS, LOAD_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("shipping", "0005_carriers_and_loads"), ("accounts", "0002_grants")]
    operations = [
        LOAD_NUMBERS.migration(),
        EXCEPTION_NUMBERS.migration(),
        TRACKING_SERIALS.migration(),
    ]
