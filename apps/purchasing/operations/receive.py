"""A truck is unloaded: a receipt is opened at a dock, goods come in by lot, and closing it asks for the putaway."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from django.db.models import F

from apps.catalog.models import Item
from apps.core.errors import NotFound
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.operations import Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.purchasing.errors import (
    NotADock,
    NothingArrived,
    OrderNotReceivable,
    OverReceipt,
    ReceiptClosed,
)
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine, Receipt, ReceiptLine
from apps.purchasing.models.receipt import RECEIPT_NUMBERS
from apps.purchasing.operations.arrivals import Arrival, Came, amounts_of, goods_of, moves
from apps.purchasing.operations.inspecting import begin_inspections, to_inspect
from apps.purchasing.queries import waiting_at_dock
from apps.purchasing.states import RECEIVABLE_ORDER, PurchaseOrderState, ReceiptState
from apps.storage.operations import lock_and_fill, propose_putaways
from apps.storage.queries import load_of
from apps.supply.operations import note_received, stop_expecting

DOCKS = (LocationKind.DOCK, LocationKind.STAGING)


def open_receipt(*, order_id: int, dock_id: int, by: Actor, at: datetime, delivery_note: str = "") -> Receipt:
    """A truck with goods of this order stands at a dock; the sheet of what it should bring is printed.

    Raises `OrderNotReceivable`, `NotADock`.
    """
    order = PurchaseOrder.objects.lock_one(order_id)
    receipt = begin(order, dock_id=dock_id, delivery_note=delivery_note, by=by, at=at)
    enqueue("purchasing.print_receiving_sheet", at=at, order_id=order.pk, receipt=receipt.number, user_id=by.user.pk)
    return receipt


def receive_lines(*, receipt_id: int, arrivals: Sequence[Arrival], by: Actor, at: datetime) -> list[ReceiptLine]:
    """What came comes in, in one posting: a row for each arrival, or for each serial number.

    Damaged and rejected goods count as received. What goes straight to a place obeys the rules of that place. The same
    number of statements however many there are. Raises `NothingArrived`, `OverReceipt`, `LotRequired`,
    `LotNotAllowed`, `LotMismatch`, `ExpiryRequired`, `ExpiredOnReceipt`, `ShortDated`, `ImpossibleDates`,
    `SerialsMismatch`, `RejectionUnclear`, `StatusNotReceivable`, `OrderNotReceivable`, `ReceiptClosed`,
    `MustBeInspected`, and what `lock_and_fill` raises.
    """
    receipt = Receipt.objects.lock_one(receipt_id)
    if receipt.state != ReceiptState.OPEN:
        raise ReceiptClosed(receipt=receipt.number)
    receipt.order = PurchaseOrder.objects.lock_one(receipt.order_id)
    return bring_in(receipt, to_inspect(receipt, arrivals, at), by=by, at=at)


def close_receipt(*, receipt_id: int, by: Actor, at: datetime) -> Receipt:
    """The truck is empty: what stands at the dock is to be put away, labels are printed.

    When every line has fully come and no other truck is being unloaded, the order closes too.
    """
    receipt = Receipt.objects.lock_one(receipt_id)
    receipt.must_allow(ReceiptState.CLOSED)
    order = PurchaseOrder.objects.lock_one(receipt.order_id)
    finish(receipt, by=by, at=at)
    begin_inspections(receipt, by=by, at=at)
    if receipt.lines.counted().exists():
        enqueue("purchasing.print_lot_labels", at=at, receipt_id=receipt.pk)
    if _all_in(order):
        stop_expecting(document=order.number, at=at)
        order.advance(PurchaseOrderState.CLOSED)
    return receipt


def begin(order: PurchaseOrder, *, dock_id: int, delivery_note: str, by: Actor, at: datetime) -> Receipt:
    """A receipt at a dock, of an order that is locked."""
    _check_receivable(order)
    dock = Location.objects.filter(pk=dock_id).first()
    if dock is None:
        raise NotFound(kind="location", number=str(dock_id))
    if dock.warehouse_id != order.warehouse_id or dock.kind not in DOCKS or not dock.is_active:
        raise NotADock(location=dock.code, warehouse=order.warehouse.code)
    return Receipt.objects.create(
        number=RECEIPT_NUMBERS.next(),
        created_at=at,
        warehouse=order.warehouse,
        order=order,
        dock=dock,
        delivery_note=delivery_note,
        arrived_at=at,
        received_by=by.user,
    )


def bring_in(receipt: Receipt, arrivals: Sequence[Arrival], *, by: Actor, at: datetime) -> list[ReceiptLine]:
    """What came by a receipt that is open and locked, its order too."""
    order = receipt.order
    if not arrivals:
        raise NothingArrived(receipt=receipt.number)
    _check_receivable(order)
    lines = _lock_lines(order, {arrival.line for arrival in arrivals})
    amounts = [amounts_of(arrival, lines[arrival.line].item) for arrival in arrivals]
    came: dict[PurchaseOrderLine, Decimal] = defaultdict(Decimal)
    for arrival, (amount, _) in zip(arrivals, amounts, strict=True):
        came[lines[arrival.line]] += amount
    for ordered, amount in came.items():
        _check_tolerance(ordered, ordered.item, amount)
    # Places before lots, as a putaway locks them: goods_of may complete a lot.
    Location.objects.lock({each.location_id for each in arrivals if each.location_id is not None})
    received = _take_in(receipt, goods_of(receipt, lines, arrivals, amounts, at), by=by, at=at)
    PurchaseOrderLine.objects.add_each("received", {ordered.pk: amount for ordered, amount in came.items()})
    note_received(document=order.number, quantities={ordered.line: amount for ordered, amount in came.items()})
    if order.state == PurchaseOrderState.APPROVED:
        order.advance(PurchaseOrderState.RECEIVING)
    return received


def finish(receipt: Receipt, *, by: Actor, at: datetime) -> None:
    """No more comes by a receipt that is locked: what waits at its dock is to be put away."""
    goods = waiting_at_dock(receipt)
    propose_putaways(goods, warehouse_id=receipt.warehouse_id, document=receipt.number, by=by, at=at)
    receipt.closed_at = at
    receipt.advance(ReceiptState.CLOSED, "closed_at")


def _check_receivable(order: PurchaseOrder) -> None:
    if order.state not in RECEIVABLE_ORDER:
        raise OrderNotReceivable(order=order.number, state=order.state)


def _take_in(receipt: Receipt, goods: Sequence[Came], *, by: Actor, at: datetime) -> list[ReceiptLine]:
    """One posting from the supplier, at the order's prices in company currency, and its receipt lines.

    What is rejected comes to the dock and goes back in the same posting, so that its lot's history tells of it.
    """
    straight = [
        (
            each.arrival.location_id,
            each.ordered.item,
            load_of(
                each.ordered.item,
                lot_id=each.lot.pk if each.lot is not None else None,
                status=each.arrival.status,
                quantity=each.quantity - each.rejected,
            ),
        )
        for each in goods
        if each.arrival.location_id is not None and each.quantity > each.rejected
    ]
    if straight:
        lock_and_fill(straight, warehouse_id=receipt.warehouse_id, at=at)
    supplier = Place(location_id=Location.objects.virtual(receipt.warehouse, LocationKind.SUPPLIER).pk)
    transaction_id = post(
        [move for each in goods for move in moves(each, supplier, receipt.dock_id)],
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
                order_line=each.ordered,
                item=each.ordered.item,
                lot=each.lot,
                serial=each.serial,
                status=each.arrival.status,
                quantity=each.quantity,
                rejected=each.rejected,
                rejected_because=each.arrival.rejected_because.strip(),
                location_id=each.arrival.location_id,
                transaction_id=transaction_id,
            )
            for each in goods
        ]
    )


def _lock_lines(order: PurchaseOrder, wanted: set[int]) -> dict[int, PurchaseOrderLine]:
    found = PurchaseOrderLine.objects.filter(order=order, line__in=wanted)
    rows = found.select_related("item__storage_condition").lock()
    lines = {ordered.line: ordered for ordered in rows}
    if missing := wanted - lines.keys():
        raise NotFound(kind="order line", number=f"{order.number}/{min(missing)}")
    for ordered in rows:
        ordered.order = order
    return lines


def _check_tolerance(ordered: PurchaseOrderLine, item: Item, amount: Decimal) -> None:
    most = ordered.most.quantize(Decimal(1).scaleb(-item.scale), rounding=ROUND_DOWN)
    if ordered.received + amount > most:
        raise OverReceipt(
            item=item.number, ordered=ordered.quantity, received=ordered.received, most=most, asked=amount
        )


def _all_in(order: PurchaseOrder) -> bool:
    """Whether an open order has nothing more to come: every line is full and no other receipt is open."""
    return (
        order.state in RECEIVABLE_ORDER
        and not order.lines.filter(received__lt=F("quantity")).exists()
        and not order.receipts.open().exists()
    )
