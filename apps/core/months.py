"""Months as a calendar counts them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_after(start: date, months: int) -> date:
    """The same day so many months later, or that month's last day where it is shorter."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
