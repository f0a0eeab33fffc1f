"""Goods go to another site in one call that posts in both; the functions know the place that stands for other sites."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import run_sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_whole_keys"), ("locations", "0008_other_sites")]
    operations = [run_sql_file(SQL / f"{name}.sql") for name in ("checks", "post", "units", "nesting", "dispatch")]
