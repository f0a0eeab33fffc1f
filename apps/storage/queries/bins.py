"""Bins as the rules see them: their limits, what stands in them and what open tasks bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from apps.catalog.facts import ItemFacts
from apps.catalog.models import Item
from apps.locations.models import Location, Warehouse
from apps.safety.queries import segregation_on
from apps.safety.rules import NONE_APART, Segregation, TemperatureRange
from apps.storage.queries.coming import on_the_way
from apps.storage.queries.hazards import IN_ITS_AREA, NO_DANGERS, dangers_around, spot_of
from apps.storage.rules import LOOSE, NOTHING, Bin, Dangers, Load

PLACES = f"""
select place.id, place.code, place.kind, place.is_active, place.walk, place.zone_id,
    place.max_units, place.max_weight_g, place.max_volume_mm3, place.mixes_items, place.mixes_lots,
    coalesce(zone.velocity, ''), condition.id is not null, condition.min_celsius, condition.max_celsius,
    place.aisle_id, place.bay, place.x_mm, place.y_mm, place.z_mm, area.fire_area
from locations_location place
left join locations_zone zone on zone.id = place.zone_id
left join safety_storagecondition condition
    on condition.id = coalesce(place.storage_condition_id, zone.storage_condition_id)
{IN_ITS_AREA}
where place.id = any(%(places)s)
"""  # noqa: S608 - our own words

FACES = "select location_id, item_id, maximum from storage_pickface where location_id = any(%(places)s)"

CONTENTS = f"""
with recursive {on_the_way("target_id = any(%(places)s) and id <> %(without)s")}
select held.place, held.item_id, held.lot_id, item.weight_g,
    item.length_mm, item.width_mm, item.height_mm, sum(held.amount)
from (
    select location_id place, item_id, lot_id, on_hand amount from ledger_stockbalance
    where location_id = any(%(places)s) and on_hand > 0
    union all
    select place, item_id, lot_id, amount from coming
) held
join catalog_item item on item.id = held.item_id
group by 1, 2, 3, 4, 5, 6, 7
"""  # noqa: S608 - our own words


@dataclass(slots=True)
class _Held:
    """What a place holds and is going to hold."""

    contents: dict[tuple[int, int | None], Decimal] = field(default_factory=dict)
    weight_g: Decimal = NOTHING
    volume_mm3: Decimal = NOTHING


def bins_among(places: Collection[int], *, without_task: int = 0, segregation: Segregation = NONE_APART) -> list[Bin]:
    """The places with their contents: three queries, however many places, and one more when hazards are kept apart.

    What open tasks bring counts as there already, except the task `without_task`, which is being done. Plans read
    bins by the thousand, so they are read as rows.
    """
    wanted = list(places)
    rows = _rows(PLACES, places=wanted)
    held = _held_at(wanted, without_task)
    faces: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for place, item, maximum in _rows(FACES, places=wanted):
        faces[place][item] = maximum
    dangers = dangers_around(wanted, without_task=without_task) if segregation.rules else NO_DANGERS
    return _bins(rows, held, faces, segregation, dangers)


def bins_to_fill(places: Collection[int], *, segregation: Segregation = NONE_APART) -> list[Bin]:
    """The places that goods come straight to: what is in one that `takes_all` is not asked, since it hinders nothing.

    Nor are pick faces: they limit what is proposed, not what somebody brings. A query, or two; as `bins_among` when
    hazards are kept apart.
    """
    if segregation.rules:
        return bins_among(places, segregation=segregation)
    rows = _rows(PLACES, places=list(places))
    bins = _bins(rows, defaultdict(_Held), {})
    limited = [bin_.location_id for bin_ in bins if not bin_.takes_all]
    return _bins(rows, _held_at(limited, 0), {}) if limited else bins


def _bins(
    rows: Sequence[tuple[Any, ...]],
    held: Mapping[int, _Held],
    faces: Mapping[int, Mapping[int, Decimal]],
    segregation: Segregation = NONE_APART,
    dangers: Dangers = NO_DANGERS,
) -> list[Bin]:
    return [
        Bin(
            location_id=place,
            code=code,
            kind=kind,
            is_active=active,
            walk=walk,
            zone_id=zone,
            max_units=units,
            max_weight_g=weight,
            max_volume_mm3=volume,
            mixes_items=mixes_items,
            mixes_lots=mixes_lots,
            offers=TemperatureRange(low=low, high=high) if conditioned else None,
            faces=faces.get(place, {}),
            contents=held[place].contents,
            weight_g=held[place].weight_g,
            volume_mm3=held[place].volume_mm3,
            spot=(spot := spot_of(place, kind, zone, *position)),
            near=dangers.near(spot, with_distances=segregation.has_distances),
            segregation=segregation,
            zone_velocity=velocity,
        )
        for (
            place,
            code,
            kind,
            active,
            walk,
            zone,
            units,
            weight,
            volume,
            mixes_items,
            mixes_lots,
            velocity,
            conditioned,
            low,
            high,
            *position,
        ) in rows
    ]


def _held_at(places: Collection[int], without_task: int) -> dict[int, _Held]:
    held: dict[int, _Held] = defaultdict(_Held)
    for place, item, lot, weight, length, width, height, total in _rows(
        CONTENTS, places=list(places), without=without_task
    ):
        here = held[place]
        here.contents[item, lot] = total
        here.weight_g += total * (weight or 0)
        here.volume_mm3 += total * (length or 0) * (width or 0) * (height or 0)
    return held


def _rows(question: str, **asked: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, asked)
        return list(cursor.fetchall())


def segregation_for(hazards: Iterable[Sequence[str]], *, warehouse_id: int, at: datetime) -> Segregation:
    """What is kept apart on the warehouse's day; not asked when no goods are hazardous."""
    if not any(hazards):
        return NONE_APART
    return segregation_on(Warehouse.objects.get(pk=warehouse_id).local_date(at))


def bins_of_kinds(
    *, warehouse_id: int, kinds: Iterable[str], away_from: Iterable[int], segregation: Segregation = NONE_APART
) -> list[Bin]:
    """The bins in use of these kinds, without the places the goods come from."""
    places = Location.objects.filter(warehouse=warehouse_id, kind__in=list(kinds), is_active=True)
    return bins_among(places.exclude(pk__in=list(away_from)).values_list("pk", flat=True), segregation=segregation)


def load_of(
    item: Item | ItemFacts, *, lot_id: int | None, status: str, quantity: Decimal, comes_on: str = LOOSE
) -> Load:
    """A quantity of an item as bins see it."""
    return Load(
        item_id=item.pk,
        lot_id=lot_id,
        status=status,
        quantity=quantity,
        scale=item.scale,
        weight_g=item.weight_g,
        volume_mm3=item.volume_mm3,
        needs=item.needs,
        hazards=tuple(item.hazards),
        may_burn=item.may_burn,
        category=item.category_id,
        condition=item.storage_condition_id,
        comes_on=comes_on,
    )
