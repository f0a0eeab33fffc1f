"""The zones and places of a control area are of its site, whichever way they come in."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import RunSQLFile

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("storage", "0002_control_areas"), ("locations", "0006_label_gates")]
    operations = [RunSQLFile(SQL / "own_site.sql")]
