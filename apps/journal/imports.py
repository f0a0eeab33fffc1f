"""The way of a file into the system: a preview unless told to commit, then one command, all or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from apps.accounts.models import User
from apps.core.api.problems import ReplayedRefusal
from apps.core.errors import DomainError
from apps.core.imports import ImportRefused, Plan, UpsertPlan, decode
from apps.core.imports.table import MOST_BYTES
from apps.core.querysets import Viewer
from apps.journal import edge
from apps.journal.actor import Actor
from apps.journal.operations import record

SHOWN = 10
Outcome = dict[str, Any]


def outcome(plan: Plan) -> Outcome:
    """What a plan comes to: how many, and the first of them."""
    return {
        "created": len(plan.created),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "first": [*(f"new {label}" for label in plan.created[:SHOWN]), *plan.changed[:SHOWN]],
    }


def write(plan: UpsertPlan[Any], *, kind: str, by: Actor, at: datetime) -> Plan:
    """Write what a file of master data does, and a line about it in the audit trail."""
    plan.save(user=by.user, at=at, reason="import")
    note(plan, kind=kind, by=by, at=at)
    return plan


def note(plan: Plan, *, kind: str, by: Actor, at: datetime) -> None:
    """Leave a line about an import in the audit trail, unless it changed nothing."""
    if plan.created or plan.changed:
        record(
            "imported",
            kind=kind,
            number=f"{at:%Y-%m-%d %H:%M}",
            by=by,
            at=at,
            created=len(plan.created),
            changed=len(plan.changed),
        )


class ImportCommand(BaseCommand):
    """An import's command: names the function that previews a text and the operation that brings it in."""

    preview: ClassVar[Callable[[str, Viewer | None], Plan]]
    operation: ClassVar[Callable[..., Plan]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, whether to apply it, and as whom."""
        parser.add_argument("file", type=Path, help="CSV, UTF-8; its columns are in docs/imports.md")
        parser.add_argument("--commit", action="store_true", help="apply it; without this nothing is changed")
        parser.add_argument("--user", help="whose work this is, by username; --commit needs it")

    def handle(self, *, file: Path, commit: bool, user: str | None, **options: Any) -> None:  # noqa: ARG002 - Django's options
        """Preview or apply, and say what."""
        try:
            by = self._person(user)
            if commit and by is None:
                raise CommandError("--commit needs --user: the trail names whoever brings a file in.")
            text = decode(self._read(file))
            if commit and by is not None:
                told = edge.run(type(self).operation, by=by, render=outcome, text=text)
            else:
                told = outcome(type(self).preview(text, by))
        except ImportRefused as refusal:
            self.stdout.write("\n".join(refusal.problems))
            raise CommandError(str(refusal)) from None
        except (DomainError, ReplayedRefusal) as refusal:
            raise CommandError(str(refusal)) from None
        self._tell(told, commit=commit)

    def _person(self, username: str | None) -> User | None:
        if username is None:
            return None
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"There is no user {username}.")
        return person

    def _read(self, file: Path) -> bytes:
        try:
            with file.open("rb") as source:
                return source.read(MOST_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None

    def _tell(self, told: Outcome, *, commit: bool) -> None:
        for line in told["first"]:
            self.stdout.write(f"  {line}")
        counts = f"{told['created']} new, {told['changed']} changed, {told['unchanged']} as they were."
        self.stdout.write(
            f"Imported: {counts}" if commit else f"Preview: {counts} Nothing is changed without --commit."
        )
