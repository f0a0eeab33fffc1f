"""A balance is found by the whole of its key; the history of an item, and of one at a place, is in an index."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import BigIntegerField, F, Value
from django.db.models.functions import Coalesce


def _or_zero(field: str) -> Coalesce:
    return Coalesce(F(field), Value(0), output_field=BigIntegerField())


WHAT = ["warehouse", "lot", "serial", "owner", "quantity"]
ENDS = ["source", "source_unit", "source_status", "target", "target_unit", "target_status"]
INDEXES = [
    ("stock_move_item_replay", ["item", "recorded_at"], [*WHAT, *ENDS]),
    *(
        (f"stock_move_{side}", [side, "item"], ["id", *WHAT, f"{side}_unit", f"{side}_status", "recorded_at"])
        for side in ("source", "target")
    ),
]


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_find_balances_by_serial")]
    operations = [
        migrations.RemoveConstraint(model_name="stockbalance", name="stock_balance_key"),
        migrations.RemoveIndex(model_name="stockbalance", name="stock_balance_serial"),
        migrations.AlterField(
            model_name="stockbalance",
            name="location",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="balances",
                to="locations.location",
            ),
        ),
        migrations.AddIndex(
            model_name="stockbalance",
            index=models.Index(
                condition=models.Q(("on_hand__gt", 0)), fields=["location"], name="stock_balance_location"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockbalance",
            constraint=models.UniqueConstraint(
                F("warehouse"),
                F("item"),
                F("location"),
                _or_zero("lot"),
                F("status"),
                _or_zero("serial"),
                _or_zero("owner"),
                _or_zero("unit"),
                name="stock_balance_key",
            ),
        ),
        *(
            step
            for name, fields, included in INDEXES
            for step in (
                migrations.RemoveIndex(model_name="stockmove", name=name),
                migrations.AddIndex(
                    model_name="stockmove", index=models.Index(fields=fields, include=included, name=name)
                ),
            )
        ),
    ]
