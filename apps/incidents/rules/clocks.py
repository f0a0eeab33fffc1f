"""By when the authority is told of what is severe; 29 CFR 1904.39, from memory and marked so in the rules' rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def report_due(
    *, occurred_at: datetime, happened_at: datetime, learned_at: datetime, window: timedelta, within: timedelta
) -> datetime | None:
    """So long after it was learned of; None for what followed the incident later than the window.

    Hours are those that pass, on the day when clocks change too: of times in one zone Python would reckon by the clock.
    """
    after = happened_at.astimezone(UTC) - occurred_at.astimezone(UTC)
    return None if after > window else learned_at.astimezone(UTC) + within
