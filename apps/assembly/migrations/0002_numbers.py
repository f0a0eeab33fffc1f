"""The number series of this app's documents."""

from django.db import migrations

from apps.assembly.models import ASSEMBLY_ORDER_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("assembly", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        ASSEMBLY_ORDER_NUMBERS.migration(),
    ]
