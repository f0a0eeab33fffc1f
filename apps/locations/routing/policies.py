"""The named ways to walk a zone, as people learn them: easy to remember and seldom the shortest.

They know two ends of an aisle, the front, where the depot is, and the back: a cross aisle between is not used. They
turn in aisles, so none is for one-way aisles but the s-shape.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from apps.locations.routing.layout import Layout, Stop, Unreachable, Walk, Way, follow


class Policy(Enum):
    """A way of walking that has a name."""

    S_SHAPE = "s_shape"
    RETURN = "return"
    MIDPOINT = "midpoint"
    LARGEST_GAP = "largest_gap"
    COMBINED = "combined"


@dataclass(frozen=True, slots=True)
class Visit:
    """The positions to be passed in an aisle, in rising order."""

    aisle: int
    ys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of all aisles: where the depot is, and the other."""

    front: int
    back: int

    def from_front(self, visit: Visit) -> tuple[int, int]:
        """The position nearest to the front and the one furthest from it."""
        near, far = visit.ys[0], visit.ys[-1]
        return (near, far) if self.front < self.back else (far, near)

    @property
    def middle(self) -> int:
        """Halfway, twice counted so that it stays whole."""
        return self.front + self.back


def walk_by(policy: Policy, layout: Layout, stops: Sequence[Stop]) -> Walk:
    """The walk of that policy. Raises `Unreachable` where it would walk a one-way aisle the wrong way."""
    depot = layout.at(layout.depot)
    if not stops:
        return follow(layout, stops, [depot])
    if layout.depot.cross not in {0, layout.blocks}:
        raise Unreachable
    ends = Ends(depot.y, layout.crosses[0] if layout.depot.cross else layout.crosses[-1])
    at: dict[int, set[int]] = {}
    for stop in stops:
        at.setdefault(stop.aisle, set()).add(stop.y)
    visits = [Visit(aisle, tuple(sorted(ys))) for aisle, ys in sorted(at.items())]
    points = [depot, *POLICIES[policy](visits, ends), depot]
    _check_ways(layout, points)
    return follow(layout, stops, points)


def _check_ways(layout: Layout, points: Sequence[Stop]) -> None:
    for here, there in pairwise(points):
        if here.aisle == there.aisle and here.y != there.y:
            way = layout.way(here.aisle)
            if way is Way.CLOSED or (way is not Way.BOTH and (way is Way.UP) != (there.y > here.y)):
                raise Unreachable


def _s_shape(visits: Sequence[Visit], ends: Ends) -> list[Stop]:
    """Each aisle with something to take is walked whole; the last is left as it was entered when that is shorter."""
    points: list[Stop] = []
    here, there = ends.front, ends.back
    for visit in visits[:-1]:
        points += [Stop(visit.aisle, here), Stop(visit.aisle, there)]
        here, there = there, here
    return [*points, *_last(visits[-1], here, ends)]


def _last(visit: Visit, here: int, ends: Ends) -> list[Stop]:
    """The last aisle ends at the front: walked whole from the back, turned in from the front."""
    if here == ends.front:
        return _turned(visit, here, ends)
    return [Stop(visit.aisle, ends.back), Stop(visit.aisle, ends.front)]


def _turned(visit: Visit, here: int, ends: Ends) -> list[Stop]:
    """In from one end as far as the furthest thing to take, and out again."""
    near, far = ends.from_front(visit)
    return [Stop(visit.aisle, here), Stop(visit.aisle, far if here == ends.front else near), Stop(visit.aisle, here)]


def _return(visits: Sequence[Visit], ends: Ends) -> list[Stop]:
    """Each aisle is entered and left at the front."""
    return [point for visit in visits for point in _turned(visit, ends.front, ends)]


Cut = Callable[[Visit, Ends], tuple[tuple[int, ...], tuple[int, ...]]]
"""Which positions are taken from the lower end of an aisle, and which from the upper."""


def _halves(visit: Visit, ends: Ends) -> tuple[tuple[int, ...], tuple[int, ...]]:
    low = tuple(y for y in visit.ys if 2 * y <= ends.middle)
    return low, visit.ys[len(low) :]


def _gap(visit: Visit, ends: Ends) -> tuple[tuple[int, ...], tuple[int, ...]]:
    edges = (min(ends.front, ends.back), *visit.ys, max(ends.front, ends.back))
    gaps = [above - below for below, above in pairwise(edges)]
    cut = gaps.index(max(gaps))
    return visit.ys[:cut], visit.ys[cut:]


def _from_both_ends(visits: Sequence[Visit], ends: Ends, cut: Cut) -> list[Stop]:
    """First and last aisle are walked whole, the others are entered from both ends and not walked through."""
    if len(visits) == 1:
        return _turned(visits[0], ends.front, ends)
    first, *between, last = visits
    cuts = [(visit, *cut(visit, ends)) for visit in between]
    points = [Stop(first.aisle, ends.front), Stop(first.aisle, ends.back)]
    rising = ends.front < ends.back
    for visit, low, high in cuts:
        ys = high if rising else low
        if ys:
            points += _turned(Visit(visit.aisle, ys), ends.back, ends)
    points += [Stop(last.aisle, ends.back), Stop(last.aisle, ends.front)]
    for visit, low, high in reversed(cuts):
        ys = low if rising else high
        if ys:
            points += _turned(Visit(visit.aisle, ys), ends.front, ends)
    return points


def _midpoint(visits: Sequence[Visit], ends: Ends) -> list[Stop]:
    """What lies in the back half of an aisle is taken from the back, the rest on the way home from the front."""
    return _from_both_ends(visits, ends, _halves)


def _largest_gap(visits: Sequence[Visit], ends: Ends) -> list[Stop]:
    """Each aisle is entered from both ends as far as the longest piece in which there is nothing to take."""
    return _from_both_ends(visits, ends, _gap)


def _combined(visits: Sequence[Visit], ends: Ends) -> list[Stop]:
    """Each aisle is walked whole or left as it was entered, whichever makes the whole walk shortest.

    Of the walks that end at the front and at the back of an aisle only the shortest of each is kept.
    """
    length = abs(ends.back - ends.front)
    other = {ends.front: ends.back, ends.back: ends.front}
    best: dict[int, tuple[int, list[Stop]]] = {ends.front: (0, [])}
    for visit in visits:
        after: dict[int, tuple[int, list[Stop]]] = {}
        for here, (cost, points) in best.items():
            turned = _turned(visit, here, ends)
            through = [Stop(visit.aisle, here), Stop(visit.aisle, other[here])]
            for more, piece in ((2 * abs(turned[1].y - here), turned), (length, through)):
                end = piece[-1].y
                if end not in after or cost + more < after[end][0]:
                    after[end] = cost + more, [*points, *piece]
        best = after
    return best[ends.front][1]


POLICIES: dict[Policy, Callable[[Sequence[Visit], Ends], list[Stop]]] = {
    Policy.S_SHAPE: _s_shape,
    Policy.RETURN: _return,
    Policy.MIDPOINT: _midpoint,
    Policy.LARGEST_GAP: _largest_gap,
    Policy.COMBINED: _combined,
}
