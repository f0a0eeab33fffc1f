"""When a command may say that it was done."""

from __future__ import annotations

from datetime import datetime, timedelta

from apps.journal.errors import ClockAhead, TooLongAgo

CLOCK_MAY_BE_AHEAD = timedelta(minutes=5)
"""Clocks differ a little; by more, the device's is wrong, and it is told so before I23 shows the posting as odd."""

MAY_BE_TOLD_LATE = timedelta(days=7)
"""A device out of reach over a long weekend still delivers. What is older comes from a clock that was reset, or was
counted and corrected by others in the meantime: a person looks at the goods first. Keys are kept for longer."""


def check_occurred(occurred_at: datetime, *, received_at: datetime) -> None:
    """A command was done at most so long ago, and not in the future. Raises `ClockAhead` or `TooLongAgo`."""
    if occurred_at - received_at > CLOCK_MAY_BE_AHEAD:
        raise ClockAhead(occurred_at=occurred_at, received_at=received_at)
    if received_at - occurred_at > MAY_BE_TOLD_LATE:
        raise TooLongAgo(occurred_at=occurred_at, received_at=received_at)
