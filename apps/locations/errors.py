"""What the places refuse."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class WarehouseExists(DomainError):
    """A site's code names one site for good."""

    code = "warehouse_exists"
    message = "There is a site %(warehouse)s already."

    warehouse: str


@dataclass(kw_only=True, eq=False)
class NoPlaceToLabel(DomainError):
    """Labels are printed for places that are there."""

    code = "no_place_to_label"
    message = "No place is as asked for, so there is no label to print."
    recover = ("reenter",)


@dataclass(kw_only=True, eq=False)
class TooManyLabels(DomainError):
    """A roll has an end."""

    code = "too_many_labels"
    message = "More than %(most)s labels at once: ask for a zone or a kind of place at a time."
    recover = ("less",)

    most: int


@dataclass(kw_only=True, eq=False)
class NotADoor(DomainError):
    """Trucks stand at docks and staging places that are in use, and at those for their direction."""

    code = "not_a_door"
    message = "%(location)s in %(warehouse)s takes no %(direction)s trucks."
    recover = ("other_door",)

    location: str
    warehouse: str
    direction: str


@dataclass(kw_only=True, eq=False)
class SlotUnfit(DomainError):
    """A truck is booked for a time that is still to come, from five minutes to a day long."""

    code = "slot_unfit"
    message = "No truck can be booked from %(starts_at)s to %(ends_at)s: %(problem)s."
    recover = ("other_time",)

    starts_at: str
    ends_at: str
    problem: str


@dataclass(kw_only=True, eq=False)
class DockTaken(DomainError):
    """One truck at a door at a time; times are by the clock of the warehouse."""

    code = "dock_taken"
    message = (
        "%(dock)s is taken by %(appointment)s from %(taken_from)s to %(taken_until)s; it is free from %(free_from)s."
    )
    recover = ("other_time", "other_door")

    dock: str
    appointment: str
    taken_from: str
    taken_until: str
    free_from: str
    """The next start at this door from which that length is free."""


@dataclass(kw_only=True, eq=False)
class DockOccupied(DomainError):
    """A truck that has not left stands at the door, whatever was booked."""

    code = "dock_occupied"
    message = "%(appointment)s still stands at %(dock)s."
    recover = ("other_door", "refresh")

    dock: str
    appointment: str


@dataclass(kw_only=True, eq=False)
class NotDueYet(DomainError):
    """A truck that may still come in time is no no-show."""

    code = "not_due_yet"
    message = "%(appointment)s is booked for %(starts_at)s; it may still come."
    recover = ("refresh",)

    appointment: str
    starts_at: str


@dataclass(kw_only=True, eq=False)
class AppointmentUnfit(DomainError):
    """Goods are unloaded from a truck that was booked to bring some to this warehouse, and has not left."""

    code = "appointment_unfit"
    message = "%(appointment)s is an %(direction)s truck at %(warehouse)s, %(state)s: nothing is unloaded from it here."
    recover = ("refresh",)

    appointment: str
    direction: str
    warehouse: str
    state: str
