"""The clock: only edges read it; everything below takes `at`."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """This instant, aware, in UTC."""
    return timezone.now()  # noqa: TID251 - the one place that reads it


def local_date(at: datetime, zone: str) -> date:
    """The calendar day of an instant where the goods are."""
    return at.astimezone(ZoneInfo(zone)).date()
