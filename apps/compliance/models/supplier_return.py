"""Rejected goods that left for their supplier."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Sum

from apps.compliance.models.inspection import Inspection
from apps.core.numbering import Series
from apps.core.querysets import ScopedQuerySet
from apps.ledger.models import StockTransaction

SUPPLIER_RETURN_NUMBERS = Series("SR")


class SupplierReturnQuerySet(ScopedQuerySet["SupplierReturn"]):
    """Supplier returns of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "inspection__warehouse"

    def with_quantity(self) -> SupplierReturnQuerySet:
        """Annotates `quantity`: how much left, as posted; base units."""
        return self.annotate(quantity=Sum("transaction__moves__quantity"))


class SupplierReturn(models.Model):
    """A truck took rejected goods back to their supplier, in one posting, which says what and how much."""

    number = models.CharField(max_length=40, unique=True, editable=False)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="returns")
    reference = models.CharField(max_length=80, blank=True, help_text="The supplier's number for the return")
    carrier = models.CharField(max_length=80, blank=True)
    returned_at = models.DateTimeField()
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    transaction = models.OneToOneField(StockTransaction, models.PROTECT, related_name="supplier_return")

    objects: ClassVar[SupplierReturnQuerySet] = SupplierReturnQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "supplier return"

    def __str__(self) -> str:
        return self.number
