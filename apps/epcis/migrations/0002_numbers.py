"""The number series of captured documents."""

from django.db import migrations

from apps.epcis.models import CAPTURE_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("epcis", "0001_initial"), ("accounts", "0002_grants")]
    operations = [CAPTURE_NUMBERS.migration()]
