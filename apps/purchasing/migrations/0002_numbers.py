"""The number series of this app's documents."""

from django.db import migrations

from apps.purchasing.models.order import PURCHASE_ORDER_NUMBERS
from apps.purchasing.models.receipt import RECEIPT_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("purchasing", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        PURCHASE_ORDER_NUMBERS.migration(),
        RECEIPT_NUMBERS.migration(),
    ]
