"""What the parts of the day share: who calls, what is told, what was printed, and the figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from apps.demo.client import Answer, Caller, UnexpectedAnswerError


@dataclass(slots=True, kw_only=True)
class Day:
    """A day at the main warehouse, and what the depot has to do with it."""

    warehouse: str
    depot: str
    today: date
    callers: dict[str, Caller]
    tell: Callable[[str], None]
    keep: Callable[[str, bytes], object]
    facts: dict[str, Any] = field(default_factory=dict)
    """Numbers of documents and figures, by name, that later parts and the ending need."""
    papers: list[object] = field(default_factory=list)

    def __getitem__(self, name: str) -> Caller:
        """The caller of that name."""
        return self.callers[name]

    def on(self, days: int) -> str:
        """The date so many days from today, as the API reads it."""
        return (self.today + timedelta(days=days)).isoformat()

    def print(self, who: str, path: str, name: str, **query: str) -> None:
        """Fetch a PDF and keep it."""
        self.papers.append(self.keep(f"{name}.pdf", self[who].fetch(path, **query)))

    def must_refuse(self, answer: Answer, code: str) -> str:
        """A command that has to be refused with that code; what the refusal says. Raises when it was not."""
        if not answer.refused or answer.body.get("code") != code:
            message = f"expected the refusal {code}, got {answer.status} {answer.body}"
            raise UnexpectedAnswerError(message)
        return str(answer.body["title"])
