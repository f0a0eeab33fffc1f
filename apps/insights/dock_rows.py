"""A door's day as rows of a quarter of an hour: trucks over as many as they stand there, and free time between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.core.admin.cells import Tone
from apps.locations.rules import QUARTER

AN_HOUR = 4
"""Rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truck:
    """An appointment as the board shows it."""

    pk: int
    number: str
    door: str
    word: str
    tone: Tone
    when: str
    who: str
    documents: str
    outbound: bool
    alarm: str = ""
    """How late it is, or how long it overstays."""
    waits: str = ""
    """How long it has been in the yard."""
    starts_at: datetime
    ends_at: datetime
    """From when to when it is drawn: as booked, and as it was where it stood at the door."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A part of a door's day: a truck, or a time that is free, up to an hour of it."""

    rows: int
    truck: Truck | None = None
    at: datetime | None = None
    """When a free one begins, if that is still to come."""


@dataclass(frozen=True, slots=True)
class Place:
    """A truck from a row up to another."""

    start: int
    stop: int
    truck: Truck


Lane = list[Place]
"""Trucks that follow each other."""


def lanes_of(trucks: Iterable[Truck], *, first: datetime, last: datetime) -> list[Lane]:
    """Trucks beside each other where their quarters overlap, as when one overstayed or came for another."""
    count = (last - first) // QUARTER
    lanes: list[Lane] = [[]]
    for truck in sorted(trucks, key=lambda truck: truck.starts_at):
        start = max((truck.starts_at - first) // QUARTER, 0)
        stop = min(-((first - truck.ends_at) // QUARTER), count)
        if start >= count or stop <= 0:
            continue
        for lane in lanes:
            if not lane or lane[-1].stop <= start:
                break
        else:
            lane = []
            lanes.append(lane)
        lane.append(Place(start, max(stop, start + 1), truck))
    return lanes


def rows_of(lanes: Sequence[Lane], *, first: datetime, last: datetime, at: datetime) -> list[list[Cell]]:
    """What begins in each row, lane by lane; free time that is still to come can be booked where there is one lane."""
    count = (last - first) // QUARTER
    rows: list[list[Cell]] = [[] for _ in range(count)]

    def free(row: int, stop: int) -> None:
        while row < stop:
            # Cut at the hours, so that each of them can be booked.
            reach = min(stop, (row // AN_HOUR + 1) * AN_HOUR)
            begins = first + row * QUARTER
            rows[row].append(Cell(rows=reach - row, at=begins if begins >= at and len(lanes) == 1 else None))
            row = reach

    for lane in lanes:
        row = 0
        for place in lane:
            free(row, place.start)
            rows[place.start].append(Cell(rows=place.stop - place.start, truck=place.truck))
            row = place.stop
        free(row, count)
    return rows
