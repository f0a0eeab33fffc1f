"""What the end-of-day report says: values only, in base units and told apart by unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from apps.insights.queries import LedgerVerdict

ZERO = Decimal(0)


class DayStatus(StrEnum):
    """Whether the day's figures are final."""

    TO_COME = "to come"
    UNDER_WAY = "under way"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Amount:
    """So much in one unit; amounts in different units are never added."""

    unit: str
    quantity: Decimal


def summed(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    """One amount a unit, noughts left out, by unit."""
    totals: dict[str, Decimal] = {}
    for each in amounts:
        totals[each.unit] = totals.get(each.unit, ZERO) + each.quantity
    return tuple(Amount(unit, quantity) for unit, quantity in sorted(totals.items()) if quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A receipt that was opened on the day, with what it took in; what was undone is left out."""

    number: str
    order: str
    supplier: str
    state: str
    lines: int
    amounts: tuple[Amount, ...]
    damaged: tuple[Amount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A line of an order that was delivered on the day and did not come exactly as ordered."""

    order: str
    line: int
    item: str
    unit: str
    ordered: Decimal
    received: Decimal
    damaged: Decimal

    @property
    def short(self) -> Decimal:
        """Ordered and not here."""
        return max(self.ordered - self.received, ZERO)

    @property
    def over(self) -> Decimal:
        """Here and not ordered."""
        return max(self.received - self.ordered, ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """What came in."""

    receipts: tuple[Received, ...]
    differences: tuple[Difference, ...]

    @property
    def lines(self) -> int:
        """Receipt lines."""
        return sum(each.lines for each in self.receipts)

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """All that came in, the damaged too."""
        return summed(amount for each in self.receipts for amount in each.amounts)

    @property
    def damaged(self) -> tuple[Amount, ...]:
        """What of it was damaged."""
        return summed(amount for each in self.receipts for amount in each.damaged)

    @property
    def short(self) -> tuple[Amount, ...]:
        """Ordered on the orders that were delivered, and not here."""
        return summed(Amount(each.unit, each.short) for each in self.differences)

    @property
    def over(self) -> tuple[Amount, ...]:
        """Here and not ordered."""
        return summed(Amount(each.unit, each.over) for each in self.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A shipment that left."""

    number: str
    document: str
    customer: str
    cartons: int
    weight_g: Decimal
    lines: int
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortPick:
    """A pick that found less than it was asked for."""

    order: str
    item: str
    unit: str
    asked: Decimal
    picked: Decimal
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What an order that left in part still waits for."""

    order: str
    customer: str
    item: str
    unit: str
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """What went out."""

    shipments: tuple[Sent, ...]
    orders_shipped: int
    orders_part_shipped: int
    short_picks: tuple[ShortPick, ...]
    owed: tuple[Owed, ...]

    @property
    def lines(self) -> int:
        """Order lines of which something left, counted once a shipment."""
        return sum(each.lines for each in self.shipments)

    @property
    def cartons(self) -> int:
        """Cartons that left."""
        return sum(each.cartons for each in self.shipments)

    @property
    def weight_g(self) -> Decimal:
        """What they weighed, as far as they were weighed."""
        return sum((each.weight_g for each in self.shipments), ZERO)

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """All that left."""
        return summed(amount for each in self.shipments for amount in each.amounts)

    @property
    def back_ordered(self) -> tuple[Amount, ...]:
        """All that is still owed on orders that left in part."""
        return summed(Amount(each.unit, each.quantity) for each in self.owed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Tasks of one kind that one person did."""

    kind: str
    who: str
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A pick face was filled up from the reserve."""

    task: str
    face: str
    reserve: str
    item: str
    unit: str
    asked: Decimal
    brought: Decimal
    short_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A bin was counted; what was gained or lost is told once it is approved, so that the report leads no recount."""

    number: str
    location: str
    state: str
    counted_by: str
    approved_by: str
    gained: tuple[Amount, ...]
    lost: tuple[Amount, ...]

    @property
    def varied(self) -> bool:
        """Whether it was found to differ from the book."""
        return bool(self.gained or self.lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """Goods of a return were taken in."""

    number: str
    order: str
    customer: str
    item: str
    unit: str
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What inspection decided about returned goods."""

    disposition: str
    unit: str
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What customers sent back."""

    arrivals: tuple[CameBack, ...]
    inspected: tuple[Inspected, ...]

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """All that came back."""
        return summed(Amount(each.unit, each.quantity) for each in self.arrivals)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLot:
    """A lot in stock that may not leave."""

    lot: str
    item: str
    unit: str
    on_hand: Decimal
    reason: str
    source: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """A recall that was opened on the day, of lots that have been here."""

    number: str
    reason: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What the ledger wrote of one kind."""

    kind: str
    transactions: int
    moves: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsLow:
    """Less is available than the minimum."""

    item: str
    unit: str
    available: Decimal
    minimum: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorder:
    """A reorder that was proposed on the day, or waits."""

    number: str
    state: str
    item: str
    unit: str
    quantity: Decimal
    supplier: str
    order: str
    waits: bool
    """Whether nobody has decided about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Was due before today and is not done."""

    number: str
    party: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiring:
    """A lot in stock that has expired or soon will."""

    lot: str
    item: str
    unit: str
    expires_on: date
    on_hand: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What waits for somebody: as it stands when the report is made, for yesterday's report too."""

    held: tuple[HeldLot, ...]
    low: tuple[RunsLow, ...]
    orders_late: tuple[Late, ...]
    deliveries_late: tuple[Late, ...]
    expiring: tuple[Expiring, ...]
    open_tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOfDay:
    """One warehouse's day, by its own calendar."""

    warehouse: str
    name: str
    on: date
    status: DayStatus
    as_of: datetime
    inbound: Inbound
    outbound: Outbound
    work: tuple[Done, ...]
    filled: tuple[Filled, ...]
    counts: tuple[Counted, ...]
    returned: Returned
    recalls: tuple[Recalled, ...]
    reorders: tuple[Reorder, ...]
    postings: tuple[Posted, ...]
    left: Left
    ledger: LedgerVerdict | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was moved or done."""
        return not (self.postings or self.work or self.inbound.receipts or self.outbound.shipments or self.counts)
