"""Zones, aisles and the locations in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from apps.core.prepared import Prepared
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.choices import (
    DOORS,
    PICKABLE,
    VIRTUAL,
    AisleDirection,
    Direction,
    DoorUse,
    LocationKind,
    Velocity,
)
from apps.locations.models.site import Warehouse
from apps.safety.models import StorageCondition

ZONE_STRIDE = 10**10
"""A bin's pick sequence is a 32-bit number and so below this: bins of one zone stand together on the walk."""


class ZoneQuerySet(ScopedQuerySet["Zone"]):
    """Zones of the warehouses a user works in."""


class Zone(models.Model):
    """A part of a warehouse with one storage condition, walked in one go."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="zones")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    storage_condition = models.ForeignKey(StorageCondition, models.PROTECT, null=True, blank=True, related_name="+")
    pick_sequence = models.PositiveIntegerField(default=0, help_text="Order in which zones are walked")
    velocity = models.CharField(
        max_length=1, choices=Velocity.choices, blank=True, help_text="How fast the items move that it is meant for"
    )
    front_mm = models.IntegerField(
        "front cross aisle", null=True, blank=True, help_text="Where it runs across the aisles; empty: before the bays"
    )
    middle_mm = models.IntegerField(
        "middle cross aisle", null=True, blank=True, help_text="Where one runs between; empty: there is none"
    )
    back_mm = models.IntegerField(
        "back cross aisle", null=True, blank=True, help_text="Where it runs across the aisles; empty: behind the bays"
    )
    depot = models.ForeignKey(
        "Location",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Where walks begin and end; empty: the warehouse's packing bench",
    )

    objects: ClassVar[ZoneQuerySet] = ZoneQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "pick_sequence", "code")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "code"], name="zone_code_once_a_warehouse"),
            models.CheckConstraint(name="zone_velocity_known", condition=models.Q(velocity__in=["", *Velocity.values])),
            models.CheckConstraint(
                name="zone_cross_aisles_in_order",
                condition=models.Q(front_mm=None) | models.Q(back_mm=None) | models.Q(front_mm__lt=models.F("back_mm")),
                violation_error_message="The front cross aisle runs before the back one.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.warehouse}/{self.code}"


class AisleQuerySet(ScopedQuerySet["Aisle"]):
    """Aisles of the warehouses a user works in."""


class Aisle(models.Model):
    """A walkway between racks: which way traffic goes and how wide it is."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="aisles")
    code = models.CharField(max_length=20)
    direction = models.CharField(max_length=4, choices=AisleDirection.choices, default=AisleDirection.BOTH)
    width_mm = models.PositiveIntegerField(null=True, blank=True)

    objects: ClassVar[AisleQuerySet] = AisleQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "code")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "code"], name="aisle_code_once_a_warehouse"),
            values_check("direction", AisleDirection, "aisle_direction_known"),
        )

    def __str__(self) -> str:
        return f"{self.warehouse}/{self.code}"


class LocationQuerySet(ScopedQuerySet["Location"]):
    """Locations by what they are for."""

    def physical(self) -> LocationQuerySet:
        """Where goods can stand."""
        return self.exclude(kind__in=VIRTUAL)

    def pickable(self) -> LocationQuerySet:
        """Where stock counts as available."""
        return self.filter(kind__in=PICKABLE, is_active=True)

    def doors(self) -> LocationQuerySet:
        """Where trucks stand, those in use."""
        return self.filter(kind__in=DOORS, is_active=True)

    def virtual(self, warehouse: Warehouse, kind: LocationKind) -> Location:
        """The warehouse's one virtual location of that kind. Raises `Location.DoesNotExist`."""
        for place in _VIRTUAL.rows(warehouse.pk, str(kind)):
            return place
        raise Location.DoesNotExist


_VIRTUAL: Prepared[Location] = Prepared(
    lambda warehouse, kind: Location.objects.filter(warehouse=warehouse, kind=kind).order_by(), int, str
)


class Location(models.Model):
    """A place with a code that can be scanned: a bin, a dock door, a bench, a tote; or a virtual one."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="locations")
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, blank=True, related_name="locations")
    aisle = models.ForeignKey(Aisle, models.PROTECT, null=True, blank=True, related_name="locations")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=LocationKind.choices)
    bay = models.PositiveSmallIntegerField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 is the floor")
    x_mm = models.IntegerField(null=True, blank=True)
    y_mm = models.IntegerField(null=True, blank=True)
    z_mm = models.IntegerField(null=True, blank=True)
    pick_sequence = models.PositiveIntegerField(default=0, help_text="Order in which pickers pass it")
    max_weight_g = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    max_volume_mm3 = models.BigIntegerField(null=True, blank=True)
    max_units = models.DecimalField(
        max_digits=18, decimal_places=6, null=True, blank=True, help_text="Base units it can hold"
    )
    mixes_items = models.BooleanField(default=True, help_text="May hold more than one item")
    mixes_lots = models.BooleanField(default=True, help_text="May hold more than one lot of an item")
    storage_condition = models.ForeignKey(
        StorageCondition, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: its zone's"
    )
    door_use = models.CharField(
        max_length=10, choices=DoorUse.choices, default=DoorUse.BOTH, help_text="Of a dock or staging: for which trucks"
    )
    is_cross_dock = models.BooleanField(
        "cross-dock lane",
        default=False,
        help_text="For goods that an order waits for; no others are sent here",
    )
    is_active = models.BooleanField(default=True)
    frozen_for = models.CharField(
        max_length=40, blank=True, editable=False, help_text="Number of the inventory for which nothing moves here"
    )

    objects: ClassVar[LocationQuerySet] = LocationQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "pick_sequence", "code")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "code"], name="location_code_once_a_warehouse"),
            models.UniqueConstraint(
                fields=["warehouse", "kind"],
                condition=models.Q(kind__in=VIRTUAL),
                name="location_one_virtual_of_a_kind",
            ),
            values_check("kind", LocationKind, "location_kind_known"),
            models.CheckConstraint(
                name="location_lane_is_storage",
                condition=models.Q(is_cross_dock=False) | models.Q(kind=LocationKind.STORAGE),
                violation_error_message="Only a storage place can be a cross-dock lane: orders are picked from it.",
            ),
            values_check("door_use", DoorUse, "location_door_use_known"),
        )
        indexes = (models.Index(fields=["code"]),)

    def __str__(self) -> str:
        return self.code

    @property
    def is_virtual(self) -> bool:
        """Whether goods here are outside the warehouse or gone."""
        return self.kind in VIRTUAL

    def takes(self, direction: str) -> bool:
        """Whether trucks that come for this stand here."""
        return self.kind in DOORS and self.is_active and self.door_use in {DoorUse.BOTH, Direction(direction).value}

    @property
    def is_pickable(self) -> bool:
        """Whether available stock may be promised from here."""
        return self.kind in PICKABLE and self.is_active

    @property
    def walking_place(self) -> int:
        """Where it stands on the walk through the warehouse: zone by zone, within one as pickers pass the bins."""
        zone = self.zone.pick_sequence if self.zone is not None else 0
        return zone * ZONE_STRIDE + self.pick_sequence

    @property
    def condition(self) -> StorageCondition | None:
        """The storage condition kept here: its own, else its zone's."""
        if self.storage_condition_id is not None:
            return self.storage_condition
        return self.zone.storage_condition if self.zone is not None else None
