"""Orders from other systems' files: a row a line; rows that share the key are one order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from apps.core.errors import DomainError, InvalidQuantity
from apps.core.imports.cells import Column
from apps.core.imports.errors import Problems
from apps.core.imports.records import Record, plain, read_records
from apps.core.imports.upsert import Plan
from apps.core.quantities import at_scale
from apps.core.querysets import Viewer

Content = list[tuple[int, Decimal]]
"""What an order asks for, line by line: item and quantity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document of the file: its key as it is stored, what its rows say alike, and its lines."""

    row: int
    key: tuple[Any, ...]
    head: dict[str, Any]
    lines: tuple[Record, ...]

    @property
    def content(self) -> Content:
        """What it asks for."""
        return [(line.values["item"].pk, line.values["quantity"]) for line in self.lines]


@dataclass(slots=True, kw_only=True)
class SheetsPlan(Plan):
    """What a file of documents would do, and the documents still to be raised."""

    new: list[Sheet] = field(default_factory=list)

    def raise_all(self, raise_one: Callable[[Sheet], object]) -> None:
        """Raise each new document. Raises `ImportRefused` with every refusal and its row."""
        problems = Problems()
        for sheet in self.new:
            try:
                raise_one(sheet)
            except DomainError as refusal:
                problems.add(str(refusal), row=sheet.row)
        problems.refuse_any()


def plan_sheets(
    sheets: Sequence[Sheet], known: Mapping[tuple[Any, ...], Content], problems: Problems, *, called: str = "order"
) -> SheetsPlan:
    """What is new. A document that is there must be as the file has it, for an import changes none."""
    plan = SheetsPlan()
    for sheet in sheets:
        there = known.get(sheet.key)
        if there is None:
            plan.created.append(f"{called} {sheet.head['reference']}")
            plan.new.append(sheet)
        elif there == sheet.content:
            plan.unchanged += 1
        else:
            problems.add(
                f"is there with other lines, and an import changes no {called}", row=sheet.row, field="reference"
            )
    problems.refuse_any()
    return plan


def read_sheets(
    text: str,
    *,
    head: Sequence[Column],
    lines: Sequence[Column],
    key: Sequence[str],
    problems: Problems,
    viewer: Viewer | None = None,
    any_scale: bool = False,
) -> list[Sheet]:
    """The documents of a file, in its order. Rows of one document must say the same in the head's columns.

    With `any_scale` a quantity may have more decimals than its item: it is a part of what many are made of.
    """
    groups: dict[tuple[Any, ...], list[Record]] = {}
    for record in read_records(text, (*head, *lines), problems, viewer=viewer):
        if not any_scale:
            _fit_item(record, problems)
        groups.setdefault(record.key(key), []).append(record)
    sheets = []
    for records in groups.values():
        first = records[0]
        told = {column.name: first.values.get(column.name, column.blank) for column in head}
        for record in records[1:]:
            for column in head:
                if plain(record.values.get(column.name, column.blank)) != plain(told[column.name]):
                    problems.add(
                        f"differs from row {first.row} of the same document", row=record.row, field=column.name
                    )
        sheets.append(Sheet(row=first.row, key=first.key(key), head=told, lines=tuple(records)))
    return sheets


def _fit_item(record: Record, problems: Problems) -> None:
    """A quantity has no more decimals than its item."""
    try:
        record.values["quantity"] = at_scale(record.values["quantity"], record.values["item"].scale)
    except InvalidQuantity as refusal:
        problems.add(refusal.reason, row=record.row, field="quantity", value=refusal.quantity)
