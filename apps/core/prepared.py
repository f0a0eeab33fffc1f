"""Queries that are written once: the ORM writes a query out anew each time, which costs more than to run it.

For what a handheld asks all day. The query stays one of the ORM, which makes its rows too; the statement is kept.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, Generic, TypeVar, cast

from django.db import connection, models
from django.db.transaction import TransactionManagementError

T = TypeVar("T")

MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda place: 2_000_000_000 + place,
    str: "\ue000{}".format,
    datetime: lambda place: datetime(1, 1, 1 + place, tzinfo=UTC),
}
"""Values that no query asks for, by type: where one stands among the statement's parameters, the argument goes."""


class Prepared(Generic[T]):
    """A query by its arguments, which are whole numbers (keys), texts or instants: never None, never lists.

    `Prepared(lambda key: Pick.objects.filter(task=key), int).rows(7)` gives what the query would give for 7, with its
    related rows and annotations; so for `values_list`. The statement is written at the first use, which raises
    `TypeError` when an argument does not reach it as it was given.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, T]], *kinds: type) -> None:
        """How the query is asked for, and the types of its arguments."""
        self._build, self._kinds = build, kinds
        self._statement: _Statement | None = None

    def rows(self, *arguments: Any) -> list[T]:
        """What the database has for these arguments now. Raises `TransactionManagementError` as the query would."""
        if self._statement is None:
            self._statement = _Statement(self._build, self._kinds)
        return list(self._statement.ask(arguments))

    def first(self, *arguments: Any) -> T | None:
        """The first of the rows, for a query that finds one at most: no limit is added to it."""
        for row in self.rows(*arguments):
            return row
        return None


class _Statement:
    """What the ORM's compiler has written, and at which of its parameters the arguments stand."""

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], kinds: tuple[type, ...]) -> None:
        marks = [MARKS[kind](place) for place, kind in enumerate(kinds)]
        self.queryset = build(*marks)
        self.compiler = self.queryset.query.get_compiler(connection=connection)
        self.sql, self.given = self.compiler.as_sql()
        self.converters = self.compiler.get_converters([column for column, *_ in self.compiler.select])
        # A number may come in a type that tells the database how wide its column is.
        self.places = [(n, marks.index(each), type(each)) for n, each in enumerate(self.given) if each in marks]
        if {mark for _, mark, _ in self.places} != set(range(len(marks))):
            message = f"Not every argument is in {self.sql}"
            raise TypeError(message)

    def ask(self, arguments: tuple[Any, ...]) -> Iterable[Any]:
        """Let the ORM run its own statement with other parameters, and make of the rows what it makes."""
        if self.queryset.query.select_for_update and connection.get_autocommit():
            message = "select_for_update cannot be used outside of a transaction."
            raise TransactionManagementError(message)
        values = list(self.given)
        for place, mark, kind in self.places:
            argument = arguments[mark]
            values[place] = argument if isinstance(argument, kind) else kind(argument)
        compiler: Any = copy.copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (self.sql, values)
        compiler.get_converters = lambda _: self.converters
        asked: Any = SimpleNamespace(
            db=self.queryset.db,
            model=self.queryset.model,
            query=SimpleNamespace(get_compiler=lambda *_, **__: compiler, annotation_select={}, extra_select={}),
            _fields=(),
            _known_related_objects={},
        )
        rows: Any = self.queryset._iterable_class(asked)  # noqa: SLF001 - what `iter` of a queryset does
        return cast("Iterable[Any]", rows)
