"""The number series of this app's documents."""

from django.db import migrations

from apps.returns.models import (
    CUSTOMER_CLAIM_NUMBERS,
    CUSTOMER_RETURN_NUMBERS,
    DISPOSAL_NUMBERS,
    RETURN_TO_SUPPLIER_NUMBERS,
)


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        CUSTOMER_RETURN_NUMBERS.migration(),
        DISPOSAL_NUMBERS.migration(),
        RETURN_TO_SUPPLIER_NUMBERS.migration(),
        CUSTOMER_CLAIM_NUMBERS.migration(),
    ]
