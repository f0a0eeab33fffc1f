"""What may still come back: of an order by line, lot and serial number; of goods with customers altogether."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.core.errors import NotFound
from apps.core.querysets import storable
from apps.ledger.models import Lot, SerialNumber, StockMove
from apps.locations.choices import LocationKind
from apps.orders.models import PackedPick, SalesOrder, SalesOrderLine
from apps.returns.models import CustomerReturnLine
from apps.returns.rules import ZERO, ReturnedGoods, Tally, UnmatchedGoods
from apps.returns.states import OPEN
from apps.shipping.states import ShipmentState

BALANCE = "pick__allocation__reservation__balance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returnable:
    """Goods of one lot or serial number that left by a line of an order, and what of them is back or announced."""

    line: SalesOrderLine
    lot: Lot | None
    serial: SerialNumber | None
    tally: Tally
    delivered_at: datetime | None = None
    """When the last of it arrived; when it left where no carrier said."""

    @property
    def goods(self) -> tuple[int, int | None, int | None]:
        """What tells it apart within its order."""
        return self.line.pk, self.lot.pk if self.lot else None, self.serial.pk if self.serial else None


def returnable_of(order: SalesOrder) -> list[Returnable]:
    """All that left for the customer of an order, in line order, in five queries however much it was.

    Goods that we keep for another owner are not among it: what comes back of them is that owner's to say.
    """
    shipped = {
        (line, lot, serial): (total, delivered)
        for line, lot, serial, total, delivered in _packed(order)
        .values_list("pick__allocation__line", f"{BALANCE}__lot", f"{BALANCE}__serial")
        .annotate(
            total=Sum("quantity"),
            delivered=Max(Coalesce("carton__shipment__delivered_at", "carton__shipment__shipped_at")),
        )
    }
    returned = {
        (line, lot, serial): total
        for line, lot, serial, total in CustomerReturnLine.objects.counting()
        .filter(customer_return__order=order)
        .order_by()
        .values_list("order_line", "lot", "serial")
        .annotate(total=Sum("counts"))
    }
    lines = SalesOrderLine.objects.select_related("item__unit").in_bulk({line for line, _, _ in shipped})
    lots = Lot.objects.in_bulk({lot for _, lot, _ in shipped if lot is not None})
    serials = SerialNumber.objects.in_bulk({serial for _, _, serial in shipped if serial is not None})
    rows = [
        Returnable(
            line=lines[line],
            lot=lots[lot] if lot is not None else None,
            serial=serials[serial] if serial is not None else None,
            tally=Tally(shipped=total, returned=returned.get((line, lot, serial), ZERO)),
            delivered_at=delivered,
        )
        for (line, lot, serial), (total, delivered) in shipped.items()
    ]
    return sorted(rows, key=lambda row: (row.line.line, str(row.lot or ""), str(row.serial or "")))


def _packed(order: SalesOrder) -> QuerySet[PackedPick]:
    """What left in parcels of ours for the customer of an order."""
    return PackedPick.objects.filter(
        **{"pick__allocation__line__order": order, f"{BALANCE}__owner": None},
        carton__shipment__state=ShipmentState.SHIPPED,
    ).order_by()


CartonGoods = tuple[int, int, int | None, int | None]
"""A carton, and what tells goods apart within their order: its line, lot and serial number."""


def in_cartons(order: SalesOrder, carton_ids: Collection[int]) -> dict[CartonGoods, Tally]:
    """What left in each of these cartons of an order, and what came back of it as out of that carton."""
    if not carton_ids:
        return {}
    returned = {
        (carton, line, lot, serial): total
        for carton, line, lot, serial, total in CustomerReturnLine.objects.counting()
        .filter(carton__in=carton_ids)
        .order_by()
        .values_list("carton", "order_line", "lot", "serial")
        .annotate(total=Sum("counts"))
    }
    return {
        (carton, line, lot, serial): Tally(shipped=total, returned=returned.get((carton, line, lot, serial), ZERO))
        for carton, line, lot, serial, total in _packed(order)
        .filter(carton__in=carton_ids)
        .values_list("carton", "pick__allocation__line", f"{BALANCE}__lot", f"{BALANCE}__serial")
        .annotate(total=Sum("quantity"))
    }


def lots_with_customers(lot_ids: Collection[int]) -> dict[int, Tally]:
    """Of each lot, what all customers got from all sites, and what is back or announced."""
    return _with_customers("lot", lot_ids)


def serials_with_customers(serial_ids: Collection[int]) -> dict[int, Tally]:
    """Of each serial number, how often it went to a customer, and how often it is back or announced."""
    return _with_customers("serial", serial_ids)


def _with_customers(field: str, pks: Collection[int]) -> dict[int, Tally]:
    if not pks:
        return {}
    # What is to come is read before what came: of a return that is taken in meanwhile, both count it rather than none.
    to_come = dict(
        CustomerReturnLine.objects.filter(**{f"{field}__in": pks}, customer_return__state__in=OPEN)
        .order_by()
        .values_list(field)
        .annotate(total=Sum(F("announced") - F("received") - F("refused")))
    )
    virtual = LocationKind.CUSTOMER
    moves = (
        StockMove.objects.filter(
            Q(target__kind=virtual) | Q(source__kind=virtual),
            transaction__reverses=None,
            transaction__reversed_by=None,
            **{f"{field}__in": pks},
        )
        .order_by()
        .values_list(field)
        .annotate(
            out=Sum("quantity", filter=Q(target__kind=virtual)), back=Sum("quantity", filter=Q(source__kind=virtual))
        )
    )
    moved = {pk: (out or ZERO, back or ZERO) for pk, out, back in moves}
    return {
        pk: Tally(
            shipped=moved.get(pk, (ZERO, ZERO))[0], returned=moved.get(pk, (ZERO, ZERO))[1] + to_come.get(pk, ZERO)
        )
        for pk in pks
    }


def goods_of_order(order: SalesOrder, rows: Sequence[Mapping[str, Any]]) -> list[ReturnedGoods]:
    """The goods by the order's line and the numbers on them. Raises `NotFound` for one that is not known."""
    items = dict(order.lines.values_list("line", "item"))
    for row in rows:
        if row["line"] not in items:
            raise NotFound(kind="order line", number=f"{order.number}/{row['line']}")
    lot, serial = _numbered(rows, set(items.values()))
    return [
        ReturnedGoods(
            order_line=row["line"],
            quantity=row["quantity"],
            lot_id=lot(items[row["line"]], row),
            serial_id=serial(items[row["line"]], row),
            condition=row.get("condition", ""),
        )
        for row in rows
    ]


