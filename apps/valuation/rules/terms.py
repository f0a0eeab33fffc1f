"""What goes into a cost book and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from apps.valuation.rules.money import ZERO


class Crossing(NamedTuple):
    """A move between stock and what is outside of it, in the order of the sealed ledger."""

    position: int
    move: int
    item: int
    lot: int | None
    serial: int | None
    quantity: Decimal
    unit_cost: Decimal | None
    outside: str
    inward: bool
    transaction: int
    document: str
    is_reversal: bool
    at: str
    warehouse: int


class Said(NamedTuple):
    """What was said about the cost of an item, or of what one move brought in."""

    event: int
    position: int
    kind: str
    item: int
    at: str
    move: int | None = None
    received: Decimal | None = None
    amount: Decimal | None = None
    unit_cost: Decimal | None = None
    method: str = ""
    document: str = ""
    warehouse: int | None = None
    corrects: str = ""


class Entry(NamedTuple):
    """By how much the quantity and value of stock changed, and what went to a variance instead."""

    item: int
    warehouse: int | None
    position: int
    at: str
    kind: str
    quantity: Decimal
    value: Decimal
    variance: Decimal
    move: int | None
    event: int | None
    lot: int | None
    serial: int | None
    document: str
    estimated: bool
    corrects: str = ""


class Valued(NamedTuple):
    """An entry as another one refers to it."""

    quantity: Decimal
    value: Decimal
    variance: Decimal


NOTHING = Valued(ZERO, ZERO, ZERO)

Sale = tuple[int, "int | None", "int | None"]
"""Item, lot and serial number."""


@dataclass(slots=True, kw_only=True)
class Hints:
    """What the postings themselves do not say."""

    mirrors: Mapping[int, int] = field(default_factory=dict)
    """Of a reversal's move, the move that it mirrors."""
    entries: dict[int, Valued] = field(default_factory=dict)
    """By move, those that reversals mirror."""
    sales: dict[Sale, Valued] = field(default_factory=dict)
    """The last sale of goods, by item, lot and serial number, or by less."""
    sales_of: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Of a return's posting, the postings that sold what it brings back."""
    sold: dict[tuple[int, int], Valued] = field(default_factory=dict)
    """What these sold, by posting and item."""
    shares: Mapping[int, Decimal] = field(default_factory=dict)
    """Of an output's move, which part of its document's work in progress it takes."""
