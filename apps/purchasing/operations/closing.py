"""The truck is empty: what stands at the dock is to be put away, and orders of which all has come are closed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.purchasing.models import PurchaseOrder, Receipt, ShippingNotice
from apps.purchasing.operations.inspecting import begin_inspections
from apps.purchasing.queries import waiting_at_dock
from apps.purchasing.states import RECEIVABLE_ORDER, NoticeState, PurchaseOrderState, ReceiptState
from apps.storage.operations import propose_putaways
from apps.supply.operations import stop_expecting


def close_receipt(*, receipt_id: int, by: Actor, at: datetime) -> Receipt:
    """The truck is empty: what stands at the dock is to be put away, labels are printed.

    An order of which every line has fully come closes too, when no other truck with goods of it is being unloaded.
    What the notice announced and nobody found is missing from now on.
    """
    receipt = Receipt.objects.lock_one(receipt_id)
    receipt.must_allow(ReceiptState.CLOSED)
    notice = ShippingNotice.objects.lock_one(receipt.notice_id) if receipt.notice_id is not None else None
    orders = PurchaseOrder.objects.lock(receipt.orders.values_list("pk", flat=True))
    finish(receipt, by=by, at=at)
    begin_inspections(receipt, by=by, at=at)
    if receipt.lines.counted().exists():
        enqueue("purchasing.print_lot_labels", at=at, receipt_id=receipt.pk)
        enqueue("planning.cross_dock", at=at)
    if notice is not None:
        notice.advance(NoticeState.RECEIVED)
    for order in orders:
        close_when_all_in(order, at=at)
    return receipt


def finish(receipt: Receipt, *, by: Actor, at: datetime) -> None:
    """No more comes by a receipt that is locked: what waits at its dock is to be put away."""
    goods = waiting_at_dock(receipt)
    propose_putaways(goods, warehouse_id=receipt.warehouse_id, document=receipt.number, by=by, at=at)
    receipt.closed_at = at
    receipt.advance(ReceiptState.CLOSED, "closed_at")


def close_when_all_in(order: PurchaseOrder, *, at: datetime) -> None:
    """An order that is locked closes when every line is full and no truck with goods of it is being unloaded."""
    if (
        order.state in RECEIVABLE_ORDER
        and not order.lines.filter(received__lt=F("quantity")).exists()
        and not order.receipts.open().exists()
    ):
        stop_expecting(document=order.number, at=at)
        order.advance(PurchaseOrderState.CLOSED)
