"""Who may work with what, and what is out of service, as the queue asks it."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import run_sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("workplace", "0002_numbers"), ("locations", "0001_initial")]
    operations = [run_sql_file(SQL / "fit.sql")]
