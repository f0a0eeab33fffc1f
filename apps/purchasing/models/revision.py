"""What was approved of an order before it was changed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from apps.core.querysets import ScopedQuerySet
from apps.purchasing.models.order import PurchaseOrder


class PurchaseOrderRevisionQuerySet(ScopedQuerySet["PurchaseOrderRevision"]):
    """Revisions of the orders a user may see."""

    warehouse_path: ClassVar[str] = "order__warehouse"


class PurchaseOrderRevision(models.Model):
    """An order as it was approved, kept when it is changed; number 0 is the first."""

    order = models.ForeignKey(PurchaseOrder, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()
    reason = models.CharField(max_length=200, help_text="Why it was changed")
    due_on = models.DateField()
    terms = models.CharField(max_length=200, blank=True)
    total = models.DecimalField(max_digits=24, decimal_places=2, help_text="In the order's currency")
    lines = models.JSONField(help_text="Each with line, item, quantity and price")

    objects: ClassVar[PurchaseOrderRevisionQuerySet] = PurchaseOrderRevisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("order", "-number")
        constraints = (models.UniqueConstraint(fields=["order", "number"], name="purchase_order_revision_once"),)

    def __str__(self) -> str:
        return f"{self.order} revision {self.number}"
