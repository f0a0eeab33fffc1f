"""The serial references of the company's SSCCs."""

from django.db import migrations

from apps.ledger.operations.units import SSCC_SERIALS


class Migration(migrations.Migration):
    dependencies = [("shipping", "0002_numbers"), ("accounts", "0002_grants")]
    operations = [SSCC_SERIALS.migration()]
