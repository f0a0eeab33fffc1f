"""Rates of a year's recorded cases."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def rate(count: int, *, hours: int, per: int) -> Decimal | None:
    """So many for each `per` hours worked, to two places; None, which is read as n/a, when no hours were worked."""
    return None if hours <= 0 else (Decimal(count) * per / hours).quantize(CENT, ROUND_HALF_UP)
