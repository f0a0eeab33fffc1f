"""An order's shipment leaves, alone or with a load, and the order knows what it still owes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from apps.journal.actor import Actor
from apps.journal.operations import enqueue_all
from apps.orders.errors import PackedBeyondOrder
from apps.orders.models import OrderShipment, SalesOrder
from apps.orders.operations.gate import refuse_held, refuse_part_packed
from apps.orders.operations.pack import lock_order_of
from apps.orders.queries.progress import progress_of
from apps.orders.states import SalesOrderState
from apps.shipping import operations as shipping
from apps.shipping.models import Load, Shipment
from apps.shipping.states import ShipmentState
from apps.supply.operations import end_promises_of


def ship_order_shipment(*, shipment_id: int, by: Actor, at: datetime) -> Shipment:
    """Ship, print the packing slip, and end the order when all it asked for has left.

    Otherwise the rest stays promised in its old place in the queue and can be allocated again.
    Raises `NoOrderBehind`, `OrderOnHold`, `ShipsComplete`, `PackedBeyondOrder` and what `shipping.ship` raises.
    """
    order = lock_order_of(shipment_id)
    _check_may_leave({order.pk: order}, {shipment_id: order.pk})
    shipment = shipping.ship(shipment_id=shipment_id, by=by, at=at)
    _note_shipped([order], at)
    _print_slips([shipment.number], by=by, at=at)
    return shipment


def ship_shipment(*, shipment_id: int, by: Actor, at: datetime) -> Shipment:
    """Let a shipment leave, with what that means for its order if it serves one. Raises as `ship_order_shipment`."""
    if OrderShipment.objects.filter(shipment=shipment_id).exists():
        return ship_order_shipment(shipment_id=shipment_id, by=by, at=at)
    return shipping.ship(shipment_id=shipment_id, by=by, at=at)


def depart_load(*, load_id: int, taken_by: str, by: Actor, at: datetime) -> Load:
    """Let a closed load leave with all its shipments, and each order know it; all of them or none.

    However many of them go to customers, it takes the same number of statements; one to our own site takes its own.
    Raises what `shipping.depart_load` and `ship_order_shipment` raise.
    """
    served = OrderShipment.objects.filter(shipment__load=load_id).exclude(shipment__state=ShipmentState.SHIPPED)
    order_ids = sorted(set(served.values_list("order", flat=True)))
    orders = {order.pk: order for order in SalesOrder.objects.select_related("warehouse").lock(order_ids)}
    # Asked again now that none of these orders changes any more.
    shipments = dict(served.filter(order__in=orders).order_by("shipment").values_list("shipment", "order"))
    _check_may_leave(orders, shipments)
    load = shipping.depart_load(load_id=load_id, taken_by=taken_by, by=by, at=at)
    _note_shipped(list(orders.values()), at)
    numbers = Shipment.objects.filter(pk__in=shipments).order_by("pk").values_list("number", flat=True)
    _print_slips(list(numbers), by=by, at=at)
    return load


def _check_may_leave(orders: Mapping[int, SalesOrder], shipments: Mapping[int, int]) -> None:
    """No order is on hold, or to leave whole and not all packed; `shipments` says which order each serves."""
    refuse_held(orders.values())
    refuse_part_packed(orders.values())
    _check_still_ordered(orders, shipments)


def _check_still_ordered(orders: Mapping[int, SalesOrder], shipments: Mapping[int, int]) -> None:
    """An order that was changed after packing does not get what it has no longer: the carton is unpacked first."""
    progress = progress_of(orders)
    for shipment_id, order_id in shipments.items():
        order = orders[order_id]
        beyond = [
            {"line": each.line.line, "item": each.line.item.number, "ordered": each.ordered, "packed": each.packed}
            for each in progress[order_id]
            if each.packed > each.ordered
        ]
        if beyond or order.state == SalesOrderState.CANCELLED:
            shipment = Shipment.objects.get(pk=shipment_id)
            raise PackedBeyondOrder(order=order.number, shipment=shipment.number, state=order.state, lines=beyond)


def _note_shipped(orders: Sequence[SalesOrder], at: datetime) -> None:
    """Orders of which all has left are over; of the others a part has left."""
    progress = progress_of([order.pk for order in orders])
    over = [order for order in orders if all(each.shipped == each.ordered for each in progress[order.pk])]
    end_promises_of([order.number for order in over], at=at)
    SalesOrder.advance_all(over, SalesOrderState.SHIPPED, shipped_at=at)
    for order in over:
        order.shipped_at = at
    part = [order for order in orders if order not in over and order.state == SalesOrderState.PICKED]
    SalesOrder.advance_all(part, SalesOrderState.PART_SHIPPED)


def _print_slips(numbers: Sequence[str], *, by: Actor, at: datetime) -> None:
    enqueue_all(
        "orders.print_packing_slip",
        arguments=[{"shipment": number, "user_id": by.user.pk} for number in numbers],
        at=at,
    )
