"""What partners told is never changed."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import RunSQLFile

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("epcis", "0002_numbers"), ("journal", "0002_append_only"), ("accounts", "0002_grants")]
    operations = [RunSQLFile(SQL / "captures.sql")]
