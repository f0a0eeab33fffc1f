"""What a delivery brings: how much of which lines, under which labels, and what goes back with the truck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from apps.catalog.facts import ItemFacts, facts_of
from apps.core.decimals import plain
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.ledger.models import Lot, SerialNumber
from apps.ledger.operations import Move, Place
from apps.ledger.states import StockStatus, UnitKind
from apps.purchasing.errors import RejectionUnclear, StatusNotReceivable
from apps.purchasing.models import Receipt
from apps.purchasing.models.receipt import LOT_NUMBERS
from apps.purchasing.operations.goods import NO_LABEL, Label, Numbered, name_lots, name_serials
from apps.purchasing.operations.ordered import Ordered

RECEIVABLE = (StockStatus.AVAILABLE, StockStatus.INSPECTION, StockStatus.DAMAGED)
COST = Decimal("0.000001")
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """So much (base units) of an order's line came, in one condition and of one lot, as its label says.

    The order is named when the truck brings goods of several; goods of no order are named by their item, others need
    not be. `rejected` of it goes back with the truck, for a reason. The rest waits at the dock, or goes straight to a
    place; in the pallet or carton with this SSCC, where it has one. Goods without a lot's label (`unlabelled`) get a
    lot number here.
    """

    quantity: Decimal
    line: int | None = None
    order_id: int | None = None
    item_id: int | None = None
    notice_line_id: int | None = None
    status: str = StockStatus.AVAILABLE
    lot_number: str = ""
    unlabelled: bool = False
    expires_on: date | None = None
    made_on: date | None = None
    supplier_lot: str = ""
    serials: Sequence[str] = ()
    rejected: Decimal = Decimal(0)
    rejected_because: str = ""
    location_id: int | None = None
    sscc: str = ""
    unit_kind: UnitKind = UnitKind.PALLET

    @property
    def label(self) -> Label:
        """What its label says of its lot."""
        if not (self.lot_number or self.supplier_lot or self.expires_on or self.made_on):
            return NO_LABEL
        return Label(
            stays=self.rejected < self.quantity,
            number=self.lot_number.strip(),
            expires_on=self.expires_on,
            made_on=self.made_on,
            supplier_lot=self.supplier_lot.strip(),
        )


class Expected(NamedTuple):
    """What an arrival is of: an item, by an order's line when somebody ordered it."""

    item: ItemFacts
    line: Ordered | None


class Came(NamedTuple):
    """What comes in by a row: a quantity, perhaps of a lot, or one serial unit."""

    item: ItemFacts
    ordered: Ordered | None
    arrival: Arrival
    quantity: Decimal
    rejected: Decimal
    lot: Lot | None
    serial: SerialNumber | None = None

    @property
    def unit_cost(self) -> Decimal | None:
        """In company currency: the order's price at its rate, else the item's standard cost."""
        if self.ordered is None:
            return self.item.standard_cost
        return (self.ordered.price * self.ordered.exchange_rate).quantize(COST)


def expected_of(arrivals: Sequence[Arrival], lines: Mapping[int, Ordered]) -> list[Expected]:
    """What each arrival is of, by its place in the list; items of no order in one query. Raises `NotFound`."""
    unordered = {arrival.item_id for arrival in arrivals if arrival.line is None}
    named = facts_of([pk for pk in unordered if pk is not None]) if unordered else {}
    expected = []
    for index, arrival in enumerate(arrivals):
        line = lines.get(index)
        item = line.item if line is not None else named.get(arrival.item_id or 0)
        if item is None:
            raise NotFound(kind="item", number=str(arrival.item_id))
        expected.append(Expected(item=item, line=line))
    return expected


