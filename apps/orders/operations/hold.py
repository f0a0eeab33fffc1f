"""Holds on orders: credit, address, fraud or somebody's word. What is promised stays promised; nothing goes on."""

from __future__ import annotations

from datetime import datetime

from apps.journal.actor import Actor
from apps.orders.errors import HoldReleased, HoldThere, OrderOver
from apps.orders.models import OrderHold, SalesOrder
from apps.orders.models.order import HoldKind
from apps.orders.operations.recall import recall_unstarted, settle
from apps.orders.operations.trail import check_may_sell, note
from apps.orders.states import SALES_ORDER_FLOW, SalesOrderState


def hold_order(*, order_id: int, kind: HoldKind, reason: str, by: Actor, at: datetime) -> SalesOrder:
    """Stop an order where it is; picks that nobody has begun come back from the floor and lose their reservations.

    Its promises keep their place in the queue. Raises `HoldThere`, `OrderOver`, `NotAllowed`.
    """
    order = SalesOrder.objects.select_related("warehouse").lock_one(order_id)
    check_may_sell(by, f"hold {order}")
    if SALES_ORDER_FLOW.is_final(order.state) or order.state == SalesOrderState.CANCELLING:
        raise OrderOver(order=order.number, state=order.state)
    if order.holds.open().filter(kind=kind).exists():
        raise HoldThere(order=order.number, kind=HoldKind(kind).label.lower())
    OrderHold.objects.create(order=order, kind=kind, reason=reason, placed_at=at, placed_by=by.user)
    if order.state == SalesOrderState.RELEASED:
        recall_unstarted(order, reason="order on hold", at=at)
        settle([order], at)
    note("hold", order, by=by, at=at, hold=HoldKind(kind).label, reason=reason)
    return order


def release_order_hold(*, order_id: int, kind: HoldKind, note_text: str = "", by: Actor, at: datetime) -> SalesOrder:
    """Let an order go on, as far as no other hold is open. Raises `HoldReleased`, `NotAllowed`."""
    order = SalesOrder.objects.select_related("warehouse").lock_one(order_id)
    check_may_sell(by, f"release the hold on {order}")
    hold = order.holds.open().filter(kind=kind).first()
    if hold is None:
        raise HoldReleased(order=order.number, kind=HoldKind(kind).label.lower())
    hold.released_at, hold.released_by, hold.release_note = at, by.user, note_text
    hold.save(update_fields=["released_at", "released_by", "release_note"])
    note("release hold", order, by=by, at=at, hold=hold.get_kind_display(), note=note_text)
    return order
