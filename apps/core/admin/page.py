"""What a document's page is made of, before it is HTML: facts, tables, papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the head line says."""

    label: str
    value: object


@dataclass(frozen=True, slots=True)
class Column:
    """A column; numbers stand to the right, under each other."""

    title: str
    number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under titles; `empty` says what would make the first row."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    empty: str = "Nothing yet."
    more: str = ""
    """The address of the rows that come after these."""

    @property
    def cells(self) -> list[list[tuple[Column, object]]]:
        """Each row's cells beside their columns, as the page writes them."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of the timeline: who did what, when, and what is worth knowing of it."""

    at: datetime
    who: object
    what: object
    notes: Sequence[object] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF of the document, behind a link."""

    title: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a verb would do, shown before it is asked for; where it cannot be done now, `note` says so."""

    note: str
    possible: bool
    tables: Sequence[Table]
