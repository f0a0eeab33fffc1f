"""States of orders, notices, receipts and parked goods in their colours."""

from __future__ import annotations

from django.utils.safestring import SafeString

from apps.core.admin.cells import Tone, badge
from apps.purchasing.models import ParkedGoods, PurchaseOrder, Receipt, ShippingNotice
from apps.purchasing.states import NoticeState, ParkedState, PurchaseOrderState, ReceiptState

ORDER_TONES = {
    PurchaseOrderState.DRAFT: Tone.WAITING,
    PurchaseOrderState.SUBMITTED: Tone.READY,
    PurchaseOrderState.APPROVED: Tone.READY,
    PurchaseOrderState.RECEIVING: Tone.PROGRESS,
    PurchaseOrderState.AMENDED: Tone.READY,
    PurchaseOrderState.CLOSED: Tone.DONE,
    PurchaseOrderState.CANCELLED: Tone.BLOCKED,
}
NOTICE_TONES = {
    NoticeState.ANNOUNCED: Tone.READY,
    NoticeState.ARRIVED: Tone.PROGRESS,
    NoticeState.RECEIVED: Tone.DONE,
    NoticeState.CANCELLED: Tone.BLOCKED,
}
PARKED_TONES = {
    ParkedState.PARKED: Tone.LATE,
    ParkedState.IDENTIFIED: Tone.DONE,
    ParkedState.RETURNED: Tone.WAITING,
}


def order_badge(order: PurchaseOrder) -> SafeString:
    """Where the order stands, in its colour."""
    return badge(order.get_state_display(), ORDER_TONES[PurchaseOrderState(order.state)])


def receipt_badge(receipt: Receipt) -> SafeString:
    """Whether the truck is still being unloaded."""
    return badge(receipt.get_state_display(), Tone.PROGRESS if receipt.state == ReceiptState.OPEN else Tone.DONE)


def notice_badge(notice: ShippingNotice) -> SafeString:
    """Where an announced despatch stands."""
    return badge(notice.get_state_display(), NOTICE_TONES[NoticeState(notice.state)])


def parked_badge(parked: ParkedGoods) -> SafeString:
    """Whether somebody has named them."""
    return badge(parked.get_state_display(), PARKED_TONES[ParkedState(parked.state)])
