"""What the report on a recall case says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from apps.core.paper.formats import Address, Printed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLot:
    """A lot of the case with its mass balance, base units."""

    item: str
    name: str
    lot: str
    origin: str
    state: str
    """Such as frozen, or released with the day."""
    unit: str
    opening: Decimal
    received: Decimal
    made: Decimal
    returned: Decimal
    on_hand: Decimal
    shipped: Decimal
    scrapped: Decimal
    adjusted: Decimal
    consumed: Decimal
    sent_back: Decimal
    difference: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStock:
    """Where some of a lot stands."""

    warehouse: str
    where: str
    item: str
    lot: str
    places: int
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportConsignee:
    """A consignee and one lot that they got; the first line of a consignee carries who they are."""

    customer: str
    contact: str
    told: str
    answered: str
    check: str
    item: str
    lot: str
    unit: str
    shipped: Decimal
    on_hand: str
    accounted: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEvent:
    """A line of the timeline."""

    at: datetime
    what: str
    who: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSeal:
    """What the ledger's seal says of the postings that the figures come from."""

    transactions: int
    sealed: int
    first_block: int | None
    last_block: int | None
    head: int | None
    head_hash: str
    head_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLink:
    """A step of the tree: a lot went into another."""

    depth: int
    item: str
    lot: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallReport:
    """Everything known of a case at `as_of`."""

    company: Address
    printed: Printed
    title: str
    number: str
    opened_on: date
    as_of: datetime
    state: str
    reason: str
    source: str
    recall_class: str
    depth: str
    regulator_reference: str
    reported_by: str
    strategy: str
    done_by: date | None
    law: str
    verdict: str
    facts: tuple[tuple[str, str], ...]
    """The figures of the first page, each with its name."""
    loose_ends: tuple[str, ...]
    lots: tuple[ReportLot, ...]
    tree: tuple[ReportLink, ...] = ()
    stock: tuple[ReportStock, ...] = ()
    consignees: tuple[ReportConsignee, ...] = ()
    events: tuple[ReportEvent, ...] = ()
    seal: ReportSeal | None = None
    signers: tuple[str, ...] = ()
