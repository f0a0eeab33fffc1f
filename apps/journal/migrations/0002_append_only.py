"""The audit trail and approvals only grow."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import RunSQLFile

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial"), ("accounts", "0002_grants")]
    operations = [RunSQLFile(SQL / "append_only.sql")]
