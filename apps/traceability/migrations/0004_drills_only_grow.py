"""The number series of drills; what a drill found is never changed."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import run_sql_file
from apps.traceability.models import DRILL_NUMBERS

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("traceability", "0003_recall_room"), ("journal", "0002_append_only"), ("accounts", "0002_grants")]
    operations = [
        DRILL_NUMBERS.migration(),
        run_sql_file(SQL / "drills.sql"),
    ]
