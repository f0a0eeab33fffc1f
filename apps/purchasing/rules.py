"""Prices by quantity, and what a lot's dates must say; pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

DIGITS = "0123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A supplier's price from a quantity on."""

    minimum: Decimal
    price: Decimal
    supplier_code: str = ""
    over_tolerance_percent: Decimal | None = None
    multiple: Decimal = Decimal(0)
    """Sold in multiples of so many; nought: in any quantity."""


def price_for(quantity: Decimal, breaks: Collection[Break]) -> Break | None:
    """The break that the quantity reaches: the one with the highest minimum; None when it reaches none."""
    reached = [each for each in breaks if each.minimum <= quantity]
    return max(reached, key=lambda each: each.minimum, default=None)


def against_terms(quantity: Decimal, breaks: Collection[Break]) -> tuple[Decimal, Decimal] | None:
    """The least quantity and the multiple that a supplier sells in, where the quantity is neither; else None.

    Without terms any quantity will do. The multiple is that of the break that the quantity reaches.
    """
    if not breaks:
        return None
    least = min(breaks, key=lambda each: each.minimum)
    reached = price_for(quantity, breaks)
    multiple = (reached or least).multiple
    if reached is not None and (not multiple or quantity % multiple == 0):
        return None
    return least.minimum, multiple


def most_of(quantity: Decimal, over_tolerance_percent: Decimal, over_allowed: Decimal) -> Decimal:
    """The most of an order's line that may come: ordered, the tolerance above it, and what was allowed beyond that."""
    return quantity * (1 + over_tolerance_percent / 100) + over_allowed


def expiry(*, expires_on: date | None, made_on: date | None, shelf_life_days: int | None) -> date | None:
    """When a lot expires: what its label says, else counted from its making; None when neither is known."""
    if expires_on is None and made_on is not None and shelf_life_days is not None:
        return made_on + timedelta(days=shelf_life_days)
    return expires_on


def serials_between(first: str, last: str, *, most: int) -> list[str] | None:
    """All serial numbers from the first to the last: alike but for the digits at their end, which count up.

    `A-0098` to `A-0101` are four. None when the two are no such range, or it has more than `most`.
    """
    if len(first) != len(last):
        return None
    digits = 0
    while digits < len(first) and first[-1 - digits] in DIGITS and last[-1 - digits] in DIGITS:
        digits += 1
    same = len(first) - digits
    if not digits or first[:same] != last[:same]:
        return None
    low, high = int(first[same:]), int(last[same:])
    if not low <= high < low + most:
        return None
    return [f"{first[:same]}{number:0{digits}d}" for number in range(low, high + 1)]
