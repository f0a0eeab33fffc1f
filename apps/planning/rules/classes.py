"""Which items matter most, and whose demand is steady: ABC by Pareto's law, XYZ by variation.

ABC as H. F. Dickie put it (ABC Inventory Analysis Shoots for Dollars, not Pennies, Factory Management and Maintenance
109, 1951). XYZ by the coefficient of variation, the standard deviation over the mean of the demand by week; its limits
are a usage without one source. Both are stated from memory, not verified.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from django.db import models

from apps.locations.choices import Velocity
from apps.planning.states import Steadiness

A_SHARE, B_SHARE = Fraction(80, 100), Fraction(95, 100)
"""Of all there is: the items that make up the first 80 % are A, those up to 95 % B, the rest C."""
SHARE_MARGIN = Fraction(2, 100)
"""An item that was rated stays what it was while it is no further over the border: it does not come and go."""
X_LIMIT, Y_LIMIT = 0.5, 1.0
"""The coefficient of variation up to which demand is steady, and up to which it varies."""
VARIATION_MARGIN = 0.05
FEWEST_WEEKS = 8
"""Of fewer weeks nobody can say whether demand is steady."""

C = TypeVar("C", bound=models.TextChoices)


def pareto(amounts: Mapping[int, int | Decimal], *, before: Mapping[int, str] | None = None) -> dict[int, Velocity]:
    """The class of each item by its amount; an item belongs to the share that it begins in, so one is always A.

    Of items with as much the one that was kept first goes first. `before` is what they were: near a border that counts.
    """
    total, reached = Fraction(sum(amounts.values())), Fraction(0)
    was = before or {}
    found = {}
    for item, amount in sorted(amounts.items(), key=lambda each: (-each[1], each[0])):
        share = reached / total if total else Fraction(1)
        near = _abc(share - SHARE_MARGIN), _abc(share + SHARE_MARGIN)
        found[item] = _kept(_abc(share), *near, was.get(item, ""))
        reached += Fraction(amount)
    return found


def variation(weeks: Sequence[Decimal]) -> float | None:
    """The coefficient of variation of demand by week; None of too few weeks, or without any demand."""
    if len(weeks) < FEWEST_WEEKS:
        return None
    amounts = [float(each) for each in weeks]
    mean = sum(amounts) / len(amounts)
    if mean <= 0:
        return None
    return float((sum((each - mean) ** 2 for each in amounts) / len(amounts)) ** 0.5 / mean)


def steadiness(cv: float, *, before: str = "") -> Steadiness:
    """X, Y or Z by the coefficient of variation; near a border what it was before."""
    return _kept(_xyz(cv), _xyz(cv - VARIATION_MARGIN), _xyz(cv + VARIATION_MARGIN), before)


def _abc(share: Fraction) -> Velocity:
    return Velocity.A if share < A_SHARE else Velocity.B if share < B_SHARE else Velocity.C


def _xyz(cv: float) -> Steadiness:
    return Steadiness.X if cv <= X_LIMIT else Steadiness.Y if cv <= Y_LIMIT else Steadiness.Z


def _kept(now: C, best: C, worst: C, was: str) -> C:
    """What an item was, while that is between the classes of the values within the margin; else what it is now."""
    classes = list(type(now))
    if was and classes.index(best) <= classes.index(type(now)(was)) <= classes.index(worst):
        return type(now)(was)
    return now
