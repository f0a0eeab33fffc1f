"""How much of what is there each channel is told, so that all together are never told more than there is.

Pure: values in, values out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

ZERO = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """How one channel wants to be told of an item: its share (per cent) of what is left after its buffer."""

    key: int
    share: Decimal
    buffer: Decimal = ZERO
    sites: frozenset[int] = frozenset()
    """Whose stock; empty: every site's."""
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    def sells_from(self, site: int) -> bool:
        """Whether a site's stock counts."""
        return not self.sites or site in self.sites


def told(there: Mapping[int, Decimal], listed: Sequence[Listed], *, scale: int) -> dict[int, Decimal]:
    """How much of what is there, by site, each channel is told, rounded down.

    Where the shares of those who sell from a site are over 100 in sum, they are cut alike there: all channels together
    are never told more than there is.
    """
    # Exact parts: a third of thirty is ten, and no sum is rounded up.
    counted: dict[int, Fraction] = dict.fromkeys((each.key for each in listed), Fraction(0))
    largest: dict[int, Fraction] = dict.fromkeys(counted, Fraction(0))
    for site, quantity in there.items():
        sellers = [each for each in listed if each.sells_from(site)]
        whole = max(sum((each.share for each in sellers), ZERO), HUNDRED)
        for each in sellers:
            part = Fraction(each.share) / Fraction(whole)
            counted[each.key] += Fraction(max(quantity, ZERO)) * part
            largest[each.key] = max(largest[each.key], part)
    answer = {}
    for each in listed:
        left = max(counted[each.key] - Fraction(each.buffer) * largest[each.key], Fraction(0))
        if each.maximum is not None:
            left = min(left, Fraction(each.maximum))
        quantity = Decimal(floor(left * 10**scale)).scaleb(-scale)
        answer[each.key] = ZERO if each.minimum is not None and quantity < each.minimum else quantity
    return answer
