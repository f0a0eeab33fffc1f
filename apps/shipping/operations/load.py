"""Loading and leaving: whole cartons move, to the dock and then to the customer."""

from __future__ import annotations

from datetime import datetime

from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.operations import move_units
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.shipping.errors import CartonLoaded, NotADockDoor, OtherDock
from apps.shipping.models import Carton, Shipment
from apps.shipping.operations.depart import post_departure
from apps.shipping.operations.pack import lock_carton
from apps.shipping.states import ShipmentState


def load_carton(*, carton_id: int, dock_id: int, by: Actor, at: datetime) -> Carton:
    """Bring a carton of a packed shipment to the door; with the last one the shipment is loaded.

    Raises `CartonLoaded`, `IllegalTransition`, `NotADockDoor`, `OtherDock`, and what the ledger refuses.
    """
    carton = lock_carton(carton_id)
    shipment = carton.shipment
    if carton.loaded_at is not None:
        raise CartonLoaded(carton=carton.unit.number)
    shipment.must_allow(ShipmentState.LOADED)
    dock = Location.objects.get(pk=dock_id)
    if dock.kind != LocationKind.DOCK or dock.warehouse_id != shipment.warehouse_id or not dock.is_active:
        raise NotADockDoor(location=dock.code, warehouse=shipment.warehouse.code)
    if shipment.dock is not None and shipment.dock != dock:
        raise OtherDock(shipment=shipment.number, dock=shipment.dock.code, asked=dock.code)
    move_units(
        [carton.unit_id],
        warehouse_id=shipment.warehouse_id,
        target_id=dock.pk,
        kind=TransactionKind.LOAD,
        by=by,
        at=at,
        document=shipment.number,
    )
    carton.loaded_at = at
    carton.save(update_fields=["loaded_at"])
    _note_loaded(shipment, dock, at)
    return carton


def _note_loaded(shipment: Shipment, dock: Location, at: datetime) -> None:
    if shipment.dock is None:
        shipment.dock = dock
        shipment.save(update_fields=["dock"])
    if not shipment.cartons.filter(loaded_at=None).exists():
        shipment.loaded_at = at
        shipment.advance(ShipmentState.LOADED, "loaded_at")


def ship(*, shipment_id: int, by: Actor, at: datetime) -> Shipment:
    """Let a loaded shipment leave: all cartons go to the customer, or into transit to our own site, under its number.

    What goes to our own site is expected there from now on. Raises `NoTransitPlace`,
    `IllegalTransition`, and `LotOnHold` or `LotExpired` when a lot may not leave any more.
    """
    shipment = Shipment.objects.lock_one(shipment_id)
    shipment.must_allow(ShipmentState.SHIPPED)
    units = list(shipment.cartons.values_list("unit", flat=True))
    shipment.transaction_id = post_departure(shipment, units, by=by, at=at)
    shipment.shipped_at = at
    shipment.advance(ShipmentState.SHIPPED, "transaction", "shipped_at")
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
