"""The ledger's functions, triggers and rights, and the number series of its units."""

from pathlib import Path

from django.db import migrations

from apps.core.sql import RunSQLFile
from apps.ledger.operations.units import UNIT_NUMBERS

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_initial"),
        ("journal", "0002_append_only"),
        ("accounts", "0002_grants"),
    ]
    operations = [
        UNIT_NUMBERS.migration(),
        RunSQLFile(SQL / "append_only.sql"),
        *(
            RunSQLFile(SQL / f"{name}.sql")
            for name in ("checks", "carry", "post", "reserve", "hold", "units", "nesting", "reverse", "dispatch")
        ),
        RunSQLFile(SQL / "grants.sql"),
        RunSQLFile(SQL / "seal.sql"),
    ]
