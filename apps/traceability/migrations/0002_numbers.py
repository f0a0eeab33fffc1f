"""The number series of this app's documents."""

from django.db import migrations

from apps.traceability.models import DRILL_NUMBERS, RECALL_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("traceability", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        RECALL_NUMBERS.migration(),
        DRILL_NUMBERS.migration(),
    ]
