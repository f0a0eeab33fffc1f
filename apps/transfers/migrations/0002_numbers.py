"""The number series of transfers."""

from django.db import migrations

from apps.transfers.models import TRANSFER_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("transfers", "0001_initial"), ("accounts", "0002_grants")]
    operations = [TRANSFER_NUMBERS.migration()]
