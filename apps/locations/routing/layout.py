"""Parallel aisles between cross aisles, as a picker walks them. Lengths are whole numbers of any one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import NamedTuple


class Way(Enum):
    """Which way an aisle is walked; a closed one only tells where the depot stands along a cross aisle."""

    BOTH = "both"
    UP = "up"
    DOWN = "down"
    CLOSED = "closed"


class Stop(NamedTuple):
    """Something to take: in which aisle, counted from nought, and how far along it."""

    aisle: int
    y: int


class Corner(NamedTuple):
    """Where an aisle meets a cross aisle, both counted from nought."""

    aisle: int
    cross: int


class Unreachable(Exception):
    """No walk passes every stop and comes back: a one-way aisle leads where none leads away, or one is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the aisles and the cross aisles stand, and where a walk begins and ends.

    Two cross aisles make one block, three make two blocks.
    """

    xs: tuple[int, ...]
    crosses: tuple[int, ...]
    depot: Corner
    ways: tuple[Way, ...] = ()
    """One for each aisle; none at all where every aisle is walked both ways."""

    def __post_init__(self) -> None:
        rising = all(a < b for a, b in pairwise(self.crosses)) and all(a <= b for a, b in pairwise(self.xs))
        if len(self.crosses) < len(("front", "back")) or not self.xs or not rising:
            message = "A layout has an aisle and two cross aisles, each in rising order."
            raise ValueError(message)

    @property
    def blocks(self) -> int:
        """How many blocks the cross aisles make."""
        return len(self.crosses) - 1

    def way(self, aisle: int) -> Way:
        """Which way an aisle is walked."""
        return self.ways[aisle] if self.ways else Way.BOTH

    @property
    def is_one_way_anywhere(self) -> bool:
        """Whether some aisle is walked one way only."""
        return any(way in {Way.UP, Way.DOWN} for way in self.ways)

    def at(self, corner: Corner) -> Stop:
        """A corner as a point on the floor."""
        return Stop(corner.aisle, self.crosses[corner.cross])

    def step(self, here: Stop, there: Stop) -> int:
        """How long a straight piece of a walk is, along one aisle or one cross aisle."""
        return abs(here.y - there.y) if here.aisle == there.aisle else abs(self.xs[here.aisle] - self.xs[there.aisle])


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A walk from the depot and back: where it turns, in which order it comes past the stops, and how long it is."""

    points: tuple[Stop, ...]
    order: tuple[int, ...]
    """Places in the list of stops that was asked for."""
    length: int


def follow(layout: Layout, stops: Sequence[Stop], points: Sequence[Stop]) -> Walk:
    """The walk along these points; each stop is taken when it is first passed."""
    waiting: dict[int, list[int]] = {}
    for place, stop in enumerate(stops):
        waiting.setdefault(stop.aisle, []).append(place)
    order: list[int] = []
    length = 0
    for here, there in pairwise([points[0], *points]):
        length += layout.step(here, there)
        ends = {here.aisle, there.aisle}
        for aisle in ends:
            low, high = (here.y, there.y) if here.y <= there.y else (there.y, here.y)
            passed = [place for place in waiting.get(aisle, ()) if low <= stops[place].y <= high]
            if passed:
                passed.sort(key=lambda place: stops[place].y, reverse=there.y < here.y)
                order += passed
                waiting[aisle] = [place for place in waiting[aisle] if place not in set(passed)]
    return Walk(points=_straightened(points), order=tuple(order), length=length)


def _straightened(points: Sequence[Stop]) -> tuple[Stop, ...]:
    """The points where a walk turns, without those it only stands on twice."""
    kept: list[Stop] = []
    for point in points:
        if not kept or kept[-1] != point:
            kept.append(point)
    return tuple(kept)
