"""When a variance needs nobody's approval, and up to where somebody may give it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """A share of the book and a value at cost; both must hold."""

    percent: Decimal
    value: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """What one person of a role may approve: of one count, and of 30 days together; None: any."""

    value: Decimal | None = None
    quantity: Decimal | None = None
    in_30_days: Decimal | None = None


def tolerated(*, expected: Decimal, variance: Decimal, value: Decimal, tolerance: Tolerance | None) -> bool:
    """Whether the variance is posted without a person. What the book lacks altogether is beyond any share of it."""
    if not variance:
        return True
    if tolerance is None or abs(variance) * 100 > expected * tolerance.percent:
        return False
    return tolerance.value is None or abs(value) <= tolerance.value


def may_approve(tiers: Iterable[Tier], *, value: Decimal, quantity: Decimal, so_far: Decimal) -> bool:
    """Whether any of a person's tiers admits the count, after what they approved in the last 30 days."""
    return any(
        _up_to(value, tier.value) and _up_to(quantity, tier.quantity) and _up_to(so_far + value, tier.in_30_days)
        for tier in tiers
    )


def _up_to(amount: Decimal, most: Decimal | None) -> bool:
    return most is None or amount <= most
