"""Money to the cent: what is divided adds up again, always."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

ZERO = Decimal(0)
CENT = Decimal("0.01")
"""Values are kept to the cent of the company's currency; quantities and unit costs to six decimals."""
UNIT = Decimal("0.000001")
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
"""A value times a quantity has 36 digits: more than Python's own 28."""
_DOWN = Context(prec=60, rounding=ROUND_FLOOR)


def cents(amount: Decimal) -> Decimal:
    """To the cent, half up."""
    return amount.quantize(CENT, context=EXACT)


def worth(quantity: Decimal, unit_cost: Decimal) -> Decimal:
    """What a quantity costs, to the cent."""
    return EXACT.multiply(quantity, unit_cost).quantize(CENT, context=EXACT)


def share(value: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """Of a value, what falls to a part of the whole, to the cent; all of it to all."""
    if part == whole:
        return value
    return EXACT.divide(EXACT.multiply(value, part), whole).quantize(CENT, context=EXACT)


def unit_of(value: Decimal, quantity: Decimal) -> Decimal:
    """What one costs, to six decimals: to be shown and compared, never to be multiplied back."""
    return EXACT.divide(value, quantity).quantize(UNIT, context=EXACT)


def spread(value: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """The value divided by the weights, to the cent, so that the parts add up to it.

    Each part is its exact share rounded down; the cents that are left go to the largest remainders, of equal ones to
    the first. Where nothing weighs anything all weigh alike. Raises `ValueError` for a negative weight or none at all.
    """
    if not weights or min(weights) < 0:
        message = f"nothing to spread over: {weights}"
        raise ValueError(message)
    if value < 0:
        return [-part for part in spread(-value, weights)]
    total = sum(weights, ZERO)
    if not total:
        weights, total = [Decimal(1)] * len(weights), Decimal(len(weights))
    exact = [EXACT.divide(EXACT.multiply(value, weight), total) for weight in weights]
    parts = [each.quantize(CENT, context=_DOWN) for each in exact]
    left = int((value - sum(parts, ZERO)) / CENT)
    by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[:left]:
        parts[index] += CENT
    return parts
