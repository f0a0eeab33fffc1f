"""The number series of this app's documents."""

from django.db import migrations

from apps.tasks.models import CONFLICT_NUMBERS, TASK_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        TASK_NUMBERS.migration(),
        CONFLICT_NUMBERS.migration(),
    ]
