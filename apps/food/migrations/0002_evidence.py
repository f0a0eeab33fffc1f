"""Numbers of plans, the list of foods as it was first published, and what is only added to."""

import json
from datetime import date
from pathlib import Path

from django.db import migrations

from apps.core.sql import RunSQLFile
from apps.food.models import PLAN_NUMBERS

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
SQL = Path(__file__).resolve().parent.parent / "sql"


def add(apps, schema_editor):
    """What is not there yet."""
    food = apps.get_model("food", "ListedFood")
    for row in json.loads((FIXTURES / "listed_foods.json").read_text("utf-8")):
        row["effective_on"] = date.fromisoformat(row["effective_on"])
        food.objects.get_or_create(code=row.pop("code"), effective_on=row.pop("effective_on"), defaults=row)


class Migration(migrations.Migration):
    dependencies = [("food", "0001_initial"), ("journal", "0002_append_only"), ("accounts", "0003_roles")]
    operations = [
        PLAN_NUMBERS.migration(),
        RunSQLFile(SQL / "append_only.sql"),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
