"""The number series of this app's documents and of lots that come without a number."""

from django.db import migrations

from apps.purchasing.models.notice import NOTICE_NUMBERS
from apps.purchasing.models.order import PURCHASE_ORDER_NUMBERS
from apps.purchasing.models.parked import PARKED_NUMBERS
from apps.purchasing.models.receipt import LOT_NUMBERS, RECEIPT_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("purchasing", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        PURCHASE_ORDER_NUMBERS.migration(),
        NOTICE_NUMBERS.migration(),
        RECEIPT_NUMBERS.migration(),
        PARKED_NUMBERS.migration(),
        LOT_NUMBERS.migration(),
    ]
