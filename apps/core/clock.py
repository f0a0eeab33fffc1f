"""The clock: only edges read it; everything below takes `at`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """This instant, aware, in UTC."""
    return timezone.now()  # noqa: TID251 - the one place that reads it


def local_date(at: datetime, zone: str) -> date:
    """The calendar day of an instant where the goods are."""
    return at.astimezone(ZoneInfo(zone)).date()


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """When a calendar day begins there, and when the next one does; 23 or 25 hours lie between when clocks change."""
    there = ZoneInfo(zone)
    return datetime.combine(day, time(), there), datetime.combine(day + timedelta(days=1), time(), there)
