"""Which goods go first; pure."""

from __future__ import annotations

from datetime import date, datetime

Turn = tuple[bool, date, bool, float]


def first_expired(expires_on: date | None, first_in: datetime | None) -> Turn:
    """The order of goods that go first expired first out, then first in first out; what does not expire goes last."""
    return (
        expires_on is None,
        expires_on or date.max,
        first_in is None,
        first_in.timestamp() if first_in is not None else 0,
    )
