"""From where the bins of a zone stand to its parallel aisles, if they are that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from apps.locations.routing.heuristic import Spot
from apps.locations.routing.layout import Corner, Layout, Stop, Way

BEYOND_THE_LAST_BAY = 1500
"""So far from the middle of the last bay to the middle of a cross aisle that nobody has measured, in millimetres."""
RISING = Spot(1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AisleSpan:
    """Between which corners of the floor the bins of an aisle stand, and which way it is walked as its bays count."""

    aisle_id: int
    low: Spot
    high: Spot
    way: Way = Way.BOTH
    slope: Spot = RISING
    """Below nought in the direction in which bays count down while the floor's measure grows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossAisles:
    """Where they run across the aisles; those not measured run beyond the last bay."""

    front: int | None = None
    middle: int | None = None
    back: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonePlan:
    """A zone as parallel aisles, and how its bins are found in them."""

    layout: Layout
    numbers: dict[int, int]
    """Of each aisle its number in the layout."""
    along_x: bool

    def stop(self, aisle_id: int, spot: Spot) -> Stop:
        """Where somebody stands to take from a bin."""
        along = spot.x if self.along_x else spot.y
        low, high = self.layout.crosses[0], self.layout.crosses[-1]
        return Stop(self.numbers[aisle_id], min(max(along, low), high))


def plan_zone(spans: Sequence[AisleSpan], crosses: CrossAisles, depot: Spot | None) -> ZonePlan | None:
    """The zone's aisles side by side; none when they are not parallel or their cross aisles are not beyond them.

    The walk begins where the depot is nearest to a cross aisle, without one at the first aisle's front.
    """
    if not spans:
        return None
    wide = sum(span.high.x - span.low.x for span in spans)
    deep = sum(span.high.y - span.low.y for span in spans)
    along_x = wide > deep
    turned = sorted((_turned(span, along_x=along_x) for span in spans), key=lambda span: (span.low.x, span.aisle_id))
    if any(one.high.x >= two.low.x for one, two in pairwise(turned)):
        return None
    positions = _positions(turned, crosses)
    if positions is None:
        return None
    xs = [(span.low.x + span.high.x) // 2 for span in turned]
    ways = [_way(span) for span in turned]
    start, aisle = 0, 0
    if depot is not None:
        here = Spot(depot.y, depot.x) if along_x else depot
        start = min(range(len(positions)), key=lambda cross: abs(positions[cross] - here.y))
        aisle = next((number for number, x in enumerate(xs) if x >= here.x), len(xs))
        if aisle == len(xs) or xs[aisle] != here.x:
            xs.insert(aisle, here.x)
            ways.insert(aisle, Way.CLOSED)
    open_aisles = [number for number, way in enumerate(ways) if way is not Way.CLOSED]
    return ZonePlan(
        layout=Layout(xs=tuple(xs), crosses=positions, depot=Corner(aisle, start), ways=tuple(ways)),
        numbers={span.aisle_id: number for span, number in zip(turned, open_aisles, strict=True)},
        along_x=along_x,
    )


def _turned(span: AisleSpan, *, along_x: bool) -> AisleSpan:
    """The same as if the aisles ran along the second measure of the floor."""
    if not along_x:
        return span
    return AisleSpan(
        aisle_id=span.aisle_id,
        low=Spot(span.low.y, span.low.x),
        high=Spot(span.high.y, span.high.x),
        way=span.way,
        slope=Spot(span.slope.y, span.slope.x),
    )


def _positions(spans: Sequence[AisleSpan], crosses: CrossAisles) -> tuple[int, ...] | None:
    """Where the cross aisles run, in rising order; none when one that was measured cannot be there."""
    first, last = min(span.low.y for span in spans), max(span.high.y for span in spans)
    front = first - BEYOND_THE_LAST_BAY if crosses.front is None else crosses.front
    back = last + BEYOND_THE_LAST_BAY if crosses.back is None else crosses.back
    positions = (front, back) if crosses.middle is None else (front, crosses.middle, back)
    if any(one >= two for one, two in pairwise(positions)) or front > first or back < last:
        return None
    return positions


def _way(span: AisleSpan) -> Way:
    """Up is as the bays count, wherever they begin."""
    if span.slope.y < 0 and span.way in {Way.UP, Way.DOWN}:
        return Way.DOWN if span.way is Way.UP else Way.UP
    return span.way
