"""What somebody decides when a delivery is not as ordered: more may come, or what came blind is of an order."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.core.decimals import plain
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.purchasing.errors import NotTheSame, OverNotAllowed
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine, Receipt, ReceiptLine
from apps.purchasing.operations.closing import close_when_all_in
from apps.purchasing.operations.deciding import check_another, check_limit, check_may_decide, note
from apps.purchasing.operations.opening import check_receivable
from apps.purchasing.operations.receive import check_tolerance, count_in


def allow_over(*, order_id: int, line: int, most: Decimal, reason: str, by: Actor, at: datetime) -> PurchaseOrder:
    """Up to `most` (base units, in all) of an order's line may come, beyond its tolerance.

    Whoever allows it could approve the order with so much of it, and with what was allowed of its other lines.
    Raises `NotAllowed`, `SelfApproval`, `OwnChange`, `OrderNotReceivable`, `OverNotAllowed`, `AboveApprovalLimit`.
    """
    order = PurchaseOrder.objects.lock_one(order_id)
    check_may_decide(by, f"let more come of {order}")
    check_another(order, by)
    check_receivable(order)
    rows = PurchaseOrderLine.objects.filter(order=order).select_related("item").lock()
    ordered = next((row for row in rows if row.line == line), None)
    if ordered is None:
        raise NotFound(kind="order line", number=f"{order.number}/{line}")
    asked = parse_quantity(most, scale=ordered.item.scale)
    if asked <= ordered.most:
        raise OverNotAllowed(line=f"{order.number}/{line}", most=ordered.most)
    over = {row.pk: row.over_allowed * row.price for row in rows}
    over[ordered.pk] = (asked - ordered.quantity) * ordered.price
    check_limit(order, order.value_of(rows) + sum(over.values(), Decimal(0)) * order.exchange_rate, by)
    ordered.over_allowed += asked - ordered.most
    ordered.save(update_fields=["over_allowed"])
    note("allow more", order, by, at, reason, line=line, most=plain(asked))
    return order


def count_for_order(*, receipt_line_id: int, order_id: int, line: int, by: Actor, at: datetime) -> ReceiptLine:
    """What came without an order is of this order's line after all: it counts as received of it.

    Its cost stays as it was posted. Raises `NotAllowed`, `NotFound`, `NotTheSame`, `OrderNotReceivable`, `OverReceipt`.
    """
    check_may_decide(by, "count goods for an order")
    came = ReceiptLine.objects.for_user(by.user).filter(pk=receipt_line_id).first()
    if came is None:
        raise NotFound(kind="receipt line", number=str(receipt_line_id))
    receipt = Receipt.objects.lock_one(came.receipt_id)
    order = PurchaseOrder.objects.lock_one(order_id)
    check_receivable(order)
    ordered = next(iter(PurchaseOrderLine.objects.filter(order=order, line=line).select_related("item").lock()), None)
    if ordered is None:
        raise NotFound(kind="order line", number=f"{order.number}/{line}")
    [came] = ReceiptLine.objects.lock([came.pk])
    if (problem := _apart(came, ordered, receipt, order)) is not None:
        raise NotTheSame(receipt=receipt.number, line=str(ordered), problem=problem)
    check_tolerance(ordered, came.quantity)
    came.order_line = ordered
    came.save(update_fields=["order_line"])
    ordered.order = order
    count_in({order.pk: order}, [(ordered, came.quantity)])
    receipt.orders.add(order)
    note("count for", order, by, at, "", line=line, receipt=receipt.number, quantity=plain(came.quantity))
    close_when_all_in(order, at=at)
    return came


def _apart(came: ReceiptLine, ordered: PurchaseOrderLine, receipt: Receipt, order: PurchaseOrder) -> str | None:
    """Why goods that came are not of an order's line; None when they may be."""
    if came.order_line_id is not None:
        return "it is counted for an order already"
    if came.undone:
        return "it was undone"
    if came.item_id != ordered.item_id:
        return f"it is {came.item}, not {ordered.item}"
    if (receipt.supplier_id, receipt.warehouse_id) != (order.supplier_id, order.warehouse_id):
        return "the order is of another supplier or for another warehouse"
    return None
