"""What is known of a lot: where it came from, where it is, who got it, and whether that adds up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from apps.ledger.models import Lot
from apps.traceability.rules import MassBalance


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBy:
    """Some of the lot came in by a receipt."""

    received_on: date
    warehouse: str
    supplier: str
    supplier_name: str
    purchase_order: str
    receipt: str
    status: str
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class StandsAt:
    """Some of the lot stands here now."""

    warehouse: str
    location: str
    kind: str
    status: str
    unit: str
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class WentTo:
    """Some of the lot was shipped to a customer, and some of that may have come back."""

    shipped_on: date
    warehouse: str
    customer: str
    customer_name: str
    contact: str
    order: str
    shipment: str
    quantity: Decimal
    returned: Decimal = Decimal(0)
    """Of it, what the customer sent back against the order; of several shipments the first is counted first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """Some of the lot came back from a customer; without an order when the return is matched to none."""

    returned_on: date
    warehouse: str
    customer: str
    customer_name: str
    order: str
    document: str
    reason: str
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWay:
    """Some of the lot came or went in another way: scrap, count difference, production, a reversal."""

    on: date
    kind: str
    document: str
    place: str
    reason: str
    by: str
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A posting that the figures come from."""

    transaction: int
    recorded_at: datetime
    kind: str
    document: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LotTrace:
    """Everything the ledger and its documents know of a lot; quantities in the item's base unit."""

    lot: Lot
    held_since: datetime | None
    balance: MassBalance
    receipts: tuple[CameBy, ...]
    places: tuple[StandsAt, ...]
    shipments: tuple[WentTo, ...]
    returns: tuple[CameBack, ...]
    others: tuple[OtherWay, ...]
    evidence: tuple[Evidence, ...]

    @property
    def customers(self) -> tuple[str, ...]:
        """Whom to tell: the numbers of all who got some."""
        return tuple(sorted({row.customer for row in self.shipments}))
