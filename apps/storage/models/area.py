"""Control areas: where flammable liquids are counted together, and how much of them a site's own code allows there."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models import Location, Warehouse, Zone
from apps.safety.choices import AreaKind
from apps.safety.models import LiquidLimit


class ControlAreaQuerySet(ScopedQuerySet["ControlArea"]):
    """Areas of the warehouses a user works in."""


class ControlArea(models.Model):
    """A part of a site in which flammable liquids are counted together: a fire area's open floor, a room, a cabinet.

    It holds zones and single places. A place belongs to the area that names it, else to its zone's: so to one at most,
    and the bins of a cabinet do not count on the floor around it. A fire area has one open floor.
    """

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="control_areas")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=AreaKind.choices)
    fire_area = models.CharField(max_length=40, blank=True, help_text="Of the building's plan, as the fire code has it")

    objects: ClassVar[ControlAreaQuerySet] = ControlAreaQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse__code", "code")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "code"], name="control_area_code_once"),
            models.UniqueConstraint(
                fields=["warehouse", "fire_area"],
                name="control_area_one_open_floor",
                condition=models.Q(kind=AreaKind.OPEN) & ~models.Q(fire_area=""),
                violation_error_message="The open floor of a fire area is counted as one.",
            ),
            values_check("kind", AreaKind, "control_area_kind_known"),
        )

    def __str__(self) -> str:
        return self.code


class WatchedArea(ControlArea):
    """A control area by what is in it."""

    class Meta:
        proxy = True
        verbose_name = "control area's fill"
        verbose_name_plural = "flammable liquids by area"


class _Part(models.Model):
    """What belongs to an area."""

    class Meta:
        abstract = True

    def _same_site(self, area: ControlArea, warehouse_id: int) -> None:
        if area.warehouse_id != warehouse_id:
            raise ValidationError("An area holds places of its own site.")


class AreaZoneQuerySet(ScopedQuerySet["AreaZone"]):
    """Zones of areas of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "area__warehouse"


class AreaZone(_Part):
    """All places of a zone are counted in an area, but those that another area names."""

    area = models.ForeignKey(ControlArea, models.CASCADE, related_name="zones")
    zone = models.OneToOneField(Zone, models.CASCADE, related_name="control_area")

    objects: ClassVar[AreaZoneQuerySet] = AreaZoneQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"zone {self.zone.code}"

    def clean(self) -> None:
        """Of the area's site. Raises `ValidationError`."""
        if self.area_id and self.zone_id:
            self._same_site(self.area, self.zone.warehouse_id)


class AreaPlaceQuerySet(ScopedQuerySet["AreaPlace"]):
    """Places of areas of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "area__warehouse"


class AreaPlace(_Part):
    """A place that is counted in an area, whatever its zone is."""

    area = models.ForeignKey(ControlArea, models.CASCADE, related_name="places")
    location = models.OneToOneField(Location, models.CASCADE, related_name="control_area")

    objects: ClassVar[AreaPlaceQuerySet] = AreaPlaceQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.location.code

    def clean(self) -> None:
        """Of the area's site. Raises `ValidationError`."""
        if self.area_id and self.location_id:
            self._same_site(self.area, self.location.warehouse_id)


class AreaLimitQuerySet(ScopedQuerySet["AreaLimit"]):
    """Limits of areas of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "area__warehouse"


class AreaLimit(LiquidLimit):
    """What the local code (NFPA 30 in the edition adopted there, say) or the site allows in an area.

    It binds beside the law's for areas of the kind, and lifts none of those; of the same categories the text that took
    effect last counts.
    """

    area = models.ForeignKey(ControlArea, models.CASCADE, related_name="limits")

    objects: ClassVar[AreaLimitQuerySet] = AreaLimitQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta(LiquidLimit.Meta):
        ordering = ("area", "categories", "-effective_on")
        constraints = (
            *LiquidLimit.Meta.constraints,
            models.UniqueConstraint(fields=["area", "categories", "effective_on"], name="area_limit_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.area.code}, {self.quota.label}"
