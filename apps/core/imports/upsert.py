"""Master data by its human key: what is new is created, what differs is changed, with history, and the rest is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from apps.core.imports.cells import Column
from apps.core.imports.errors import Problems
from apps.core.imports.records import Record, plain, read_records, refuse_repeated
from apps.core.querysets import LockingQuerySet

M = TypeVar("M", bound=models.Model)
Check = Callable[[Any], Iterable[tuple[str, str]]]
"""What is wrong with an object as it would be: pairs of column and message."""
BATCH = 1000


@dataclass(slots=True, kw_only=True)
class Plan:
    """What a file would do, in words."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0


@dataclass(slots=True, kw_only=True)
class UpsertPlan(Plan, Generic[M]):
    """What a file of master data would do, and the objects that do it."""

    model: type[M]
    new: list[M] = field(default_factory=list)
    old: list[M] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)

    def save(self, *, user: Any, at: datetime, reason: str) -> None:
        """Write it, in statements that do not grow with the rows, with a line of history for each."""
        told = {"default_user": user, "default_date": at, "default_change_reason": reason, "batch_size": BATCH}
        if self.new:
            bulk_create_with_history(self.new, self.model, **told)
        if self.old:
            bulk_update_with_history(self.old, self.model, sorted(self.fields), **told)


def _no_check(_: Any) -> Iterable[tuple[str, str]]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upsert(Generic[M]):
    """A kind of master data: its columns, and the key that finds a row again."""

    model: type[M]
    columns: Sequence[Column]
    key: Sequence[str] = ("number",)
    check: Check = _no_check

    def plan(self, text: str, *, lock: bool = False) -> UpsertPlan[M]:
        """What the file would do. Raises `ImportRefused` when anything in it is wrong."""
        problems = Problems()
        records = read_records(text, self.columns, problems)
        plan = self.plan_records(records, problems, lock=lock)
        problems.refuse_any()
        return plan

    def plan_records(self, records: Sequence[Record], problems: Problems, *, lock: bool = False) -> UpsertPlan[M]:
        """What these records would do; what is wrong with them is noted."""
        refuse_repeated(records, self.key, problems)
        known = self._known(records, lock=lock)
        plan = UpsertPlan(model=self.model)
        for record in records:
            there = known.get(record.key(self.key))
            if there is None:
                self._create(record, plan, problems)
            else:
                self._change(there, record, plan, problems)
        return plan

    def _known(self, records: Sequence[Record], *, lock: bool) -> dict[tuple[Any, ...], M]:
        """The rows that the file names, locked when they are to be written."""
        targets = [column.target for name in self.key for column in self.columns if column.name == name]
        wanted = {
            f"{target}__in": {record.values[name] for record in records}
            for name, target in zip(self.key, targets, strict=True)
        }
        rows: LockingQuerySet[M] = LockingQuerySet(self.model).filter(**wanted)
        found: Iterable[M] = rows.lock() if lock else rows
        return {tuple(_kept(row, target) for target in targets): row for row in found}

    def _create(self, record: Record, plan: UpsertPlan[M], problems: Problems) -> None:
        row = self.model(**{column.target: record.values.get(column.name, column.blank) for column in self.columns})
        if self._check(row, record, problems):
            plan.new.append(row)
            plan.created.append(str(row))

    def _change(self, row: M, record: Record, plan: UpsertPlan[M], problems: Problems) -> None:
        columns = [column for column in self.columns if column.name in record.values]
        changed = [column for column in columns if _kept(row, column.target) != plain(record.values[column.name])]
        for column in changed:
            if column.fixed:
                problems.add(
                    f"is {getattr(row, column.target)} and an import cannot change it",
                    row=record.row,
                    field=column.name,
                    value=str(record.values[column.name]),
                )
            setattr(row, column.target, record.values[column.name])
        if not changed:
            plan.unchanged += 1
        elif self._check(row, record, problems):
            plan.old.append(row)
            plan.fields |= {column.target for column in changed}
            plan.changed.append(f"{row}: {', '.join(column.name for column in changed)}")

    def _check(self, row: M, record: Record, problems: Problems) -> bool:
        """Whether the row may be as it would be: each field by its own rule, then the app's."""
        names = {column.target: column.name for column in self.columns}
        references = {target for target in names if self.model._meta.get_field(target).is_relation}
        wrong: list[tuple[str, str]] = []
        try:
            row.clean_fields(exclude=references)
        except ValidationError as error:
            for target, texts in error.message_dict.items():
                wrong += [(names.get(target, target), text) for text in texts]
        wrong += self.check(row)
        for name, message in wrong:
            problems.add(message, row=record.row, field=name)
        return not wrong


def _kept(row: models.Model, target: str) -> Any:
    """A field as it is stored: of another row its key, which costs no query."""
    column = cast("models.Field[Any, Any]", row._meta.get_field(target))
    return getattr(row, column.attname)
