"""Queries that are written once: the ORM writes a query out anew each time, which costs more than to run it.

For what a handheld asks all day. The query stays one of the ORM, which makes its rows too; the statement is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from operator import itemgetter
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, connection, models
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators
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
        return self._statement.ask(arguments)

    def first(self, *arguments: Any) -> T | None:
        """The first of the rows, for a query that finds one at most: no limit is added to it."""
        for row in self.rows(*arguments):
            return row
        return None


@dataclass(frozen=True, slots=True)
class Change:
    """Fields of a row that is there, set in memory and to be saved."""

    row: models.Model
    names: tuple[str, ...]


def write_fields(row: models.Model, names: Sequence[str]) -> None:
    """Save these fields of a row that is there, as `save(update_fields=names)` does; it sends no signal.

    Raises as `write_changes`.
    """
    write_changes(Change(row, tuple(names)))


def write_changes(*changes: Change) -> None:
    """Save the changes of as many rows in one statement, however many tables they are of.

    Raises `DatabaseError` when a row is gone, and `ValueError` for something related that was never saved.
    """
    update = _update_of(tuple((type(change.row), change.names) for change in changes))
    values: list[Any] = []
    for change, fields in zip(changes, update.fields, strict=True):
        values += [_value(change.row, field) for field in fields]
        values.append(change.row.pk)
    with connection.cursor() as cursor:
        cursor.execute(update.sql, values)
        found = cursor.rowcount if len(changes) == 1 else cursor.fetchone()[0]
    if found != len(changes):
        message = f"{' or '.join(str(change.row) for change in changes)} is not there to be saved"
        raise DatabaseError(message)


def _value(row: models.Model, field: models.Field[Any, Any]) -> Any:
    """What is saved of a field. `save` looks at all relations of the row for this, which takes longer than the rest."""
    if field.is_relation and field.is_cached(row):  # type: ignore[attr-defined]  # typed without its relations
        related = getattr(row, field.name)
        if related is not None and related.pk is None:
            message = f"{row} cannot be saved: its {field.name} was not"
            raise ValueError(message)
    return field.get_db_prep_save(getattr(row, field.attname), connection)


@dataclass(frozen=True, slots=True)
class _Update:
    fields: list[list[models.Field[Any, Any]]]
    """Of each row in turn."""
    sql: str


@cache
def _update_of(rows: tuple[tuple[type[models.Model], tuple[str, ...]], ...]) -> _Update:
    fields: list[list[Any]] = [[model._meta.get_field(name) for name in names] for model, names in rows]
    updates = [_written(model, each) for (model, _), each in zip(rows, fields, strict=True)]
    if len(updates) == 1:
        return _Update(fields, updates[0])
    parts = ", ".join(f"part{n} as ({each} returning 1)" for n, each in enumerate(updates))
    counts = " + ".join(f"(select count(*) from part{n})" for n in range(len(updates)))  # noqa: S608 - its own names
    return _Update(fields, f"with {parts} select {counts}")


def _written(model: type[models.Model], fields: Sequence[Any]) -> str:
    columns = ", ".join(f'"{field.column}" = {_placeholder(field)}' for field in fields)
    return f'update "{model._meta.db_table}" set {columns} where "{model._meta.pk.column}" = %s'  # noqa: S608 - its own names


def _placeholder(field: Any) -> str:
    return str(field.get_placeholder(None, None, connection)) if hasattr(field, "get_placeholder") else "%s"


class _Statement:
    """What the ORM's compiler has written, at which of its parameters the arguments stand, and what rows become."""

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], kinds: tuple[type, ...]) -> None:
        marks = [MARKS[kind](place) for place, kind in enumerate(kinds)]
        queryset = build(*marks)
        self.compiler: Any = queryset.query.get_compiler(connection=connection)
        self.sql, self.given = self.compiler.as_sql()
        self.locks = queryset.query.select_for_update
        self.converters = self.compiler.get_converters([column for column, *_ in self.compiler.select])
        self.make = _maker(queryset, self.compiler)
        # A number may come in a type that tells the database how wide its column is.
        self.places = [(n, marks.index(each), type(each)) for n, each in enumerate(self.given) if each in marks]
        if {mark for _, mark, _ in self.places} != set(range(len(marks))):
            message = f"Not every argument is in {self.sql}"
            raise TypeError(message)

    def ask(self, arguments: tuple[Any, ...]) -> list[Any]:
        """Run the ORM's statement with other parameters, and make of the rows what it would make."""
        if self.locks and connection.get_autocommit():
            message = "select_for_update cannot be used outside of a transaction."
            raise TransactionManagementError(message)
        values = list(self.given)
        for place, mark, kind in self.places:
            argument = arguments[mark]
            values[place] = argument if isinstance(argument, kind) else kind(argument)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            rows: Iterable[Any] = cursor.fetchall()
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        return [self.make(row) for row in rows]


def _maker(queryset: models.QuerySet[Any, Any], compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """What `iter` of the queryset makes of a row. All that is the same for every row is worked out here, once."""
    if issubclass(queryset._iterable_class, FlatValuesListIterable):  # noqa: SLF001 - there is no other way to know
        return itemgetter(0)
    if not issubclass(queryset._iterable_class, ModelIterable):  # noqa: SLF001
        return tuple
    database, columns = queryset.db, compiler.klass_info["select_fields"]
    model, own = compiler.klass_info["model"], slice(columns[0], columns[-1] + 1)
    names = [column.target.attname for column, *_ in compiler.select[own]]
    related = get_related_populators(compiler.klass_info, compiler.select, database)  # type: ignore[call-arg]  # typed for a later Django
    annotations = list((compiler.annotation_col_map or {}).items())

    def make(row: Sequence[Any]) -> Any:
        made = model.from_db(database, names, row[own])
        for populator in related:
            populator.populate(row, made)
        for name, place in annotations:
            setattr(made, name, row[place])
        return made

    return make
