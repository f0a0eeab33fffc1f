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

    def dynamic(self) -> PickFaceQuerySet:
        """Those that were given to their item while somebody waits for it."""
        return self.filter(is_dynamic=True)


class PickFace(models.Model):
    """An item's own bin to pick from, kept between a minimum and a maximum (base units)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="pick_faces")
    location = models.ForeignKey(Location, models.CASCADE, related_name="pick_faces")
    minimum = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    maximum = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    is_dynamic = models.BooleanField(
        "dynamic", default=False, help_text="Given out of a pool, and taken back; without the mark it stays the item's"
    )
    assigned_at = models.DateTimeField(null=True, editable=False, help_text="When it was given out of its pool")
    idle_since = models.DateTimeField(null=True, editable=False, help_text="Empty, and not needed, from then on")

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
            models.CheckConstraint(
                name="pick_face_dynamic_was_assigned",
                condition=Q(is_dynamic=False) | Q(assigned_at__isnull=False),
                violation_error_message="Only a face that was given out of a pool is dynamic.",
            ),
            models.UniqueConstraint(fields=["location"], condition=Q(is_dynamic=True), name="pick_face_given_out_once"),
        )

    def __str__(self) -> str:
        return f"{self.item} at {self.location}"
