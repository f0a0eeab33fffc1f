"""Picked goods that nobody wants any more go back from the tote to a bin."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet
from apps.ledger.models import StockTransaction
from apps.orders.models.fulfilment import Pick
from apps.tasks.models import WarehouseTask


class PutBackQuerySet(ScopedQuerySet["PutBack"]):
    """What is to be put back at the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "pick__wave__warehouse"

    def open(self) -> PutBackQuerySet:
        """Those with goods in a tote still."""
        return self.filter(returned__lt=F("quantity"))


class PutBack(models.Model):
    """So much of what a pick took is to go back to a bin: the order shrank, or was cancelled."""

    pick = models.ForeignKey(Pick, models.PROTECT, related_name="put_backs")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    returned = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    reason = models.CharField(max_length=200)
    task = models.OneToOneField(
        WarehouseTask,
        models.PROTECT,
        null=True,
        related_name="put_back",
        help_text="What asks for what is left to be brought",
    )
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[PutBackQuerySet] = PutBackQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        verbose_name = "put-back"
        constraints = (
            models.CheckConstraint(
                name="put_back_quantities",
                condition=Q(quantity__gt=0, returned__gte=0, returned__lte=F("quantity")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} of {self.pick}"

    @property
    def left(self) -> Decimal:
        """What stands in the tote still."""
        return self.quantity - self.returned


class PickReturn(models.Model):
    """So much of a pick came back from its tote to a bin, by one posting: put back, or unpicked."""

    pick = models.ForeignKey(Pick, models.PROTECT, related_name="returns")
    put_back = models.ForeignKey(
        PutBack,
        models.PROTECT,
        null=True,
        related_name="returns",
        help_text="None: nobody asked for it, it was unpicked",
    )
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    transaction = models.ForeignKey(StockTransaction, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(name="pick_return_quantity_positive", condition=Q(quantity__gt=0)),)

    def __str__(self) -> str:
        return f"{self.quantity} of {self.pick}"
