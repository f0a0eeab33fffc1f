"""The number series of excursion cases."""

from django.db import migrations

from apps.compliance.models import EXCURSION_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("compliance", "0004_climate"), ("accounts", "0002_grants")]
    operations = [EXCURSION_NUMBERS.migration()]
