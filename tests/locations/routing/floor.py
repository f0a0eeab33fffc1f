"""Layouts that tests draw, the shortest walk by trying everything, and whether a walk can be walked."""

from itertools import pairwise

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from apps.locations.routing import Corner, Layout, Stop, Way, distances

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Everything tried out takes its time on a busy machine."""


def tried_out(layout, stops):
    """The length of the shortest walk by Held and Karp's programme over all sets of stops (1962)."""
    places = [layout.at(layout.depot), *dict.fromkeys(stops)]
    far = distances(layout, places)
    last = range(1, len(places))
    best = {(1 << one, one): far[0][one] for one in last}
    for visited in range(1, 1 << len(places)):
        for here in last:
            cost = best.get((visited, here))
            if cost is None:
                continue
            for there in last:
                if not visited & 1 << there:
                    key = visited | 1 << there, there
                    best[key] = min(best.get(key, cost + far[here][there]), cost + far[here][there])
    everything = sum(1 << one for one in last)
    return min((best[everything, one] + far[one][0] for one in last), default=0)


def assert_walked(layout, stops, walk):
    """Each piece runs along an aisle the right way or along a cross aisle; every stop is passed once; it comes home."""
    depot = layout.at(layout.depot)
    assert (walk.points[0], walk.points[-1]) == (depot, depot)
    assert sorted(walk.order) == list(range(len(stops)))
    length = 0
    for here, there in pairwise(walk.points):
        length += layout.step(here, there)
        if here.aisle != there.aisle:
            assert here.y == there.y
            assert here.y in layout.crosses
        else:
            rising = there.y > here.y
            assert layout.way(here.aisle) in {Way.BOTH, Way.UP if rising else Way.DOWN}
    assert walk.length == length
    assert all(stop in passed(walk) for stop in stops)


def passed(walk):
    """Every position along an aisle that a walk comes past."""
    return {
        Stop(here.aisle, y)
        for here, there in pairwise([walk.points[0], *walk.points])
        if here.aisle == there.aisle
        for y in range(min(here.y, there.y), max(here.y, there.y) + 1)
    } | set(walk.points)


@st.composite
def layouts(draw, blocks, ways=(Way.BOTH,)):
    """A small warehouse."""
    aisles = draw(st.integers(1, 5))
    steps = st.integers(1, 9)
    xs, crosses = [0], [0]
    for _ in range(aisles - 1):
        xs.append(xs[-1] + draw(steps))
    for _ in range(blocks):
        crosses.append(crosses[-1] + draw(st.integers(2, 9)))
    depot = Corner(draw(st.integers(0, aisles - 1)), draw(st.integers(0, blocks)))
    kinds = tuple(draw(st.sampled_from(ways)) for _ in xs) if len(ways) > 1 else ()
    return Layout(xs=tuple(xs), crosses=tuple(crosses), depot=depot, ways=kinds)


@st.composite
def drawn(draw, blocks, ways=(Way.BOTH,), most=7):
    """A small warehouse and stops in it."""
    layout = draw(layouts(blocks, ways))
    stop = st.builds(Stop, st.integers(0, len(layout.xs) - 1), st.integers(layout.crosses[0], layout.crosses[-1]))
    return layout, draw(st.lists(stop, max_size=most))
