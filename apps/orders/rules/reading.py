"""How quantities read on paper."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal


def in_packs(quantity: Decimal, packs: Mapping[str, Decimal]) -> str:
    """A quantity as whole packs and loose units, such as `2 CS + 3`; empty when not even one pack fills."""
    fitting = [(size, name) for name, size in packs.items() if size > 1 and quantity >= size]
    if not fitting:
        return ""
    size, name = max(fitting)
    count, loose = divmod(quantity, size)
    whole = f"{count:f} {name}"
    return f"{whole} + {loose.normalize():f}" if loose else whole
