"""What the scale says of a carton, against what is known to be in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """A carton's computed weight and what the scale may differ by, in grams."""

    computed_g: Decimal
    allowance_g: Decimal

    def agrees(self, actual_g: Decimal) -> bool:
        """Whether the scale's word is near enough."""
        return abs(actual_g - self.computed_g) <= self.allowance_g


def weigh(
    contents: Sequence[tuple[Decimal, Decimal | None]],
    *,
    tare_g: Decimal,
    tolerance_percent: Decimal,
    tolerance_g: Decimal,
) -> Weighing | None:
    """The weight of a carton by its contents (quantity, grams each); None where a weight is not known.

    The scale may differ by the percentage or by the grams, whichever is more.
    """
    computed = tare_g
    for quantity, grams in contents:
        if grams is None:
            return None
        computed += quantity * grams
    return Weighing(
        computed_g=computed,
        allowance_g=max(computed * tolerance_percent / HUNDRED, tolerance_g),
    )
