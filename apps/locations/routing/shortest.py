"""How far it is from any stop to any other, one-way aisles honoured."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from math import inf

from apps.locations.routing.layout import Corner, Layout, Stop, Unreachable, Way

Matrix = list[list[int]]


def distances(layout: Layout, points: Sequence[Stop]) -> Matrix:
    """From each point to each other by the shortest way. Raises `Unreachable` when one cannot be come to."""
    between = {corner: _from(layout, corner) for corner in _corners(layout)}
    out = [dict(_ends(layout, point, leaving=True)) for point in points]
    into = [dict(_ends(layout, point, leaving=False)) for point in points]
    found = []
    for here, start in enumerate(points):
        row = []
        for there, end in enumerate(points):
            direct = _direct(layout, start, end)
            around = min(
                (
                    out[here][one] + between[one].get(two, inf) + into[there][two]
                    for one in out[here]
                    for two in into[there]
                ),
                default=inf,
            )
            row.append(min(direct, around))
        found.append(row)
    if any(length == inf for row in found for length in row):
        raise Unreachable
    return [[int(length) for length in row] for row in found]


def _corners(layout: Layout) -> Iterator[Corner]:
    return (Corner(aisle, cross) for aisle in range(len(layout.xs)) for cross in range(len(layout.crosses)))


def _onward(layout: Layout, corner: Corner) -> Iterator[tuple[Corner, int]]:
    aisle, cross = corner
    for beside in (aisle - 1, aisle + 1):
        if 0 <= beside < len(layout.xs):
            yield Corner(beside, cross), abs(layout.xs[beside] - layout.xs[aisle])
    way, crosses = layout.way(aisle), layout.crosses
    if way in {Way.BOTH, Way.UP} and cross + 1 < len(crosses):
        yield Corner(aisle, cross + 1), crosses[cross + 1] - crosses[cross]
    if way in {Way.BOTH, Way.DOWN} and cross:
        yield Corner(aisle, cross - 1), crosses[cross] - crosses[cross - 1]


def _from(layout: Layout, start: Corner) -> Mapping[Corner, int]:
    """How far every corner is from this one (Dijkstra 1959)."""
    known: dict[Corner, int] = {}
    queue = [(0, start)]
    while queue:
        length, corner = heapq.heappop(queue)
        if corner in known:
            continue
        known[corner] = length
        for beside, step in _onward(layout, corner):
            if beside not in known:
                heapq.heappush(queue, (length + step, beside))
    return known


def _ends(layout: Layout, point: Stop, *, leaving: bool) -> Iterator[tuple[Corner, int]]:
    """The corners that are come to from a point along its aisle, or from which it is."""
    way = layout.way(point.aisle)
    for cross, y in enumerate(layout.crosses):
        rising = (y > point.y) == leaving
        if y == point.y or way is Way.BOTH or way is (Way.UP if rising else Way.DOWN):
            yield Corner(point.aisle, cross), abs(y - point.y)


def _direct(layout: Layout, start: Stop, end: Stop) -> float:
    """Along the aisle they share."""
    if start.aisle != end.aisle:
        return inf
    way = layout.way(start.aisle)
    free = start.y == end.y or way is Way.BOTH or way is (Way.UP if end.y > start.y else Way.DOWN)
    return abs(end.y - start.y) if free else inf
