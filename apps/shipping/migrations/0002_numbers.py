"""The number series of this app's documents."""

from django.db import migrations

from apps.shipping.models import SHIPMENT_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("shipping", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        SHIPMENT_NUMBERS.migration(),
    ]
