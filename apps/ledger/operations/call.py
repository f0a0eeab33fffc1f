"""Calls a function of the ledger and turns its refusals into typed errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from apps.ledger.errors import refusals


def call(function: str, arguments: Sequence[tuple[str, Any]]) -> list[tuple[Any, ...]]:
    """Run `select * from function(...)` with (type, value) arguments; the rows it gives.

    Types are spelled out so that every call is the same prepared statement, whatever the values.
    """
    places = ", ".join(f"%s::{kind}" for kind, _ in arguments)
    with refusals(), connection.cursor() as cursor:
        query = f"select * from {function}({places})"  # noqa: S608 - our own names, the values are bound
        cursor.execute(query, [value for _, value in arguments])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
