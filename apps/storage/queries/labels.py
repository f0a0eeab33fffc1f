"""What storage labels say of zones and bins: their conditions, putaway rules, segregation, control areas and limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from apps.core.decimals import plain
from apps.core.paper.formats import quantity
from apps.locations.choices import VIRTUAL
from apps.locations.errors import NoPlaceToLabel, TooManyLabels
from apps.locations.models import Location, Warehouse, Zone
from apps.locations.queries import MOST_LABELS
from apps.safety.choices import Apart
from apps.safety.models import StorageCondition
from apps.safety.queries import segregation_on
from apps.safety.rules import Quota, Segregation
from apps.storage.choices import Strength
from apps.storage.models import AreaPlace, AreaZone, ControlArea, PutawayRule
from apps.storage.pdf import Said, StorageLabel
from apps.storage.queries.areas import quotas_of

LITRE = Decimal(1_000_000)
"""In cubic millimetres."""
STRENGTHS = ((Strength.ONLY, "Kept nowhere else"), (Strength.PREFER, "Rather kept here"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """What is known of a site at a moment: asked once, however many labels there are."""

    rules: Sequence[PutawayRule]
    segregation: Segregation
    areas: dict[int, ControlArea]
    """By location."""
    zone_areas: dict[int, ControlArea]
    quotas: dict[int, tuple[Quota, ...]]

    def label(
        self,
        *,
        code: str,
        what: Iterable[str],
        follows: Callable[[PutawayRule], bool],
        condition: StorageCondition | None,
        area: ControlArea | None,
        held: tuple[str, ...] = (),
        is_scanned: bool,
    ) -> StorageLabel:
        rules = [rule for rule in self.rules if follows(rule)]
        classes = tuple(dict.fromkeys(rule.hazard_class.code for rule in rules if rule.hazard_class is not None))
        said = [
            Said(title="Temperature" if condition is not None else "", lines=_band(condition)),
            *(
                Said(title=title, lines=tuple(_goods(rule) for rule in rules if rule.strength == strength))
                for strength, title in STRENGTHS
            ),
            Said(title="Keep apart", lines=_apart(classes, self.segregation)),
            Said(title=_area(area), lines=self._limits(area)),
            Said(title="Holds", lines=held),
        ]
        return StorageLabel(
            code=code,
            what=" · ".join(filter(None, what)),
            classes=classes,
            said=tuple(each for each in said if each.lines),
            is_scanned=is_scanned,
        )

    def _limits(self, area: ControlArea | None) -> tuple[str, ...]:
        if area is None:
            return ()
        told = (
            f"{quota.label.capitalize()}: {plain(quota.litres)} L at most in all of it. {quota}"
            for quota in self.quotas[area.pk]
        )
        return tuple(told) or ("No limit is known.",)


def zone_labels_of(warehouse: Warehouse, zones: QuerySet[Zone], *, at: datetime) -> list[StorageLabel]:
    """What is kept in each of these zones of a site. Raises `NoPlaceToLabel` where there are none."""
    rows = list(zones.filter(warehouse=warehouse).select_related("storage_condition"))
    if not rows:
        raise NoPlaceToLabel
    site = _site(warehouse, at, zones=rows)
    return [
        site.label(
            code=zone.code,
            what=(warehouse.code, zone.name, "zone"),
            follows=lambda rule, zone=zone: rule.zone_id == zone.pk,  # type: ignore[misc]
            condition=zone.storage_condition,
            area=site.zone_areas.get(zone.pk),
            is_scanned=False,
        )
        for zone in rows
    ]


def place_labels_of(warehouse: Warehouse, places: QuerySet[Location], *, at: datetime) -> list[StorageLabel]:
    """What is kept in each of these places of a site, in walking order.

    Raises `NoPlaceToLabel` where nothing can be stuck to any, and `TooManyLabels`.
    """
    real = places.filter(warehouse=warehouse).exclude(kind__in=VIRTUAL)
    real = real.select_related("zone__storage_condition", "storage_condition")
    rows = list(real.order_by("zone__pick_sequence", "pick_sequence", "code")[: MOST_LABELS + 1])
    if not rows:
        raise NoPlaceToLabel
    if len(rows) > MOST_LABELS:
        raise TooManyLabels(most=MOST_LABELS)
    site = _site(warehouse, at, zones=[row.zone for row in rows if row.zone is not None], places=rows)
    return [
        site.label(
            code=place.code,
            what=(warehouse.code, place.zone.name if place.zone is not None else "", place.get_kind_display()),
            follows=lambda rule, place=place: (  # type: ignore[misc]
                rule.zone_id in {None, place.zone_id} and rule.location_kind in {"", place.kind}
            ),
            condition=place.condition,
            area=site.areas.get(place.pk) or site.zone_areas.get(place.zone_id or 0),
            held=_held(place),
            is_scanned=True,
        )
        for place in rows
    ]


def _site(warehouse: Warehouse, at: datetime, *, zones: Iterable[Zone], places: Iterable[Location] = ()) -> _Site:
    rules = PutawayRule.objects.in_use().filter(warehouse=warehouse).order_by("-priority", "code")
    own = AreaPlace.objects.filter(location__in=list(places)).select_related("area__warehouse")
    zoned = AreaZone.objects.filter(zone__in={zone.pk for zone in zones}).select_related("area__warehouse")
    areas = {each.location_id: each.area for each in own}
    zone_areas = {each.zone_id: each.area for each in zoned}
    distinct = {area.pk: area for area in (*areas.values(), *zone_areas.values())}
    return _Site(
        rules=list(rules.select_related("item", "category", "hazard_class", "storage_condition")),
        segregation=segregation_on(warehouse.local_date(at)),
        areas=areas,
        zone_areas=zone_areas,
        quotas=quotas_of(distinct.values(), at=at),
    )


def _band(condition: StorageCondition | None) -> tuple[str, ...]:
    """The band that is kept."""
    if condition is None:
        return ()
    celsius = _range(condition.min_celsius, condition.max_celsius, "°C")
    humidity = _range(condition.min_humidity, condition.max_humidity, "% relative humidity")
    told = ", ".join(filter(None, (celsius, humidity)))
    return (condition.name if not told or told in condition.name else f"{condition.name}: {told}",)


def _range(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    if low is not None and high is not None:
        return f"{plain(low)} to {plain(high)} {unit}"
    if low is not None:
        return f"at least {plain(low)} {unit}"
    return f"at most {plain(high)} {unit}" if high is not None else ""


def _goods(rule: PutawayRule) -> str:
    """Which goods a rule is about, in words, with where it is from."""
    goods = (
        f"item {rule.item.number}" if rule.item is not None else "",
        rule.category.name if rule.category is not None else "",
        f"class {rule.hazard_class}" if rule.hazard_class is not None else "",
        f"what needs {rule.storage_condition}" if rule.storage_condition is not None else "",
        f"of status {rule.get_status_display().lower()}" if rule.status else "",
        f"that comes {rule.get_comes_on_display().lower()}" if rule.comes_on else "",
        f"velocity {rule.velocity}" if rule.velocity else "",
    )
    said = ", ".join(filter(None, goods)) or "all goods"
    where = f" (in {rule.get_location_kind_display().lower()} places)" if rule.location_kind else ""
    source = f": {rule.source}" if rule.source else ""
    return f"{said[0].upper()}{said[1:]}{where}, rule {rule.code}{source}"


def _apart(classes: Iterable[str], segregation: Segregation) -> tuple[str, ...]:
    """What goods of these classes are kept away from, each distance on a line, the strictest first."""
    found: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for code in classes:
        for rule in segregation.rules.values():
            if code not in rule.codes or not rule.keeps_apart:
                continue
            other = rule.codes[0] if rule.codes[1] == code else rule.codes[1]
            apart = Apart(rule.apart)
            words = apart.label.lower() if apart != Apart.TOGETHER else ""
            metres = f"{plain(rule.metres)} m apart" if rule.metres is not None else ""
            told = ", ".join(filter(None, (words, metres)))
            marked = "" if rule.is_verified else " (not verified)"
            found[-Apart.values.index(rule.apart), code, told + marked].append(other)
    return tuple(
        f"Class {code} and {', '.join(sorted(others))}: {told}" for (_, code, told), others in sorted(found.items())
    )


def _area(area: ControlArea | None) -> str:
    if area is None:
        return ""
    fire = f", fire area {area.fire_area}" if area.fire_area else ""
    return f"Flammable liquids: control area {area.code}, {area.name}{fire}"


def _held(place: Location) -> tuple[str, ...]:
    """What a place takes at most."""
    told = (
        f"At most {quantity(place.max_weight_g / 1000, 'kg')}" if place.max_weight_g is not None else "",
        f"At most {quantity(Decimal(place.max_volume_mm3) / LITRE, 'L')} of goods" if place.max_volume_mm3 else "",
        f"At most {quantity(place.max_units)} base units" if place.max_units is not None else "",
        "" if place.mixes_items else "One item only",
        "" if place.mixes_lots else "One lot of an item only",
    )
    return tuple(filter(None, told))
