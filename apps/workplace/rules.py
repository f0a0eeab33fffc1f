"""When certificates expire and inspections fall due, and whether a line passes. Pure: days in, days out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from apps.core.months import months_after
from apps.workplace.states import Period

REMIND_DAYS = (60, 30, 7)
"""So many days before a certificate expires somebody is told of it; a habit of this program, not of a regulation."""


def expires_on(evaluated_on: date, valid_months: int | None) -> date | None:
    """The last day on which a certificate counts; None for one that does not expire."""
    return None if valid_months is None else months_after(evaluated_on, valid_months)


def is_in_force(*, evaluated_on: date, expires: date | None, is_revoked: bool, on: date) -> bool:
    """Whether a certificate counts on a day: from its evaluation to its last day, both included."""
    return not is_revoked and evaluated_on <= on and (expires is None or on <= expires)


def reminder_due(expires: date, *, on: date, days: Iterable[int] = REMIND_DAYS) -> int | None:
    """The nearest threshold, in days before expiry, that has come; None before the first and after the last day."""
    left = (expires - on).days
    return min((each for each in days if left <= each), default=None) if left >= 0 else None


def next_due(done_on: date, *, every: int, period: Period) -> date:
    """The day of the next inspection, counted from the day of this one."""
    return months_after(done_on, every) if period == Period.MONTHS else done_on + timedelta(days=every)


def moved_schedule(due_on: date, *, done_on: date, every: int, period: Period) -> date:
    """When it is due after an inspection on that day; one that is told late never brings an earlier day back."""
    return max(due_on, next_due(done_on, every=every, period=period))


def reading_passes(reading: Decimal, *, lower: Decimal | None, upper: Decimal | None) -> bool:
    """Whether a reading is within its limits, both included."""
    return (lower is None or reading >= lower) and (upper is None or reading <= upper)
