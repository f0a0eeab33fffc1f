"""Sealed blocks: what was posted, hashed in an order of its own, so that a later change shows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from apps.core.querysets import SharedQuerySet
from apps.ledger.fields import TransactionIdField
from apps.ledger.models.movement import StockTransaction


class BlockQuerySet(SharedQuerySet["Block"]):
    """Blocks of all warehouses."""

    def head(self) -> Block | None:
        """The newest, which stands for all before it; None before the first sealing."""
        return self.order_by("-number").first()

    def unsealed(self) -> models.QuerySet[StockTransaction]:
        """Transactions in no block yet; those up to the head's floor are not looked at again."""
        head = self.head()
        return StockTransaction.objects.filter(pk__gt=head.floor if head else 0, seal=None)


class Block(models.Model):
    """Transactions that were sealed together, and the hash that chains them to all before."""

    number = models.BigIntegerField(primary_key=True, help_text="From 1, without a gap")
    first = models.BigIntegerField(help_text="Position of its first transaction")
    count = models.IntegerField(help_text="How many transactions it seals")
    root = models.BinaryField(help_text="Of the Merkle tree over its transactions")
    previous = models.BinaryField(help_text="Hash of the block before; 32 zero bytes in the first")
    hash = models.BinaryField(help_text="Over all of the above and the time")
    sealed_at = models.DateTimeField()
    # How the next sealing finds its rows; no evidence, and under no hash.
    reached = models.BigIntegerField(help_text="All that was visible up to this transaction is sealed")
    floor = models.BigIntegerField(help_text="All up to this transaction is sealed or will never come")
    horizon = TransactionIdField(help_text="Younger than every transaction that ran at its sealing")

    objects: ClassVar[BlockQuerySet] = BlockQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def last(self) -> int:
        """Position of its last transaction: so many are sealed in it and all before."""
        return self.first + self.count - 1

    @property
    def hash_text(self) -> str:
        """As it is anchored and compared."""
        return bytes(self.hash).hex()


class SealedTransaction(models.Model):
    """A transaction's place in the one global order, and the hash of what it said when it was sealed."""

    position = models.BigIntegerField(primary_key=True, help_text="From 1, without a gap, over all blocks")
    # Without constraints: what vanished is for verify_ledger to tell, and each would be a lock a row.
    transaction = models.OneToOneField(StockTransaction, models.DO_NOTHING, related_name="seal", db_constraint=False)
    block = models.ForeignKey(
        Block, models.DO_NOTHING, related_name="transactions", db_index=False, db_constraint=False
    )
    leaf = models.BinaryField()

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.position}"
