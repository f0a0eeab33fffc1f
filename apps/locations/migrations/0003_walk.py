"""Where a place stands on the walk, and how it is built, as numbers that plans find it by."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import RunSQLFile

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("locations", "0001_initial")]
    operations = [RunSQLFile(SQL / "walk.sql")]
