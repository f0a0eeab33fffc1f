"""Which goods are meant, and whether customers have them: of an order by what it shipped, of none by their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from apps.catalog.models import Item, Party
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.core.querysets import LockingQuerySet
from apps.ledger.models import Lot, SerialNumber
from apps.ledger.queries.naming import why_unclear
from apps.orders.models import SalesOrder, SalesOrderLine
from apps.returns.errors import AnothersSerial, NotShipped, ReturnUnclear
from apps.returns.models import CustomerReturnLine
from apps.returns.queries import (
    Returnable,
    in_cartons,
    last_order_of,
    lots_with_customers,
    returnable_of,
    serials_with_customers,
)
from apps.returns.rules import ZERO, ReturnedGoods, Tally, UnmatchedGoods
from apps.returns.states import ReturnCondition
from apps.shipping.models import Carton

Meant = tuple[CustomerReturnLine, Returnable]


def matched(order: SalesOrder, lines: Sequence[ReturnedGoods]) -> list[Meant]:
    """A line for each of the goods, within what left by the order and is not back; the same goods twice are one.

    Goods that are said to have gone out in a carton are also held against what that carton took.
    """
    ordered = {line.line: line for line in order.lines.select_related("item")}
    rows = returnable_of(order)
    asked: defaultdict[tuple[tuple[int, int | None, int | None], int | None], Decimal] = defaultdict(Decimal)
    conditions: dict[tuple[tuple[int, int | None, int | None], int | None], str] = {}
    for each in lines:
        line = ordered.get(each.order_line)
        if line is None:
            raise NotFound(kind="order line", number=f"{order.number}/{each.order_line}")
        amount = parse_quantity(each.quantity, scale=line.item.scale)
        key = (_meant(order, line, each, amount, [row for row in rows if row.line.pk == line.pk]).goods, each.carton_id)
        asked[key] += amount
        conditions[key] = _worse(conditions.get(key, ""), each.condition)
    cartons = Carton.objects.select_related("unit").in_bulk({carton for _, carton in asked if carton is not None})
    packed = in_cartons(order, list(cartons))
    found = []
    for row in rows:
        total = ZERO
        for (goods, carton_id), amount in asked.items():
            if goods != row.goods:
                continue
            carton = cartons.get(carton_id) if carton_id is not None else None
            returned = CustomerReturnLine(
                order_line=row.line,
                item=row.line.item,
                lot=row.lot,
                serial=row.serial,
                carton=carton,
                condition=conditions[goods, carton_id],
                announced=amount,
            )
            if carton is not None:
                check_left(returned, order.number, packed.get((carton.pk, *goods), Tally()), amount)
            total += amount
            check_left(returned, order.number, row.tally, total)
            found.append((returned, row))
    return found


def _worse(one: str, other: str) -> str:
    order = ["", *ReturnCondition.values]
    return max(one, other, key=order.index)


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


def unmatched(lines: Sequence[UnmatchedGoods]) -> list[CustomerReturnLine]:
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


def check_with_customers(lines: Sequence[CustomerReturnLine], order: str) -> None:
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
            check_left(line, order, of_lot[line.lot_id], totals[line.lot_id])
        if line.serial_id is not None:
            check_left(line, order, of_serial[line.serial_id], line.announced)


def check_left(line: CustomerReturnLine, order: str, tally: Tally, asked: Decimal) -> None:
    """No more comes back than is left of it. Raises `NotShipped`."""
    if asked > tally.left:
        raise NotShipped(
            order=order,
            item=line.item.number,
            lot=str(line.lot or ""),
            serial=str(line.serial or ""),
            sscc=str(line.carton or ""),
            shipped=tally.shipped,
            returned=tally.returned,
            asked=asked,
        )


def check_theirs(lines: Sequence[CustomerReturnLine], customer: Party) -> None:
    """A serial number that an order took away comes back from that order's customer."""
    for line in lines:
        order = last_order_of(line.serial) if line.serial is not None else None
        if order is not None and order.customer_id != customer.pk:
            raise AnothersSerial(item=line.item.number, serial=str(line.serial), customer=customer.number)
