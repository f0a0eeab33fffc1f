"""A posting to a place that is new to its goods looks its balances up once."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import RunSQLFile

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_functions")]
    operations = [RunSQLFile(SQL / "post.sql")]
