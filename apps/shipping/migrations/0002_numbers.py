"""The number series of this app's documents, of the company's SSCCs and of our own tracking numbers."""

from django.db import migrations

from apps.ledger.operations.units import SSCC_SERIALS
from apps.shipping.adapters import TRACKING_SERIALS
from apps.shipping.models import EXCEPTION_NUMBERS, LOAD_NUMBERS, SHIPMENT_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("shipping", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        SHIPMENT_NUMBERS.migration(),
        LOAD_NUMBERS.migration(),
        EXCEPTION_NUMBERS.migration(),
        SSCC_SERIALS.migration(),
        TRACKING_SERIALS.migration(),
    ]
