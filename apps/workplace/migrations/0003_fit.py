"""Who may work with what, and what is out of service, as the queue asks it."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import RunSQLFile

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("workplace", "0002_numbers"), ("locations", "0001_initial")]
    operations = [RunSQLFile(SQL / "fit.sql")]
