"""Quantities: exact decimals at an item's scale; a float or a rounding residue never enters."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from apps.core.errors import InvalidQuantity

DIGITS = 18
PLACES = 6
LIMIT = Decimal(10) ** (DIGITS - PLACES)
"""Columns are numeric(18, 6): a quantity is below this."""


def parse_quantity(text: object, *, scale: int = PLACES, zero: bool = False) -> Decimal:
    """Read a quantity as typed or scanned: finite, positive (or zero when asked), at most `scale` decimals.

    Raises `InvalidQuantity` for text, NaN, infinities, floats, exponents out of range and too many decimals.
    """
    if isinstance(text, bool | float):
        raise InvalidQuantity(quantity=str(text), reason="send it as text or a whole number, not as a float")
    try:
        value = Decimal(str(text).strip())
    except InvalidOperation:
        raise InvalidQuantity(quantity=str(text)[:40], reason="it is not a number") from None
    if not value.is_finite():
        raise InvalidQuantity(quantity=str(text)[:40], reason="it is not finite")
    if value < 0 or (value == 0 and not zero):
        raise InvalidQuantity(quantity=str(text)[:40], reason="it must be more than zero")
    if value >= LIMIT:
        raise InvalidQuantity(quantity=str(text)[:40], reason="it is too large")
    return at_scale(value, scale)


def at_scale(value: Decimal, scale: int) -> Decimal:
    """The value at exactly `scale` decimals. Raises `InvalidQuantity` when that would round."""
    # adjusted() bounds the exponent, so that quantize cannot exceed the context's precision.
    if value and value.adjusted() < -scale:
        raise InvalidQuantity(quantity=f"{value:e}", reason=f"at most {scale} decimals are allowed")
    scaled = value.quantize(Decimal(1).scaleb(-scale))
    if scaled != value:
        raise InvalidQuantity(quantity=plain(value), reason=f"at most {scale} decimals are allowed")
    return scaled


def convert(quantity: Decimal, factor: Fraction, *, scale: int) -> Decimal:
    """A quantity in another unit by an exact fraction. Raises `InvalidQuantity` when the result has a residue."""
    exact = Fraction(quantity) * factor
    scaled = exact * 10**scale
    if scaled.denominator != 1:
        raise InvalidQuantity(quantity=str(quantity), reason=f"it is no exact number of base units ({exact})")
    return Decimal(scaled.numerator).scaleb(-scale)


def plain(value: Decimal) -> str:
    """A quantity as people write it: no exponent, no trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
