"""Time at a door: what is free between what is taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

QUARTER = timedelta(minutes=15)
"""Slots that are offered begin at a quarter of an hour, or where another ends."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From an instant up to another, which is no part of it."""

    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.ends_at - self.starts_at


def free_spans(taken: Iterable[Span], *, within: Span, length: timedelta) -> list[Span]:
    """What is left between the taken ones, in order, where it is at least so long."""
    free, begin = [], within.starts_at
    for span in [*sorted(taken), Span(within.ends_at, within.ends_at)]:
        end = min(span.starts_at, within.ends_at)
        if end - begin >= length:
            free.append(Span(begin, end))
        begin = max(begin, span.ends_at)
    return free


def next_start(taken: Iterable[Span], *, since: datetime, length: timedelta) -> datetime:
    """The first instant from then on from which so long a time is free."""
    start = since
    for span in sorted(taken):
        if span.starts_at - start >= length:
            break
        start = max(start, span.ends_at)
    return start


def next_quarter(at: datetime) -> datetime:
    """The instant itself where a quarter of an hour begins, else the next that does."""
    past = timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return at if not past else at - past + QUARTER


def minutes_between(since: datetime, until: datetime) -> int:
    """Whole minutes that have passed; nought while the first is still to come."""
    return max((until - since) // timedelta(minutes=1), 0)


def at_site(said: datetime, zone: str) -> datetime:
    """An instant that was said; without an offset it is by the clock on the site's wall.

    Of an hour that the clock shows twice the first is meant; one that it skips counts on from before.
    """
    return said if said.tzinfo is not None else said.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def as_said(at: datetime, zone: str) -> str:
    """An instant for people and machines alike, by the site's clock and with its offset."""
    return at.astimezone(ZoneInfo(zone)).isoformat(sep=" ", timespec="minutes")
