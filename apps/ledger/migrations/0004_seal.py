"""Sealed blocks, and the function that alone writes them."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import apps.ledger.fields
from apps.core.sql import run_sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_find_moves_by_place")]
    operations = [
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "number",
                    models.BigIntegerField(help_text="From 1, without a gap", primary_key=True, serialize=False),
                ),
                ("first", models.BigIntegerField(help_text="Position of its first transaction")),
                ("count", models.IntegerField(help_text="How many transactions it seals")),
                ("root", models.BinaryField(help_text="Of the Merkle tree over its transactions")),
                ("previous", models.BinaryField(help_text="Hash of the block before; 32 zero bytes in the first")),
                ("hash", models.BinaryField(help_text="Over all of the above and the time")),
                ("sealed_at", models.DateTimeField()),
                (
                    "reached",
                    models.BigIntegerField(help_text="All that was visible up to this transaction is sealed"),
                ),
                (
                    "floor",
                    models.BigIntegerField(help_text="All up to this transaction is sealed or will never come"),
                ),
                (
                    "horizon",
                    apps.ledger.fields.TransactionIdField(
                        help_text="Younger than every transaction that ran at its sealing"
                    ),
                ),
            ],
            options={"ordering": ("-number",)},
        ),
        migrations.CreateModel(
            name="SealedTransaction",
            fields=[
                (
                    "position",
                    models.BigIntegerField(
                        help_text="From 1, without a gap, over all blocks", primary_key=True, serialize=False
                    ),
                ),
                ("leaf", models.BinaryField()),
                (
                    "block",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="transactions",
                        to="ledger.block",
                    ),
                ),
                (
                    "transaction",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="seal",
                        to="ledger.stocktransaction",
                    ),
                ),
            ],
            options={"ordering": ("position",)},
        ),
        run_sql_file(SQL / "seal.sql"),
    ]
