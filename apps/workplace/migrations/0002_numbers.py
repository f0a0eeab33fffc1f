"""The number series of this app's documents."""

from django.db import migrations

from apps.workplace.models import ACTION_NUMBERS, CERTIFICATE_NUMBERS, CHECK_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("workplace", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        CERTIFICATE_NUMBERS.migration(),
        CHECK_NUMBERS.migration(),
        ACTION_NUMBERS.migration(),
    ]
