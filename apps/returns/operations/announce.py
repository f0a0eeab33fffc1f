"""A customer says what they send back: only what was shipped, and only once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from apps.catalog.choices import ReasonKind
from apps.catalog.models import Item, Party, ReasonCode
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.core.querysets import LockingQuerySet
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.models import Lot, SerialNumber
from apps.ledger.queries.naming import why_unclear
from apps.locations.models import Warehouse
from apps.orders.errors import NotACustomer
from apps.orders.models import SalesOrder, SalesOrderLine
from apps.returns.errors import NothingToReturn, NotShipped, ReturnUnclear
from apps.returns.models import CUSTOMER_RETURN_NUMBERS, CustomerReturn, CustomerReturnLine
from apps.returns.operations.trail import MAY_OPEN, MAY_OPEN_BLIND, check_role, note
from apps.returns.queries import Returnable, lots_with_customers, returnable_of, serials_with_customers
from apps.returns.rules import ZERO, ReturnedGoods, Tally, UnmatchedGoods


def announce_customer_return(
    *, order_id: int, lines: Sequence[ReturnedGoods], reason: str, by: Actor, at: datetime, remark: str = ""
) -> CustomerReturn:
    """Expect goods of an order back: of each line, lot and serial number no more than left and is not back.

    The order is locked, so that two announcements of the same goods take turns. Raises `NotAllowed`,
    `NothingToReturn`, `NotShipped`, `ReturnUnclear`, `NotFound`.
    """
    order = SalesOrder.objects.lock_one(order_id)
    check_role(by, MAY_OPEN, "open a return")
    if not lines:
        raise NothingToReturn
    announced = _matched(order, lines)
    _check_with_customers(announced, order.number)
    document = CustomerReturn(warehouse=order.warehouse, order=order, customer=order.customer, note=remark)
    return _open(document, announced, reason=reason, by=by, at=at)


def announce_blind_return(
    *,
    warehouse_id: int,
    customer_id: int,
    lines: Sequence[UnmatchedGoods],
    reason: str,
    by: Actor,
    at: datetime,
    remark: str = "",
) -> CustomerReturn:
    """Expect goods back that are matched to no order: a supervisor answers for it, and the return says so.

    A lot or serial number must still be with customers, whoever they are. Of untracked goods nobody can tell. Raises
    `NotAllowed`, `NotACustomer`, `NothingToReturn`, `NotShipped`, `ReturnUnclear`, `NotFound`.
    """
    check_role(by, MAY_OPEN_BLIND, "open a return without an order")
    warehouse = Warehouse.objects.filter(pk=warehouse_id).first()
    if warehouse is None:
        raise NotFound(kind="warehouse", number=str(warehouse_id))
    customer = Party.objects.filter(pk=customer_id).first()
    if customer is None:
        raise NotFound(kind="party", number=str(customer_id))
    if not customer.is_customer:
        raise NotACustomer(party=customer.number)
    if not lines:
        raise NothingToReturn
    announced = _unmatched(lines)
    _check_with_customers(announced, "")
    document = CustomerReturn(warehouse=warehouse, customer=customer, note=remark)
    return _open(document, announced, reason=reason, by=by, at=at)


def _open(
    document: CustomerReturn, lines: Sequence[CustomerReturnLine], *, reason: str, by: Actor, at: datetime
) -> CustomerReturn:
    document.number = CUSTOMER_RETURN_NUMBERS.next()
    document.created_at = at
    document.reason = _in_words(reason)
    document.opened_by = by.user
    document.save()
    for number, line in enumerate(lines, start=1):
        line.customer_return, line.line = document, number
    CustomerReturnLine.objects.bulk_create(lines)
    note(
        "announce",
        document,
        by=by,
        at=at,
        order=document.order.number if document.order is not None else "",
        blind=document.is_blind,
        customer=document.customer.number,
        reason=document.reason,
    )
    enqueue("returns.print_return_slip", at=at, customer_return=document.number, user_id=by.user.pk)
    return document


def _in_words(reason: str) -> str:
    """The text of a reason code, so that a later change of the reason tells no lie; other words as they are."""
    text = reason.strip()
    code = ReasonCode.objects.filter(kind=ReasonKind.RETURN, code=text, is_active=True).first()
    return code.text if code is not None else text


def _matched(order: SalesOrder, lines: Sequence[ReturnedGoods]) -> list[CustomerReturnLine]:
    """A line for each of the goods, within what left by the order and is not back; the same goods twice are one."""
    ordered = {line.line: line for line in order.lines.select_related("item")}
    rows = returnable_of(order)
    asked: defaultdict[tuple[int, int | None, int | None], Decimal] = defaultdict(Decimal)
    for each in lines:
        line = ordered.get(each.order_line)
        if line is None:
            raise NotFound(kind="order line", number=f"{order.number}/{each.order_line}")
        amount = parse_quantity(each.quantity, scale=line.item.scale)
        asked[_meant(order, line, each, amount, [row for row in rows if row.line.pk == line.pk]).goods] += amount
    matched = []
    for row in rows:
        if row.goods in asked:
            returned = CustomerReturnLine(
                order_line=row.line, item=row.line.item, lot=row.lot, serial=row.serial, announced=asked[row.goods]
            )
            _check(returned, order.number, row.tally, returned.announced)
            matched.append(returned)
    return matched


def _meant(
    order: SalesOrder, line: SalesOrderLine, asked: ReturnedGoods, amount: Decimal, rows: Sequence[Returnable]
) -> Returnable:
    """The goods of the line that are meant: named, or the only ones of which something is left."""
    fitting = [
        row
        for row in rows
        if asked.lot_id in {None, row.lot.pk if row.lot else None}
        and asked.serial_id in {None, row.serial.pk if row.serial else None}
    ]
    left = [row for row in fitting if row.tally.left > 0] or fitting
    if not left:
        raise NotShipped(
            order=order.number,
            item=line.item.number,
            lot=_name(Lot.objects.all(), asked.lot_id),
            serial=_name(SerialNumber.objects.all(), asked.serial_id),
            shipped=ZERO,
            returned=ZERO,
            asked=amount,
        )
    if len(left) > 1:
        tell = "serial number" if line.item.has_serials else "lot"
        raise ReturnUnclear(item=line.item.number, problem=f"several were shipped, so name the {tell}")
    return left[0]


def _name(rows: LockingQuerySet[Any], pk: int | None) -> str:
    return str(rows.filter(pk=pk).first() or "") if pk is not None else ""


def _unmatched(lines: Sequence[UnmatchedGoods]) -> list[CustomerReturnLine]:
    """A line for each of the goods, named as their item is tracked; the same goods twice are one line."""
    items = Item.objects.in_bulk({each.item_id for each in lines})
    lots = Lot.objects.in_bulk({each.lot_id for each in lines if each.lot_id is not None})
    serials = SerialNumber.objects.in_bulk({each.serial_id for each in lines if each.serial_id is not None})
    merged: dict[tuple[int, int | None, int | None], CustomerReturnLine] = {}
    for each in lines:
        item = items.get(each.item_id)
        if item is None:
            raise NotFound(kind="item", number=str(each.item_id))
        amount = parse_quantity(each.quantity, scale=item.scale)
        serial = serials.get(each.serial_id) if each.serial_id is not None else None
        lot = lots.get(each.lot_id) if each.lot_id is not None else None
        if lot is None and serial is not None and item.has_lots:
            lot = serial.lot
        if problem := why_unclear(item, lot, serial):
            raise ReturnUnclear(item=item.number, problem=problem)
        line = merged.setdefault(
            (item.pk, lot.pk if lot else None, serial.pk if serial else None),
            CustomerReturnLine(item=item, lot=lot, serial=serial, announced=ZERO),
        )
        line.announced += amount
        if serial is not None and line.announced > 1:
            raise ReturnUnclear(item=item.number, problem="a serial number is one unit")
    return list(merged.values())


def _check_with_customers(lines: Sequence[CustomerReturnLine], order: str) -> None:
    """Of a lot or serial number, over all orders and sites, no more comes back than customers have.

    The lots and serial numbers are locked, so that announcements by other orders, or by none, take turns.
    """
    lot_ids = {line.lot_id for line in lines if line.lot_id is not None}
    serial_ids = {line.serial_id for line in lines if line.serial_id is not None}
    Lot.objects.lock(lot_ids)
    SerialNumber.objects.lock(serial_ids)
    of_lot, of_serial = lots_with_customers(lot_ids), serials_with_customers(serial_ids)
    totals: defaultdict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.lot_id is not None:
            totals[line.lot_id] += line.announced
            _check(line, order, of_lot[line.lot_id], totals[line.lot_id])
        if line.serial_id is not None:
            _check(line, order, of_serial[line.serial_id], line.announced)


def _check(line: CustomerReturnLine, order: str, tally: Tally, asked: Decimal) -> None:
    if asked > tally.left:
        raise NotShipped(
            order=order,
            item=line.item.number,
            lot=str(line.lot or ""),
            serial=str(line.serial or ""),
            shipped=tally.shipped,
            returned=tally.returned,
            asked=asked,
        )
