"""Prices by quantity, and what a lot's dates must say; pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A supplier's price from a quantity on."""

    minimum: Decimal
    price: Decimal
    supplier_code: str = ""


def price_for(quantity: Decimal, breaks: Collection[Break]) -> Break | None:
    """The break that the quantity reaches: the one with the highest minimum; None when it reaches none."""
    reached = [each for each in breaks if each.minimum <= quantity]
    return max(reached, key=lambda each: each.minimum, default=None)


def expiry(*, expires_on: date | None, made_on: date | None, shelf_life_days: int | None) -> date | None:
    """When a lot expires: what its label says, else counted from its making; None when neither is known."""
    if expires_on is None and made_on is not None and shelf_life_days is not None:
        return made_on + timedelta(days=shelf_life_days)
    return expires_on
