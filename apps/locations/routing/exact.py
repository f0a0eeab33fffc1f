"""The shortest walk through parallel aisles, exactly, by a dynamic programme over classes of part-walks.

After Ratliff and Rosenthal (1983) for one block and Roodbergen and de Koster (2001) for two. Aisle by aisle, part-walks
are kept apart only by what the rest can still feel: how often more each cross aisle is walked right than left, which of
its corners the part-walk touches, and which of those hang together. Of each class the shortest is kept.

They count the parity of the lines drawn along a cross aisle; we count the difference of both directions, which says the
same where every aisle is walked both ways, and carries one-way aisles in the same programme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from apps.locations.routing.layout import Layout, Stop, Unreachable, Walk, Way, follow
from apps.locations.routing.partwalks import EMPTY, Lines, PartWalk, ahead, entered, touched
from apps.locations.routing.tour import Leg, tour

MOST_ONE_WAY = 12
"""How often more a cross aisle may be walked one way than the other, where aisles are one-way."""
MOST_COMPARED = 3
"""The same where walks are only compared."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A way to serve the stops of an aisle between two cross aisles."""

    kind: str
    cost: int
    legs: tuple[tuple[int, ...], ...]
    """The walk in it: at which positions along the aisle each leg begins, turns and ends."""


class Step(NamedTuple):
    """How the best part-walk of a class came about: from which, in which aisle, and by what was walked there."""

    before: PartWalk
    aisle: int
    entry: Entry | None = None
    lines: Lines = ()


def shortest_walk(layout: Layout, stops: Sequence[Stop]) -> Walk:
    """The shortest walk from the depot past all stops and back. Raises `Unreachable` when there is none."""
    if not stops:
        return follow(layout, stops, [layout.at(layout.depot)])
    best, steps = _searched(layout, stops, most=MOST_ONE_WAY)
    legs = _traced(layout, _end(best), steps)
    return follow(layout, stops, tour(layout.at(layout.depot), legs))


def shortest_length(layout: Layout, stops: Sequence[Stop]) -> int:
    """How long the shortest walk is, for whoever compares many; fewer ways through one-way aisles are looked at.

    Raises `Unreachable` when there is none.
    """
    if not stops:
        return 0
    best, _ = _searched(layout, stops, most=MOST_COMPARED)
    return best[_end(best)]


def _end(best: Mapping[PartWalk, int]) -> PartWalk:
    """The shortest of the part-walks that are whole."""
    ends = [part for part in best if part.is_whole]
    if not ends:
        raise Unreachable
    return min(ends, key=lambda part: best[part])


def is_proven(layout: Layout, stops: Sequence[Stop]) -> bool:
    """Whether no walk can be shorter: with very many one-way aisles some walks are not looked at."""
    return _one_way(layout, {stop.aisle for stop in stops}) < MOST_ONE_WAY


def _searched(
    layout: Layout, stops: Sequence[Stop], *, most: int
) -> tuple[dict[PartWalk, int], list[dict[PartWalk, Step]]]:
    """The shortest part-walk of each class at the last aisle, and how each came about."""
    at: dict[int, set[int]] = {}
    for stop in stops:
        at.setdefault(stop.aisle, set()).add(stop.y)
    first, last = _needed(layout, at)
    best: dict[PartWalk, int] = {EMPTY[layout.blocks]: 0}
    steps: list[dict[PartWalk, Step]] = []
    flow = min(1 + _one_way(layout, at), most)
    for aisle in range(first, last + 1):
        corners = _corners(layout, aisle, at.get(aisle, set()))
        if corners:
            best, made = _at_corners(best, aisle, corners)
            steps.append(made)
        ways = _entries(layout, aisle, at.get(aisle, set()), flow)
        for block, entries in enumerate(ways):
            best, made = _through(best, block, entries, aisle, flow)
            steps.append(made)
        if aisle < last:
            best, made = _onward(best, layout, aisle)
            steps.append(made)
    return best, steps


def _needed(layout: Layout, at: Mapping[int, object]) -> tuple[int, int]:
    """The aisles that a shortest walk may use: beyond the outermost stop nothing is to be won, one-way aisles apart."""
    used = {*at, layout.depot.aisle}
    first, last = min(used), max(used)
    if layout.is_one_way_anywhere or Way.CLOSED in {layout.way(first), layout.way(last)}:
        return 0, len(layout.xs) - 1
    return first, last


