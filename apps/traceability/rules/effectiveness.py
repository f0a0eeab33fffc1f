"""Effectiveness checks: how many consignees, and which, drawn so that anybody can draw them again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal

from apps.traceability.errors import PercentNeeded
from apps.traceability.rules.law import LEVELS

HUNDRED = Decimal(100)
LEAST, MOST = Decimal(10), Decimal(100)
"""Level B lies between them and is neither."""


def checked_of(consignees: int, *, level: str, percent: Decimal | None = None) -> int:
    """How many of so many consignees a level checks, rounded up (21 CFR 7.42(b)(3)). Raises `PercentNeeded`."""
    fixed = LEVELS[level].percent
    if fixed is None and (percent is None or not LEAST < percent < MOST):
        raise PercentNeeded(level=level)
    if fixed is not None and percent is not None:
        raise PercentNeeded(level=level)
    share = fixed if fixed is not None else percent
    return int((consignees * (share or Decimal(0)) / HUNDRED).to_integral_value(ROUND_CEILING))


def draw(numbers: Iterable[str], *, count: int, seed: str) -> tuple[str, ...]:
    """So many of these, the ones whose SHA-256 with the seed is least: the same again from the same seed, anywhere."""
    ranked = sorted(set(numbers), key=lambda each: (hashlib.sha256(f"{seed}:{each}".encode()).digest(), each))
    return tuple(sorted(ranked[:count]))
