"""The company is bound to a supplier: by another than who asked, within the limit of their role."""

from __future__ import annotations

from datetime import datetime

from apps.journal.actor import Actor
from apps.journal.operations import approve, enqueue
from apps.purchasing.errors import SelfApproval
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.operations.deciding import check_limit, check_may_decide, note
from apps.purchasing.states import PurchaseOrderState
from apps.supply.operations import SupplyLine, expect


def approve_purchase_order(*, order_id: int, by: Actor, at: datetime, reason: str = "") -> PurchaseOrder:
    """Bind the company: the goods are expected from now on and the order is printed.

    Raises `NotAllowed`, `SelfApproval` for whoever raised the order, and `AboveApprovalLimit`.
    """
    order = PurchaseOrder.objects.lock_one(order_id)
    check_may_decide(by, f"approve {order}")
    if order.raised_by_id == by.user.pk:
        raise SelfApproval(order=order.number, who=by.user.get_username())
    order.must_allow(PurchaseOrderState.APPROVED)
    lines = list(order.lines.all())
    check_limit(order, order.value_of(lines), by)
    approve(kind="purchase order", number=order.number, asked_by_id=order.raised_by_id, by=by, at=at, reason=reason)
    expect(
        [
            SupplyLine(line=line.line, item_id=line.item_id, quantity=line.quantity, due_on=order.due_on)
            for line in lines
        ],
        warehouse_id=order.warehouse_id,
        document=order.number,
    )
    note("approve", order, by, at, reason)
    enqueue("purchasing.print_purchase_order", at=at, order_id=order.pk, user_id=by.user.pk)
    order.approved_by, order.approved_at = by.user, at
    return order.advance(PurchaseOrderState.APPROVED, "approved_by", "approved_at")
