"""Which shift a moment is of, by the clock on the wall."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

OFF_SHIFT = "no shift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A shift: from when to when, and the weekdays on which it begins (0 is Monday)."""

    name: str
    begins: time
    ends: time
    weekdays: Collection[int]

    @property
    def is_over_midnight(self) -> bool:
        """It ends the next day."""
        return self.ends <= self.begins

    def holds(self, at: datetime) -> bool:
        """Whether a moment of the site's own clock is in it; its end is not."""
        now = at.time()
        if not self.is_over_midnight:
            return at.weekday() in self.weekdays and self.begins <= now < self.ends
        before = (at - timedelta(days=1)).weekday()
        return (at.weekday() in self.weekdays and now >= self.begins) or (before in self.weekdays and now < self.ends)


def shift_at(shifts: Iterable[Hours], at: datetime) -> str:
    """The shift that a moment by the site's own clock is of; the one that began last where two overlap.

    When clocks are set back an hour happens twice, and both are of the shift that the clock on the wall shows.
    """
    held = [shift for shift in shifts if shift.holds(at)]
    now = at.time()
    return max(held, key=lambda shift: (shift.begins <= now, shift.begins)).name if held else OFF_SHIFT
