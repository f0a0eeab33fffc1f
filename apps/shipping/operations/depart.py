"""How goods leave: to a customer they are gone, to one of our own sites they are ours and on the road."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Sum

from apps.journal.actor import Actor
from apps.ledger.models import StockMove
from apps.ledger.operations import dispatch_units, move_units
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.locations.queries import arrival_day
from apps.shipping.errors import NoTransitPlace
from apps.shipping.models import Shipment
from apps.supply.operations import SupplyLine, expect


def post_departure(shipment: Shipment, unit_ids: Sequence[int], *, by: Actor, at: datetime) -> int:
    """Post that the units of a locked shipment leave, under its number; the posting's id.

    Raises `NoTransitPlace`, and what the ledger refuses.
    """
    if shipment.destination is not None:
        return _dispatch(shipment, shipment.destination, unit_ids, by=by, at=at)
    customer = Location.objects.virtual(shipment.warehouse, LocationKind.CUSTOMER)
    return move_units(
        unit_ids,
        warehouse_id=shipment.warehouse_id,
        target_id=customer.pk,
        kind=TransactionKind.SHIP,
        by=by,
        at=at,
        document=shipment.number,
    )


def _dispatch(shipment: Shipment, site: Warehouse, unit_ids: Sequence[int], *, by: Actor, at: datetime) -> int:
    """Into the site's transit place; from now on it is expected there, a line for each item, by its day."""
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
