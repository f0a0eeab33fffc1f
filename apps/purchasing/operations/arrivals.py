"""What a delivery brings: how much of which lines, under which labels, and what goes back with the truck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from apps.catalog.models import Item
from apps.core.decimals import plain
from apps.core.quantities import parse_quantity
from apps.ledger.models import Lot, SerialNumber
from apps.ledger.operations import Move, Place
from apps.ledger.states import StockStatus
from apps.purchasing.errors import RejectionUnclear, StatusNotReceivable
from apps.purchasing.models import PurchaseOrderLine, Receipt
from apps.purchasing.operations.goods import Label, Numbered, name_lots, name_serials

RECEIVABLE = (StockStatus.AVAILABLE, StockStatus.INSPECTION, StockStatus.DAMAGED)
COST = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """So much (base units) of an order's line came, in one condition and of one lot, as its label says.

    `rejected` of it goes back with the truck, for a reason. The rest waits at the dock, or goes straight to a place.
    """

    line: int
    quantity: Decimal
    status: str = StockStatus.AVAILABLE
    lot_number: str = ""
    expires_on: date | None = None
    made_on: date | None = None
    supplier_lot: str = ""
    serials: Sequence[str] = ()
    rejected: Decimal = Decimal(0)
    rejected_because: str = ""
    location_id: int | None = None

    @property
    def label(self) -> Label:
        """What its label says of its lot."""
        return Label(
            stays=self.rejected < self.quantity,
            number=self.lot_number.strip(),
            expires_on=self.expires_on,
            made_on=self.made_on,
            supplier_lot=self.supplier_lot.strip(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What comes in by a row: a quantity, perhaps of a lot, or one serial unit."""

    ordered: PurchaseOrderLine
    arrival: Arrival
    quantity: Decimal
    rejected: Decimal
    lot: Lot | None
    serial: SerialNumber | None = None


def goods_of(
    receipt: Receipt,
    lines: dict[int, PurchaseOrderLine],
    arrivals: Sequence[Arrival],
    amounts: Sequence[tuple[Decimal, Decimal]],
    at: datetime,
) -> list[Came]:
    """The arrivals with their lots and serial numbers."""
    items = [lines[arrival.line].item for arrival in arrivals]
    lots = name_lots(
        [(item, arrival.label) for item, arrival in zip(items, arrivals, strict=True)],
        supplier_id=receipt.order.supplier_id,
        today=receipt.warehouse.local_date(at),
        at=at,
    )
    numbered = [
        Numbered(item=item, numbers=arrival.serials, count=amount, lot=lot)
        for item, arrival, (amount, _), lot in zip(items, arrivals, amounts, lots, strict=True)
    ]
    goods = []
    for arrival, (amount, rejected), lot, units in zip(
        arrivals, amounts, lots, name_serials(numbered, at=at), strict=True
    ):
        whole = Came(ordered=lines[arrival.line], arrival=arrival, quantity=amount, rejected=rejected, lot=lot)
        each = [replace(whole, quantity=Decimal(1), rejected=Decimal(rejected > 0), serial=unit) for unit in units]
        goods += each or [whole]
    return goods


def amounts_of(arrival: Arrival, item: Item) -> tuple[Decimal, Decimal]:
    """How much came, and how much of it goes back; of serial units all or none."""
    if arrival.status not in RECEIVABLE:
        raise StatusNotReceivable(goods_status=arrival.status)
    amount = parse_quantity(arrival.quantity, scale=item.scale)
    rejected = parse_quantity(arrival.rejected, scale=item.scale, zero=True)
    if rejected > amount or (item.has_serials and rejected not in {0, amount}):
        raise RejectionUnclear(item=item.number, problem=f"{plain(rejected)} of {plain(amount)} cannot go back")
    if (rejected > 0) != bool(arrival.rejected_because.strip()):
        raise RejectionUnclear(item=item.number, problem="say how much goes back, and why")
    return amount, rejected


def moves(goods: Came, supplier: Place, dock_id: int) -> Iterator[Move]:
    """In to the dock or straight to a place; rejected goods in to the dock, blocked, and out again."""
    come = Move(
        item_id=goods.ordered.item_id,
        quantity=goods.quantity - goods.rejected,
        lot_id=goods.lot.pk if goods.lot is not None else None,
        serial_id=goods.serial.pk if goods.serial is not None else None,
        source=supplier,
        target=Place(location_id=goods.arrival.location_id or dock_id, status=goods.arrival.status),
        unit_cost=(goods.ordered.price * goods.ordered.order.exchange_rate).quantize(COST),
    )
    if come.quantity > 0:
        yield come
    if goods.rejected > 0:
        refused = Place(location_id=dock_id, status=StockStatus.BLOCKED)
        yield replace(come, quantity=goods.rejected, target=refused)
        yield replace(
            come, quantity=goods.rejected, source=refused, target=replace(supplier, status=StockStatus.BLOCKED)
        )
