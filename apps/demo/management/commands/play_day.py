"""Loads the demo company and plays its working day over HTTP; fails when the day does not end as it must."""

from __future__ import annotations

from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.core import clock
from apps.core.paper.shelf import keep
from apps.demo.client import Caller, OverHttp, UnexpectedAnswerError
from apps.demo.company import DemoCompany, load_company
from apps.demo.day.context import Day
from apps.demo.day.play import play
from apps.demo.server import serve
from apps.journal.jobs import sweep_outbox
from apps.journal.models import OutboxMessage
from apps.locations.models import Warehouse


class Command(BaseCommand):
    """Tells the day as it goes, then where the papers are and how to sign in."""

    help = "Load the demo company into an empty database and play its working day through the API."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, play, judge."""
        if Warehouse.objects.exists():
            raise CommandError("The demo company needs an empty database; this one has a warehouse.")
        at = clock.now()
        company = load_company(at=at)
        self.stdout.write(self.style.MIGRATE_HEADING(f"A working day at {company.warehouse}"))
        with serve() as address:
            day = self._day(company, OverHttp(address))
            try:
                play(day)
            except UnexpectedAnswerError as error:
                raise CommandError(f"The day went wrong. {error}") from error
        _print_what_was_left()
        self._summary(company, day)

    def _day(self, company: DemoCompany, transport: OverHttp) -> Day:
        warehouse = Warehouse.objects.get(code=company.warehouse)
        today = warehouse.local_date(clock.now())
        callers = {who: Caller(transport, token, who, today.isoformat()) for who, token in company.tokens.items()}
        for who, pin in company.pins.items():
            callers[who].post("/sign-on", username=who, pin=pin)
        return Day(
            warehouse=company.warehouse,
            today=today,
            callers=callers,
            tell=partial(self.stdout.write),
            keep=keep,
        )

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


def _print_what_was_left() -> None:
    """Run the effects that a worker would have run: none is up while the day is played."""
    current_app.loader.import_default_modules()
    while sweep_outbox():
        pass
    left = OutboxMessage.objects.filter(delivered_at=None)
    if left:
        errors = "; ".join(f"{message}: {message.last_error}" for message in left)
        raise CommandError(f"The day went wrong. Not everything was printed: {errors}")
