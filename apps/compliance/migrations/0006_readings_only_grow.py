"""Readings are added and nothing else."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import RunSQLFile

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("compliance", "0003_mil_std_105e"), ("journal", "0002_append_only")]
    operations = [RunSQLFile(SQL / "append_only.sql")]
