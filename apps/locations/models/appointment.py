"""Dock appointments: which truck stands at which door when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from apps.catalog.models import Party
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.choices import Direction
from apps.locations.models.place import Location
from apps.locations.models.site import Warehouse
from apps.locations.rules import minutes_between
from apps.locations.states import DOCK_APPOINTMENT_FLOW, HERE, TAKES_DOOR, AppointmentState

APPOINTMENT_NUMBERS = Series("DA")
LONGEST = timedelta(hours=24)
MOST_DOCUMENTS = 50
"""That one truck brings or fetches."""


class DockAppointmentQuerySet(ScopedQuerySet["DockAppointment"]):
    """Appointments at the doors of the warehouses a user works in."""

    def taking_doors(self) -> DockAppointmentQuerySet:
        """Those that leave no room for another."""
        return self.filter(state__in=TAKES_DOOR)

    def here(self) -> DockAppointmentQuerySet:
        """Trucks in the yard or at a door."""
        return self.filter(state__in=HERE)


class DockAppointment(Document):
    """A truck is to stand at a door from then to then; no two stand there at once."""

    flow = DOCK_APPOINTMENT_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    dock = models.ForeignKey(Location, models.PROTECT, related_name="appointments")
    direction = models.CharField(max_length=10, choices=Direction.choices)
    state = models.CharField(max_length=10, choices=AppointmentState.choices, default=AppointmentState.BOOKED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="+", help_text="The carrier or the supplier, where it is known"
    )
    carrier = models.CharField(max_length=80, blank=True, help_text="Who drives, as they call themselves")
    vehicle = models.CharField(max_length=40, blank=True, help_text="Its number plate")
    driver = models.CharField(max_length=80, blank=True)
    documents = ArrayField(
        models.CharField(max_length=40), default=list, help_text="Numbers of what it brings or fetches"
    )
    note = models.CharField(max_length=200, blank=True)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField(null=True, help_text="The truck came to the gate")
    at_dock_at = models.DateTimeField(null=True, help_text="It stood at the door")
    departed_at = models.DateTimeField(null=True)

    objects: ClassVar[DockAppointmentQuerySet] = DockAppointmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "dock appointment"
        constraints = (
            values_check("state", AppointmentState, "dock_appointment_state_known"),
            values_check("direction", Direction, "dock_appointment_direction_known"),
            models.CheckConstraint(
                name="dock_appointment_has_a_length",
                condition=Q(ends_at__gt=F("starts_at")) & Q(ends_at__lte=F("starts_at") + LONGEST),
                violation_error_message="It ends after it starts, within 24 hours.",
            ),
            models.CheckConstraint(
                name="dock_appointment_here_since",
                condition=Q(state__in=(*HERE, AppointmentState.DONE), arrived_at__isnull=False)
                | Q(state__in=(AppointmentState.BOOKED, AppointmentState.NO_SHOW), arrived_at=None)
                | Q(state=AppointmentState.CANCELLED),
            ),
            models.CheckConstraint(
                name="dock_appointment_gone_when_done",
                condition=Q(state=AppointmentState.DONE, departed_at__isnull=False)
                | (~Q(state=AppointmentState.DONE) & Q(departed_at=None)),
            ),
            models.UniqueConstraint(
                fields=["dock"], condition=Q(state=AppointmentState.AT_DOCK), name="dock_appointment_one_at_a_door"
            ),
            # A door as a range of one overlaps itself alone: so no extension is needed to compare numbers in GiST.
            ExclusionConstraint(
                name="dock_appointment_one_at_a_time",
                expressions=[
                    (Func(F("dock"), F("dock"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=TAKES_DOOR),
                violation_error_message="The door is taken then.",
            ),
        )
        indexes = (models.Index(fields=["warehouse", "starts_at"]),)

    def minutes_late(self, at: datetime) -> int:
        """How long it has been waited for, or was when it came; nought when it was there in time."""
        if self.state not in {AppointmentState.BOOKED, *HERE, AppointmentState.DONE}:
            return 0
        return minutes_between(self.starts_at, self.arrived_at or at)

    def minutes_over(self, at: datetime) -> int:
        """How long it has stood at the door beyond its time."""
        return minutes_between(self.ends_at, at) if self.state == AppointmentState.AT_DOCK else 0
