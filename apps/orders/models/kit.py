"""Phantom kits that customers ordered: what leaves is their parts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from apps.catalog.models import BillOfMaterials, Item
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet

if TYPE_CHECKING:
    from apps.orders.models.order import SalesOrder


class OrderedKitQuerySet(ScopedQuerySet["OrderedKit"]):
    """Kits of the orders a user may see."""

    warehouse_path: ClassVar[str] = "order__warehouse"

    def of(self, order: SalesOrder) -> OrderedKitQuerySet:
        """What an order asked for as kits; a part of an order has those of which it serves something."""
        return self.filter(Q(order=order) | Q(parts__order=order)).distinct()


class OrderedKit(models.Model):
    """So many of a kit, as the customer asked for them; the order's lines with its parts keep it as their parent.

    The version that they were opened by stays named, so that a later one changes no order. An order that is split
    between sites stays the one that asked: lines of its parts name the same kit, which may be spread unevenly.
    """

    order = models.ForeignKey("orders.SalesOrder", models.CASCADE, related_name="kits")
    line = models.PositiveIntegerField(help_text="Its place in what the customer asked for")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    bill = models.ForeignKey(BillOfMaterials, models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    price = models.DecimalField(
        max_digits=18,
        decimal_places=6,
        default=Decimal(0),
        validators=[MinValueValidator(0)],
        help_text="Of one kit; its lines share it by what their items cost",
    )

    objects: ClassVar[OrderedKitQuerySet] = OrderedKitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("order", "line")
        constraints = (
            models.UniqueConstraint(fields=["order", "line"], name="ordered_kit_once"),
            models.CheckConstraint(name="ordered_kit_quantity_positive", condition=Q(quantity__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.order}: {self.quantity} {self.item}"
