"""What can be promised by which day, and why: stock that keeps, what comes in time, less what was promised before.

Pure: values in, values out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnHand:
    """Free at bins and fit to be sold, of one lot; not after its expiry date."""

    quantity: Decimal
    lot: str = ""
    expires_on: date | None = None

    def keeps(self, on: date) -> bool:
        """Whether it may still leave that day."""
        return self.expires_on is None or self.expires_on > on


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """Still to come under a document's line."""

    document: str
    line: int
    due_on: date
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What a document still needs by promises made at `rank`."""

    document: str
    quantity: Decimal
    due_on: date
    rank: tuple[datetime, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """All that decides what of an item a site can promise."""

    stock: Sequence[OnHand] = ()
    inbound: Sequence[Inbound] = ()
    promised: Sequence[Promised] = ()

    def available(self, by: date) -> Decimal:
        """What can be promised for a day; negative when too much was promised.

        Every earlier promise binds, whatever its own day: who was promised first is served first.
        """
        there = sum((each.quantity for each in self.stock if each.keeps(by)), ZERO)
        coming = sum((each.quantity for each in self.inbound if each.due_on <= by), ZERO)
        return there + coming - sum((each.quantity for each in self.promised), ZERO)

    def earliest(self, quantity: Decimal, *, since: date) -> date | None:
        """The first day from `since` for which so much can be promised; None when nothing known brings it."""
        days = sorted({since, *(each.due_on for each in self.inbound if each.due_on > since)})
        return next((day for day in days if self.available(day) >= quantity), None)

    def before(self, rank: tuple[datetime, int] | None, *, without: str) -> Position:
        """As it is for a promise in the queue: its own document and what was promised later do not stand before it."""
        promised = [each for each in self.promised if each.document != without and (rank is None or each.rank < rank)]
        return Position(stock=self.stock, inbound=self.inbound, promised=promised)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """If this came by the day that is asked for, so much more could be promised."""

    inbound: Inbound
    days: int
    gain: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What can be promised of what was asked, and what would change it."""

    asked: Decimal
    by: date
    available: Decimal
    earliest_on: date | None
    now: Decimal
    """As much of it as can leave on the day."""
    earlier: tuple[Earlier, ...]
    elsewhere: tuple[tuple[str, Decimal], ...]
    """Other sites that could promise some of what is missing here, the fullest first."""

    @property
    def missing(self) -> Decimal:
        """What of it cannot be promised for the day."""
        return self.asked - self.now


def answer(asked: Decimal, by: date, here: Position, elsewhere: Iterable[tuple[str, Position]] = ()) -> Answer:
    """What a site can promise of a quantity by a day; where that is not all, what would change it."""
    available = here.available(by)
    now = max(min(asked, available), ZERO)
    missing = asked - now
    earlier = tuple(
        Earlier(inbound=each, days=(each.due_on - by).days, gain=gain)
        for each in sorted(here.inbound, key=lambda each: (each.due_on, each.document, each.line))
        if each.due_on > by and (gain := max(min(available + each.quantity, asked) - now, ZERO)) > 0
    )
    others = sorted(
        ((site, free) for site, position in elsewhere if (free := position.available(by)) > 0),
        key=lambda pair: (-pair[1], pair[0]),
    )
    return Answer(
        asked=asked,
        by=by,
        available=available,
        earliest_on=here.earliest(asked, since=by),
        now=now,
        earlier=earlier if missing > 0 else (),
        elsewhere=tuple(others) if missing > 0 else (),
    )


def by_day(position: Position, first: date, days: int) -> list[tuple[date, Decimal]]:
    """What can be promised for each of so many days."""
    each_day = (first + timedelta(days=number) for number in range(days))
    return [(day, position.available(day)) for day in each_day]
