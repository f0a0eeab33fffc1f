"""The number series of bills, and what keeps an active one as it is."""

from pathlib import Path

from django.db import migrations

from apps.catalog.models import BILL_NUMBERS
from apps.core.sql import run_sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial"), ("accounts", "0002_grants")]
    operations = [BILL_NUMBERS.migration(), run_sql_file(SQL / "bills.sql")]
