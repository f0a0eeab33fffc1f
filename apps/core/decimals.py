"""How people write a decimal."""

from __future__ import annotations

from decimal import Decimal


def plain(value: Decimal) -> str:
    """Without exponent and trailing zeros: 12, 0.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
