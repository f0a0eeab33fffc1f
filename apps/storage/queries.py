"""Bins as the rules see them: their limits, what stands in them and what open tasks bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.catalog.models import Item
from apps.ledger.models import StockBalance
from apps.ledger.states import StockStatus
from apps.locations.models import Location, Warehouse
from apps.locations.models.place import ZONE_STRIDE
from apps.safety.queries import segregation_on
from apps.safety.rules import NONE_APART, Segregation
from apps.storage.models import PickFace
from apps.storage.rules import NOTHING, Bin, Load, Shortlist
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind

Source = tuple[int, int | None, int | None, int | None, int]
"""Goods at a place of the reserve: item, lot, serial number, handling unit, location."""

FEW = 500
CONTENT = (
    "item",
    "lot",
    "item__hazard_class",
    "item__weight_g",
    "item__length_mm",
    "item__width_mm",
    "item__height_mm",
)

SHORTLIST = """
select
    (array_agg(id order by stop))[1:1]
        || coalesce((array_agg(id order by stop) filter (where empty))[1:%(empties)s], '{}')
        || coalesce(array_agg(id order by stop) filter (where own), '{}') ids,
    (array_agg(stop order by stop))[1:1]
        || coalesce((array_agg(stop order by stop) filter (where empty))[1:%(empties)s], '{}')
        || coalesce(array_agg(stop order by stop) filter (where own), '{}') stops,
    count(*) bins
from (
    select
        place.id,
        row_number() over (
            order by
                coalesce(zone.pick_sequence, 0) * %(stride)s::bigint + place.pick_sequence, place.code collate "C"
        ) stop,
        -- A number for all that tells empty bins apart.
        hashint8extended(coalesce(place.zone_id, 0),
            hashint8extended(coalesce(place.storage_condition_id, 0),
                hash_numeric_extended(coalesce(place.max_units, -1),
                    hash_numeric_extended(coalesce(place.max_weight_g, -1),
                        hashint8extended(coalesce(place.max_volume_mm3, -1), hashtextextended(place.kind, 0))
                    )
                )
            )
        ) build,
        place.id not in (
            select location_id from ledger_stockbalance where warehouse_id = %(warehouse)s and on_hand > 0
            union all
            select target_id from tasks_warehousetask where state in ('ready', 'assigned') and target_id is not null
            union all
            select location_id from storage_pickface
        ) empty,
        place.id in (
            select location_id from ledger_stockbalance where item_id = any(%(items)s) and on_hand > 0
            union all
            select target_id from tasks_warehousetask
            where state in ('ready', 'assigned') and target_id is not null and item_id = any(%(items)s)
            union all
            select location_id from storage_pickface where item_id = any(%(items)s)
        ) own
    from locations_location place
    left join locations_zone zone on zone.id = place.zone_id
    where place.warehouse_id = %(warehouse)s and place.kind = any(%(kinds)s) and place.is_active
        and place.id <> all(%(away)s)
) bin
group by build
"""
"""The few bins that a plan looks at first; what they may hold is for the rules to say."""


def bins_among(
    places: QuerySet[Location], *, without_task: int = 0, segregation: Segregation = NONE_APART
) -> list[Bin]:
    """The places with their contents: four queries, however many places, and two more when hazards are kept apart.

    What open tasks bring counts as there already, except the task `without_task`, which is being done.
    """
    found = list(places.select_related("storage_condition", "zone__storage_condition"))
    # The database finds a few by their numbers faster; many are not written out.
    wanted: Iterable[Location | int] = [each.pk for each in found] if len(found) <= FEW else places.order_by()
    contents: dict[int, dict[tuple[int, int | None], Decimal]] = defaultdict(dict)
    weights: dict[int, Decimal] = defaultdict(Decimal)
    volumes: dict[int, Decimal] = defaultdict(Decimal)
    hazards: dict[int, set[int]] = defaultdict(set)
    standing = (
        StockBalance.objects.on_hand()
        .filter(location__in=wanted)
        .order_by()
        .values_list("location", *CONTENT)
        .annotate(total=Sum("on_hand"))
    )
    coming = (
        WarehouseTask.objects.open()
        .filter(target__in=wanted)
        .exclude(pk=without_task)
        .order_by()
        .values_list("target", *CONTENT)
        .annotate(total=Sum("quantity"))
    )
    for rows in (standing, coming):
        for place, item, lot, hazard, weight, length, width, height, total in rows:
            here = contents[place]
            here[item, lot] = here.get((item, lot), NOTHING) + total
            if hazard is not None:
                hazards[place].add(hazard)
            weights[place] += total * (weight or 0)
            volumes[place] += total * (length or 0) * (width or 0) * (height or 0)
    faces: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for place, item, maximum in PickFace.objects.filter(location__in=wanted).values_list("location", "item", "maximum"):
        faces[place][item] = maximum
    zones = {place.zone_id for place in found if place.zone_id is not None} if segregation.reaches_zones else set()
    in_zone = _hazards_in(zones, without_task) if zones else {}
    return [
        Bin(
            location_id=place.pk,
            code=place.code,
            kind=place.kind,
            walk=place.walking_place,
            zone_id=place.zone_id,
            max_units=place.max_units,
            max_weight_g=place.max_weight_g,
            max_volume_mm3=place.max_volume_mm3,
            mixes_items=place.mixes_items,
            mixes_lots=place.mixes_lots,
            offers=place.condition.range if place.condition is not None else None,
            faces=faces.get(place.pk, {}),
            contents=contents.get(place.pk, {}),
            weight_g=weights[place.pk],
            volume_mm3=volumes[place.pk],
            hazards=frozenset(hazards.get(place.pk, ())),
            zone_hazards=frozenset(in_zone.get(place.zone_id or 0, ())),
            segregation=segregation,
        )
        for place in found
    ]


def _hazards_in(zones: set[int], without_task: int) -> dict[int, set[int]]:
    """The hazard classes of what stands in each zone and of what open tasks bring there."""
    standing = (
        StockBalance.objects.on_hand()
        .filter(location__zone__in=zones, item__hazard_class__isnull=False)
        .values_list("location__zone", "item__hazard_class")
    )
    coming = (
        WarehouseTask.objects.open()
        .filter(target__zone__in=zones, item__hazard_class__isnull=False)
        .exclude(pk=without_task)
        .values_list("target__zone", "item__hazard_class")
    )
    found: dict[int, set[int]] = defaultdict(set)
    for rows in (standing, coming):
        for zone, hazard in rows.order_by().distinct():
            found[zone].add(hazard)
    return found


def segregation_for(hazards: Iterable[int | None], *, warehouse_id: int, at: datetime) -> Segregation:
    """What is kept apart on the warehouse's day; not asked when no goods are hazardous."""
    if all(hazard is None for hazard in hazards):
        return NONE_APART
    return segregation_on(Warehouse.objects.get(pk=warehouse_id).local_date(at))


