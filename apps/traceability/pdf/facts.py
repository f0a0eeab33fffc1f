"""What a recall trace report says: the figures, and whether they add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from apps.core.paper.formats import Address, Printed, quantity

NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MassBalance:
    """Where every unit of the lot went, in the item's base unit; nothing here is negative but `adjusted`."""

    unit: str
    received: Decimal
    """From suppliers."""
    opening: Decimal = NONE
    """Stood here on the first day."""
    made: Decimal = NONE
    """Produced here."""
    returned: Decimal = NONE
    """Back from customers."""
    on_hand: Decimal
    """In our places, transit between our warehouses included."""
    shipped: Decimal
    """To customers, before their returns."""
    scrapped: Decimal = NONE
    adjusted: Decimal = NONE
    """Lost less found in counts: positive when stock was written off."""
    consumed: Decimal = NONE
    """Used up in assembly."""
    sent_back: Decimal = NONE
    """To suppliers."""

    @property
    def came(self) -> Decimal:
        """Everything that came in."""
        return self.opening + self.received + self.made + self.returned

    @property
    def accounted(self) -> Decimal:
        """Everything that is still here or left by a known way."""
        return self.on_hand + self.shipped + self.scrapped + self.adjusted + self.consumed + self.sent_back

    @property
    def difference(self) -> Decimal:
        """What came and is not accounted for; negative when more is accounted for than came."""
        return self.came - self.accounted

    @property
    def balances(self) -> bool:
        """Whether every unit is accounted for."""
        return not self.difference


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedReceipt:
    """How some of the lot came to us."""

    received_on: date
    supplier: str
    purchase_order: str
    receipt: str
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedPlace:
    """Where some of the lot stands now."""

    warehouse: str
    location: str
    status: str
    """Such as available, inspection, damaged, blocked."""
    handling_unit: str = ""
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedShipment:
    """Who got some of the lot, and how to reach them."""

    customer: str
    contact: str = ""
    order: str
    shipment: str
    shipped_on: date
    quantity: Decimal
    returned: Decimal = NONE
    """Of it, what came back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedReturn:
    """Some of the lot came back from a customer; the order is empty when it is matched to none."""

    returned_on: date
    customer: str
    order: str = ""
    document: str
    reason: str = ""
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedMove:
    """Any other way in or out: scrap, count difference, assembly, a reversal."""

    moved_on: date
    kind: str
    document: str = ""
    place: str = ""
    reason: str = ""
    by: str = ""
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceEvidence:
    """A ledger transaction that the figures come from."""

    transaction: str
    recorded_at: datetime
    kind: str
    document: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceReport:
    """A recall case with everything known of its lot at `as_of`."""

    company: Address
    printed: Printed
    number: str
    opened_on: date
    as_of: datetime
    item_number: str
    item_name: str
    lot: str
    supplier_lot: str = ""
    expires_on: date | None = None
    reason: str
    reported_by: str
    held_since: datetime | None = None
    balance: MassBalance
    receipts: tuple[TracedReceipt, ...] = ()
    places: tuple[TracedPlace, ...] = ()
    shipments: tuple[TracedShipment, ...] = ()
    returns: tuple[TracedReturn, ...] = ()
    others: tuple[TracedMove, ...] = ()
    evidence: tuple[TraceEvidence, ...] = ()

    @property
    def verdict(self) -> str:
        """The balance in one sentence."""
        balance = self.balance
        came, accounted = quantity(balance.came, balance.unit), quantity(balance.accounted, balance.unit)
        if balance.balances:
            return f"BALANCED: all {came} are accounted for."
        off = quantity(abs(balance.difference), balance.unit)
        way = "missing" if balance.difference > 0 else "too many"
        return f"OFF BY {off} ({way}): {came} came in, {accounted} are accounted for."

    @property
    def contradictions(self) -> tuple[str, ...]:
        """Where the tables do not add up to the figures of page 1; a report that others judge us by says so itself."""
        sums = (
            ("Receipts", total_of(self.receipts), self.balance.received),
            ("Places", total_of(self.places), self.balance.on_hand),
            ("Shipments", total_of(self.shipments), self.balance.shipped),
            ("Returns", total_of(self.returns), self.balance.returned),
        )
        unit = self.balance.unit
        return tuple(
            f"{name} below add up to {quantity(listed, unit)}, page 1 says {quantity(stated, unit)}."
            for name, listed, stated in sums
            if listed != stated
        )


def total_of(rows: Iterable[TracedReceipt | TracedPlace | TracedShipment | TracedReturn | TracedMove]) -> Decimal:
    """The sum of what the rows list."""
    return sum((each.quantity for each in rows), NONE)
