"""The number series of this app's documents."""

from django.db import migrations

from apps.orders.models.fulfilment import PICK_NUMBERS, WAVE_NUMBERS
from apps.orders.models.order import SALES_ORDER_NUMBERS
from apps.orders.models.rounds import ROUND_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        SALES_ORDER_NUMBERS.migration(),
        WAVE_NUMBERS.migration(),
        PICK_NUMBERS.migration(),
        ROUND_NUMBERS.migration(),
    ]
