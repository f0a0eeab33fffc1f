"""A book that has read nothing yet, first in first out for all, and a chart of accounts to change."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from apps.valuation.models.landed import LANDED_COST_NUMBERS

ACCOUNTS = {
    "inventory": ("1400", "Inventory"),
    "work_in_progress": ("1450", "Work in progress"),
    "not_invoiced": ("2150", "Goods received, not invoiced"),
    "landed_clearing": ("2160", "Landed cost clearing"),
    "cost_of_goods": ("5000", "Cost of goods sold"),
    "cost_variance": ("5050", "Variance of cost of goods"),
    "price_variance": ("5100", "Price variance"),
    "adjustment": ("5200", "Inventory adjustment"),
    "scrap": ("5250", "Scrap"),
    "revaluation": ("5300", "Revaluation of inventory"),
    "work_variance": ("5150", "Variance of work"),
}


def begin(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del schema_editor
    apps.get_model("valuation", "Cursor").objects.create(pk=1, position=0)
    apps.get_model("valuation", "CostRule").objects.create()
    account = apps.get_model("valuation", "Account")
    account.objects.bulk_create(account(use=use, number=number, name=name) for use, (number, name) in ACCOUNTS.items())


class Migration(migrations.Migration):
    dependencies = [("valuation", "0001_initial")]

    operations = [LANDED_COST_NUMBERS.migration(), migrations.RunPython(begin, migrations.RunPython.noop)]
