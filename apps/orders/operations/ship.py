"""An order's shipment leaves, and the order knows what it still owes."""

from __future__ import annotations

from datetime import datetime

from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.orders.models import SalesOrder
from apps.orders.operations.gate import refuse_held, refuse_part_packed
from apps.orders.operations.pack import lock_order_of
from apps.orders.queries.progress import progress_of
from apps.orders.states import SalesOrderState
from apps.shipping import operations as shipping
from apps.shipping.models import Shipment
from apps.supply.operations import end_promises


def ship_order_shipment(*, shipment_id: int, by: Actor, at: datetime) -> Shipment:
    """Ship, print the packing slip, and end the order when all it asked for has left.

    Otherwise the rest stays promised in its old place in the queue and can be allocated again.
    Raises `NoOrderBehind`, `OrderOnHold`, `ShipsComplete` and what `shipping.ship` raises.
    """
    order = lock_order_of(shipment_id)
    refuse_held([order])
    refuse_part_packed(order)
    shipment = shipping.ship(shipment_id=shipment_id, by=by, at=at)
    _note_shipped(order, at)
    enqueue("orders.print_packing_slip", at=at, shipment=shipment.number, user_id=by.user.pk)
    return shipment


def _note_shipped(order: SalesOrder, at: datetime) -> None:
    progress = progress_of([order.pk])[order.pk]
    if all(each.shipped == each.ordered for each in progress):
        end_promises(document=order.number, at=at)
        order.shipped_at = at
        order.advance(SalesOrderState.SHIPPED, "shipped_at")
    elif order.state == SalesOrderState.PICKED:
        order.advance(SalesOrderState.PART_SHIPPED)
