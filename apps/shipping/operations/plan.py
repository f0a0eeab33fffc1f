"""The life of a load: planned, loaded at a door, closed, gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from apps.accounts.roles import Role
from apps.catalog.models import Party
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record, record_all
from apps.locations.choices import Direction, LocationKind
from apps.locations.models import DockAppointment, Location, Warehouse
from apps.locations.operations import load_truck, note_departure
from apps.shipping.errors import (
    AppointmentOfOther,
    CartonLoaded,
    DoorTaken,
    LoadEmpty,
    LoadNotLoading,
    NotACarrier,
    NotADockDoor,
    NotReadyToLoad,
    OnALoad,
    ProofNeeded,
    ShipmentIncomplete,
    WrongTruck,
)
from apps.shipping.models import LOAD_NUMBERS, Carton, Load, Shipment
from apps.shipping.operations.depart import check_may_send_off, send_off
from apps.shipping.operations.load import AT_A_DOOR
from apps.shipping.queries.contents import contents_of, emergency_contact_of
from apps.shipping.queries.hazards import hazards_in
from apps.shipping.states import LoadState, ShipmentState

LOAD_PLANNERS = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
TAKING_SHIPMENTS = (LoadState.PLANNED, LoadState.LOADING)


def plan_load(
    *,
    warehouse_id: int,
    carrier_id: int,
    by: Actor,
    at: datetime,
    dock_id: int | None = None,
    appointment_id: int | None = None,
    trailer: str = "",
    max_weight_g: Decimal | None = None,
    leaves_at: datetime | None = None,
    shipment_ids: Sequence[int] = (),
) -> Load:
    """Plan a vehicle of a carrier, with shipments to go on it; its appointment says the door where none is named.

    Raises `NotAllowed`, `NotACarrier`, `NotADockDoor`, `AppointmentOfOther`, and what `put_on_load` raises.
    """
    _check_planner(by, "plan a load")
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    carrier = Party.objects.get(pk=carrier_id)
    if not (carrier.is_carrier and carrier.is_active):
        raise NotACarrier(party=carrier.name)
    if appointment_id is not None:
        appointment = _appointment(appointment_id, warehouse)
        dock_id = dock_id or appointment.dock_id
        leaves_at = leaves_at or appointment.ends_at
        trailer = trailer or appointment.vehicle
    load = Load.objects.create(
        number=LOAD_NUMBERS.next(),
        created_at=at,
        warehouse=warehouse,
        carrier=carrier,
        dock=_door(dock_id, warehouse) if dock_id is not None else None,
        appointment_id=appointment_id,
        trailer=trailer,
        max_weight_g=max_weight_g,
        leaves_at=leaves_at,
        planned_by=by.user,
    )
    for shipment in Shipment.objects.select_related("warehouse", "load", "carrier").lock(shipment_ids):
        _put_on(load, shipment)
    _note("plan", load, by=by, at=at, carrier=carrier.name)
    return load


def put_on_load(*, load_id: int, shipment_ids: Sequence[int], by: Actor, at: datetime) -> Load:
    """Plan shipments onto a load; from then on their cartons go onto no other.

    Raises `NotAllowed`, `LoadNotLoading`, `NotReadyToLoad`, `OnALoad`, `WrongTruck`, `CartonLoaded`.
    """
    _check_planner(by, "plan a load")
    load = _lock_taking(load_id)
    shipments = Shipment.objects.select_related("warehouse", "load", "carrier").lock(shipment_ids)
    for shipment in shipments:
        _put_on(load, shipment)
    _note("put on", load, by=by, at=at, shipments=[shipment.number for shipment in shipments])
    return load


def take_off_load(*, load_id: int, shipment_id: int, by: Actor, at: datetime) -> Load:
    """Let a shipment go with another vehicle, once its cartons are off. Raises `CartonLoaded`, `NotReadyToLoad`."""
    _check_planner(by, "plan a load")
    load = _lock_taking(load_id)
    shipment = Shipment.objects.lock_one(shipment_id)
    if shipment.load_id != load.pk:
        raise NotReadyToLoad(shipment=shipment.number, state=shipment.state, warehouse=load.number)
    _check_nothing_loaded(shipment)
    shipment.load = None
    shipment.save(update_fields=["load"])
    _note("take off", load, by=by, at=at, shipment=shipment.number)
    return load


def start_loading(*, load_id: int, by: Actor, at: datetime, dock_id: int | None = None, trailer: str = "") -> Load:
    """Open a load at a door for scanning; a truck that is booked for that door stands there from now on.

    Raises `IllegalTransition`, `NotADockDoor`, `DoorTaken`, `AppointmentUnfit`, `DockOccupied`.
    """
    load = _lock(load_id)
    load.must_allow(LoadState.LOADING)
    dock = _door(dock_id or load.dock_id, load.warehouse)
    other = Load.objects.filter(dock=dock, state__in=AT_A_DOOR).exclude(pk=load.pk).first()
    if other is not None:
        raise DoorTaken(load=other.number, dock=dock.code)
    load.dock, load.loading_at = dock, at
    load.trailer = trailer or load.trailer
    load.advance(LoadState.LOADING, "dock", "trailer", "loading_at")
    if load.appointment is not None and load.appointment.dock_id == dock.pk:
        load_truck(appointment_id=load.appointment.pk, warehouse_id=load.warehouse_id, by=by, at=at)
    _note("start loading", load, by=by, at=at, dock=dock.code, trailer=load.trailer)
    return load


def close_load(*, load_id: int, by: Actor, at: datetime, seal: str = "") -> Load:
    """Shut the doors: every shipment of the load is wholly on it, and its papers can be written.

    Raises `NotAllowed`, `ShipmentIncomplete`, `LoadEmpty`, `EmergencyPhoneMissing`.
    """
    check_may_send_off(by, "close a load")
    load = _lock(load_id)
    load.must_allow(LoadState.CLOSED)
    shipments = Shipment.objects.filter(load=load).lock()
    if not shipments:
        raise LoadEmpty(load=load.number)
    for shipment in shipments:
        missing = shipment.cartons.filter(loaded_at=None).order_by("sequence")
        if shipment.state != ShipmentState.LOADED:
            numbers = list(missing.values_list("unit__number", flat=True))
            raise ShipmentIncomplete(shipment=shipment.number, load=load.number, cartons=numbers)
    emergency_contact_of(load, hazards_in(contents_of(Carton.objects.filter(shipment__in=shipments))))
    load.closed_at, load.seal = at, seal
    load.advance(LoadState.CLOSED, "closed_at", "seal")
    _note("close", load, by=by, at=at, seal=seal)
    return load


def reopen_load(*, load_id: int, reason: str, by: Actor, at: datetime) -> Load:
    """Open a closed load again, before it leaves. Raises `NotAllowed`, `IllegalTransition`."""
    _check_planner(by, "open a closed load")
    load = _lock(load_id)
    load.closed_at, load.seal = None, ""
    load.advance(LoadState.LOADING, "closed_at", "seal")
    _note("reopen", load, by=by, at=at, reason=reason)
    return load


def cancel_load(*, load_id: int, reason: str, by: Actor, at: datetime) -> Load:
    """Give a load up; its shipments wait for another, and nothing may be on it. Raises `CartonLoaded`."""
    _check_planner(by, "cancel a load")
    load = _lock(load_id)
    load.must_allow(LoadState.CANCELLED)
    for shipment in Shipment.objects.filter(load=load).lock():
        _check_nothing_loaded(shipment)
        shipment.load = None
        shipment.save(update_fields=["load"])
    load.advance(LoadState.CANCELLED)
    _note("cancel", load, by=by, at=at, reason=reason)
    return load


def depart_load(*, load_id: int, taken_by: str, by: Actor, at: datetime) -> Load:
    """Let a closed load leave with all its shipments, once and in one posting; all of them, or none.

    A booked truck has left its door. `taken_by` is whoever took it, as they gave their name. Raises `NotAllowed`,
    `ProofNeeded`, `IllegalTransition`, `NoTransitPlace`, and `LotOnHold` or `LotExpired` when a lot may not leave any
    more.
    """
    check_may_send_off(by, "let a load leave")
    if not taken_by.strip():
        raise ProofNeeded(load=Load.objects.get(pk=load_id).number)
    load = _lock(load_id)
    load.must_allow(LoadState.DEPARTED)
    load.departed_at, load.taken_by, load.released_by = at, taken_by.strip(), by.user
    load.advance(LoadState.DEPARTED, "departed_at", "taken_by", "released_by")
    if load.appointment_id is not None:
        note_departure(appointment_id=load.appointment_id, by=by, at=at)
    shipments = Shipment.objects.filter(load=load).select_related("warehouse", "destination").lock()
    numbers = [each.number for each in shipments]
    send_off(shipments, document=load.number if len(numbers) > 1 else numbers[0], by=by, at=at)
    record_all(
        "ship",
        kind="shipment",
        numbers=numbers,
        by=by,
        at=at,
        warehouse_code=load.warehouse.code,
        load=load.number,
    )
    _note("depart", load, by=by, at=at, taken_by=load.taken_by, shipments=numbers)
    return load


def _put_on(load: Load, shipment: Shipment) -> None:
    if shipment.load is not None and shipment.load != load:
        raise OnALoad(shipment=shipment.number, load=shipment.load.number)
    if shipment.warehouse_id != load.warehouse_id or shipment.state not in {
        ShipmentState.PACKING,
        ShipmentState.PACKED,
    }:
        raise NotReadyToLoad(shipment=shipment.number, state=shipment.state, warehouse=load.warehouse.code)
    if shipment.carrier is not None and shipment.carrier_id != load.carrier_id:
        raise WrongTruck(carton="All", shipment=shipment.number, expected=shipment.carrier.name, load=load.number)
    if shipment.load is None:
        _check_nothing_loaded(shipment)
        shipment.load, shipment.carrier = load, load.carrier
        shipment.save(update_fields=["load", "carrier"])


def _check_nothing_loaded(shipment: Shipment) -> None:
    loaded = shipment.cartons.filter(loaded_at__isnull=False).select_related("unit").first()
    if loaded is not None:
        raise CartonLoaded(carton=loaded.unit.number)


def _appointment(appointment_id: int, warehouse: Warehouse) -> DockAppointment:
    appointment = DockAppointment.objects.get(pk=appointment_id)
    taken = Load.objects.filter(appointment=appointment).exists()
    if appointment.warehouse_id != warehouse.pk or appointment.direction != Direction.OUTBOUND or taken:
        raise AppointmentOfOther(appointment=appointment.number, warehouse=warehouse.code)
    return appointment


def _door(dock_id: int | None, warehouse: Warehouse) -> Location:
    dock = Location.objects.filter(pk=dock_id).first() if dock_id is not None else None
    if dock is None or dock.kind != LocationKind.DOCK or dock.warehouse_id != warehouse.pk or not dock.is_active:
        raise NotADockDoor(location=str(dock or "Nothing"), warehouse=warehouse.code)
    return dock


def _lock(load_id: int) -> Load:
    return Load.objects.select_related("warehouse", "carrier", "dock", "appointment").lock_one(load_id)


def _lock_taking(load_id: int) -> Load:
    load = _lock(load_id)
    if load.state not in TAKING_SHIPMENTS:
        raise LoadNotLoading(load=load.number, state=load.state)
    return load


def _check_planner(by: Actor, act: str) -> None:
    if not by.user.has_role(*LOAD_PLANNERS):
        raise NotAllowed(who=by.user.get_username(), act=act)


def _note(verb: str, load: Load, *, by: Actor, at: datetime, **detail: Any) -> None:
    record(verb, kind="load", number=load.number, by=by, at=at, warehouse_code=load.warehouse.code, **detail)
