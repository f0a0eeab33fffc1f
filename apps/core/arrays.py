"""Columns of numbers as PostgreSQL reads arrays of them."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal


def numbers(values: Collection[int | Decimal | None]) -> str:
    """An array's text: no number needs quotes, which the driver asks of each element by itself."""
    if None in values:
        return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"
    return "{" + ",".join(map(str, values)) + "}"
