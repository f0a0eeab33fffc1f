"""An order's early end, at any stage: stock and tasks follow."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.core.decimals import plain
from apps.journal.actor import Actor
from apps.ledger.models import Reservation
from apps.ledger.operations import release
from apps.orders.errors import AlreadyPacked
from apps.orders.models import PackedPick, PutBack, SalesOrder
from apps.orders.operations.recall import ask_to_put_back, recall_unstarted
from apps.orders.operations.trail import check_may_sell, note
from apps.orders.states import SalesOrderState
from apps.shipping.states import ShipmentState
from apps.supply.operations import end_promises


def cancel_sales_order(*, order_id: int, reason: str, by: Actor, at: datetime) -> SalesOrder:
    """Give an order up: its promises and reservations end, picks that nobody has begun are called off.

    What is picked goes back to a bin; until then the order is being cancelled. What is in a carton comes out first.
    An order of which something has shipped is ended short: what has left stays shipped. Raises `IllegalTransition`,
    `AlreadyPacked`, `NotAllowed`.
    """
    order = SalesOrder.objects.select_related("warehouse").lock_one(order_id)
    check_may_sell(by, f"cancel {order}")
    over = _end_of(order)
    order.must_allow(over)
    refuse_packed(order)
    recall_unstarted(order, reason="cancelled", at=at)
    claims = Reservation.objects.pending().filter(document=order.number).order_by("pk").values_list("pk", flat=True)
    if claims:
        release(list(claims), reason="cancelled")
    end_promises(document=order.number, at=at)
    back = ask_to_put_back(order, reason=reason, by=by, at=at)
    note("cancel", order, by=by, at=at, reason=reason, **({"to_put_back": plain(back)} if back else {}))
    return order.advance(SalesOrderState.CANCELLING if to_put_back(order) else over)


def refuse_packed(order: SalesOrder) -> None:
    """What is in a carton that has not left comes out before it is given up. Raises `AlreadyPacked`."""
    packed: dict[int, Decimal] = {}
    cartons: dict[str, None] = {}
    rows = (
        PackedPick.objects.filter(pick__allocation__line__order=order)
        .exclude(carton__shipment__state=ShipmentState.SHIPPED)
        .select_related("carton__unit", "pick__allocation__line")
        .order_by("pk")
    )
    for row in rows:
        line = row.pick.allocation.line.line
        packed[line] = packed.get(line, Decimal(0)) + row.quantity
        cartons[row.carton.unit.number] = None
    for line, quantity in packed.items():
        raise AlreadyPacked(order=order.number, line=line, packed=quantity, cartons=list(cartons))


def to_put_back(order: SalesOrder) -> bool:
    """Whether goods of an order that nobody wants any more stand in a tote."""
    return PutBack.objects.open().filter(pick__allocation__line__order=order).exists()


def finish_cancelling(order: SalesOrder) -> None:
    """The last of a given-up order's goods is back in a bin: the order is over."""
    if order.state == SalesOrderState.CANCELLING and not to_put_back(order):
        order.advance(_end_of(order))


def _end_of(order: SalesOrder) -> SalesOrderState:
    shipped = PackedPick.objects.filter(
        pick__allocation__line__order=order, carton__shipment__state=ShipmentState.SHIPPED
    )
    return SalesOrderState.SHIPPED if shipped.exists() else SalesOrderState.CANCELLED
