"""The moves of a place and the postings of a database transaction are found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_functions")]
    operations = [
        migrations.AddIndex(
            model_name="stockmove",
            index=models.Index(fields=["source", "item"], name="stock_move_source"),
        ),
        migrations.AddIndex(
            model_name="stockmove",
            index=models.Index(fields=["target", "item"], name="stock_move_target"),
        ),
        migrations.AddIndex(
            model_name="stocktransaction",
            index=models.Index(fields=["xid"], name="stock_transaction_xid"),
        ),
    ]
