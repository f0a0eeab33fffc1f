"""Cameras with the zones they see, doors with what happened at them, and the shifts of a site."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models import Location, Warehouse, Zone
from apps.losses.states import DoorEventKind
from apps.workplace.models import SiteAsset

MOST_MINUTES = 240
WEEKDAYS = (
    (0, "Monday"),
    (1, "Tuesday"),
    (2, "Wednesday"),
    (3, "Thursday"),
    (4, "Friday"),
    (5, "Saturday"),
    (6, "Sunday"),
)


class CameraQuerySet(ScopedQuerySet["Camera"]):
    """Cameras of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "asset__warehouse"


class Camera(models.Model):
    """A camera, which is inspected as a thing of its site, with the zones that it sees."""

    asset = models.OneToOneField(SiteAsset, models.PROTECT, related_name="camera", help_text="The thing to inspect")
    channel = models.CharField(max_length=80, help_text="Where its pictures are found: recorder and channel")
    zones = models.ManyToManyField(Zone, related_name="cameras", help_text="What it sees")
    keeps_days = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(1)], help_text="For so long its pictures are kept"
    )
    margin_minutes = models.PositiveSmallIntegerField(
        default=5,
        validators=[MaxValueValidator(MOST_MINUTES)],
        help_text="Looked at before and after: its clock may differ",
    )

    objects: ClassVar[CameraQuerySet] = CameraQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("asset",)
        constraints = (
            models.CheckConstraint(name="camera_keeps_some_days", condition=Q(keeps_days__gte=1)),
            models.CheckConstraint(name="camera_margin_short", condition=Q(margin_minutes__lte=MOST_MINUTES)),
        )

    def __str__(self) -> str:
        return f"{self.asset} ({self.channel})"


class DoorQuerySet(ScopedQuerySet["Door"]):
    """Doors of the warehouses a user works in."""


class Door(models.Model):
    """A door that tells when it is opened: of a dock, of a cage, of the building."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="+", help_text="Into which it leads"
    )
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="+", help_text="The dock, where it is one's"
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[DoorQuerySet] = DoorQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "code")

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Zone and dock are of its warehouse."""
        for name, there in (("zone", self.zone), ("location", self.location)):
            if there is not None and there.warehouse_id != self.warehouse_id:
                raise ValidationError({name: "This is in another warehouse."})


class DoorEventQuerySet(ScopedQuerySet["DoorEvent"]):
    """Events of the doors a user may see."""

    warehouse_path: ClassVar[str] = "door__warehouse"


class DoorEvent(models.Model):
    """What happened at a door, as its controller told it. Never changed."""

    door = models.ForeignKey(Door, models.PROTECT, related_name="events")
    event_id = models.CharField(max_length=80, help_text="The controller's own; told twice it is one event")
    kind = models.CharField(max_length=6, choices=DoorEventKind.choices)
    happened_at = models.DateTimeField(help_text="By the controller's clock")
    badge = models.CharField(max_length=80, blank=True, help_text="As the controller told it; empty: nobody's")
    told_at = models.DateTimeField()

    objects: ClassVar[DoorEventQuerySet] = DoorEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-happened_at", "-id")
        constraints = (
            values_check("kind", DoorEventKind, "door_event_kind_known"),
            models.UniqueConstraint(fields=["door", "event_id"], name="door_event_once"),
        )
        indexes = (models.Index(fields=["door", "happened_at"], name="door_event_when"),)

    def __str__(self) -> str:
        return f"{self.door} {self.kind}"


class WorkShiftQuerySet(ScopedQuerySet["WorkShift"]):
    """Shifts of the warehouses a user works in."""


class WorkShift(models.Model):
    """A shift of a site by its own clock; one that ends no later than it begins ends the next day."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    begins = models.TimeField()
    ends = models.TimeField()
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=WEEKDAYS),
        help_text="On which it begins: 0 is Monday, with a comma between, as 0,1,2,3,4",
    )

    objects: ClassVar[WorkShiftQuerySet] = WorkShiftQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "begins", "name")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "name"], name="work_shift_once"),
            models.CheckConstraint(
                name="work_shift_weekdays_known",
                condition=Q(weekdays__len__gte=1, weekdays__contained_by=[number for number, _ in WEEKDAYS]),
                violation_error_message="Weekdays are 0 (Monday) to 6, and at least one.",
            ),
        )

    def __str__(self) -> str:
        return self.name
