"""Columns as PostgreSQL reads arrays of them."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal


def numbers(values: Collection[int | Decimal | None]) -> str:
    """An array's text: no number needs quotes, which the driver asks of each element by itself."""
    # `None in values` would compare, which a Decimal does slowly.
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def texts(values: Collection[str | None]) -> str:
    """An array's text. A thousand rows say few different things, so what is the same is quoted once."""
    quoted = {value: "NULL" if value is None else _quoted(value) for value in set(values)}
    return "{" + ",".join([quoted[value] for value in values]) + "}"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
