"""What moved, as the rules that make events of it see it: values, without tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of a site, by what it is for; `gln` is its site's."""

    code: str
    kind: str
    site: str
    gln: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A pallet, carton or tote."""

    number: str
    sscc: str = ""
    is_tote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A supplier or customer."""

    number: str
    gln: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A quantity (base units) of goods went from a place to a place; `uom` is UN/ECE's code, None of a count."""

    id: int
    item: str
    gtin: str
    lot: str
    serial: str
    quantity: Decimal
    uom: str | None
    is_measured: bool
    """Measured in a unit that UN/ECE's list has no code for here: then how much it was cannot be told."""
    status: str
    """The condition that it was in afterwards."""
    source: Place
    target: Place
    source_unit: Unit | None = None
    target_unit: Unit | None = None
    expires_on: str = ""
    """Of the lot, as 2026-03-01."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """A shipment that left by a posting: its units, where it went and under which documents."""

    number: str
    order: str
    reference: str
    """The customer's or channel's own number of the order."""
    units: tuple[Unit, ...]
    dock: Place
    party: Party
    destination: Place | None = None
    """Our own site that it goes to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One posting of the ledger, with what of it is told."""

    id: int
    kind: str
    at: datetime
    """When it was done, by the clock of the site."""
    recorded_at: datetime
    document: str = ""
    orders: tuple[str, ...] = ()
    """Purchase orders that a receipt belongs to."""
    notice: str = ""
    work: str = ""
    """What an assembly order does: assemble, disassemble, …"""
    party: Party | None = None
    moved: tuple[Moved, ...] = ()
    shipped: tuple[Shipped, ...] = ()
    taken_back_at: datetime | None = None
    """When a reversal took it back: then its events are told again, declared to be wrong."""
