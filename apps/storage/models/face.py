"""Pick faces: items' own bins to pick from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Item
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet
from apps.locations.models import Location


class PickFaceQuerySet(ScopedQuerySet["PickFace"]):
    """Pick faces of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "location__warehouse"


class PickFace(models.Model):
    """An item's own bin to pick from, kept between a minimum and a maximum (base units)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="pick_faces")
    location = models.ForeignKey(Location, models.CASCADE, related_name="pick_faces")
    minimum = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    maximum = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)

    objects: ClassVar[PickFaceQuerySet] = PickFaceQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["item", "location"], name="pick_face_once"),
            models.CheckConstraint(
                name="pick_face_band",
                condition=Q(minimum__gte=0, maximum__gt=F("minimum")),
                violation_error_message="The maximum is above the minimum.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} at {self.location}"
