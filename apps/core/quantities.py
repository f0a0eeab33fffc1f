"""Quantities: exact decimals at an item's scale; a float or a rounding residue never enters."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from apps.core.decimals import plain
from apps.core.errors import InvalidQuantity

DIGITS = 18
PLACES = 6
LIMIT = Decimal(10) ** (DIGITS - PLACES)
"""Columns are numeric(18, 6): a quantity is below this."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
"""A number as people and scales write it; Python's own reading also takes 1_000 and the digits of other scripts."""


def parse_quantity(text: object, *, scale: int = PLACES, zero: bool = False) -> Decimal:
    """Read a quantity as typed or scanned: finite, positive (or zero when asked), at most `scale` decimals.

    Raises `InvalidQuantity` for text, NaN, infinities, floats, exponents out of range and too many decimals.
    """
    if isinstance(text, bool | float):
        raise InvalidQuantity(quantity=str(text), reason="send it as text or a whole number, not as a float")
    written = str(text).strip()
    try:
        # A field's value is a Decimal already and may be written with an exponent of its own.
        value = Decimal(written) if isinstance(text, Decimal) or _NUMBER.fullmatch(written) else None
    except InvalidOperation:
        value = None
    if value is None:
        raise InvalidQuantity(quantity=written[:40], reason="it is not a number")
    if not value.is_finite():
        raise InvalidQuantity(quantity=written[:40], reason="it is not finite")
    if value < 0 or (value == 0 and not zero):
        raise InvalidQuantity(quantity=written[:40], reason="it must be more than zero")
    if value >= LIMIT:
        raise InvalidQuantity(quantity=written[:40], reason="it is too large")
    return at_scale(value, scale)


def at_scale(value: Decimal, scale: int) -> Decimal:
    """The value at exactly `scale` decimals. Raises `InvalidQuantity` when that would round."""
    # adjusted() bounds the exponent, so that quantize cannot exceed the context's precision.
    if value and value.adjusted() < -scale:
        raise InvalidQuantity(quantity=f"{value:e}", reason=f"at most {scale} decimals are allowed")
    scaled = value.quantize(Decimal(1).scaleb(-scale))
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
