"""Pick faces that are nobody's for good: given to items while somebody waits for them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Item
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models import Zone
from apps.storage.choices import Measure


class FacePoolQuerySet(ScopedQuerySet["FacePool"]):
    """Pools of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "zone__warehouse"

    def in_use(self) -> FacePoolQuerySet:
        """Those that give faces out."""
        return self.filter(is_active=True)


class FacePool(models.Model):
    """The pick-face places of a zone that no item owns are given to items which are owed and have none."""

    zone = models.OneToOneField(Zone, models.PROTECT, related_name="face_pool")
    minimum = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="Of each face that is given out")
    maximum = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    measure = models.CharField(
        max_length=7, choices=Measure.choices, default=Measure.UNITS, help_text="What both are counted in"
    )
    idle_days = models.PositiveSmallIntegerField(
        default=7, help_text="A face that is empty and not needed for so long is taken back"
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[FacePoolQuerySet] = FacePoolQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("zone__warehouse", "zone__pick_sequence", "zone__code")
        constraints = (
            values_check("measure", Measure, "face_pool_measure_known"),
            models.CheckConstraint(
                name="face_pool_band",
                condition=Q(minimum__gt=0, maximum__gt=F("minimum")),
                violation_error_message="The minimum is above nought, and the maximum above the minimum.",
            ),
        )

    def __str__(self) -> str:
        return f"pool {self.zone}"

    def band_for(self, item: Item, pallet: Decimal | None) -> tuple[Decimal, Decimal] | None:
        """The minimum and the maximum of an item's face in base units, at its decimals.

        None when they are counted in pallets and nobody knows what the item's `pallet` holds, or are too small for it.
        """
        each = pallet if self.measure == Measure.PALLETS else Decimal(1)
        if each is None:
            return None
        step = Decimal(1).scaleb(-item.scale)
        low, high = ((bound * each).quantize(step, ROUND_HALF_UP) for bound in (self.minimum, self.maximum))
        return (low, high) if 0 < low < high else None
