"""The few bins that a plan looks at first."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection

from apps.locations.models import Location
from apps.locations.models.place import ZONE_STRIDE
from apps.safety.rules import NONE_APART, Segregation
from apps.storage.queries.bins import bins_among, on_the_way
from apps.storage.rules import Shortlist

SHORTLIST = f"""
with recursive {on_the_way("(item_id = any(%(items)s) or kind = 'putaway' and unit_id is not null)")}
select
    (array_agg(id order by stop))[1:1]
        || coalesce((array_agg(id order by stop) filter (where empty))[1:%(empties)s], '{{}}')
        || coalesce(array_agg(id order by stop) filter (where own), '{{}}') ids,
    (array_agg(stop order by stop))[1:1]
        || coalesce((array_agg(stop order by stop) filter (where empty))[1:%(empties)s], '{{}}')
        || coalesce(array_agg(stop order by stop) filter (where own), '{{}}') stops,
    count(*) bins
from (
    select
        place.id,
        row_number() over (
            order by
                coalesce(zone.pick_sequence, 0) * %(stride)s::bigint + place.pick_sequence, place.code collate "C"
        ) stop,
        -- A number for all that tells empty bins apart.
        hashint8extended(coalesce(place.zone_id, 0) * 4 + place.mixes_items::int * 2 + place.mixes_lots::int,
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
            select place from coming where item_id = any(%(items)s)
            union all
            select location_id from storage_pickface where item_id = any(%(items)s)
        ) own
    from locations_location place
    left join locations_zone zone on zone.id = place.zone_id
    where place.warehouse_id = %(warehouse)s and place.kind = any(%(kinds)s) and place.is_active
        and place.id <> all(%(away)s)
) bin
group by build
"""  # noqa: S608 - our own words
"""The few bins that a plan looks at first; what they may hold is for the rules to say."""


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
