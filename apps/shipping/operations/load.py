"""Loading and leaving: whole cartons move, to the door and then to the customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.operations import move_units
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.labels import refuse_unlabelled
from apps.locations.models import Location, Warehouse
from apps.overrides.operations import Occasion, carried_together
from apps.safety.rules import Verdict
from apps.shipping.errors import (
    CartonLoaded,
    CartonNotLoaded,
    HazardsNotTogether,
    HazardsToSeparate,
    LoadNotLoading,
    LoadTooHeavy,
    NotADockDoor,
    NotForUnloaded,
    OnALoad,
    OtherDock,
    PalletEmpty,
    WrongTruck,
)
from apps.shipping.models import Carton, Load, Shipment, ShippingPallet
from apps.shipping.operations.depart import check_may_send_off, send_off
from apps.shipping.queries.contents import carton_weights
from apps.shipping.queries.hazards import hazardous_in_cartons, kept_apart
from apps.shipping.states import LoadState, ShipmentState

AT_A_DOOR = (LoadState.LOADING, LoadState.CLOSED)


def load_carton(*, carton_id: int, dock_id: int, by: Actor, at: datetime, separated: str = "") -> Carton:
    """Bring a carton of a packed shipment to the door, onto the load that stands there if one does.

    With the last one the shipment is loaded. At a door without a load goods are handed over shipment by shipment.
    `separated` says how dangerous goods are kept apart that ride together only so. Raises `CartonLoaded`,
    `IllegalTransition`, `NotADockDoor`, `OtherDock`, `WrongTruck`, `LoadNotLoading`, `LoadTooHeavy`,
    `LabelMissing`, `HazardsNotTogether`, `HazardsToSeparate`, and what the ledger refuses.
    """
    return _load([carton_id], dock_id=dock_id, by=by, at=at, separated=separated)[0]


def load_pallet(*, pallet_id: int, dock_id: int, by: Actor, at: datetime, separated: str = "") -> ShippingPallet:
    """Load all cartons of a pallet with one scan, or none of them. Raises `PalletEmpty` and as `load_carton`."""
    pallet = ShippingPallet.objects.select_related("unit").lock_one(pallet_id)
    cartons = list(pallet.cartons.order_by("pk").values_list("pk", flat=True))
    if not cartons:
        raise PalletEmpty(pallet=pallet.unit.number)
    _load(cartons, dock_id=dock_id, by=by, at=at, separated=separated)
    return pallet


def scan_carton(*, load_id: int, carton_id: int, by: Actor, at: datetime, separated: str = "") -> Load:
    """Load a carton onto the load that is being loaded, wherever that stands. Raises as `load_carton`."""
    load, dock_id = _being_loaded(load_id)
    load_carton(carton_id=carton_id, dock_id=dock_id, by=by, at=at, separated=separated)
    return load


def scan_pallet(*, load_id: int, pallet_id: int, by: Actor, at: datetime, separated: str = "") -> Load:
    """Load a pallet onto the load that is being loaded. Raises as `load_pallet`."""
    load, dock_id = _being_loaded(load_id)
    load_pallet(pallet_id=pallet_id, dock_id=dock_id, by=by, at=at, separated=separated)
    return load


def _being_loaded(load_id: int) -> tuple[Load, int]:
    load = Load.objects.lock_one(load_id)
    if load.state != LoadState.LOADING or load.dock_id is None:
        raise LoadNotLoading(load=load.number, state=load.state)
    return load, load.dock_id


def _load(carton_ids: Sequence[int], *, dock_id: int, by: Actor, at: datetime, separated: str) -> list[Carton]:
    """Loads, then shipments, then cartons are locked, each in key order."""
    load = _load_at(dock_id)
    shipments = Shipment.objects.filter(cartons__in=carton_ids).distinct().values_list("pk", flat=True)
    by_id = {each.pk: each for each in Shipment.objects.select_related("warehouse", "dock").lock(list(shipments))}
    cartons = Carton.objects.select_related("unit", "carton_type").lock(carton_ids)
    dock = Location.objects.get(pk=dock_id)
    for carton in cartons:
        carton.shipment = by_id[carton.shipment_id]
        _check_carton(carton, dock, load)
    _check_vehicle(cartons, dock, load, separated, by, at)
    move_units(
        [carton.unit_id for carton in cartons],
        warehouse_id=dock.warehouse_id,
        target_id=dock.pk,
        kind=TransactionKind.LOAD,
        by=by,
        at=at,
        document=cartons[0].shipment.number if len(by_id) == 1 else load.number if load is not None else "",
    )
    Carton.objects.filter(pk__in=[carton.pk for carton in cartons]).update(loaded_at=at)
    for carton in cartons:
        carton.loaded_at = at
    for shipment in by_id.values():
        _note_loaded(shipment, dock, load, at)
    return cartons


def _load_at(dock_id: int) -> Load | None:
    """The load that stands at the door, locked; it must be taking goods. Raises `LoadNotLoading`."""
    load_id = Load.objects.filter(dock=dock_id, state__in=AT_A_DOOR).values_list("pk", flat=True).first()
    if load_id is None:
        return None
    load = Load.objects.select_related("carrier").lock_one(load_id)
    if load.state != LoadState.LOADING:
        raise LoadNotLoading(load=load.number, state=load.state)
    return load


def _check_carton(carton: Carton, dock: Location, load: Load | None) -> None:
    shipment = carton.shipment
    if carton.loaded_at is not None:
        raise CartonLoaded(carton=carton.unit.number)
    shipment.must_allow(ShipmentState.LOADED)
    if dock.kind != LocationKind.DOCK or dock.warehouse_id != shipment.warehouse_id or not dock.is_active:
        raise NotADockDoor(location=dock.code, warehouse=shipment.warehouse.code)
    if shipment.load is not None and shipment.load != load:
        _wrong_truck(carton, expected=shipment.load.number, load=load, dock=dock)
    if load is not None and shipment.carrier is not None and shipment.carrier_id != load.carrier_id:
        _wrong_truck(carton, expected=shipment.carrier.name, load=load, dock=dock)
    if shipment.dock is not None and shipment.dock != dock:
        raise OtherDock(shipment=shipment.number, dock=shipment.dock.code, asked=dock.code)


def _wrong_truck(carton: Carton, *, expected: str, load: Load | None, dock: Location) -> None:
    raise WrongTruck(
        carton=carton.unit.number,
        shipment=carton.shipment.number,
        expected=expected,
        load=load.number if load is not None else f"whoever collects at {dock.code}",
    )


def _check_vehicle(
    cartons: list[Carton], dock: Location, load: Load | None, separated: str, by: Actor, at: datetime
) -> None:
    """With these cartons the vehicle is not too heavy; what is dangerous is labelled and rides with what it may."""
    aboard = cartons_on(load, dock)
    if load is not None and load.max_weight_g is not None:
        weight = sum(carton_weights([*aboard, *cartons]).values(), Decimal(0))
        if weight > load.max_weight_g:
            raise LoadTooHeavy(load=load.number, weight_g=weight, most_g=load.max_weight_g)
    dangerous, today = hazardous_in_cartons(cartons), dock.warehouse.local_date(at)
    refuse_unlabelled(dangerous, dock.warehouse, on=today)
    for pair in kept_apart(dangerous, aboard, on=today):
        told = {"first": str(pair.first), "second": str(pair.second), "because": str(pair.mixing)}
        if pair.mixing.verdict == Verdict.NEVER:
            where = load.number if load is not None else dock.code
            occasion = Occasion(by=by, at=at, document=cartons[0].shipment.number)
            if not carried_together(
                first=pair.first,
                second=pair.second,
                warehouse=dock.warehouse,
                where=where,
                rule=told["because"],
                occasion=occasion,
            ):
                raise HazardsNotTogether(**told)
            continue
        if not separated.strip():
            raise HazardsToSeparate(**told)
        _note_separated(load, cartons[0], separated, by, at, told)


def _note_separated(
    load: Load | None, carton: Carton, separated: str, by: Actor, at: datetime, told: dict[str, str]
) -> None:
    shipment = carton.shipment
    record(
        "separated hazards",
        kind="load" if load is not None else "shipment",
        number=load.number if load is not None else shipment.number,
        by=by,
        at=at,
        warehouse_code=shipment.warehouse.code,
        carton=carton.unit.number,
        how=separated,
        first=told["first"],
        second=told["second"],
    )


def cartons_on(load: Load | None, dock: Location) -> list[Carton]:
    """What stands on the vehicle: a load's loaded cartons; without a load what waits at the door to be handed over."""
    here = Carton.objects.filter(loaded_at__isnull=False)
    if load is not None:
        here = here.filter(shipment__load=load)
    else:
        here = here.filter(shipment__load=None, shipment__dock=dock).exclude(shipment__state=ShipmentState.SHIPPED)
    return list(here.select_related("unit", "carton_type", "shipment").order_by("pk"))


