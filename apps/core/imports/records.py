"""From rows to records: each cell read, each name of another row looked up, each key only once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from apps.core.imports.cells import Column, Reference
from apps.core.imports.errors import Problems
from apps.core.imports.table import MOST_CHARACTERS, Row, read_rows
from apps.core.querysets import ScopedQuerySet, Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row whose every cell could be read; `values` has the columns that the file has."""

    row: int
    values: dict[str, Any]

    def key(self, names: Sequence[str]) -> tuple[Any, ...]:
        """Its values of the key's columns, as they are stored."""
        return tuple(plain(self.values[name]) for name in names)


def plain(value: Any) -> Any:
    """A value as it is stored: of another row its key."""
    return value.pk if isinstance(value, models.Model) else value


def read_records(
    text: str, columns: Sequence[Column], problems: Problems, *, viewer: Viewer | None = None
) -> list[Record]:
    """The records of a file; a row with a mistake is noted and left out.

    A warehouse where `viewer` does not work is as unknown as one that does not exist.
    """
    rows = read_rows(text, columns, problems)
    by_name = {column.name: column for column in columns}
    records = [record for row in rows if (record := _read(row, by_name, problems)) is not None]
    return _looked_up(records, columns, problems, viewer)


def refuse_repeated(records: Sequence[Record], key: Sequence[str], problems: Problems) -> None:
    """Note each row whose key stood in an earlier one."""
    seen: dict[tuple[Any, ...], int] = {}
    for record in records:
        first = seen.setdefault(record.key(key), record.row)
        if first != record.row:
            problems.add(f"stands in row {first} already", row=record.row, field=" and ".join(key))


def _read(row: Row, columns: dict[str, Column], problems: Problems) -> Record | None:
    values: dict[str, Any] = {}
    for name, cell in row.cells.items():
        column = columns[name]
        if not cell.strip():
            values[name] = column.blank
            if column.required:
                problems.add("is empty", row=row.number, field=name)
                return None
            continue
        try:
            if len(cell) > MOST_CHARACTERS:
                raise ValueError(f"has more than {MOST_CHARACTERS:,} characters")  # noqa: TRY301 - told like a reader's
            values[name] = column.read(cell)
        except ValueError as error:
            problems.add(str(error), row=row.number, field=name, value=cell)
            return None
    return Record(row=row.number, values=values)


def _looked_up(
    records: list[Record], columns: Sequence[Column], problems: Problems, viewer: Viewer | None
) -> list[Record]:
    """The records with the rows that they name in place of the names: one query a column."""
    wrong: set[int] = set()
    for column in columns:
        if column.refers is None:
            continue
        names = {record.values.get(column.name) for record in records} - {None, ""}
        found = _find(column.refers, names, viewer)
        for record in records:
            name = record.values.get(column.name)
            if name in {None, ""}:
                continue
            if name in found:
                record.values[column.name] = found[name]
            else:
                message = f"there is no {column.refers.model._meta.verbose_name} with this {column.refers.field}"
                problems.add(message, row=record.row, field=column.name, value=name)
                wrong.add(record.row)
    return [record for record in records if record.row not in wrong]


def _find(reference: Reference, names: set[Any], viewer: Viewer | None) -> dict[Any, models.Model]:
    if reference.find is not None:
        return reference.find(names)
    rows: models.QuerySet[models.Model] = reference.model._default_manager.all()  # noqa: SLF001 - Django's documented name
    if viewer is not None and isinstance(rows, ScopedQuerySet):
        rows = rows.for_user(viewer)
    return {getattr(row, reference.field): row for row in rows.filter(**{f"{reference.field}__in": names})}
