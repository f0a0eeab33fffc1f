"""A posting is refused at a place that is frozen while its zone is counted."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import run_sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0009_reserve_documents"), ("locations", "0012_frozen_places")]
    operations = [run_sql_file(SQL / "post.sql")]
