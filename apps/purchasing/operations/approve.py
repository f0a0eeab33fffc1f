"""The company is bound to a supplier: by another than who asked, within the limit of their role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.journal.actor import Actor
from apps.journal.operations import approve, enqueue
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine
from apps.purchasing.operations.deciding import check_another, check_limit, check_may_decide, note
from apps.purchasing.states import PurchaseOrderState
from apps.supply.operations import SupplyLine, expect, expect_again, stop_expecting


def approve_purchase_order(*, order_id: int, by: Actor, at: datetime, reason: str = "") -> PurchaseOrder:
    """Bind the company: the goods are expected from now on and the order is printed.

    A changed order goes on where it was, with what is expected as it is now; where all of it has come, it closes.
    Raises `NotAllowed`, `SelfApproval` for whoever raised the order, `OwnChange` for whoever changed it, and
    `AboveApprovalLimit`, which goes by the whole order.
    """
    order = PurchaseOrder.objects.lock_one(order_id)
    check_may_decide(by, f"approve {order}")
    changed = order.state == PurchaseOrderState.AMENDED
    check_another(order, by)
    order.must_allow(PurchaseOrderState.APPROVED)
    lines = list(order.lines.all())
    check_limit(order, order.value_of(lines), by)
    asked_by_id = order.amended_by_id if changed and order.amended_by_id is not None else order.raised_by_id
    approve(kind="purchase order", number=order.number, asked_by_id=asked_by_id, by=by, at=at, reason=reason)
    coming = [
        SupplyLine(
            line=line.line,
            item_id=line.item_id,
            quantity=line.quantity,
            due_on=line.promised_on or order.due_on,
        )
        for line in lines
        if line.quantity
    ]
    if changed:
        expect_again(coming, warehouse_id=order.warehouse_id, document=order.number, at=at)
    else:
        expect(coming, warehouse_id=order.warehouse_id, document=order.number)
    note("approve", order, by, at, reason, revision=order.revision)
    enqueue("purchasing.print_purchase_order", at=at, order_id=order.pk, user_id=by.user.pk)
    order.approved_by, order.approved_at = by.user, at
    to = where_it_stands(order, lines) if changed else PurchaseOrderState.APPROVED
    if to == PurchaseOrderState.CLOSED:
        stop_expecting(document=order.number, at=at)
    return order.advance(to, "approved_by", "approved_at")


def where_it_stands(order: PurchaseOrder, lines: Sequence[PurchaseOrderLine]) -> PurchaseOrderState:
    """Where a changed order stands by what has come: nothing, some, or all with no truck at the dock."""
    if not any(line.received for line in lines):
        return PurchaseOrderState.APPROVED
    if all(line.received >= line.quantity for line in lines) and not order.receipts.open().exists():
        return PurchaseOrderState.CLOSED
    return PurchaseOrderState.RECEIVING
