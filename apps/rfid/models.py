"""Readers, assets that bear tags, and what was read."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from apps.accounts.models import Device
from apps.catalog.models import Item
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.models import HandlingUnit, SerialNumber
from apps.locations.models import Location, Warehouse, Zone
from apps.rfid.states import TagKind
from apps.tasks.models import WarehouseTask

LONGEST_EPC = 200
MOST_SECONDS = 3600
"""A window of more than an hour would hide that a unit left and came back."""


class ReaderQuerySet(ScopedQuerySet["Reader"]):
    """Readers of the warehouses a user works in."""


class Reader(models.Model):
    """An RFID reader: a gate, a forklift's aerial, a ceiling; it watches one place or one zone."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="readers")
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="+", help_text="What it watches; empty: its place's"
    )
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="+", help_text="The place that it stands at"
    )
    device = models.ForeignKey(
        Device,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What tells its reads; empty: any device or person of the warehouse",
    )
    window_seconds = models.PositiveSmallIntegerField(
        "one event within (s)",
        default=60,
        validators=[MaxValueValidator(MOST_SECONDS)],
        help_text="Reads of one tag that are no further apart are one event",
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[ReaderQuerySet] = ReaderQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "code")
        constraints = (
            models.CheckConstraint(
                name="reader_watches_something",
                condition=Q(zone__isnull=False) | Q(location__isnull=False),
                violation_error_message="Say which zone or place it watches.",
            ),
            models.CheckConstraint(name="reader_window_short", condition=Q(window_seconds__lte=MOST_SECONDS)),
        )

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Zone and place are of its warehouse."""
        for name, watched in (("zone", self.zone), ("location", self.location)):
            if watched is not None and watched.warehouse_id != self.warehouse_id:
                raise ValidationError({name: "This is in another warehouse."})

    @property
    def watched_zone(self) -> Zone | None:
        """Its own zone, else its place's."""
        return self.zone or (self.location.zone if self.location is not None else None)

    def has_in_sight(self, place: Location) -> bool:
        """Whether what stands there is where this reader reads: in its zone, or at its place where that is in none."""
        zone = self.watched_zone
        return place.zone_id == zone.pk if zone is not None else place.pk == self.location_id


class AssetQuerySet(ScopedQuerySet["Asset"]):
    """Assets of the warehouses a user works in."""


class Asset(models.Model):
    """A returnable or other asset with a tag of its own: a cage, a reusable pallet, a trolley."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    number = models.CharField("GRAI or GIAI", max_length=40, unique=True)
    name = models.CharField(max_length=80)
    unit = models.OneToOneField(
        HandlingUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="asset",
        help_text="The handling unit that it is, where goods stand on it",
    )

    objects: ClassVar[AssetQuerySet] = AssetQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return self.number


class ReadEventQuerySet(ScopedQuerySet["ReadEvent"]):
    """Read events of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "reader__warehouse"


class ReadEvent(models.Model):
    """A reader saw a tag from one moment to another; tags that stand for nothing known are kept too."""

    reader = models.ForeignKey(Reader, models.PROTECT, related_name="events")
    epc = models.CharField("EPC", max_length=LONGEST_EPC, help_text="Pure identity URI where it is one, else as read")
    first_at = models.DateTimeField(help_text="By the reader's clock")
    last_at = models.DateTimeField()
    reads = models.PositiveIntegerField(default=1)
    told_at = models.DateTimeField(help_text="When we first heard of it")
    kind = models.CharField(max_length=13, choices=TagKind.choices, default=TagKind.UNKNOWN)
    unit = models.ForeignKey(HandlingUnit, models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    asset = models.ForeignKey(Asset, models.PROTECT, null=True, related_name="+")
    task = models.ForeignKey(
        WarehouseTask,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="To look for the unit, asked because of it",
    )

    objects: ClassVar[ReadEventQuerySet] = ReadEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-last_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["reader", "epc", "first_at"], name="read_event_once"),
            values_check("kind", TagKind, "read_event_kind_known"),
            models.CheckConstraint(name="read_event_in_order", condition=Q(first_at__lte=F("last_at"), reads__gte=1)),
        )
        indexes = (models.Index(fields=["-last_at", "-id"], name="read_event_latest"),)

    def __str__(self) -> str:
        return f"{self.epc} at {self.reader}"
