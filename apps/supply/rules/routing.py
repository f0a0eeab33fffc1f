"""Which site serves an order: by what it has, how far it is, what that costs and how busy it is, each with a weight.

Pure: values in, values out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import asin, cos, pi, radians, sin, sqrt

from apps.supply.rules.countries import centre_of

ZERO = Decimal(0)
EARTH_KM = 6371.0
HALF_ROUND_KM = pi * EARTH_KM
"""No two places are farther apart."""
ABROAD = 0.25
"""How near a site in another country is at most, where not everything is on the map; one in the same is half."""


class Split(StrEnum):
    """Whether several sites may serve one order."""

    NEVER = "never"
    IF_NEEDED = "if_needed"
    IF_CHEAPER = "if_cheaper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place: on the map as far as it is known, and by its country and region."""

    country: str = ""
    region: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def on_the_map(self) -> bool:
        """Whether a distance can be measured."""
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site that could serve: what it can promise of each item by the day, and how many lines wait there."""

    code: str
    place: Point
    has: Mapping[int, Decimal]
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What counts how much, and what a parcel costs; all that is asked of a rule."""

    stock: int = 60
    distance: int = 20
    cost: int = 10
    load: int = 10
    split: Split = Split.NEVER
    most_parts: int = 2
    parcel_cost: Decimal = ZERO
    km_cost: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A site's score from 0 to 1, and why."""

    site: str
    total: float
    complete: bool
    cost: Decimal
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a site is to serve, by item."""

    site: str
    items: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The sites that serve, the first with what no site has; every site's score, the best first; and why."""

    parts: tuple[Part, ...]
    scores: tuple[Score, ...]
    because: str


def choose_sites(wanted: Mapping[int, Decimal], to: Point, sites: Sequence[Site], weights: Weights) -> Choice:
    """Which site serves, or which sites.

    Not split: the best score; where splitting is allowed, the best of those that have all of it. Split, where no site
    has all of it or (if cheaper) where parts cost less: in the order of the scores, each site serves what it has of
    the rest. What no site has stays with the first. Ties go to the site whose code comes first.
    """
    scores = tuple(sorted(_scores(wanted, to, sites, weights), key=lambda each: (-each.total, each.site)))
    complete = [each for each in scores if each.complete]
    whole = complete[0] if complete and weights.split != Split.NEVER else scores[0]
    alone = (Part(site=whole.site, items=dict(wanted)),)
    if weights.split == Split.NEVER:
        return Choice(parts=alone, scores=scores, because=f"{whole.site} scores best, and nothing is split")
    if complete and weights.split == Split.IF_NEEDED:
        return Choice(parts=alone, scores=scores, because=f"{whole.site} has all of it and scores best of those")
    parts = _parts(wanted, sites, scores, weights.most_parts)
    if complete:
        cost_of = {each.site: each.cost for each in scores}
        together = sum((cost_of[part.site] for part in parts), ZERO)
        if together >= whole.cost or len(parts) < 2:  # noqa: PLR2004 - one part is no split
            return Choice(parts=alone, scores=scores, because=f"{whole.site} has all of it and parts cost no less")
        return Choice(parts=parts, scores=scores, because=f"parts cost {together}, all from {whole.site} {whole.cost}")
    if len(parts) == 1:
        return Choice(parts=parts, scores=scores, because=f"no site has all of it; {parts[0].site} has most")
    names = " and ".join(part.site for part in parts)
    return Choice(parts=parts, scores=scores, because=f"no site has all of it; {names} together have more")


def _parts(
    wanted: Mapping[int, Decimal], sites: Sequence[Site], scores: Sequence[Score], most: int
) -> tuple[Part, ...]:
    has = {site.code: site.has for site in sites}
    rest = dict(wanted)
    parts: list[dict[int, Decimal]] = []
    names: list[str] = []
    for each in scores:
        given = {
            item: taken
            for item, quantity in rest.items()
            if (taken := min(quantity, max(has[each.site].get(item, ZERO), ZERO))) > 0
        }
        if given and len(parts) < most:
            names.append(each.site)
            parts.append(given)
            rest = {item: quantity - given.get(item, ZERO) for item, quantity in rest.items()}
    if not parts:
        return (Part(site=scores[0].site, items=dict(wanted)),)
    for item, quantity in rest.items():
        if quantity > 0:
            parts[0][item] = parts[0].get(item, ZERO) + quantity
    return tuple(Part(site=name, items=given) for name, given in zip(names, parts, strict=True))


def _scores(wanted: Mapping[int, Decimal], to: Point, sites: Sequence[Site], weights: Weights) -> list[Score]:
    measured = to.on_the_map and all(site.place.on_the_map for site in sites)
    km = {site.code: distance_km(site.place, to) if measured else 0.0 for site in sites}
    farthest = max(km.values(), default=0.0)
    busiest = max((site.waiting for site in sites), default=0)
    costs = {site.code: weights.parcel_cost + weights.km_cost * Decimal(round(km[site.code])) for site in sites}
    cheapest = min(costs.values(), default=ZERO)
    whole = weights.stock + weights.distance + weights.cost + weights.load or 1
    found = []
    for site in sites:
        has = [min(max(site.has.get(item, ZERO), ZERO) / quantity, Decimal(1)) for item, quantity in wanted.items()]
        stock = float(sum(has, ZERO) / len(has)) if has else 1.0
        if measured:
            near = 1 - km[site.code] / farthest if farthest else 1.0
            where = f"{km[site.code]:.0f} km away"
        else:
            near, where = _match(site.place, to)
        cost = float(cheapest / costs[site.code]) if costs[site.code] else 1.0
        free = 1 - site.waiting / busiest if busiest else 1.0
        total = (weights.stock * stock + weights.distance * near + weights.cost * cost + weights.load * free) / whole
        found.append(
            Score(
                site=site.code,
                total=round(total, 4),
                complete=all(each >= 1 for each in has),
                cost=costs[site.code],
                reasons=(
                    f"has {stock:.0%} of it",
                    where,
                    f"costs {costs[site.code]}",
                    f"{site.waiting} lines wait there",
                ),
            )
        )
    return found


def _match(place: Point, to: Point) -> tuple[float, str]:
    """How near a site is where not everything is on the map: by region and country."""
    if not to.country:
        return 0.0, "how far is not known"
    if not _same_country(place, to):
        here, there = _roughly(place), _roughly(to)
        if here is None or there is None:
            return 0.0, "in another country (not all is on the map)"
        km = distance_km(here, there)
        where = f"in another country, some {round(km, -2):.0f} km away by their middles"
        return ABROAD * (1 - km / HALF_ROUND_KM), where
    if to.region and place.region.strip().lower() == to.region.strip().lower():
        return 1.0, "in the same region (not all is on the map)"
    return 0.5, "in the same country (not all is on the map)"


def _same_country(place: Point, to: Point) -> bool:
    here, there = (each.country.strip() for each in (place, to))
    known = centre_of(here)
    return here.lower() == there.lower() or (known is not None and known == centre_of(there))


def _roughly(place: Point) -> Point | None:
    """Where it is on the map, else about where its country is."""
    if place.on_the_map:
        return place
    centre = centre_of(place.country)
    return None if centre is None else Point(latitude=centre[0], longitude=centre[1])


def distance_km(one: Point, other: Point) -> float:
    """As the crow flies, over the globe."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        message = "a distance is measured between places on the map"
        raise ValueError(message)
    first, second = radians(one.latitude), radians(other.latitude)
    north = sin((second - first) / 2) ** 2
    east = cos(first) * cos(second) * sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, north + east)))
