"""An order's shipment leaves, alone or with a load, and the order knows what it still owes."""

from __future__ import annotations

from datetime import datetime

from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.orders.errors import PackedBeyondOrder
from apps.orders.models import OrderShipment, SalesOrder
from apps.orders.operations.gate import refuse_held, refuse_part_packed
from apps.orders.operations.pack import lock_order_of
from apps.orders.queries.progress import progress_of
from apps.orders.states import SalesOrderState
from apps.shipping import operations as shipping
from apps.shipping.models import Load, Shipment
from apps.supply.operations import end_promises


def ship_order_shipment(*, shipment_id: int, by: Actor, at: datetime) -> Shipment:
    """Ship, print the packing slip, and end the order when all it asked for has left.

    Otherwise the rest stays promised in its old place in the queue and can be allocated again.
    Raises `NoOrderBehind`, `OrderOnHold`, `ShipsComplete`, `PackedBeyondOrder` and what `shipping.ship` raises.
    """
    order = lock_order_of(shipment_id)
    refuse_held([order])
    refuse_part_packed(order)
    _check_still_ordered(order, shipment_id)
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


def _check_still_ordered(order: SalesOrder, shipment_id: int) -> None:
    """An order that was changed after packing does not get what it has no longer: the carton is unpacked first."""
    beyond = [
        {"line": each.line.line, "item": each.line.item.number, "ordered": each.ordered, "packed": each.packed}
        for each in progress_of([order.pk])[order.pk]
        if each.packed > each.ordered
    ]
    if beyond or order.state == SalesOrderState.CANCELLED:
        shipment = Shipment.objects.get(pk=shipment_id)
        raise PackedBeyondOrder(order=order.number, shipment=shipment.number, state=order.state, lines=beyond)


def ship_shipment(*, shipment_id: int, by: Actor, at: datetime) -> Shipment:
    """Let a shipment leave, with what that means for its order if it serves one. Raises as `ship_order_shipment`."""
    if OrderShipment.objects.filter(shipment=shipment_id).exists():
        return ship_order_shipment(shipment_id=shipment_id, by=by, at=at)
    return shipping.ship(shipment_id=shipment_id, by=by, at=at)


def depart_load(*, load_id: int, taken_by: str, by: Actor, at: datetime) -> Load:
    """Let a closed load leave with all its shipments, and each order know it; all of them or none.

    Raises what `shipping.depart_load` and `ship_order_shipment` raise.
    """
    orders = SalesOrder.objects.filter(order_shipments__shipment__load=load_id).distinct()
    SalesOrder.objects.lock(list(orders.values_list("pk", flat=True)))
    return shipping.depart_load(load_id=load_id, taken_by=taken_by, by=by, at=at, leave=ship_shipment)
