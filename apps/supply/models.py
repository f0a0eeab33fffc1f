"""What will come and what is promised, registered by the documents above."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Least

from apps.catalog.models import Item
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet
from apps.ledger.fields import TransactionIdField
from apps.ledger.models import StockBalance
from apps.locations.models import Warehouse

_AMOUNT: models.DecimalField[Decimal, Decimal] = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)


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


def _sum_of(rows: models.QuerySet[Any], quantity: Any) -> Coalesce:
    """The sum over the rows that belong to the outer one, nought when there are none."""
    sums = rows.order_by().values("item").annotate(total=Sum(quantity)).values("total")
    return Coalesce(Subquery(sums), Decimal(0), output_field=_AMOUNT)


class PromiseQuerySet(ScopedQuerySet["Promise"]):
    """Quantities promised to customers."""

    def open(self) -> PromiseQuerySet:
        """Promised and neither allocated nor given up."""
        return self.filter(closed_at=None, quantity__gt=F("allocated"))

    def back_ordered(self, at: datetime) -> PromiseQuerySet:
        """Those that the site's available stock does not cover, first come first served, with what each is `missing`.

        The missing quantities add up to what the stock position calls back-ordered.
        """
        same = Promise.objects.open().filter(item=OuterRef("item"), warehouse=OuterRef("warehouse"))
        sooner = Q(promised_at__lt=OuterRef("promised_at")) | Q(
            promised_at=OuterRef("promised_at"), pk__lte=OuterRef("pk")
        )
        free = StockBalance.objects.available(at).filter(item=OuterRef("item"), warehouse=OuterRef("warehouse"))
        rows = self.open().annotate(
            uncovered=_sum_of(same.filter(sooner), F("quantity") - F("allocated"))
            - _sum_of(free, F("on_hand") - F("reserved"))
        )
        # What is uncovered before this promise is missing from the ones before it.
        return rows.filter(uncovered__gt=0).annotate(missing=Least(F("quantity") - F("allocated"), F("uncovered")))


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
    xid = TransactionIdField(
        db_default=models.Func(function="pg_current_xact_id"), help_text="Who promised last: readers of what changed"
    )

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
        indexes = (
            models.Index(fields=["warehouse", "item"], name="promise_open", condition=Q(closed_at=None)),
            models.Index(fields=["xid"], name="promise_xid"),
        )

    def __str__(self) -> str:
        return f"{self.document}/{self.line}"