def _note_loaded(shipment: Shipment, dock: Location, load: Load | None, at: datetime) -> None:
    if shipment.dock is None or shipment.load != load:
        shipment.dock, shipment.load = dock, load
        if load is not None and shipment.carrier_id is None:
            shipment.carrier = load.carrier
        shipment.save(update_fields=["dock", "load", "carrier"])
    if not shipment.cartons.filter(loaded_at=None).exists():
        shipment.loaded_at = at
        shipment.advance(ShipmentState.LOADED, "loaded_at")


def unload_carton(*, carton_id: int, location_id: int, by: Actor, at: datetime) -> Carton:
    """Take a carton off the vehicle again, back to a bench or a staging place; its shipment waits to be loaded.

    Raises `CartonNotLoaded`, `LoadNotLoading`, `IllegalTransition` once it has left, and what the ledger refuses.
    """
    load_id = Carton.objects.filter(pk=carton_id).values_list("shipment__load", flat=True).first()
    load = Load.objects.lock_one(load_id) if load_id is not None else None
    shipment_id = Carton.objects.values_list("shipment", flat=True).get(pk=carton_id)
    shipment = Shipment.objects.select_related("warehouse").lock_one(shipment_id)
    carton = Carton.objects.select_related("unit").lock_one(carton_id)
    if carton.loaded_at is None:
        raise CartonNotLoaded(carton=carton.unit.number)
    if load is not None and load.state != LoadState.LOADING:
        raise LoadNotLoading(load=load.number, state=load.state)
    if shipment.state != ShipmentState.PACKED:
        shipment.must_allow(ShipmentState.PACKED)
    move_units(
        [carton.unit_id],
        warehouse_id=shipment.warehouse_id,
        target_id=_back_at(location_id, shipment.warehouse).pk,
        kind=TransactionKind.MOVE,
        by=by,
        at=at,
        document=shipment.number,
        reason="unloaded",
    )
    carton.loaded_at = None
    carton.save(update_fields=["loaded_at"])
    if not shipment.cartons.filter(loaded_at__isnull=False).exists():
        shipment.dock = None
    shipment.loaded_at = None
    if shipment.state == ShipmentState.LOADED:
        shipment.advance(ShipmentState.PACKED, "loaded_at", "dock")
    else:
        shipment.save(update_fields=["loaded_at", "dock"])
    carton.shipment = shipment
    return carton


