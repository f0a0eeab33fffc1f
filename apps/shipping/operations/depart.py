"""How goods leave: to a customer they are gone, to one of our own sites they are ours and on the road."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from django.db.models import Sum

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.ledger.models import StockMove
from apps.ledger.operations import dispatch_units, move_units
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.locations.queries import arrival_day
from apps.shipping.errors import NoTransitPlace
from apps.shipping.models import Carton, Shipment
from apps.shipping.states import ShipmentState
from apps.supply.operations import SupplyLine, expect

LOADERS = (Role.PICKER, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
"""Who may let goods leave the house: the floor. Whoever sells, buys or judges goods does not also send them off."""


def check_may_send_off(by: Actor, act: str) -> None:
    """Refuse whoever does not work on the floor. Raises `NotAllowed`."""
    if not by.user.has_role(*LOADERS):
        raise NotAllowed(who=by.user.get_username(), act=act)


def send_off(shipments: Sequence[Shipment], *, document: str, by: Actor, at: datetime) -> None:
    """Let locked shipments of one warehouse leave: all that goes to customers in one posting, under `document`.

    What goes to one of our own sites is posted there as well, shipment by shipment and under its own number. Raises
    `NoTransitPlace`, `IllegalTransition`, and what the ledger refuses; then none has left.
    """
    for shipment in shipments:
        shipment.must_allow(ShipmentState.SHIPPED)
    units: dict[int, list[int]] = defaultdict(list)
    cartons = Carton.objects.filter(shipment__in=shipments).order_by("shipment", "sequence")
    for shipment_id, unit_id in cartons.values_list("shipment", "unit"):
        units[shipment_id].append(unit_id)
    sold = [shipment for shipment in shipments if shipment.destination_id is None]
    if sold:
        gone = [unit for shipment in sold for unit in units[shipment.pk]]
        _note_gone(sold, _sell(sold[0].warehouse, gone, document=document, by=by, at=at), at)
    for shipment in shipments:
        if shipment.destination is not None:
            own = by if len(shipments) == 1 else _under_own_key(by, shipment)
            left = dispatch(shipment, shipment.destination, units[shipment.pk], by=own, at=at)
            _note_gone([shipment], left, at)


def _note_gone(shipments: Sequence[Shipment], transaction_id: int, at: datetime) -> None:
    Shipment.advance_all(shipments, ShipmentState.SHIPPED, transaction=transaction_id, shipped_at=at)
    for shipment in shipments:
        shipment.transaction_id, shipment.shipped_at = transaction_id, at


def _sell(warehouse: Warehouse, unit_ids: Sequence[int], *, document: str, by: Actor, at: datetime) -> int:
    return move_units(
        unit_ids,
        warehouse_id=warehouse.pk,
        target_id=Location.objects.virtual(warehouse, LocationKind.CUSTOMER).pk,
        kind=TransactionKind.SHIP,
        by=by,
        at=at,
        document=document,
    )


def _under_own_key(by: Actor, shipment: Shipment) -> Actor:
    """A posting has a key of its own: what the command's key makes of the shipment's number."""
    if by.key is None:
        return by
    return replace(by, key=sha256(f"{by.key}/{shipment.number}".encode()).hexdigest())


def dispatch(shipment: Shipment, site: Warehouse, unit_ids: Sequence[int], *, by: Actor, at: datetime) -> int:
    """Units of a locked shipment go into the site's transit place, under its number, to be expected there by their day.

    Raises `NoTransitPlace`, and what the ledger refuses.
    """
    places = Location.objects.filter(warehouse=site, kind=LocationKind.TRANSIT, is_active=True)
    transit = places.order_by("pk").first()
    if transit is None:
        raise NoTransitPlace(warehouse=site.code)
    left, _ = dispatch_units(
        unit_ids,
        warehouse_id=shipment.warehouse_id,
        target_id=transit.pk,
        by=by,
        at=at,
        document=shipment.number,
    )
    due_on = arrival_day(shipment.warehouse, site, left_at=at)
    goods = StockMove.objects.filter(transaction=left).order_by("item").values_list("item")
    expect(
        [
            SupplyLine(line=line, item_id=item, quantity=quantity, due_on=due_on)
            for line, (item, quantity) in enumerate(goods.annotate(total=Sum("quantity")), start=1)
        ],
        warehouse_id=site.pk,
        document=shipment.number,
    )
    return left
