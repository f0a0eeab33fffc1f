"""One call of the ledger reserves for many documents: a wave is allocated in one."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import run_sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0008_dispatch")]
    operations = [run_sql_file(SQL / f"{name}.sql") for name in ("reserve_documents", "reserve", "reserve_grants")]