def _back_at(location_id: int, warehouse: Warehouse) -> Location:
    place = Location.objects.get(pk=location_id)
    kinds = (LocationKind.PACK, LocationKind.STAGING)
    if place.warehouse_id != warehouse.pk or place.kind not in kinds or not place.is_active:
        raise NotForUnloaded(location=place.code, warehouse=warehouse.code)
    return place


def ship(*, shipment_id: int, by: Actor, at: datetime) -> Shipment:
    """Let a loaded shipment leave: all cartons go to the customer, or into transit to our own site, under its number.

    What goes to our own site is expected there from now on. One that is on a load leaves with it. Raises `NotAllowed`,
    `OnALoad`, `NoTransitPlace`, `IllegalTransition`, and `LotOnHold` or `LotExpired` when a lot may not leave any more.
    """
    check_may_send_off(by, "let a shipment leave")
    shipment = Shipment.objects.select_related("warehouse", "load", "destination").lock_one(shipment_id)
    shipment.must_allow(ShipmentState.SHIPPED)
    if shipment.load is not None and shipment.load.state != LoadState.DEPARTED:
        raise OnALoad(shipment=shipment.number, load=shipment.load.number)
    send_off([shipment], document=shipment.number, by=by, at=at)
    record(
        "ship",
        kind="shipment",
        number=shipment.number,
        by=by,
        at=at,
        warehouse_code=shipment.warehouse.code,
        document=shipment.document,
    )
    return shipment