def goods_of(
    receipt: Receipt,
    expected: Sequence[Expected],
    arrivals: Sequence[Arrival],
    amounts: Sequence[tuple[Decimal, Decimal]],
    at: datetime,
) -> list[Came]:
    """The arrivals with their lots and serial numbers."""
    arrivals = _with_lot_numbers(arrivals, expected)
    lots = name_lots(
        [(each.item, arrival.label) for each, arrival in zip(expected, arrivals, strict=True)],
        supplier_id=receipt.supplier_id,
        today=receipt.warehouse.local_date(at),
        at=at,
    )
    whole = [
        Came(item=each.item, ordered=each.line, arrival=arrival, quantity=amount, rejected=rejected, lot=lot)
        for each, arrival, (amount, rejected), lot in zip(expected, arrivals, amounts, lots, strict=True)
    ]
    return _by_serial(whole, at) if any(each.item.has_serials or each.arrival.serials for each in whole) else whole


def _by_serial(goods: Sequence[Came], at: datetime) -> list[Came]:
    """The goods, those with serial numbers unit by unit."""
    numbered = [
        Numbered(item=each.item, numbers=each.arrival.serials, count=each.quantity, lot=each.lot) for each in goods
    ]
    single = []
    for whole, units in zip(goods, name_serials(numbered, at=at), strict=True):
        rejected = Decimal(whole.rejected > 0)
        single += [whole._replace(quantity=Decimal(1), rejected=rejected, serial=unit) for unit in units] or [whole]
    return single


def _with_lot_numbers(arrivals: Sequence[Arrival], expected: Sequence[Expected]) -> Sequence[Arrival]:
    """Goods that came without a lot's label get a number of our own; it is printed for them."""
    bare = [
        index
        for index, (arrival, each) in enumerate(zip(arrivals, expected, strict=True))
        if arrival.unlabelled and each.item.has_lots and not arrival.lot_number.strip()
    ]
    if not bare:
        return arrivals
    named = list(arrivals)
    for index, number in zip(bare, LOT_NUMBERS.next_many(len(bare)), strict=True):
        named[index] = replace(arrivals[index], lot_number=number)
    return named


def amounts_of(arrival: Arrival, item: ItemFacts) -> tuple[Decimal, Decimal]:
    """How much came, and how much of it goes back; of serial units all or none."""
    if arrival.status not in RECEIVABLE:
        raise StatusNotReceivable(goods_status=arrival.status)
    amount = parse_quantity(arrival.quantity, scale=item.scale)
    # Of most lines nothing goes back, which is a quantity at any scale.
    rejected = parse_quantity(arrival.rejected, scale=item.scale, zero=True) if arrival.rejected else NOTHING
    if rejected and (rejected > amount or (item.has_serials and rejected != amount)):
        raise RejectionUnclear(item=item.number, problem=f"{plain(rejected)} of {plain(amount)} cannot go back")
    if (rejected > 0) != bool(arrival.rejected_because.strip()):
        raise RejectionUnclear(item=item.number, problem="say how much goes back, and why")
    return amount, rejected


def moves(goods: Came, supplier: Place, dock_id: int, units: Mapping[str, int]) -> Iterator[Move]:
    """In to the dock or straight to a place; rejected goods in to the dock, blocked, and out again."""
    come = Move(
        item_id=goods.item.pk,
        quantity=goods.quantity - goods.rejected,
        lot_id=goods.lot.pk if goods.lot is not None else None,
        serial_id=goods.serial.pk if goods.serial is not None else None,
        source=supplier,
        target=Place(
            location_id=goods.arrival.location_id or dock_id,
            unit_id=units.get(goods.arrival.sscc),
            status=goods.arrival.status,
        ),
        unit_cost=goods.unit_cost,
    )
    if come.quantity > 0:
        yield come
    if goods.rejected > 0:
        refused = Place(location_id=dock_id, status=StockStatus.BLOCKED)
        yield replace(come, quantity=goods.rejected, target=refused)
        yield replace(
            come, quantity=goods.rejected, source=refused, target=replace(supplier, status=StockStatus.BLOCKED)
        )
