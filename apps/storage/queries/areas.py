"""Control areas as goods that come to them see them; asked only where some of the goods might burn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q

from apps.core.arrays import numbers
from apps.safety.models import FlammableLimit, LiquidLimit
from apps.safety.rules import NOT_FLAMMABLE, Liquid, Quota
from apps.storage.models import AreaLimit, ControlArea
from apps.storage.queries.coming import on_the_way
from apps.storage.rules import NOTHING, Area, Bin, Load

LIQUID = "item.number, item.flash_point_c, item.boiling_point_c, item.litres_per_unit"
IS_LIQUID = "(item.flash_point_c is not null or '3' = any(item.hazards))"
"""A flammable liquid: one with a flash point, or of class 3 by itself, by its description or beside another class."""

LIQUIDS = f"select item.id, {LIQUID} from catalog_item item where item.id = any(%(items)s::bigint[]) and {IS_LIQUID}"  # noqa: S608 - our own words

MEMBERS = """
select place.id place, coalesce(own.area_id, zoned.area_id) area
from locations_location place
left join storage_areaplace own on own.location_id = place.id
left join storage_areazone zoned on zoned.zone_id = place.zone_id
where place.id = any(%(places)s::bigint[]) and coalesce(own.area_id, zoned.area_id) is not null
"""

MEMBER = """member as (
    select own.location_id place, own.area_id area from storage_areaplace own
    where own.area_id = any(%(areas)s::bigint[])
    union all
    select place.id, zoned.area_id
    from storage_areazone zoned join locations_location place on place.zone_id = zoned.zone_id
    where zoned.area_id = any(%(areas)s::bigint[])
    and not exists (select from storage_areaplace own where own.location_id = place.id)
)"""

COMES_IN = """target_id in (select place from member) and id <> %(without)s and not exists (
    select from member was join member is_to on is_to.area = was.area
    where was.place = source_id and is_to.place = target_id
)"""
"""What moves within an area is there already."""

CONTENTS = f"""
with recursive {MEMBER}, {on_the_way(COMES_IN)}
select member.area, place.id, place.code, lot.number, sum(held.here), sum(held.coming), {LIQUID}
from (
    select location_id place, item_id, lot_id, on_hand here, 0 coming from ledger_stockbalance
    where on_hand > 0 and location_id in (select place from member)
    union all
    select place, item_id, lot_id, 0, amount from coming
) held
join member on member.place = held.place
join locations_location place on place.id = held.place
join catalog_item item on item.id = held.item_id and {IS_LIQUID}
left join ledger_lot lot on lot.id = held.lot_id
group by 1, 2, 3, 4, item.id
order by member.area, place.code, item.number, lot.number
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A flammable liquid in a place of an area, and what open tasks bring of it there (base units)."""

    location_id: int
    location: str
    lot: str
    here: Decimal
    coming: Decimal
    liquid: Liquid

    @property
    def litres(self) -> Decimal | None:
        """What it counts for, with what is on its way; None where it cannot be counted, nought without a category."""
        if self.liquid.category == NOT_FLAMMABLE:
            return NOTHING
        if self.liquid.missing or self.liquid.litres is None:
            return None
        return (self.here + self.coming) * self.liquid.litres


def contents_of(areas: Collection[int], *, without_task: int = 0) -> dict[int, list[Stood]]:
    """What of flammable liquids stands in these areas and comes to them, place by place and lot by lot; one statement.

    What open tasks bring counts as there already, except the task `without_task`, and what they move within an area.
    """
    found: dict[int, list[Stood]] = defaultdict(list)
    for area, pk, code, lot, here, coming, *liquid in _rows(CONTENTS, areas=numbers(areas), without=without_task):
        found[area].append(
            Stood(location_id=pk, location=code, lot=lot or "", here=here, coming=coming, liquid=_liquid(*liquid))
        )
    return found


def by_category(stood: Iterable[Stood]) -> dict[int, Decimal]:
    """The litres of each category; what cannot be counted is not among them."""
    litres: dict[int, Decimal] = defaultdict(Decimal)
    for each in stood:
        if each.litres and each.liquid.category is not None:
            litres[each.liquid.category] += each.litres
    return dict(litres)


def not_countable(stood: Iterable[Stood]) -> frozenset[str]:
    """The numbers of the items that cannot be counted."""
    return frozenset(each.liquid.number for each in stood if each.litres is None)


def quotas_of(areas: Collection[ControlArea], *, at: datetime) -> dict[int, tuple[Quota, ...]]:
    """The limits in force in each area on its site's day: the law's for its kind and its own; two statements."""
    days = {area.pk: area.warehouse.local_date(at) for area in areas}
    if not days:
        return {}
    last = Q(effective_on__lte=max(days.values()))
    of_kind: dict[str, list[LiquidLimit]] = defaultdict(list)
    for limit in FlammableLimit.objects.filter(last, kind__in={area.kind for area in areas}):
        of_kind[limit.kind].append(limit)
    own: dict[int, list[LiquidLimit]] = defaultdict(list)
    for mine in AreaLimit.objects.filter(last, area__in=days):
        own[mine.area_id].append(mine)
    return {
        area.pk: (*_in_force(of_kind[area.kind], days[area.pk]), *_in_force(own[area.pk], days[area.pk]))
        for area in areas
    }


def _in_force(limits: Iterable[LiquidLimit], day: date) -> list[Quota]:
    """Of the same categories the last that has taken effect."""
    found: dict[frozenset[int], Quota] = {}
    for limit in sorted(limits, key=lambda each: each.effective_on):
        if limit.effective_on <= day:
            found[frozenset(limit.categories)] = limit.quota
    return [found[categories] for categories in sorted(found, key=sorted)]


def liquids_among(loads: Iterable[Load]) -> dict[int, Liquid]:
    """Which of the items are flammable liquids; not asked where none might be."""
    items = {load.item_id for load in loads if load.may_burn}
    return {pk: _liquid(*facts) for pk, *facts in _rows(LIQUIDS, items=numbers(items))} if items else {}


def is_in_an_area(location_id: int) -> bool:
    """Whether flammable liquids are counted in a place; one statement."""
    return bool(_rows(MEMBERS, places=numbers([location_id])))


def burns_in_areas(loads: Iterable[Load], *, warehouse_id: int) -> bool:
    """Whether some of the goods are flammable liquids and the warehouse counts them: then every bin is looked at."""
    return bool(liquids_among(loads)) and ControlArea.objects.filter(warehouse=warehouse_id).exists()


def in_areas(
    bins: Sequence[Bin],
    loads: Iterable[Load],
    *,
    at: datetime,
    without_task: int = 0,
    sources: Collection[int] = (),
    lock: bool = False,
) -> list[Bin]:
    """The bins with their control areas, where some of the goods are flammable liquids; else as they are.

    `sources` are places from which goods may come beside those that the loads name. With `lock` the areas stay locked,
    so that two who fill one wait for each other: areas come after places and zones. Plain goods cost no statement.
    """
    asked = list(loads)
    liquids = liquids_among(asked)
    if not liquids:
        return list(bins)
    places = {bin_.location_id for bin_ in bins} | {load.source_id for load in asked} | set(sources)
    area_of: dict[int, int] = dict(_rows(MEMBERS, places=numbers(places)))
    wanted = {area for bin_ in bins if (area := area_of.get(bin_.location_id)) is not None}
    if not wanted:
        return list(bins)
    if lock:
        ControlArea.objects.hold(wanted)
    areas = _areas(wanted, area_of, liquids, at=at, without_task=without_task)
    return [replace(bin_, area=areas.get(area_of.get(bin_.location_id, 0))) for bin_ in bins]


def _areas(
    wanted: Collection[int],
    area_of: Mapping[int, int],
    liquids: Mapping[int, Liquid],
    *,
    at: datetime,
    without_task: int,
) -> dict[int, Area]:
    rows = list(ControlArea.objects.filter(pk__in=wanted).select_related("warehouse"))
    quotas, contents = quotas_of(rows, at=at), contents_of(wanted, without_task=without_task)
    return {
        row.pk: Area(
            pk=row.pk,
            code=row.code,
            members=frozenset(place for place, area in area_of.items() if area == row.pk),
            quotas=quotas[row.pk],
            litres=by_category(contents.get(row.pk, ())),
            unknown=not_countable(contents.get(row.pk, ())),
            liquids=liquids,
        )
        for row in rows
    }


def _liquid(number: str, flash: Decimal | None, boiling: Decimal | None, litres: Decimal | None) -> Liquid:
    return Liquid(number=number, flash_c=flash, boiling_c=boiling, litres=litres)


def _rows(question: str, **asked: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, asked)
        return list(cursor.fetchall())
