"""The audit trail and approvals only grow."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import run_sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial"), ("accounts", "0002_grants")]
    operations = [run_sql_file(SQL / "append_only.sql")]
