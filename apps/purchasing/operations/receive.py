"""A truck is unloaded: a receipt is opened at a dock, lines come in by lot, and closing it asks for the putaway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal

from django.db.models import F

from apps.catalog.models import Item
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.models import Lot, SerialNumber
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.purchasing.errors import NotADock, OrderNotReceivable, OverReceipt, ReceiptClosed, StatusNotReceivable
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine, Receipt, ReceiptLine
from apps.purchasing.models.receipt import RECEIPT_NUMBERS
from apps.purchasing.operations.goods import Label, name_lot, name_serials
from apps.purchasing.queries import waiting_at_dock
from apps.purchasing.states import PurchaseOrderState, ReceiptState
from apps.storage.operations import propose_putaways
from apps.supply.operations import note_received, stop_expecting

DOCKS = (LocationKind.DOCK, LocationKind.STAGING)
RECEIVABLE = (StockStatus.AVAILABLE, StockStatus.INSPECTION, StockStatus.DAMAGED)
COST = Decimal("0.000001")
OPEN_ORDER = (PurchaseOrderState.APPROVED, PurchaseOrderState.RECEIVING)


def open_receipt(*, order_id: int, dock_id: int, by: Actor, at: datetime, delivery_note: str = "") -> Receipt:
    """A truck with goods of this order stands at a dock; the sheet of what it should bring is printed.

    Raises `OrderNotReceivable`, `NotADock`.
    """
    order = PurchaseOrder.objects.lock_one(order_id)
    _check_receivable(order)
    dock = Location.objects.filter(pk=dock_id).first()
    if dock is None:
        raise NotFound(kind="location", number=str(dock_id))
    if dock.warehouse_id != order.warehouse_id or dock.kind not in DOCKS or not dock.is_active:
        raise NotADock(location=dock.code, warehouse=order.warehouse.code)
    receipt = Receipt.objects.create(
        number=RECEIPT_NUMBERS.next(),
        created_at=at,
        warehouse_id=order.warehouse_id,
        order=order,
        dock=dock,
        delivery_note=delivery_note,
        arrived_at=at,
        received_by=by.user,
    )
    enqueue("purchasing.print_receiving_sheet", at=at, order_id=order.pk, receipt=receipt.number, user_id=by.user.pk)
    return receipt


def receive_line(
    *,
    receipt_id: int,
    line: int,
    quantity: Decimal,
    by: Actor,
    at: datetime,
    status: str = StockStatus.AVAILABLE,
    lot_number: str = "",
    expires_on: date | None = None,
    made_on: date | None = None,
    supplier_lot: str = "",
    serials: Sequence[str] = (),
) -> list[ReceiptLine]:
    """So much of an order's line comes in at the dock, in one condition and of one lot; one row, or one a serial.

    Damaged goods count as received. Raises `OverReceipt`, `LotRequired`, `LotNotAllowed`, `LotMismatch`,
    `ExpiryRequired`, `ExpiredOnReceipt`, `SerialsMismatch`, `OrderNotReceivable`, `ReceiptClosed`.
    """
    receipt = Receipt.objects.lock_one(receipt_id)
    if receipt.state != ReceiptState.OPEN:
        raise ReceiptClosed(receipt=receipt.number)
    order = PurchaseOrder.objects.lock_one(receipt.order_id)
    _check_receivable(order)
    ordered = _lock_line(order, line)
    item = ordered.item
    if status not in RECEIVABLE:
        raise StatusNotReceivable(goods_status=status)
    amount = parse_quantity(quantity, scale=item.scale)
    _check_tolerance(ordered, item, amount)
    label = Label(number=lot_number.strip(), expires_on=expires_on, made_on=made_on, supplier_lot=supplier_lot.strip())
    lot = name_lot(item, label, supplier_id=order.supplier_id, today=receipt.warehouse.local_date(at), at=at)
    units = name_serials(item, serials, count=amount, lot=lot, at=at)
    goods = [_Goods(lot=lot, serial=unit, quantity=Decimal(1)) for unit in units] or [_Goods(lot=lot, quantity=amount)]
    received = _take_in(receipt, ordered, goods, status=status, by=by, at=at)
    ordered.received += amount
    ordered.save(update_fields=["received"])
    note_received(document=order.number, line=ordered.line, quantity=amount)
    if order.state == PurchaseOrderState.APPROVED:
        order.advance(PurchaseOrderState.RECEIVING)
    return received


def close_receipt(*, receipt_id: int, by: Actor, at: datetime) -> Receipt:
    """The truck is empty: what stands at the dock is to be put away, labels are printed.

    When every line has fully come and no other truck is being unloaded, the order closes too.
    """
    receipt = Receipt.objects.lock_one(receipt_id)
    receipt.must_allow(ReceiptState.CLOSED)
    order = PurchaseOrder.objects.lock_one(receipt.order_id)
    goods = waiting_at_dock(receipt)
    propose_putaways(goods, warehouse_id=receipt.warehouse_id, document=receipt.number, by=by, at=at)
    receipt.closed_at = at
    receipt.advance(ReceiptState.CLOSED, "closed_at")
    if receipt.lines.counted().exists():
        enqueue("purchasing.print_lot_labels", at=at, receipt_id=receipt.pk)
    if _all_in(order):
        stop_expecting(document=order.number, at=at)
        order.advance(PurchaseOrderState.CLOSED)
    return receipt


def _check_receivable(order: PurchaseOrder) -> None:
    if order.state not in OPEN_ORDER:
        raise OrderNotReceivable(order=order.number, state=order.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Goods:
    """What one move brings: a quantity, perhaps of a lot, or one serial unit."""

    quantity: Decimal
    lot: Lot | None
    serial: SerialNumber | None = None


def _take_in(
    receipt: Receipt,
    ordered: PurchaseOrderLine,
    goods: Sequence[_Goods],
    *,
    status: str,
    by: Actor,
    at: datetime,
) -> list[ReceiptLine]:
    """One posting from the supplier to the dock, at the order's price in company currency, and its receipt lines."""
    supplier = Place(location_id=Location.objects.virtual(receipt.warehouse, LocationKind.SUPPLIER).pk)
    dock = Place(location_id=receipt.dock_id, status=status)
    cost = (ordered.price * ordered.order.exchange_rate).quantize(COST)
    transaction_id = post(
        [
            Move(
                item_id=ordered.item_id,
                quantity=part.quantity,
                lot_id=part.lot.pk if part.lot is not None else None,
                serial_id=part.serial.pk if part.serial is not None else None,
                source=supplier,
                target=dock,
                unit_cost=cost,
            )
            for part in goods
        ],
        warehouse_id=receipt.warehouse_id,
        kind=TransactionKind.RECEIVE,
        by=by,
        at=at,
        document=receipt.number,
    )
    return ReceiptLine.objects.bulk_create(
        [
            ReceiptLine(
                receipt=receipt,
                order_line=ordered,
                item=ordered.item,
                lot=part.lot,
                serial=part.serial,
                status=status,
                quantity=part.quantity,
                transaction_id=transaction_id,
            )
            for part in goods
        ]
    )


def _lock_line(order: PurchaseOrder, line: int) -> PurchaseOrderLine:
    for ordered in PurchaseOrderLine.objects.filter(order=order, line=line).select_related("item").lock():
        ordered.order = order
        return ordered
    raise NotFound(kind="order line", number=f"{order.number}/{line}")


def _check_tolerance(ordered: PurchaseOrderLine, item: Item, amount: Decimal) -> None:
    most = ordered.most.quantize(Decimal(1).scaleb(-item.scale), rounding=ROUND_DOWN)
    if ordered.received + amount > most:
        raise OverReceipt(
            item=item.number, ordered=ordered.quantity, received=ordered.received, most=most, asked=amount
        )


def _all_in(order: PurchaseOrder) -> bool:
    """Whether an open order has nothing more to come: every line is full and no other receipt is open."""
    return (
        order.state in OPEN_ORDER
        and not order.lines.filter(received__lt=F("quantity")).exists()
        and not order.receipts.open().exists()
    )
