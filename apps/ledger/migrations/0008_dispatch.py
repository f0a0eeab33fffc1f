"""Goods go to another site in one call that posts in both; the functions know the place that stands for other sites."""

from pathlib import Path

from django.db import migrations, models

from apps.core.sql import run_sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"
KINDS = [
    ("receive", "Receive"),
    ("putaway", "Put away"),
    ("move", "Move"),
    ("replenish", "Replenish"),
    ("pick", "Pick"),
    ("pack", "Pack"),
    ("load", "Load"),
    ("ship", "Ship"),
    ("return", "Return"),
    ("adjust", "Adjust"),
    ("scrap", "Scrap"),
    ("status", "Change of status"),
    ("consume", "Consume in production"),
    ("produce", "Produce"),
    ("dispatch", "Dispatch to another site"),
    ("transit", "On the road from another site"),
    ("arrive", "Arrive from another site"),
    ("reversal", "Reversal"),
]


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_whole_keys"), ("locations", "0008_other_sites")]
    operations = [
        migrations.RemoveConstraint(model_name="stocktransaction", name="stock_transaction_kind_known"),
        migrations.AlterField(
            model_name="stocktransaction", name="kind", field=models.CharField(choices=KINDS, max_length=10)
        ),
        migrations.AddConstraint(
            model_name="stocktransaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [value for value, _ in KINDS])), name="stock_transaction_kind_known"
            ),
        ),
        *(run_sql_file(SQL / f"{name}.sql") for name in ("checks", "post", "units", "nesting", "dispatch")),
    ]
