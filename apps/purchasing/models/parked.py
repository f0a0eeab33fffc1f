"""Goods that nobody at the dock could name."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.catalog.models import Item
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models import Location
from apps.purchasing.models.receipt import Receipt, ReceiptLine
from apps.purchasing.states import PARKED_FLOW, ParkedState

PARKED_NUMBERS = Series("UG")


class ParkedGoodsQuerySet(ScopedQuerySet["ParkedGoods"]):
    """Parked goods of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "receipt__warehouse"

    def open(self) -> ParkedGoodsQuerySet:
        """Nobody has named them yet."""
        return self.filter(state=ParkedState.PARKED)


class ParkedGoods(Document):
    """Goods under a code that stands for no item, set aside until somebody names them; no stock until then."""

    flow = PARKED_FLOW

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="parked", help_text="The truck that brought them")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+", help_text="Where they were set aside")
    state = models.CharField(max_length=10, choices=ParkedState.choices, default=ParkedState.PARKED)
    code = models.CharField(max_length=200, help_text="As it was scanned or read")
    description = models.CharField(max_length=200, blank=True)
    pieces = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="As counted: packages or units")
    parked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+", help_text="What they turned out to be")
    received_as = models.ForeignKey(ReceiptLine, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, help_text="Why they were given back")

    objects: ClassVar[ParkedGoodsQuerySet] = ParkedGoodsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "parked goods"
        verbose_name_plural = "parked goods"
        constraints = (
            values_check("state", ParkedState, "parked_goods_state_known"),
            models.CheckConstraint(name="parked_goods_some", condition=Q(pieces__gt=0)),
            models.CheckConstraint(
                name="parked_goods_decided_by_somebody",
                condition=Q(state=ParkedState.PARKED, decided_by=None, decided_at=None)
                | (~Q(state=ParkedState.PARKED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
        )
