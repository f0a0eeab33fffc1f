"""The number series of this app's documents."""

from django.db import migrations

from apps.returns.models import CUSTOMER_RETURN_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        CUSTOMER_RETURN_NUMBERS.migration(),
    ]
