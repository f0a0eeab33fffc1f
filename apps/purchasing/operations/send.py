"""An approved order goes to its supplier, who confirms it and says when each line comes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from apps.core.errors import NotFound
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.purchasing.errors import LineNotOpen, OrderNotBinding, PromisedInThePast
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine
from apps.purchasing.operations.deciding import check_may_decide, note
from apps.purchasing.states import RECEIVABLE_ORDER, SendMethod
from apps.supply.operations import reschedule


def send_purchase_order(*, order_id: int, how: str, by: Actor, at: datetime, to: str = "") -> PurchaseOrder:
    """Note that the order went to its supplier, how and to whom, and print it as it was sent; it may go again.

    Raises `NotAllowed`, `OrderNotBinding`.
    """
    order = _binding(order_id, by, "send")
    order.sent_by, order.sent_at, order.sent_how = by.user, at, SendMethod(how)
    order.save(update_fields=["sent_by", "sent_at", "sent_how"])
    note("send", order, by, at, "", how=order.get_sent_how_display(), to=to, revision=order.revision)
    enqueue("purchasing.print_purchase_order", at=at, order_id=order.pk, user_id=by.user.pk)
    return order


def acknowledge_purchase_order(
    *,
    order_id: int,
    confirmation: str,
    by: Actor,
    at: datetime,
    promised: Mapping[int, date] | None = None,
    all_on: date | None = None,
) -> PurchaseOrder:
    """Note the supplier's confirmation: their number, and when lines come; `all_on` holds for the lines not named.

    What is expected, and so what can be promised to customers, follows. It may be confirmed again, as dates move.
    Raises `NotAllowed`, `OrderNotBinding`, `NotFound`, `LineNotOpen`, `PromisedInThePast`.
    """
    order = _binding(order_id, by, "confirm")
    lines = {line.line: line for line in PurchaseOrderLine.objects.filter(order=order).lock()}
    due = {number: all_on for number, line in lines.items() if line.open_quantity} if all_on is not None else {}
    due |= promised or {}
    today = order.warehouse.local_date(at)
    for number, day in sorted(due.items()):
        line = lines.get(number)
        if line is None:
            raise NotFound(kind="order line", number=f"{order.number}/{number}")
        if not line.open_quantity:
            raise LineNotOpen(order=order.number, line=number)
        if day < today:
            raise PromisedInThePast(line=number, promised_on=day, today=today)
        line.promised_on = day
    PurchaseOrderLine.objects.bulk_update([lines[number] for number in due], ["promised_on"])
    reschedule(document=order.number, due=due)
    order.acknowledged_by, order.acknowledged_at, order.confirmation = by.user, at, confirmation.strip()
    order.save(update_fields=["acknowledged_by", "acknowledged_at", "confirmation"])
    told = ", ".join(f"line {number}: {day}" for number, day in sorted(due.items()))
    note("acknowledge", order, by, at, "", confirmation=order.confirmation, promised=told)
    return order


def _binding(order_id: int, by: Actor, verb: str) -> PurchaseOrder:
    """The order, locked, approved as it stands."""
    order = PurchaseOrder.objects.lock_one(order_id)
    check_may_decide(by, f"{verb} {order}")
    if order.state not in RECEIVABLE_ORDER:
        raise OrderNotBinding(order=order.number, state=order.state)
    return order
