"""Calls a function of the ledger and turns its refusals into typed errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from apps.core.arrays import numbers, texts
from apps.ledger.errors import refusals

ARRAYS: dict[str, Callable[[Any], str]] = {"bigint[]": numbers, "numeric[]": numbers, "text[]": texts}


def call(function: str, arguments: Sequence[tuple[str, Any]]) -> list[tuple[Any, ...]]:
    """Run `select * from function(...)` with (type, value) arguments; the rows it gives.

    Types are spelled out so that every call is the same prepared statement, whatever the values.
    """
    places = ", ".join(f"%s::{kind}" for kind, _ in arguments)
    with refusals(), connection.cursor() as cursor:
        query = f"select * from {function}({places})"  # noqa: S608 - our own names, the values are bound
        cursor.execute(query, [_given(kind, value) for kind, value in arguments])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _given(kind: str, value: Any) -> Any:
    return ARRAYS[kind](value) if kind in ARRAYS and value is not None else value


def call_each(function: str, arguments: Sequence[tuple[str, Sequence[Any]]]) -> None:
    """Run a function once for each row of (type, column) arguments, in their order, in one statement."""
    if not arguments[0][1]:
        return
    names = ", ".join(f"a{index}" for index in range(len(arguments)))
    columns = ", ".join(f"%s::{kind}[]" for kind, _ in arguments)
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            f"select {function}({names})"  # noqa: S608 - our own names, the values are bound
            f" from unnest({columns}) with ordinality as given({names}, place) order by place",
            [list(column) for _, column in arguments],
        )
