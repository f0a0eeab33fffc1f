"""What a truck brings comes in by lot, in one posting a command; the rules of orders and of places hold it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from apps.catalog.choices import ReasonKind
from apps.catalog.models import Item, ReasonCode
from apps.catalog.queries import reasons_among
from apps.core.errors import NotFound
from apps.core.prepared import Prepared
from apps.core.quantities import STEPS
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.operations import Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.overrides.operations import Occasion
from apps.purchasing.errors import NothingArrived, NotOnTruck, NotOrdered, NotTheSame, OrderUnclear, OverReceipt
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine, Receipt, ReceiptLine
from apps.purchasing.models.limit import DECIDERS
from apps.purchasing.models.receipt import ReceiptLineQuerySet
from apps.purchasing.operations.announced import as_announced
from apps.purchasing.operations.arrivals import (
    Arrival,
    Came,
    Expected,
    amounts_of,
    expected_of,
    goods_of,
    moves,
)
from apps.purchasing.operations.inspecting import to_inspect
from apps.purchasing.operations.opening import check_receivable, lock_open
from apps.purchasing.operations.ordered import Ordered, lock_ordered
from apps.purchasing.operations.units import units_of
from apps.purchasing.states import PurchaseOrderState
from apps.storage.operations import lock_and_fill
from apps.storage.queries import load_of
from apps.supply.operations import note_received


def receive_lines(*, receipt_id: int, arrivals: Sequence[Arrival], by: Actor, at: datetime) -> ReceiptLineQuerySet:
    """What came comes in, in one posting: a row for each arrival, or for each serial number.

    Damaged and rejected goods count as received. What goes straight to a place obeys the rules of that place. The same
    number of statements however many there are. Raises `NothingArrived`, `OrderUnclear`, `NotOnTruck`, `NotTheSame`,
    `NotOrdered`, `OverReceipt`, `LotRequired`, `LotNotAllowed`, `LotMismatch`, `ExpiryRequired`, `ExpiredOnReceipt`,
    `ShortDated`, `ImpossibleDates`, `SerialsMismatch`, `RejectionUnclear`, `StatusNotReceivable`,
    `OrderNotReceivable`, `ReceiptClosed`, `MustBeInspected`, `MalformedCode` and `UnitElsewhere` for the SSCC of a
    unit, and what `lock_and_fill` raises.
    """
    return bring_in(lock_open(receipt_id), arrivals, by=by, at=at)


def bring_in(
    receipt: Receipt, arrivals: Sequence[Arrival], *, by: Actor, at: datetime, inspects: bool = True
) -> ReceiptLineQuerySet:
    """What came by a receipt that is open and locked; the orders that it came of are locked here.

    What a plan wants to see comes in under inspection, unless it was seen elsewhere (`inspects`).
    """
    if not arrivals:
        raise NothingArrived(receipt=receipt.number)
    orders, lines = _lock_lines(receipt, arrivals)
    _check_same(receipt, arrivals, lines)
    arrivals = as_announced(receipt, arrivals, lines)
    expected = expected_of(arrivals, lines)
    _check_unordered(receipt, arrivals, expected, by)
    if inspects:
        arrivals = to_inspect(receipt, expected, arrivals, at)
    amounts = [amounts_of(arrival, each.item) for arrival, each in zip(arrivals, expected, strict=True)]
    came = _of_each_line(expected, amounts)
    for ordered, amount in came:
        check_tolerance(ordered, amount)
    # Places before lots, as a putaway locks them: goods_of may complete a lot.
    Location.objects.hold({each.location_id for each in arrivals if each.location_id is not None})
    goods = goods_of(receipt, expected, arrivals, amounts, at)
    transaction_id = _take_in(receipt, goods, by=by, at=at)
    count_in(orders, came)
    if any(arrival.unlabelled for arrival in arrivals):
        enqueue("purchasing.print_lot_labels", at=at, receipt_id=receipt.pk, transaction_id=transaction_id)
    return receipt.lines.filter(transaction=transaction_id).order_by("pk")


def _of_each_line(
    expected: Sequence[Expected], amounts: Sequence[tuple[Decimal, Decimal]]
) -> list[tuple[Ordered, Decimal]]:
    """How much came of each line, of all arrivals together."""
    lines: dict[int, Ordered] = {}
    total: dict[int, Decimal] = defaultdict(Decimal)
    for each, (amount, _) in zip(expected, amounts, strict=True):
        if each.line is not None:
            lines[each.line.pk] = each.line
            total[each.line.pk] += amount
    return [(line, total[pk]) for pk, line in lines.items()]


def count_in(orders: Mapping[int, PurchaseOrder], came: Sequence[tuple[Ordered | PurchaseOrderLine, Decimal]]) -> None:
    """So much of these lines has come, of orders by their keys; all of them are locked."""
    count(orders, came)
    for pk in {ordered.order_id for ordered, _ in came}:
        if orders[pk].state == PurchaseOrderState.APPROVED:
            orders[pk].advance(PurchaseOrderState.RECEIVING)


def count(orders: Mapping[int, PurchaseOrder], came: Iterable[tuple[Ordered | PurchaseOrderLine, Decimal]]) -> None:
    """So much more of these lines counts as received, and is waited for no more; less when it is taken back."""
    by_line: dict[int, Decimal] = {}
    by_order: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for ordered, amount in came:
        by_line[ordered.pk] = by_order[ordered.order_id][ordered.line] = amount
    PurchaseOrderLine.objects.add_each("received", by_line)
    for pk, quantities in by_order.items():
        note_received(document=orders[pk].number, quantities=quantities)


def check_tolerance(ordered: Ordered | PurchaseOrderLine, amount: Decimal) -> None:
    """So much more of the line may come. Raises `OverReceipt`."""
    item = ordered.item
    most = ordered.most.quantize(STEPS[item.scale], rounding=ROUND_DOWN)
    if ordered.received + amount > most:
        raise OverReceipt(
            item=item.number, ordered=ordered.quantity, received=ordered.received, most=most, asked=amount
        )


_ON_TRUCK: Prepared[int] = Prepared(
    lambda receipt: PurchaseOrder.objects.filter(receipts=receipt).order_by().values_list("pk", flat=True), int
)


def _lock_lines(receipt: Receipt, arrivals: Sequence[Arrival]) -> tuple[dict[int, PurchaseOrder], dict[int, Ordered]]:
    """The orders by key, and the line of each arrival by its place in the list; all locked.

    An arrival names its order, unless the truck brings goods of one order alone.
    """
    on_truck = set(_ON_TRUCK.rows(receipt.pk))
    only = next(iter(on_truck)) if len(on_truck) == 1 else None
    wanted: dict[int, tuple[int, int]] = {}
    for index, arrival in enumerate(arrivals):
        if arrival.line is None:
            continue
        order_id = arrival.order_id or only
        if order_id is None:
            raise OrderUnclear(receipt=receipt.number, line=arrival.line, orders=len(on_truck))
        wanted[index] = (order_id, arrival.line)
    orders = {order.pk: order for order in PurchaseOrder.objects.lock({order for order, _ in wanted.values()})}
    for pk, order in orders.items():
        if pk not in on_truck:
            raise NotOnTruck(receipt=receipt.number, order=order.number)
        check_receivable(order)
    lines = lock_ordered(wanted.values())
    for order_id, line in wanted.values():
        if (order_id, line) not in lines:
            raise NotFound(kind="order line", number=f"{orders[order_id]}/{line}")
    return orders, {index: lines[key] for index, key in wanted.items()}


def _check_same(receipt: Receipt, arrivals: Sequence[Arrival], lines: Mapping[int, Ordered]) -> None:
    """Goods that are named by a line and by their item are of one. Raises `NotTheSame`."""
    for index, ordered in lines.items():
        named = arrivals[index].item_id
        if named is not None and named != ordered.item.pk:
            problem = f"that is of {ordered.item}, not of {Item.objects.get(pk=named)}"
            raise NotTheSame(receipt=receipt.number, line=str(ordered), problem=problem)


def _check_unordered(receipt: Receipt, arrivals: Sequence[Arrival], expected: Sequence[Expected], by: Actor) -> None:
    """What nobody ordered goes back, or whoever may decide takes it in; a blind receipt was their decision.

    Raises `NotOrdered`.
    """
    unordered = [
        each.item
        for arrival, each in zip(arrivals, expected, strict=True)
        if each.line is None and arrival.rejected < arrival.quantity and arrival.notice_line_id is None
    ]
    if not unordered or by.user.has_role(*DECIDERS):
        return
    if receipt.notice_id is not None or receipt.orders.exists():
        raise NotOrdered(receipt=receipt.number, item=unordered[0].number)


def _take_in(receipt: Receipt, goods: Sequence[Came], *, by: Actor, at: datetime) -> int:
    """One posting from the supplier, at the order's prices in company currency, and its receipt lines; its key.

    What is rejected comes to the dock and goes back in the same posting, so that its lot's history tells of it.
    """
    straight = [
        (
            each.arrival.location_id,
            load_of(
                each.item,
                lot_id=each.lot.pk if each.lot is not None else None,
                status=each.arrival.status,
                quantity=each.quantity - each.rejected,
            ),
        )
        for each in goods
        if each.arrival.location_id is not None and each.quantity > each.rejected
    ]
    if straight:
        occasion = Occasion(by=by, at=at, document=receipt.number)
        lock_and_fill(straight, warehouse_id=receipt.warehouse_id, occasion=occasion)
    units = units_of(receipt, [each.arrival for each in goods if each.quantity > each.rejected])
    supplier = Place(location_id=Location.objects.virtual(receipt.warehouse, LocationKind.SUPPLIER).pk)
    transaction_id = post(
        [move for each in goods for move in moves(each, supplier, receipt.dock_id, units)],
        warehouse_id=receipt.warehouse_id,
        kind=TransactionKind.RECEIVE,
        by=by,
        at=at,
        document=receipt.number,
    )
    reasons = reasons_among(ReasonKind.REJECT, {each.arrival.rejected_because.strip() for each in goods} - {""})
    why = [_why(each.arrival, reasons) for each in goods]
    ReceiptLine.objects.add_rows(
        receipt_id=receipt.pk,
        transaction_id=transaction_id,
        order_line_id=[each.ordered.pk if each.ordered is not None else None for each in goods],
        notice_line_id=[each.arrival.notice_line_id for each in goods],
        item_id=[each.item.pk for each in goods],
        lot_id=[each.lot.pk if each.lot is not None else None for each in goods],
        serial_id=[each.serial.pk if each.serial is not None else None for each in goods],
        status=[str(each.arrival.status) for each in goods],
        quantity=[each.quantity for each in goods],
        rejected=[each.rejected for each in goods],
        rejected_because=[text for text, _ in why],
        rejected_code=[code for _, code in why],
        location_id=[each.arrival.location_id for each in goods],
        unit_id=[units.get(each.arrival.sscc) if each.quantity > each.rejected else None for each in goods],
    )
    return transaction_id


def _why(arrival: Arrival, reasons: Mapping[str, ReasonCode]) -> tuple[str, str]:
    """Why goods went back: a reason's text, kept so that a later change of the reason tells no lie, and its code.

    Or other words, which have none.
    """
    words = arrival.rejected_because.strip()
    reason = reasons.get(words)
    return (reason.text, reason.code) if reason is not None else (words, "")
