"""The number series of this app's documents."""

from django.db import migrations

from apps.compliance.models import EXCURSION_NUMBERS, INSPECTION_NUMBERS, SUPPLIER_RETURN_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        INSPECTION_NUMBERS.migration(),
        SUPPLIER_RETURN_NUMBERS.migration(),
        EXCURSION_NUMBERS.migration(),
    ]