def bins_of_kinds(
    *, warehouse_id: int, kinds: Iterable[str], away_from: Iterable[int], segregation: Segregation = NONE_APART
) -> list[Bin]:
    """The bins in use of these kinds, without the places the goods come from."""
    places = Location.objects.filter(warehouse=warehouse_id, kind__in=list(kinds), is_active=True)
    return bins_among(places.exclude(pk__in=list(away_from)), segregation=segregation)


def shortlist(
    *,
    warehouse_id: int,
    kinds: Iterable[str],
    away_from: Iterable[int],
    item_ids: Collection[int],
    empties: int,
    segregation: Segregation = NONE_APART,
) -> Shortlist:
    """Of the same bins those that a plan for these items needs to see, with so many empty ones of each build."""
    asked: dict[str, int | list[int] | list[str]] = {
        "warehouse": warehouse_id,
        "kinds": list(kinds),
        "away": list(away_from),
        "items": list(item_ids),
        "empties": empties,
        "stride": ZONE_STRIDE,
    }
    with connection.cursor() as cursor:
        cursor.execute(SHORTLIST, asked)
        rows = cursor.fetchall()
    stops = {pk: stop for ids, numbers, _ in rows for pk, stop in zip(ids, numbers, strict=True)}
    return Shortlist(
        bins=bins_among(Location.objects.filter(pk__in=stops), segregation=segregation),
        stops=stops,
        last=sum(count for _, _, count in rows),
        empties=empties,
    )


def load_of(item: Item, *, lot_id: int | None, status: str, quantity: Decimal) -> Load:
    """A quantity of an item as bins see it."""
    return Load(
        item_id=item.pk,
        lot_id=lot_id,
        status=status,
        quantity=quantity,
        scale=item.scale,
        weight_g=item.weight_g,
        volume_mm3=item.volume_mm3,
        needs=item.storage_condition.range if item.storage_condition is not None else None,
        hazard=item.hazard_class_id,
    )


def faces_below_minimum(*, warehouse_id: int) -> QuerySet[PickFace]:
    """The pick faces in use that hold less than their minimum, as pickers pass them.

    Counted is what is there, available and not spoken for (annotated `free`), and what open tasks bring (`coming`).
    """
    standing = (
        StockBalance.objects.on_hand()
        .filter(location=OuterRef("location"), item=OuterRef("item"), status=StockStatus.AVAILABLE)
        .order_by()
        .values("item")
        .annotate(total=Sum(F("on_hand") - F("reserved")))
    )
    coming = (
        WarehouseTask.objects.open()
        .filter(target=OuterRef("location"), item=OuterRef("item"))
        .order_by()
        .values("item")
        .annotate(total=Sum("quantity"))
    )
    return (
        PickFace.objects.filter(location__warehouse=warehouse_id, location__is_active=True)
        .annotate(
            free=Coalesce(Subquery(standing.values("total")), NOTHING),
            coming=Coalesce(Subquery(coming.values("total")), NOTHING),
        )
        .filter(minimum__gt=F("free") + F("coming"))
        .select_related("item__storage_condition", "item__unit", "location__zone")
        .order_by("location__zone__pick_sequence", "location__pick_sequence", "pk")
    )


def promised_to_faces(*, warehouse_id: int) -> dict[Source, Decimal]:
    """What open replenishments will take from each place in the reserve."""
    rows = (
        WarehouseTask.objects.open()
        .filter(warehouse=warehouse_id, kind=TaskKind.REPLENISH)
        .order_by()
        .values_list("item", "lot", "serial", "unit", "source")
        .annotate(total=Sum("quantity"))
    )
    return {(item, lot, serial, unit, source): total for item, lot, serial, unit, source, total in rows}
