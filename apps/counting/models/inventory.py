"""Full inventories: all of a zone is counted, with or without a stop of its traffic."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import ScopedQuerySet, values_check
from apps.counting.states import INVENTORY_FLOW, InventoryState
from apps.locations.models import Warehouse, Zone

INVENTORY_NUMBERS = Series("PI")


class InventoryQuerySet(ScopedQuerySet["Inventory"]):
    """Inventories of the warehouses a user works in."""


class Inventory(Document):
    """Every place of a zone is counted once; while it is frozen, nothing moves in or out of them."""

    flow = INVENTORY_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=InventoryState.choices, default=InventoryState.COUNTING)
    freezes = models.BooleanField(default=False, help_text="Nothing moves in the zone until it is closed")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[InventoryQuerySet] = InventoryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "inventory"
        verbose_name_plural = "inventories"
        constraints = (
            values_check("state", InventoryState, "inventory_state_known"),
            models.UniqueConstraint(
                fields=["zone"], condition=Q(state=InventoryState.COUNTING), name="inventory_one_a_zone"
            ),
        )
