"""How the picks of a wave are walked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models import Zone
from apps.orders.models.fulfilment import Wave
from apps.orders.states import WalkKind


class WaveWalkQuerySet(ScopedQuerySet["WaveWalk"]):
    """Walks of the waves a user may see."""

    warehouse_path: ClassVar[str] = "wave__warehouse"


class WaveWalk(models.Model):
    """The walk past a wave's picks in a zone, as it was found at the release."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="walks")
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=WalkKind.choices)
    stops = models.PositiveIntegerField(help_text="Bins that are passed")
    length_mm = models.PositiveBigIntegerField(null=True, help_text="From the depot and back; None: not measured")

    objects: ClassVar[WaveWalkQuerySet] = WaveWalkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("wave", "id")
        constraints = (
            values_check("kind", WalkKind, "wave_walk_kind_known"),
            models.UniqueConstraint(fields=["wave", "zone"], nulls_distinct=False, name="wave_walk_once_a_zone"),
        )

    def __str__(self) -> str:
        return f"{self.wave} in {self.zone}"
