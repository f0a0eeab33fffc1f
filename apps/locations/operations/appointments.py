"""Trucks at the doors: booked, moved, checked in, put to a door, gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from apps.accounts.roles import Role
from apps.catalog.models import Party
from apps.core.errors import NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.choices import Direction
from apps.locations.errors import AppointmentUnfit, DockOccupied, DockTaken, NotADoor, NotDueYet, SlotUnfit
from apps.locations.models import DockAppointment, Location
from apps.locations.models.appointment import APPOINTMENT_NUMBERS, LONGEST
from apps.locations.rules import Span, as_said, next_start
from apps.locations.states import AppointmentState

MAY_BOOK = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.BUYER, Role.SALES, Role.ADMIN)
"""Who gives trucks their time and takes it away."""
MAY_HANDLE = (Role.PICKER, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
"""Who stands at the gate and at the doors."""

SHORTEST = timedelta(minutes=5)
WRITTEN_DOWN_WITHIN = timedelta(minutes=5)
"""A truck that came without an appointment is booked from now on; writing that down takes a moment."""


def book_appointment(
    *,
    dock_id: int,
    direction: str,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    at: datetime,
    party_id: int | None = None,
    carrier: str = "",
    vehicle: str = "",
    driver: str = "",
    documents: Sequence[str] = (),
    note: str = "",
) -> DockAppointment:
    """A truck is to stand at a door from then to then.

    Raises `NotAllowed`, `NotADoor`, `SlotUnfit`, and `DockTaken`, which names the other and the next free start.
    """
    _check_may(by, MAY_BOOK, "book trucks")
    dock = _lock_door(dock_id, direction)
    _check_slot(dock, starts_at, ends_at, at)
    _check_free(dock, Span(starts_at, ends_at))
    if party_id is not None and not Party.objects.filter(pk=party_id).exists():
        raise NotFound(kind="party", number=str(party_id))
    appointment = DockAppointment.objects.create(
        number=APPOINTMENT_NUMBERS.next(),
        created_at=at,
        warehouse=dock.warehouse,
        dock=dock,
        direction=direction,
        starts_at=starts_at,
        ends_at=ends_at,
        party_id=party_id,
        carrier=carrier,
        vehicle=vehicle,
        driver=driver,
        documents=list(dict.fromkeys(documents)),
        note=note,
        booked_by=by.user,
    )
    _note("book", appointment, by, at, **_slot_of(appointment))
    return appointment


def reschedule_appointment(
    *,
    appointment_id: int,
    by: Actor,
    at: datetime,
    dock_id: int | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    reason: str = "",
) -> DockAppointment:
    """Another door, another time or both, for a truck that stands at no door yet; what is not given stays.

    With another start and no end it stays as long as it was. Raises what booking raises, and `IllegalTransition`.
    """
    _check_may(by, MAY_BOOK, "move trucks")
    appointment = DockAppointment.objects.lock_one(appointment_id)
    # Who could still be turned away can be moved.
    appointment.must_allow(AppointmentState.CANCELLED)
    length = appointment.ends_at - appointment.starts_at
    begin = starts_at or appointment.starts_at
    end = ends_at or begin + length
    dock = _lock_door(dock_id or appointment.dock_id, appointment.direction)
    if dock.warehouse_id != appointment.warehouse_id:
        raise NotADoor(location=dock.code, warehouse=appointment.warehouse.code, direction=appointment.direction)
    # A truck that waits for its door is given another without another time.
    _check_slot(dock, begin, end, at if begin != appointment.starts_at else begin)
    _check_free(dock, Span(begin, end), besides=appointment)
    before = _slot_of(appointment)
    appointment.dock, appointment.starts_at, appointment.ends_at = dock, begin, end
    appointment.save(update_fields=["dock", "starts_at", "ends_at"])
    after = _slot_of(appointment)
    was = {f"was_{name}": value for name, value in before.items() if value != after[name]}
    _note("reschedule", appointment, by, at, reason=reason, **after, **was)
    return appointment


def check_in_truck(
    *, appointment_id: int, by: Actor, at: datetime, vehicle: str = "", driver: str = ""
) -> DockAppointment:
    """The truck is at the gate: from now on its dock-to-stock time runs. Raises `NotAllowed`, `IllegalTransition`."""
    _check_may(by, MAY_HANDLE, "check trucks in")
    appointment = DockAppointment.objects.lock_one(appointment_id)
    appointment.vehicle = vehicle or appointment.vehicle
    appointment.driver = driver or appointment.driver
    _arrive(appointment, at, "vehicle", "driver")
    _note("check in", appointment, by, at, minutes_late=appointment.minutes_late(at))
    return appointment


def start_appointment(*, appointment_id: int, by: Actor, at: datetime) -> DockAppointment:
    """The truck stands at its door; one that nobody checked in has arrived now.

    Raises `NotAllowed`, `IllegalTransition`, `DockOccupied`.
    """
    _check_may(by, MAY_HANDLE, "put trucks to a door")
    appointment = DockAppointment.objects.lock_one(appointment_id)
    _start(appointment, by, at)
    return appointment


def unload_truck(*, appointment_id: int, warehouse_id: int, by: Actor, at: datetime) -> DockAppointment:
    """Goods of a truck come in here: it stands at its door from now on, if it did not before.

    For whoever opens a receipt; their own operation says who may. Raises `AppointmentUnfit`, `DockOccupied`.
    """
    return _at_its_door(appointment_id, warehouse_id, Direction.INBOUND, by, at)


def load_truck(*, appointment_id: int, warehouse_id: int, by: Actor, at: datetime) -> DockAppointment:
    """Goods go out on a truck: it stands at its door from now on, if it did not before.

    For whoever opens a load; their own operation says who may. Raises `AppointmentUnfit`, `DockOccupied`.
    """
    return _at_its_door(appointment_id, warehouse_id, Direction.OUTBOUND, by, at)


def _at_its_door(
    appointment_id: int, warehouse_id: int, direction: Direction, by: Actor, at: datetime
) -> DockAppointment:
    appointment = DockAppointment.objects.lock_one(appointment_id)
    if (
        appointment.warehouse_id != warehouse_id
        or appointment.direction != direction
        or appointment.flow.is_final(appointment.state)
    ):
        raise AppointmentUnfit(
            appointment=appointment.number,
            direction=appointment.direction,
            warehouse=appointment.warehouse.code,
            state=appointment.state,
        )
    if appointment.state != AppointmentState.AT_DOCK:
        _start(appointment, by, at)
    return appointment


def finish_appointment(*, appointment_id: int, by: Actor, at: datetime) -> DockAppointment:
    """The truck has left, and the door is free. Raises `NotAllowed`, `IllegalTransition`."""
    _check_may(by, MAY_HANDLE, "send trucks off")
    appointment = DockAppointment.objects.lock_one(appointment_id)
    _leave(appointment, by, at)
    return appointment


def note_departure(*, appointment_id: int, by: Actor, at: datetime) -> None:
    """The truck that stands at its door has left with its load; for whoever lets that leave."""
    appointment = DockAppointment.objects.lock_one(appointment_id)
    if appointment.state == AppointmentState.AT_DOCK:
        _leave(appointment, by, at)


def _leave(appointment: DockAppointment, by: Actor, at: datetime) -> None:
    appointment.departed_at = at
    appointment.advance(AppointmentState.DONE, "departed_at")
    _note("finish", appointment, by, at)


def note_no_show(*, appointment_id: int, by: Actor, at: datetime) -> DockAppointment:
    """The truck never came; its door is free. Raises `NotAllowed`, `IllegalTransition`, `NotDueYet`."""
    _check_may(by, (*MAY_HANDLE, *MAY_BOOK), "give trucks up")
    appointment = DockAppointment.objects.lock_one(appointment_id)
    appointment.must_allow(AppointmentState.NO_SHOW)
    if at <= appointment.starts_at:
        raise NotDueYet(
            appointment=appointment.number,
            starts_at=as_said(appointment.starts_at, appointment.warehouse.timezone),
        )
    appointment.advance(AppointmentState.NO_SHOW)
    _note("no show", appointment, by, at)
    return appointment


def cancel_appointment(*, appointment_id: int, reason: str, by: Actor, at: datetime) -> DockAppointment:
    """It does not come after all, or is turned away in the yard. Raises `NotAllowed`, `IllegalTransition`."""
    _check_may(by, MAY_BOOK, "cancel trucks")
    appointment = DockAppointment.objects.lock_one(appointment_id)
    appointment.advance(AppointmentState.CANCELLED)
    _note("cancel", appointment, by, at, reason=reason)
    return appointment


def _arrive(appointment: DockAppointment, at: datetime, *also: str) -> None:
    appointment.arrived_at = at
    appointment.advance(AppointmentState.ARRIVED, "arrived_at", *also)


def _start(appointment: DockAppointment, by: Actor, at: datetime) -> None:
    """Stand at the door that is booked; who starts there takes turns at it."""
    booked = appointment.state == AppointmentState.BOOKED
    appointment.must_allow(AppointmentState.ARRIVED if booked else AppointmentState.AT_DOCK)
    dock = Location.objects.lock_one(appointment.dock_id)
    other = DockAppointment.objects.filter(dock=dock, state=AppointmentState.AT_DOCK).first()
    if other is not None:
        raise DockOccupied(dock=dock.code, appointment=other.number)
    if booked:
        _arrive(appointment, at)
    appointment.at_dock_at = at
    appointment.advance(AppointmentState.AT_DOCK, "at_dock_at")
    _note("start", appointment, by, at, dock=dock.code)


def _lock_door(dock_id: int, direction: str) -> Location:
    """Two who book at one door take turns here."""
    dock = Location.objects.select_related("warehouse").lock_one(dock_id)
    if not dock.takes(direction):
        raise NotADoor(location=dock.code, warehouse=dock.warehouse.code, direction=direction)
    return dock


def _check_slot(dock: Location, starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    problem = ""
    if ends_at - starts_at < SHORTEST:
        problem = "it ends less than five minutes after it starts"
    elif ends_at - starts_at > LONGEST:
        problem = "it is longer than a day"
    elif starts_at < at - WRITTEN_DOWN_WITHIN:
        problem = "that is past"
    if problem:
        zone = dock.warehouse.timezone
        raise SlotUnfit(starts_at=as_said(starts_at, zone), ends_at=as_said(ends_at, zone), problem=problem)


def _check_free(dock: Location, span: Span, besides: DockAppointment | None = None) -> None:
    others = DockAppointment.objects.taking_doors().filter(dock=dock, ends_at__gt=span.starts_at)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    later = list(others.order_by("starts_at"))
    for other in later:
        if other.starts_at < span.ends_at:
            spans = [Span(each.starts_at, each.ends_at) for each in later]
            zone = dock.warehouse.timezone
            raise DockTaken(
                dock=dock.code,
                appointment=other.number,
                taken_from=as_said(other.starts_at, zone),
                taken_until=as_said(other.ends_at, zone),
                free_from=as_said(next_start(spans, since=span.starts_at, length=span.length), zone),
            )


def _slot_of(appointment: DockAppointment) -> dict[str, str]:
    zone = appointment.warehouse.timezone
    return {
        "dock": appointment.dock.code,
        "from": as_said(appointment.starts_at, zone),
        "until": as_said(appointment.ends_at, zone),
    }


def _check_may(by: Actor, roles: Sequence[Role], act: str) -> None:
    if not by.user.has_role(*roles):
        raise NotAllowed(who=by.user.get_username(), act=act)


def _note(verb: str, appointment: DockAppointment, by: Actor, at: datetime, **detail: object) -> None:
    record(
        verb,
        kind="dock appointment",
        number=appointment.number,
        by=by,
        at=at,
        warehouse_code=appointment.warehouse.code,
        **detail,
    )
