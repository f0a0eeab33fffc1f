"""The life of a dock appointment."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class AppointmentState(models.TextChoices):
    """Where a truck stands."""

    BOOKED = "booked", "Booked"
    ARRIVED = "arrived", "In the yard"
    AT_DOCK = "at_dock", "At the door"
    DONE = "done", "Left"
    NO_SHOW = "no_show", "Never came"
    CANCELLED = "cancelled", "Cancelled"


TAKES_DOOR = (AppointmentState.BOOKED, AppointmentState.ARRIVED, AppointmentState.AT_DOCK)
"""Nothing else can be booked at the door for that time."""
HERE = (AppointmentState.ARRIVED, AppointmentState.AT_DOCK)
"""The truck is on the ground."""

DOCK_APPOINTMENT_FLOW = Flow(
    {
        AppointmentState.BOOKED: {
            AppointmentState.ARRIVED,
            AppointmentState.NO_SHOW,
            AppointmentState.CANCELLED,
        },
        AppointmentState.ARRIVED: {AppointmentState.AT_DOCK, AppointmentState.CANCELLED},
        AppointmentState.AT_DOCK: {AppointmentState.DONE},
        AppointmentState.DONE: set(),
        AppointmentState.NO_SHOW: set(),
        AppointmentState.CANCELLED: set(),
    }
)
