"""The walk past bins, zone by zone; and how long it would be by each of the named policies."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from apps.locations.models import Location
from apps.locations.queries import ZoneFloor, spot_of, zone_floors
from apps.locations.routing import (
    Policy,
    Stop,
    Unreachable,
    ZonePlan,
    distances,
    is_proven,
    over_floor,
    shortest_length,
    shortest_walk,
    walk_by,
)
from apps.orders.models import Wave
from apps.orders.states import WalkKind

METRE = Decimal(1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneWalk:
    """The bins of a zone in the order in which they are passed."""

    zone_id: int | None
    kind: WalkKind
    places: tuple[Location, ...]
    length_mm: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkComparison:
    """How long a zone's walk is, and how long it would be by each policy that can be walked there."""

    zone: str
    kind: WalkKind
    stops: int
    metres: Decimal | None = None
    by_policy: dict[str, Decimal] = field(default_factory=dict)

    def saved(self, policy: str) -> Decimal | None:
        """Metres that nobody walks for it."""
        other = self.by_policy.get(policy)
        return None if other is None or self.metres is None else other - self.metres


BY_NUMBER = "pick_sequence"
"""Bin by bin as they are numbered: what is walked where nobody has measured anything."""


def walks_past(places: Collection[Location]) -> list[ZoneWalk]:
    """The walk past these places: zone by zone, in each the shortest that can be found from what is measured."""
    return [_any_walk(floor, bins) for floor, bins in _by_zone(places)]


def _any_walk(floor: ZoneFloor | None, bins: Sequence[Location]) -> ZoneWalk:
    return _walk(floor, bins) or ZoneWalk(zone_id=_zone(bins), kind=WalkKind.SEQUENCE, places=tuple(bins))


UNMEASURED_BIN_MM = 5000
"""What another bin is taken to cost where nobody has measured: orders that share bins still go together."""


class Lengths:
    """How walks past some of these places go and how long they are, for whoever compares many of them."""

    def __init__(self, places: Iterable[Location]) -> None:
        self._bins: dict[Hashable, tuple[ZoneFloor | None, Location]] = {
            place.pk: (floor, place)
            for floor, bins in _by_zone({each.pk: each for each in places}.values())
            for place in bins
        }

    def __call__(self, places: frozenset[Hashable]) -> int:
        """The walk past these, by their ids; in millimetres."""
        return sum(_length(floor, bins) for floor, bins in self._zones(places))

    def walks(self, places: Collection[Hashable]) -> list[ZoneWalk]:
        """The walk past these, by their ids, zone by zone, as `walks_past` finds it."""
        wanted = set(places)
        return [_any_walk(floor, bins) for floor, bins in self._zones(pk for pk in self._bins if pk in wanted)]

    def _zones(self, places: Iterable[Hashable]) -> list[tuple[ZoneFloor | None, list[Location]]]:
        zones: dict[int | None, tuple[ZoneFloor | None, list[Location]]] = {}
        for pk in places:
            floor, place = self._bins[pk]
            zones.setdefault(place.zone_id, (floor, []))[1].append(place)
        return list(zones.values())


def _length(floor: ZoneFloor | None, bins: Sequence[Location]) -> int:
    stops = _stops(floor.plan, bins) if floor is not None else None
    if floor is not None and floor.plan is not None and stops is not None:
        try:
            return shortest_length(floor.plan.layout, stops)
        except Unreachable:
            return UNMEASURED_BIN_MM * len(bins)
    walk = _walk(floor, bins)
    known = walk.length_mm if walk is not None else None
    return UNMEASURED_BIN_MM * len(bins) if known is None else known


def compared_walks(wave: Wave) -> list[WalkComparison]:
    """A wave's walks as they stand now, zone by zone, beside the named policies."""
    picks = wave.picks.select_related("task__source__zone")
    places = {pick.task.source_id: pick.task.source for pick in picks}
    found = []
    for floor, bins in _by_zone(places.values()):
        walk = _walk(floor, bins)
        found.append(
            WalkComparison(
                zone=floor.zone.code if floor is not None else "",
                kind=walk.kind if walk is not None else WalkKind.SEQUENCE,
                stops=len(bins),
                metres=_metres(walk.length_mm) if walk is not None and walk.length_mm is not None else None,
                by_policy={name: _metres(length) for name, length in _by_policy(floor, bins)},
            )
        )
    return found


def _by_zone(places: Collection[Location]) -> list[tuple[ZoneFloor | None, list[Location]]]:
    """Zones in the order in which they are walked, each with its bins as they are numbered."""
    bins: dict[int | None, list[Location]] = {}
    for place in sorted(places, key=lambda each: (each.walking_place, each.code, each.pk)):
        bins.setdefault(place.zone_id, []).append(place)
    floors = zone_floors([zone_id for zone_id in bins if zone_id is not None])
    return [(floors[zone_id] if zone_id is not None else None, of_zone) for zone_id, of_zone in bins.items()]


def _walk(floor: ZoneFloor | None, bins: Sequence[Location]) -> ZoneWalk | None:
    """The shortest walk, or a short one; none where too little is measured."""
    spots = [spot for place in bins if (spot := spot_of(place)) is not None]
    if floor is None or len(spots) < len(bins):
        return None
    stops = _stops(floor.plan, bins)
    if floor.plan is not None and stops is not None:
        try:
            walk = shortest_walk(floor.plan.layout, stops)
        except Unreachable:
            return None
        kind = WalkKind.EXACT if is_proven(floor.plan.layout, stops) else WalkKind.NEAR
        order, length = walk.order, walk.length
    else:
        order, length = over_floor(floor.depot or spots[0], spots)
        kind = WalkKind.NEAR
    places = tuple(bins[number] for number in order)
    return ZoneWalk(zone_id=floor.zone.pk, kind=kind, places=places, length_mm=length)


def _stops(plan: ZonePlan | None, bins: Sequence[Location]) -> list[Stop] | None:
    """Where one stands to take from each bin; none where one of them stands in no parallel aisle."""
    stops = []
    for place in bins:
        spot = spot_of(place)
        if plan is None or spot is None or place.aisle_id not in plan.numbers:
            return None
        stops.append(plan.stop(place.aisle_id, spot))
    return stops


def _by_policy(floor: ZoneFloor | None, bins: Sequence[Location]) -> list[tuple[str, int]]:
    stops = _stops(floor.plan, bins) if floor is not None else None
    if floor is None or floor.plan is None or stops is None:
        return []
    layout, lengths = floor.plan.layout, []
    for policy in Policy:
        try:
            lengths.append((policy.value, walk_by(policy, layout, stops).length))
        except Unreachable:
            continue
    try:
        far = distances(layout, [layout.at(layout.depot), *dict.fromkeys(stops)])
    except Unreachable:
        return lengths
    around = [*range(len(far)), 0]
    return [*lengths, (BY_NUMBER, sum(far[here][there] for here, there in pairwise(around)))]


def _zone(bins: Sequence[Location]) -> int | None:
    return bins[0].zone_id


def _metres(length_mm: int) -> Decimal:
    return length_mm / METRE
