"""What a worker may do and use, by certificates and by what is in service, as the queue asks it."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import RunSQLFile

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_numbers"), ("workplace", "0003_fit")]
    operations = [RunSQLFile(SQL / "able.sql")]
