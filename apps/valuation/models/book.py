"""The cost book: derived from the sealed ledger and from what was said about costs, and written anew when asked."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from apps.catalog.models import Item
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import LockingQuerySet, ScopedQuerySet, SharedQuerySet, Viewer, values_check
from apps.ledger.models import Lot, SerialNumber, StockMove
from apps.locations.models import Warehouse
from apps.valuation.models.said import CENTS, CostEvent
from apps.valuation.states import COST_OF_GOODS, CostMethod, EntryKind

# No foreign key of a derived table is enforced: what it names is never deleted, it is written by the hundred thousand,
# and it can be written anew. Where a column leads is asked of the indexes below.


class Cursor(models.Model):
    """How far the book has read the sealed ledger. Who writes in the book, or says something about costs, locks it."""

    position = models.BigIntegerField(default=0)

    objects = LockingQuerySet.as_manager()

    class Meta:
        constraints = (models.CheckConstraint(name="cursor_is_one", condition=Q(id=1)),)

    def __str__(self) -> str:
        return f"{self.position}"


class ItemCost(models.Model):
    """Of an item, how it is valued, and how much of it there is worth how much."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="cost")
    method = models.CharField(max_length=8, choices=CostMethod.choices)
    standard = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    last_cost = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    value = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("item",)
        verbose_name = "cost of an item"
        verbose_name_plural = "costs of items"
        constraints = (values_check("method", CostMethod, "item_cost_method_known"),)

    def __str__(self) -> str:
        return f"{self.item}"


class CostLayer(models.Model):
    """Goods that came at one cost and of which something is left. Used up, a layer is gone: entries say what was."""

    item = models.ForeignKey(Item, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    position = models.BigIntegerField(help_text="In the sealed ledger: its age")
    move = models.ForeignKey(
        StockMove,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        null=True,
        help_text="Nothing: pooled goods",
    )
    lot = models.ForeignKey(Lot, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+", null=True)
    serial = models.ForeignKey(
        SerialNumber, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+", null=True
    )
    received = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    base = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="When it was last valued anew")
    worth = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS, help_text="Of the base")
    rest = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    value = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS, help_text="Of the rest")

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("item", "position", "move")
        constraints = (
            models.CheckConstraint(
                name="cost_layer_something_left", condition=Q(rest__gt=0, rest__lte=models.F("base"))
            ),
            models.CheckConstraint(name="cost_layer_value_not_negative", condition=Q(value__gte=0)),
        )
        indexes = (models.Index(fields=["item", "position"], name="cost_layer_item"),)

    def __str__(self) -> str:
        return f"{self.item_id}: {self.rest}"


class CostEntryQuerySet(ScopedQuerySet["CostEntry"]):
    """Entries of the warehouses a user works in, and those that are of none: an item is revalued everywhere."""

    def for_user(self, user: Viewer) -> Self:
        """The rows this user may see."""
        return self.filter(Q(warehouse=None) | Q(warehouse__in=Warehouse.objects.for_user(user)))

    def cost_of_goods(self) -> CostEntryQuerySet:
        """What was sold, less what came back."""
        return self.filter(kind__in=COST_OF_GOODS)


class CostEntry(models.Model):
    """By how much a move, or something that was said, changed the quantity and value of stock.

    `variance` is what did not come to stock: its other side in the journal is `value + variance`.
    """

    item = models.ForeignKey(Item, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    warehouse = models.ForeignKey(
        Warehouse, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+", null=True
    )
    position = models.BigIntegerField(help_text="In the sealed ledger")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    value = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS)
    variance = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS)
    move = models.ForeignKey(
        StockMove, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+", null=True
    )
    event = models.ForeignKey(
        CostEvent, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+", null=True
    )
    lot = models.ForeignKey(Lot, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+", null=True)
    serial = models.ForeignKey(
        SerialNumber, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+", null=True
    )
    document = models.CharField(max_length=40, blank=True)
    estimated = models.BooleanField(help_text="It came without a cost of its own")
    corrects = models.CharField(max_length=12, blank=True)

    objects: ClassVar[CostEntryQuerySet] = CostEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "cost entries"
        indexes = (
            models.Index(fields=["item", "at"], include=["warehouse", "quantity", "value"], name="cost_entry_item"),
            models.Index(fields=["move"], name="cost_entry_move", condition=Q(move__isnull=False)),
            models.Index(fields=["document"], name="cost_entry_document"),
            models.Index(fields=["item", "id"], name="cost_entry_sold", condition=Q(kind=EntryKind.SOLD)),
            models.Index(fields=["item"], name="cost_entry_estimated", condition=Q(estimated=True)),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.quantity}"


class WorkInProgress(models.Model):
    """What a document consumed and has not made anything of yet."""

    document = models.CharField(max_length=40, primary_key=True)
    value = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("document",)
        verbose_name_plural = "work in progress"

    def __str__(self) -> str:
        return self.document
