"""The work of putting away and of filling up pick faces, with its reasons."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet
from apps.ledger.models import StockTransaction
from apps.ledger.states import StockStatus
from apps.locations.models import Location
from apps.tasks.models import WarehouseTask


class PutawayQuerySet(ScopedQuerySet["Putaway"]):
    """Putaways of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "task__warehouse"

    def homeless(self) -> PutawayQuerySet:
        """Open ones for which no bin was found: they name none, or go to staging to wait there."""
        return self.filter(Q(task__target=None) | Q(parks=True), task__in=WarehouseTask.objects.open())


class Putaway(models.Model):
    """Received goods go to a proposed bin, for stated reasons, or to another for a reason the worker gives."""

    task = models.OneToOneField(WarehouseTask, models.PROTECT, related_name="putaway")
    status = models.CharField(max_length=10, choices=StockStatus.choices, help_text="Of the goods to put away")
    proposed = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    reasons = models.JSONField(default=list, help_text="Why this bin: each a rule, its points and a sentence")
    override_code = models.CharField(max_length=20, blank=True, help_text="The reason's code, when it has one")
    override_reason = models.CharField(max_length=200, blank=True)
    passed_over = models.JSONField(
        default=list, blank=True, help_text="Bins that a worker could not use: each its place and the reason's code"
    )
    parks = models.BooleanField(default=False, help_text="No bin has room: it goes to staging and waits there")
    transaction = models.OneToOneField(StockTransaction, models.PROTECT, null=True, related_name="putaway")

    objects: ClassVar[PutawayQuerySet] = PutawayQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"putaway {self.task}"

    @property
    def unusable(self) -> set[int]:
        """The places that a worker could not use: they are not proposed for it again."""
        return {each["location"] for each in self.passed_over}

    @property
    def undone(self) -> bool:
        """Whether the goods were taken back to where they came from."""
        return self.transaction is not None and hasattr(self.transaction, "reversed_by")


class ReplenishmentQuerySet(ScopedQuerySet["Replenishment"]):
    """Replenishments of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "task__warehouse"


class Replenishment(models.Model):
    """A pick face is filled up from the reserve: what its task asks for, why, and how much was brought."""

    task = models.OneToOneField(WarehouseTask, models.PROTECT, related_name="replenishment")
    reasons = models.JSONField(default=list, help_text="Why so much, and why from there: sentences")
    brought = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0, help_text="Base units")
    short_reason = models.CharField(max_length=80, blank=True, help_text="Why less was brought than asked")
    transaction = models.OneToOneField(StockTransaction, models.PROTECT, null=True, related_name="replenishment")

    objects: ClassVar[ReplenishmentQuerySet] = ReplenishmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="replenishment_brought_has_posting",
                condition=Q(brought=0, transaction=None) | Q(brought__gt=0, transaction__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"replenishment {self.task}"
