"""A change of an order that waits for approval is given up: the order is again as it was approved."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.core.errors import IllegalTransition
from apps.journal.actor import Actor
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine
from apps.purchasing.operations.approve import where_it_stands
from apps.purchasing.operations.deciding import check_may_decide, note
from apps.purchasing.states import PurchaseOrderState
from apps.supply.operations import stop_expecting


def reject_change(*, order_id: int, reason: str, by: Actor, at: datetime) -> PurchaseOrder:
    """Put back quantities, prices, date and terms as they were approved; lines that were added are cancelled.

    Whoever may decide rejects, or withdraws their own. The supplier's confirmation, which the change ended, is asked
    for anew. Raises `NotAllowed`, `IllegalTransition` when no change waits.
    """
    order = PurchaseOrder.objects.lock_one(order_id)
    check_may_decide(by, f"reject a change of {order}")
    if order.state != PurchaseOrderState.AMENDED:
        raise IllegalTransition(document=order.number, state=order.state, target=PurchaseOrderState.APPROVED)
    approved = order.revisions.order_by("-number")[0]
    before = {row["line"]: row for row in approved.lines}
    lines = PurchaseOrderLine.objects.filter(order=order).lock()
    for line in lines:
        row = before.get(line.line)
        line.quantity = Decimal(row["quantity"]) if row is not None else Decimal(0)
        if row is not None:
            line.price = Decimal(row["price"])
    PurchaseOrderLine.objects.bulk_update(lines, ["quantity", "price"])
    note("reject change", order, by, at, reason, revision=order.revision)
    order.due_on, order.terms = approved.due_on, approved.terms
    order.approved_by_id, order.approved_at = approved.approved_by_id, approved.approved_at
    order.amended_by = order.amended_at = None
    to = where_it_stands(order, lines)
    if to == PurchaseOrderState.CLOSED:
        stop_expecting(document=order.number, at=at)
    return order.advance(to, "due_on", "terms", "approved_by", "approved_at", "amended_by", "amended_at")
