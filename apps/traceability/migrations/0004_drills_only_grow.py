"""What a drill found is never changed."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import run_sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("traceability", "0002_numbers"), ("journal", "0002_append_only"), ("accounts", "0002_grants")]
    operations = [run_sql_file(SQL / "drills.sql")]
