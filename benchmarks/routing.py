"""outbound.route: the exact walk past 30 picks in 10 aisles of 60 cells, against the s-shape."""

from __future__ import annotations

import random
from collections.abc import Callable
from time import perf_counter

from apps.locations.routing import Corner, Layout, Policy, Stop, Walk, shortest_walk, walk_by
from benchmarks.measure import Line, p95

AISLES, CELLS, PICKS = 10, 60, 30
WALKS = 1000
MOST_MS = 20.0


def measure_route(name: str) -> Line:
    """The time in which 95 of 100 walks are found, in milliseconds; the reference is the s-shape of the same picks."""
    layout = Layout(xs=tuple(3 * aisle for aisle in range(AISLES)), crosses=(0, CELLS + 1), depot=Corner(0, 0))
    chance = random.Random(1)  # noqa: S311 - the same picks in every run
    picks = [[Stop(chance.randrange(AISLES), chance.randint(1, CELLS)) for _ in range(PICKS)] for _ in range(WALKS)]
    exact, lengths = _p95(lambda stops: shortest_walk(layout, stops), picks)
    simple, longer = _p95(lambda stops: walk_by(Policy.S_SHAPE, layout, stops), picks)
    if any(one > two for one, two in zip(lengths, longer, strict=True)):
        message = "an exact walk is longer than an s-shape"
        raise AssertionError(message)
    return Line(name=name, ours=exact, reference=simple, unit="ms", most=MOST_MS)


def _p95(walk: Callable[[list[Stop]], Walk], picks: list[list[Stop]]) -> tuple[float, list[int]]:
    times, lengths = [], []
    for stops in picks:
        start = perf_counter()
        lengths.append(walk(stops).length)
        times.append(1000 * (perf_counter() - start))
    return p95(times), lengths