def goods_by_number(rows: Sequence[Mapping[str, Any]], user: User) -> list[UnmatchedGoods]:
    """The goods by the numbers on them, no order needed. Raises `NotFound` for one that is not known."""
    asked = {storable(row["item"]) for row in rows}
    items = dict(Item.objects.for_user(user).filter(number__in=asked).values_list("number", "pk"))
    for row in rows:
        if row["item"] not in items:
            raise NotFound(kind="item", number=row["item"])
    lot, serial = _numbered(rows, set(items.values()))
    return [
        UnmatchedGoods(
            item_id=items[row["item"]],
            quantity=row["quantity"],
            lot_id=lot(items[row["item"]], row),
            serial_id=serial(items[row["item"]], row),
        )
        for row in rows
    ]


Finder = Callable[[int, Mapping[str, Any]], int | None]


def _numbered(rows: Sequence[Mapping[str, Any]], item_ids: set[int]) -> tuple[Finder, Finder]:
    """How a row's lot and its serial number are found within its item; two queries for all rows."""
    return (
        _finder("lot", "lot", Lot.objects.filter(item__in=item_ids, number__in=_named(rows, "lot"))),
        _finder(
            "serial", "serial number", SerialNumber.objects.filter(item__in=item_ids, number__in=_named(rows, "serial"))
        ),
    )


def _named(rows: Sequence[Mapping[str, Any]], field: str) -> set[str]:
    return {storable(row[field]) for row in rows if row.get(field)}


def _finder(field: str, kind: str, found: QuerySet[Lot] | QuerySet[SerialNumber]) -> Finder:
    known = {(each.item_id, each.number): each.pk for each in found}

    def find(item_id: int, row: Mapping[str, Any]) -> int | None:
        number = row.get(field)
        if not number:
            return None
        if (item_id, number) not in known:
            raise NotFound(kind=kind, number=number)
        return known[item_id, number]

    return find
