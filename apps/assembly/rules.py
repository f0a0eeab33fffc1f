"""What is taken of what stands at the bench, and which output holds which of it; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from apps.catalog.rules import rounded_up
from apps.core.quantities import PLACES

ZERO = Decimal(0)
STEP = Decimal(1).scaleb(-PLACES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Goods of one issue that stand at the bench; `worth` of them do for one of what the line asks for."""

    key: int
    left: Decimal
    scale: int
    worth: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So much of an issue is in an output, both by their place or key."""

    output: int
    chunk: int
    quantity: Decimal
    is_certain: bool = True
    """Whether it is known, and not only taken in the order of issue."""


def still_needed(*, net: Decimal, of: Decimal, made: Decimal, consumed: Fraction, scale: int) -> Decimal:
    """What a line gives when so much of the whole is made in all, less what went in before; never below nothing.

    By the total, so that what comes in whole pieces is not rounded up each time.
    """
    total = rounded_up(Fraction(net) * Fraction(made) / Fraction(of), scale)
    rest = Fraction(total) - consumed
    return rounded_up(max(rest, Fraction(0)), PLACES)


def take(chunks: Sequence[Chunk], needed: Decimal) -> tuple[list[tuple[int, Decimal]], Decimal]:
    """So much of a line out of its issues in turn, by key, and what is lacking; `needed` as the line counts."""
    taken = []
    rest = Fraction(needed)
    for chunk in chunks:
        if rest <= 0:
            break
        amount = min(chunk.left, rounded_up(rest * chunk.worth, chunk.scale))
        if amount > 0:
            taken.append((chunk.key, amount))
            rest -= Fraction(amount) / chunk.worth
    return taken, rounded_up(max(rest, Fraction(0)), PLACES)


def spread(taken: Sequence[tuple[int, Decimal]], outputs: Sequence[Decimal]) -> list[Share]:
    """Which output holds how much of what was taken: one after the other, each by its part of the whole.

    Whole units stay whole where each output takes as many.
    """
    whole, everything = sum(outputs, ZERO), sum((amount for _, amount in taken), ZERO)
    if not whole:
        return []
    shares = []
    chunks = [(key, amount) for key, amount in taken if amount > 0]
    before = counted = ZERO
    for place, quantity in enumerate(outputs):
        counted += quantity
        until = everything if counted == whole else _at(Fraction(everything) * Fraction(counted) / Fraction(whole))
        need, before = until - before, until
        while need > 0:
            key, amount = chunks[0]
            part = min(need, amount)
            shares.append(Share(output=place, chunk=key, quantity=part))
            need -= part
            chunks[0] = (key, amount - part)
            if amount == part:
                chunks.pop(0)
    return shares


def _at(amount: Fraction) -> Decimal:
    return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(STEP, ROUND_HALF_UP)
