"""Loads the demo company and plays its working day over HTTP; fails when the day does not end as it must.

A day that was interrupted, however rudely, is played on by starting the command again: each step is sent again under
its key and gets its first answer, until the first step that has not happened yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from apps.accounts.models import SYSTEM, Device, User
from apps.core import clock
from apps.core.paper.shelf import keep
from apps.demo.client import Caller, OverHttp, UnexpectedAnswerError
from apps.demo.company import AnotherCompanyError, DemoCompany, load_company
from apps.demo.day.context import Day
from apps.demo.day.play import play
from apps.demo.server import serve
from apps.journal.actor import Actor
from apps.journal.jobs import sweep_outbox
from apps.journal.models import AuditEntry, OutboxMessage
from apps.journal.operations import record

KIND, NUMBER, ENDED = "demo", "day", "ended"
ONE_PLAY = 0x5717
"""The advisory lock of whoever plays."""


class Command(BaseCommand):
    """Tells the day as it goes, then where the papers are and how to sign in."""

    help = "Load the demo company into an empty database and play its working day; go on with one that was interrupted."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, play, judge; or go on where an interrupted day stopped."""
        with _alone():
            if AuditEntry.objects.of(KIND, NUMBER).filter(verb=ENDED).exists():
                self._tell("The day was played to its end on this database before; nothing is done again.")
                return
            self._play()

    def _play(self) -> None:
        resumed = Device.objects.exists()
        try:
            company = load_company(at=clock.now())
        except AnotherCompanyError:
            message = "The demo company needs an empty database; this one belongs to another company."
            raise CommandError(message) from None
        self._tell(self.style.MIGRATE_HEADING(f"A working day at {company.warehouse}"))
        if resumed:
            self._tell("It was interrupted: what has happened is told again, and not done again.")
        with serve() as address:
            try:
                day = self._day(company, OverHttp(address))
                play(day)
            except UnexpectedAnswerError as error:
                raise CommandError(f"The day went wrong. {error}") from error
        _print_what_was_left()
        self._summary(company, day)
        _note_the_end()

    def _day(self, company: DemoCompany, transport: OverHttp) -> Day:
        today = company.today.isoformat()
        callers = {who: Caller(transport, token, who, today) for who, token in company.tokens.items()}
        for who, pin in company.pins.items():
            callers[who].post("/sign-on", username=who, pin=pin)
        return Day(
            warehouse=company.warehouse,
            depot=company.depot,
            today=company.today,
            callers=callers,
            tell=self._tell,
            keep=keep,
        )

    def _tell(self, line: str) -> None:
        """At once, so that whoever reads along sees where the day stands."""
        self.stdout.write(line)
        self.stdout.flush()

    def _summary(self, company: DemoCompany, day: Day) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING("\nOn paper"))
        for paper in day.papers:
            self.stdout.write(f"  {paper}")
        self.stdout.write(self.style.MIGRATE_HEADING("\nSign in"))
        self.stdout.write(f"  at /{settings.ADMIN_PATH}/ as one of (passwords are made for this run):")
        for name, password in company.passwords.items():
            self.stdout.write(f"  {name:<18} {password}")
        self.stdout.write(self.style.MIGRATE_HEADING("\nOn a handheld"))
        self.stdout.write("  Authorization: Bearer <token>, then POST /api/v1/sign-on with username and pin:")
        for name, pin in company.pins.items():
            self.stdout.write(f"  {name:<18} pin {pin}   token {company.tokens[name]}")


@contextmanager
def _alone() -> Iterator[None]:
    """One play a database: a second would take the first one's devices away. A play that was killed lets go."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [ONE_PLAY])
        if cursor.fetchone() != (True,):
            raise CommandError("Somebody is playing the day on this database at this moment.")
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [ONE_PLAY])


def _note_the_end() -> None:
    """The last thing of all: from now on there is nothing to go on with."""
    by = Actor(user=User.objects.get(username=SYSTEM), job="demo")
    record(ENDED, kind=KIND, number=NUMBER, by=by, at=clock.now())


def _print_what_was_left() -> None:
    """Run the effects that a worker would have run: none is up while the day is played.

    What a killed play had begun to print is printed now, not when its time would have been up.
    """
    current_app.loader.import_default_modules()
    OutboxMessage.objects.filter(delivered_at=None, dead_at=None).update(due_at=clock.now())
    while sweep_outbox():
        pass
    left = OutboxMessage.objects.filter(delivered_at=None)
    if left:
        errors = "; ".join(f"{message}: {message.last_error}" for message in left)
        raise CommandError(f"The day went wrong. Not everything was printed: {errors}")
