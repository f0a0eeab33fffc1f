"""The number series of this app's documents."""

from django.db import migrations

from apps.planning.models import PROPOSAL_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        PROPOSAL_NUMBERS.migration(),
    ]
