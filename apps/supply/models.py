"""What will come and what is promised, registered by the documents above."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from apps.catalog.models import Item
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet
from apps.locations.models import Warehouse


class ExpectedReceiptQuerySet(ScopedQuerySet["ExpectedReceipt"]):
    """Goods on their way."""

    def open(self) -> ExpectedReceiptQuerySet:
        """Not yet wholly received and not closed."""
        return self.filter(closed_at=None, received__lt=F("quantity"))


class ExpectedReceipt(models.Model):
    """A quantity of an item will come to a warehouse by a date, under a document's line."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    document = models.CharField(max_length=40)
    line = models.PositiveIntegerField()
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    received = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0)
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[ExpectedReceiptQuerySet] = ExpectedReceiptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(fields=["document", "line"], name="expected_receipt_once_a_line"),
            models.CheckConstraint(name="expected_receipt_quantities", condition=Q(quantity__gt=0, received__gte=0)),
        )
        indexes = (models.Index(fields=["warehouse", "item"], name="expected_open", condition=Q(closed_at=None)),)

    def __str__(self) -> str:
        return f"{self.document}/{self.line}"


class PromiseQuerySet(ScopedQuerySet["Promise"]):
    """Quantities promised to customers."""

    def open(self) -> PromiseQuerySet:
        """Promised and neither allocated nor given up."""
        return self.filter(closed_at=None, quantity__gt=F("allocated"))


class Promise(models.Model):
    """A quantity is promised to a document's line, first come first served: by `promised_at`, then id.

    Soft: it names no bin. What is allocated to the line leaves the promise.
    """

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    document = models.CharField(max_length=40)
    line = models.PositiveIntegerField()
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    allocated = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0)
    due_on = models.DateField()
    promised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[PromiseQuerySet] = PromiseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("promised_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["document", "line"], name="promise_once_a_line"),
            models.CheckConstraint(
                name="promise_quantities",
                condition=Q(quantity__gt=0, allocated__gte=0, allocated__lte=F("quantity")),
            ),
        )
        indexes = (models.Index(fields=["warehouse", "item"], name="promise_open", condition=Q(closed_at=None)),)

    def __str__(self) -> str:
        return f"{self.document}/{self.line}"
