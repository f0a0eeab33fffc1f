"""The number series of this app's documents, and the rules that come with the program.

A text that took effect later comes with a migration of its own.
"""

import json
from datetime import date
from pathlib import Path

from django.db import migrations

from apps.incidents.models import CASE_NUMBERS, INCIDENT_NUMBERS

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"


def add(apps, schema_editor):
    """What is not there yet."""
    rules = apps.get_model("incidents", "RecordRule")
    for row in json.loads((FIXTURES / "record_rules.json").read_text("utf-8")):
        row["effective_on"] = date.fromisoformat(row["effective_on"]) if row["effective_on"] else None
        rules.objects.get_or_create(code=row.pop("code"), effective_on=row.pop("effective_on"), defaults=row)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_initial"), ("accounts", "0002_grants")]
    operations = [
        INCIDENT_NUMBERS.migration(),
        CASE_NUMBERS.migration(),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
