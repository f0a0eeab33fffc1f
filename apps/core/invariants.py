"""Rules that must hold in the database at every moment: one SQL file each, whose rows are what breaks the rule.

A file stands in `apps/<app>/invariants/` and opens with its id, perhaps marks, and the rule as a sentence:

    -- I10 nightly: Stock was never below zero, at any moment.

`nightly` reads the whole history; `flag` is worth a look and breaks nothing. A line that opens with `--changed` narrows
the rule to what has changed since a moment: a comment when everything is checked, a condition when only that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

FIRST_LINE = re.compile(r"-- (?P<number>I\d\d)(?P<marks>(?: (?:nightly|flag))*): (?P<rule>.+)")
CHANGED = re.compile(r"^(\s*)--changed ", re.MULTILINE)
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Invariant:
    """A rule and the query for what breaks it."""

    number: str
    rule: str
    sql: str
    nightly: bool
    flag: bool

    @property
    def narrows(self) -> bool:
        """Whether it can be asked of what has changed alone."""
        return CHANGED.search(self.sql) is not None

    def check(self, changed: str = "") -> Violation | None:
        """What breaks the rule now, None when nothing does. One statement, so one moment.

        `changed` are common table expressions that the rule's narrowing lines refer to.
        """
        narrowed = changed and self.narrows
        sql = CHANGED.sub(r"\1", self.sql) if narrowed else self.sql
        scope = f"with {changed} " if narrowed else ""
        # In an order of their own, so that the same fault is told by the same rows, however the server finds them.
        told = f"order by broken::text limit {SHOWN}"
        with connection.cursor() as cursor:
            cursor.execute(f"{scope}select *, count(*) over () from ({sql}\n) broken {told}")  # noqa: S608 - our files
            names = [column.name for column in cursor.description[:-1]]
            found = cursor.fetchall()
        if not found:
            return None
        rows = tuple(dict(zip(names, row[:-1], strict=True)) for row in found)
        return Violation(invariant=self, count=found[0][-1], rows=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A broken rule, how many rows break it, and the first of them."""

    invariant: Invariant
    count: int
    rows: tuple[dict[str, Any], ...]

    def __str__(self) -> str:
        lines = [f"{self.invariant.number} is broken by {self.count}: {self.invariant.rule}"]
        lines += ["    " + ", ".join(f"{name}={value}" for name, value in row.items()) for row in self.rows]
        if self.count > len(self.rows):
            lines.append(f"    and {self.count - len(self.rows)} more")
        return "\n".join(lines)


def invariants() -> list[Invariant]:
    """All rules of all installed apps, in the order of their ids."""
    return sorted(_read(), key=lambda invariant: (invariant.number, invariant.rule))


def _read() -> Iterator[Invariant]:
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path, "invariants").glob("*.sql")):
            text = path.read_text("utf-8")
            first = FIRST_LINE.match(text)
            if first is None:
                message = f"{path.name} does not open with its id and rule"
                raise ValueError(message)
            marks = first["marks"].split()
            yield Invariant(
                number=first["number"],
                rule=first["rule"],
                sql=text.strip().removesuffix(";"),
                nightly="nightly" in marks,
                flag="flag" in marks,
            )


def check_invariants(*, only: str = "", everything: bool = True, changed: str = "") -> list[Violation]:
    """What is broken now. `only` is one id; without `everything`, the rules that read the whole history wait.

    With `changed` none waits, but those that can be narrowed are asked of what has changed alone.
    """
    chosen = [
        rule
        for rule in invariants()
        if only in {"", rule.number} and (everything or only or not rule.nightly or (changed and rule.narrows))
    ]
    if not chosen:
        message = f"there is no rule {only}"
        raise LookupError(message)
    return [violation for rule in chosen if (violation := rule.check(changed)) is not None]