def _one_way(layout: Layout, at: Iterable[int]) -> int:
    """Without one-way aisles one more in one direction is enough; each that must be walked may add one."""
    return layout.blocks * sum(layout.way(aisle) in {Way.UP, Way.DOWN} for aisle in at)


def _corners(layout: Layout, aisle: int, wanted: set[int]) -> list[int]:
    """The corners that the walk comes past: where something is to be taken on a cross aisle, and the depot."""
    found = {cross for cross, y in enumerate(layout.crosses) if y in wanted}
    return sorted(found | ({layout.depot.cross} if aisle == layout.depot.aisle else set()))


def _entries(layout: Layout, aisle: int, wanted: Iterable[int], flow: int) -> list[list[Entry]]:
    """For each block the ways to serve the stops of an aisle there."""
    ways: list[list[Entry]] = []
    for low, high in pairwise(layout.crosses):
        inside = sorted(y for y in wanted if low < y < high)
        ways.append(list(_block_entries(low, high, inside, layout.way(aisle), flow)))
    return ways


def _block_entries(low: int, high: int, wanted: list[int], way: Way, flow: int) -> Iterator[Entry]:
    length = high - low
    if not wanted:
        yield Entry("none", 0, ())
    if way in {Way.BOTH, Way.UP}:
        for times in range(1, flow + 1):
            yield Entry(f"+{times}", length * times, ((low, high),) * times)
    if way in {Way.BOTH, Way.DOWN}:
        for times in range(1, flow + 1):
            yield Entry(f"-{times}", length * times, ((high, low),) * times)
    if way is not Way.BOTH:
        return
    yield Entry("twice", 2 * length, ((low, high), (high, low)))
    if wanted:
        yield Entry("low", 2 * (wanted[-1] - low), ((low, wanted[-1], low),))
        yield Entry("high", 2 * (high - wanted[0]), ((high, wanted[0], high),))
    if len(wanted) > 1:
        gap, below, above = max((above - below, below, above) for below, above in pairwise(wanted))
        yield Entry("gap", 2 * (length - gap), ((low, below, low), (high, above, high)))


Made = tuple[dict[PartWalk, int], dict[PartWalk, Step]]


def _at_corners(best: Mapping[PartWalk, int], aisle: int, corners: Iterable[int]) -> Made:
    """The walk comes past these corners, whatever is to be taken in the aisle."""
    after: dict[PartWalk, int] = {}
    made: dict[PartWalk, Step] = {}
    for part, cost in best.items():
        next_part: PartWalk | None = part
        for cross in corners:
            next_part = touched(next_part, cross) if next_part is not None else None
        if next_part is not None and (next_part not in after or cost < after[next_part]):
            after[next_part], made[next_part] = cost, Step(part, aisle)
    return after, made


def _through(best: Mapping[PartWalk, int], block: int, entries: Sequence[Entry], aisle: int, flow: int) -> Made:
    """Along the aisle, in one block."""
    after: dict[PartWalk, int] = {}
    made: dict[PartWalk, Step] = {}
    for part, so_far in best.items():
        for entry in entries:
            next_part = entered(part, block, entry.kind, flow)
            if next_part is None:
                continue
            cost = so_far + entry.cost
            if next_part not in after or cost < after[next_part]:
                after[next_part], made[next_part] = cost, Step(part, aisle, entry)
    return after, made


def _onward(best: Mapping[PartWalk, int], layout: Layout, aisle: int) -> Made:
    """Along the cross aisles to the next aisle."""
    width = layout.xs[aisle + 1] - layout.xs[aisle]
    after: dict[PartWalk, int] = {}
    made: dict[PartWalk, Step] = {}
    for part, so_far in best.items():
        for next_part, lines, count in ahead(part):
            cost = so_far + width * count
            if next_part not in after or cost < after[next_part]:
                after[next_part], made[next_part] = cost, Step(part, aisle, lines=lines)
    return after, made


def _traced(layout: Layout, end: PartWalk, steps: Sequence[Mapping[PartWalk, Step]]) -> Iterator[Leg]:
    """The legs of the walk, from its end back."""
    part = end
    for made in reversed(steps):
        step = made[part]
        if step.entry is not None:
            for leg in step.entry.legs:
                yield Leg(tuple(Stop(step.aisle, y) for y in leg))
        for y, (right, left) in zip(layout.crosses, step.lines, strict=False):
            here, there = Stop(step.aisle, y), Stop(step.aisle + 1, y)
            yield from [Leg((here, there))] * right
            yield from [Leg((there, here))] * left
        part = step.before
