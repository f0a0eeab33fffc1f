"""What happened to stock: transactions and their moves, never changed afterwards."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.accounts.models import Device
from apps.catalog.models import Item, Party
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.fields import TransactionIdField
from apps.ledger.models.goods import HandlingUnit, Lot, SerialNumber
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.models import Location, Warehouse

UNDONE_ALONE = frozenset(
    {
        TransactionKind.MOVE,
        TransactionKind.REPLENISH,
        TransactionKind.ADJUST,
        TransactionKind.SCRAP,
        TransactionKind.STATUS,
        TransactionKind.OPENING,
    }
)
"""Postings that no document counts; undoing a receipt, putaway, pick or shipment is its own operation's business."""
DECIDED_BY_DOCUMENT = frozenset(
    {TransactionKind.MOVE, TransactionKind.ADJUST, TransactionKind.SCRAP, TransactionKind.STATUS}
)
"""Of these, what bears a document's number is a decision that the document keeps, such as a return's inspection."""

WHAT = ("warehouse", "lot", "serial", "owner", "quantity")
"""Of a move, what the indexes carry along so that a history is summed without its rows."""


class StockTransactionQuerySet(ScopedQuerySet["StockTransaction"]):
    """Transactions of the warehouses a user works in."""


class StockTransaction(models.Model):
    """The header of one posting: who did what, under which document and command."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=TransactionKind.choices)
    document = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    occurred_at = models.DateTimeField(help_text="The device's clock: information, never an order")
    recorded_at = models.DateTimeField(help_text="The database's clock, read under the locks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=60)
    key = models.CharField(max_length=80, null=True)  # noqa: DJ001 - unique with actor, so absent is NULL
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    xid = TransactionIdField(help_text="Which checks of what changed go by")

    objects: ClassVar[StockTransactionQuerySet] = StockTransactionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["actor", "key"], condition=Q(key__isnull=False), name="stock_transaction_once_per_key"
            ),
            values_check("kind", TransactionKind, "stock_transaction_kind_known"),
        )
        indexes = (
            models.Index(fields=["document"]),
            models.Index(fields=["warehouse", "recorded_at"], name="stock_transaction_when"),
            models.Index(fields=["xid"], name="stock_transaction_xid"),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"

    @property
    def is_undone_alone(self) -> bool:
        """Whether no document counts on the posting.

        What bears a document's number may be its decision: an approved count is counted again, an emptied carton
        packed.
        """
        return self.kind in UNDONE_ALONE and not (self.document and self.kind in DECIDED_BY_DOCUMENT)


class StockMoveQuerySet(ScopedQuerySet["StockMove"]):
    """Moves of the warehouses a user works in."""


class StockMove(models.Model):
    """A quantity of one item went from a place to a place (or stayed and changed status)."""

    transaction = models.ForeignKey(StockTransaction, models.PROTECT, related_name="moves", db_index=False)
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="moves", db_index=False)
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, related_name="moves", db_index=False)
    owner = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+", db_index=False)
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="Base units")
    source = models.ForeignKey(Location, models.PROTECT, related_name="+", db_index=False)
    source_unit = models.ForeignKey(HandlingUnit, models.PROTECT, null=True, related_name="+", db_index=False)
    source_status = models.CharField(max_length=10, choices=StockStatus.choices)
    target = models.ForeignKey(Location, models.PROTECT, related_name="+", db_index=False)
    target_unit = models.ForeignKey(HandlingUnit, models.PROTECT, null=True, related_name="+", db_index=False)
    target_status = models.CharField(max_length=10, choices=StockStatus.choices)
    unit_cost = models.DecimalField(max_digits=18, decimal_places=6, null=True, help_text="Company currency")
    recorded_at = models.DateTimeField()

    objects: ClassVar[StockMoveQuerySet] = StockMoveQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="stock_move_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="stock_move_serial_is_one", condition=Q(serial=None) | Q(quantity=1)),
            values_check("source_status", StockStatus, "stock_move_source_status_known"),
            values_check("target_status", StockStatus, "stock_move_target_status_known"),
        )
        # What each index serves is measured in LEDGER's terms: replay of an item, trace of a lot, a document's moves.
        indexes = (
            models.Index(
                fields=["item", "recorded_at"],
                include=[
                    *WHAT,
                    *(f"{side}{part}" for side in ("source", "target") for part in ("", "_unit", "_status")),
                ],
                name="stock_move_item_replay",
            ),
            models.Index(fields=["lot", "target"], name="stock_move_lot_trace", condition=Q(lot__isnull=False)),
            models.Index(fields=["serial"], name="stock_move_serial", condition=Q(serial__isnull=False)),
            models.Index(fields=["transaction"], include=["lot"], name="stock_move_transaction"),
            # Of a place: as of a moment, why a balance is what it is, and its sum proven again.
            *(
                models.Index(
                    fields=[side, "item"],
                    include=["id", *WHAT, f"{side}_unit", f"{side}_status", "recorded_at"],
                    name=f"stock_move_{side}",
                )
                for side in ("source", "target")
            ),
            models.Index(fields=["source_unit"], name="stock_move_source_unit", condition=Q(source_unit__isnull=False)),
            models.Index(fields=["target_unit"], name="stock_move_target_unit", condition=Q(target_unit__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.quantity} {self.item_id}: {self.source_id} to {self.target_id}"
