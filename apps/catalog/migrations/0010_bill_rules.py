"""The number series of bills, and what keeps an active one as it is."""

from pathlib import Path

from django.db import migrations

from apps.catalog.models import BILL_NUMBERS
from apps.core.sql import RunSQLFile

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial"), ("accounts", "0002_grants")]
    operations = [BILL_NUMBERS.migration(), RunSQLFile(SQL / "bills.sql")]
