"""Quantities: exact decimals at an item's scale; a float or a rounding residue never enters."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from apps.core.decimals import plain
from apps.core.errors import InvalidQuantity

DIGITS = 18
PLACES = 6
STEPS = tuple(Decimal(1).scaleb(-scale) for scale in range(PLACES + 1))
"""The least difference between two quantities, by how many decimals they have."""
LIMIT = Decimal(10) ** (DIGITS - PLACES)
"""Columns are numeric(18, 6): a quantity is below this."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
"""A number as people and scales write it; Python's own reading also takes 1_000 and the digits of other scripts."""


def parse_quantity(text: object, *, scale: int = PLACES, zero: bool = False) -> Decimal:
    """Read a quantity as typed or scanned: finite, positive (or zero when asked), at most `scale` decimals.

    Raises `InvalidQuantity` for text, NaN, infinities, floats, exponents out of range and too many decimals.
    """
    if isinstance(text, Decimal):  # as a field's value is already
        value: Decimal | None = text
    elif isinstance(text, bool | float):
        raise InvalidQuantity(quantity=str(text), reason="send it as text or a whole number, not as a float")
    else:
        value = _number(str(text).strip())
    if value is None:
        problem = "it is not a number"
    elif not value.is_finite():
        problem = "it is not finite"
    elif value < 0 or (value == 0 and not zero):
        problem = "it must be more than zero"
    elif value >= LIMIT:
        problem = "it is too large"
    else:
        return at_scale(value, scale)
    raise InvalidQuantity(quantity=str(text).strip()[:40], reason=problem)


def _number(written: str) -> Decimal | None:
    try:
        return Decimal(written) if _NUMBER.fullmatch(written) else None
    except InvalidOperation:
        return None


def at_scale(value: Decimal, scale: int) -> Decimal:
    """The value at exactly `scale` decimals. Raises `InvalidQuantity` when that would round."""
    if value.same_quantum(STEPS[scale]):
        return value
    # adjusted() bounds the exponent, so that quantize cannot exceed the context's precision.
    if value and value.adjusted() < -scale:
        raise InvalidQuantity(quantity=f"{value:e}", reason=f"at most {scale} decimals are allowed")
    scaled = value.quantize(STEPS[scale])
    if scaled != value:
        raise InvalidQuantity(quantity=plain(value)[:40], reason=f"at most {scale} decimals are allowed")
    return scaled


def convert(quantity: Decimal, factor: Fraction, *, scale: int) -> Decimal:
    """A quantity in another unit by an exact fraction. Raises `InvalidQuantity` when the result has a residue."""
    exact = Fraction(quantity) * factor
    scaled = exact * 10**scale
    if scaled.denominator != 1:
        raise InvalidQuantity(quantity=str(quantity), reason=f"it is no exact number of base units ({exact})")
    return Decimal(scaled.numerator).scaleb(-scale)
