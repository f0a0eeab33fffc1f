"""Which dangerous goods are near a place: in it, in its bay, its zone, its fire area, and how far off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import dist

from apps.safety.choices import Apart
from apps.safety.rules import Classes, Near


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a place is, as far as it is known; coordinates in mm."""

    location_id: int
    bay: tuple[int, int] | None = None
    """Its aisle and the bay in it."""
    zone_id: int | None = None
    area: str | None = None
    """Its fire area, empty for the rest of the building; None where no goods are stored."""
    point: tuple[int, int, int] | None = None

    def shares(self, other: Spot) -> Iterable[Apart]:
        """What the two have in common."""
        if self.location_id == other.location_id:
            yield Apart.BIN
        if self.bay is not None and self.bay == other.bay:
            yield Apart.BAY
        if self.zone_id is not None and self.zone_id == other.zone_id:
            yield Apart.ZONE
        if self.area is not None and self.area == other.area:
            yield Apart.AREA

    def counts(self, other: Spot) -> bool:
        """Whether goods are stored at both, so that it matters how far apart they are."""
        return self.area is not None and other.area is not None

    def metres_to(self, other: Spot) -> Decimal | None:
        """How far it is in a straight line; None where the coordinates of one are not known."""
        if self.location_id == other.location_id:
            return Decimal(0)
        if self.point is None or other.point is None:
            return None
        return Decimal(dist(self.point, other.point)) / 1000


@dataclass(slots=True)
class Dangers:
    """All dangerous goods that stand in some warehouses or are brought there, by where they are."""

    spots: dict[int, Spot] = field(default_factory=dict)
    held: dict[int, set[Classes]] = field(default_factory=dict)
    shared: dict[tuple[Apart, object], set[Classes]] = field(default_factory=dict)

    def add(self, spot: Spot, classes: Classes) -> None:
        """Goods of these hazard classes are there."""
        self.spots[spot.location_id] = spot
        self.held.setdefault(spot.location_id, set()).add(classes)
        for scope in spot.shares(spot):
            self.shared.setdefault((scope, _key(spot, scope)), set()).add(classes)

    def near(self, spot: Spot, *, with_distances: bool) -> Near:
        """What is near a place."""
        shared: Mapping[Apart, frozenset[Classes]] = {
            scope: frozenset(self.shared.get((scope, _key(spot, scope)), ())) for scope in spot.shares(spot)
        }
        if not with_distances:
            return Near(shared=shared)
        counted = [(other, self.held[pk]) for pk, other in self.spots.items() if spot.counts(other)]
        away = {(classes, spot.metres_to(other)) for other, held in counted for classes in held}
        return Near(shared=shared, away=frozenset(away))


def _key(spot: Spot, scope: Apart) -> object:
    keys = {Apart.BIN: spot.location_id, Apart.BAY: spot.bay, Apart.ZONE: spot.zone_id, Apart.AREA: spot.area}
    return keys[scope]
