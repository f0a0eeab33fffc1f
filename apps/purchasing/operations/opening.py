"""A truck stands at a dock: a receipt is opened for orders, for what a notice announced, or blind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.catalog.models import Party
from apps.core.errors import NotFound
from apps.journal.actor import Actor
from apps.journal.operations import enqueue, record
from apps.locations.choices import DOORS
from apps.locations.models import Location
from apps.locations.operations import unload_truck
from apps.purchasing.errors import (
    NotADock,
    NoticeNotOpen,
    OrderNotReceivable,
    OrdersApart,
    ReceiptClosed,
    ReceiptHasGoods,
)
from apps.purchasing.models import PurchaseOrder, Receipt, ShippingNotice
from apps.purchasing.models.receipt import RECEIPT_NUMBERS
from apps.purchasing.operations.closing import close_when_all_in
from apps.purchasing.operations.deciding import check_may_decide, supplier_of
from apps.purchasing.states import RECEIVABLE_ORDER, NoticeState, ReceiptState


def open_receipt(
    *,
    order_ids: Sequence[int],
    dock_id: int,
    by: Actor,
    at: datetime,
    delivery_note: str = "",
    appointment_id: int | None = None,
) -> Receipt:
    """A truck with goods of these orders stands at a dock; a sheet of what each should bring is printed.

    A truck that was booked has arrived when it was checked in, and stands at its door from now on if it did not before.
    Raises `OrderNotReceivable`, `OrdersApart`, `NotADock`, `AppointmentUnfit`, `DockOccupied`.
    """
    orders = PurchaseOrder.objects.lock(order_ids)
    if not orders or len(orders) < len(set(order_ids)):
        raise NotFound(kind="purchase order", number=", ".join(map(str, order_ids)))
    receipt = begin(orders, dock_id=dock_id, delivery_note=delivery_note, appointment_id=appointment_id, by=by, at=at)
    _print_sheets(receipt, orders, by, at)
    return receipt


def open_announced_receipt(
    *,
    notice_id: int,
    dock_id: int,
    by: Actor,
    at: datetime,
    delivery_note: str = "",
    appointment_id: int | None = None,
) -> Receipt:
    """The truck of a shipping notice stands at a dock: its units come in by one scan each.

    Raises `NoticeNotOpen`, `OrderNotReceivable`, `NotADock`, `AppointmentUnfit`, `DockOccupied`.
    """
    notice = ShippingNotice.objects.lock_one(notice_id)
    if notice.state != NoticeState.ANNOUNCED:
        raise NoticeNotOpen(notice=notice.number, state=notice.state)
    named = notice.lines.filter(order_line__isnull=False).values("order_line__order")
    orders = PurchaseOrder.objects.filter(pk__in=named).lock()
    for order in orders:
        check_receivable(order)
    receipt = _create(
        notice.supplier,
        _dock(dock_id, notice.warehouse_id),
        delivery_note=delivery_note or notice.reference,
        by=by,
        at=at,
        notice=notice,
        appointment_id=appointment_id,
    )
    receipt.orders.set(orders)
    notice.advance(NoticeState.ARRIVED)
    _print_sheets(receipt, orders, by, at)
    return receipt


def open_blind_receipt(
    *,
    supplier_id: int,
    dock_id: int,
    by: Actor,
    at: datetime,
    delivery_note: str = "",
    appointment_id: int | None = None,
) -> Receipt:
    """A truck of a supplier stands at a dock with goods that nobody ordered, or whose order nobody knows.

    Orders are named later, for the receipt or for a line of it. Raises `NotAllowed`, `NotASupplier`, `NotADock`,
    `AppointmentUnfit`, `DockOccupied`.
    """
    check_may_decide(by, "receive goods without an order")
    supplier = supplier_of(supplier_id)
    return _create(supplier, _dock(dock_id), delivery_note=delivery_note, appointment_id=appointment_id, by=by, at=at)


def add_orders(*, receipt_id: int, order_ids: Sequence[int], by: Actor, at: datetime) -> Receipt:
    """The truck carries goods of these orders too; anyone at the dock may say so, as they may open a receipt for them.

    Raises `ReceiptClosed`, `OrderNotReceivable`, `OrdersApart`.
    """
    receipt = lock_open(receipt_id)
    orders = PurchaseOrder.objects.lock(order_ids)
    check_together(orders, supplier_id=receipt.supplier_id, warehouse_id=receipt.warehouse_id)
    receipt.orders.add(*orders)
    _print_sheets(receipt, orders, by, at)
    return receipt


def cancel_receipt(*, receipt_id: int, reason: str, by: Actor, at: datetime) -> Receipt:
    """The truck drove off, or the receipt was opened by mistake; what came in by it is undone first.

    Whoever opened it may, and who may decide. Its notice is waited for again; an order that only waited for this truck
    is closed. Raises `NotAllowed`, `IllegalTransition`, `ReceiptHasGoods`.
    """
    receipt = Receipt.objects.lock_one(receipt_id)
    if receipt.received_by_id != by.user.pk:
        check_may_decide(by, f"cancel {receipt}")
    receipt.must_allow(ReceiptState.CANCELLED)
    lines = receipt.lines.counted().count()
    parked = receipt.parked.open().count()
    if lines or parked:
        raise ReceiptHasGoods(receipt=receipt.number, lines=lines, parked=parked)
    if receipt.notice_id is not None:
        ShippingNotice.objects.lock_one(receipt.notice_id).advance(NoticeState.ANNOUNCED)
    orders = PurchaseOrder.objects.lock(receipt.orders.values_list("pk", flat=True))
    record(
        "cancel",
        kind="receipt",
        number=receipt.number,
        by=by,
        at=at,
        warehouse_code=receipt.warehouse.code,
        reason=reason,
    )
    receipt.closed_at = at
    receipt.advance(ReceiptState.CANCELLED, "closed_at")
    for order in orders:
        close_when_all_in(order, at=at)
    return receipt


def begin(
    orders: Sequence[PurchaseOrder],
    *,
    dock_id: int,
    delivery_note: str,
    by: Actor,
    at: datetime,
    appointment_id: int | None = None,
) -> Receipt:
    """A receipt at a dock, of orders that are locked."""
    first = orders[0]
    check_together(orders, supplier_id=first.supplier_id, warehouse_id=first.warehouse_id)
    dock = _dock(dock_id, first.warehouse_id)
    receipt = _create(first.supplier, dock, delivery_note=delivery_note, appointment_id=appointment_id, by=by, at=at)
    receipt.orders.set(orders)
    return receipt


def lock_open(receipt_id: int) -> Receipt:
    """A receipt whose truck is being unloaded, locked. Raises `ReceiptClosed`."""
    receipt = Receipt.objects.select_related("warehouse").lock_one(receipt_id)
    if receipt.state != ReceiptState.OPEN:
        raise ReceiptClosed(receipt=receipt.number)
    return receipt


def check_receivable(order: PurchaseOrder) -> None:
    """Goods may come in against it. Raises `OrderNotReceivable`."""
    if order.state not in RECEIVABLE_ORDER:
        raise OrderNotReceivable(order=order.number, state=order.state)


def check_together(orders: Sequence[PurchaseOrder], *, supplier_id: int, warehouse_id: int) -> None:
    """One truck brings them: of one supplier, to one warehouse. Raises `OrderNotReceivable`, `OrdersApart`."""
    for order in orders:
        check_receivable(order)
        if (order.supplier_id, order.warehouse_id) != (supplier_id, warehouse_id):
            raise OrdersApart(order=order.number, supplier=order.supplier.number, warehouse=order.warehouse.code)


def _dock(dock_id: int, warehouse_id: int | None = None) -> Location:
    dock = Location.objects.select_related("warehouse").filter(pk=dock_id).first()
    if dock is None:
        raise NotFound(kind="location", number=str(dock_id))
    elsewhere = warehouse_id is not None and dock.warehouse_id != warehouse_id
    if elsewhere or dock.kind not in DOORS or not dock.is_active:
        raise NotADock(location=dock.code, warehouse=dock.warehouse.code)
    return dock


def _create(
    supplier: Party,
    dock: Location,
    *,
    delivery_note: str,
    by: Actor,
    at: datetime,
    notice: ShippingNotice | None = None,
    appointment_id: int | None = None,
) -> Receipt:
    truck = None
    if appointment_id is not None:
        truck = unload_truck(appointment_id=appointment_id, warehouse_id=dock.warehouse_id, by=by, at=at)
    return Receipt.objects.create(
        number=RECEIPT_NUMBERS.next(),
        created_at=at,
        warehouse=dock.warehouse,
        supplier=supplier,
        notice=notice,
        dock=dock,
        appointment=truck,
        delivery_note=delivery_note,
        arrived_at=(truck and truck.arrived_at) or at,
        received_by=by.user,
    )


def _print_sheets(receipt: Receipt, orders: Sequence[PurchaseOrder], by: Actor, at: datetime) -> None:
    for order in orders:
        enqueue(
            "purchasing.print_receiving_sheet", at=at, order_id=order.pk, receipt=receipt.number, user_id=by.user.pk
        )
