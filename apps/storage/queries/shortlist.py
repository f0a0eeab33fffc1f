"""The few bins that a plan looks at first."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection

from apps.safety.rules import NONE_APART, Segregation
from apps.storage.queries.bins import bins_among
from apps.storage.queries.coming import on_the_way
from apps.storage.rules import Shortlist

IN_USE = """
    place.warehouse_id = %(warehouse)s and place.kind = any(%(kinds)s) and place.is_active
    and place.id <> all(%(away)s)
"""
WALK = 'place.walk, place.code collate "C"'

SHORTLIST = f"""
with recursive {on_the_way("(item_id = any(%(items)s) or kind = 'putaway' and unit_id is not null)")}
, occupied as materialized (
    select location_id id from ledger_stockbalance where warehouse_id = %(warehouse)s and on_hand > 0
    union all
    select target_id from tasks_warehousetask where state in ('ready', 'assigned') and target_id is not null
    union all
    select location_id from storage_pickface
), own as (
    select location_id id from ledger_stockbalance where item_id = any(%(items)s) and on_hand > 0
    union
    select place from coming where item_id = any(%(items)s)
    union
    select location_id from storage_pickface where item_id = any(%(items)s)
), build as (
    -- From one number to the next larger one, without reading all the places between.
    (select place.build number from locations_location place where {IN_USE} order by place.build limit 1)
    union all
    select (
        select place.build from locations_location place where {IN_USE} and place.build > build.number
        order by place.build limit 1
    ) from build where build.number is not null
), chosen as (
    (select place.id, true last from locations_location place where {IN_USE}
     order by place.walk desc, place.code collate "C" desc limit 1)
    union all
    select own.id, false from own
    union all
    select one.id, false from build cross join lateral (
        select place.id from locations_location place where {IN_USE} and place.build = build.number
        order by {WALK} limit 1
    ) one
    union all
    select few.id, false from build cross join lateral (
        select place.id from locations_location place
        where {IN_USE} and place.build = build.number and place.id not in (select id from occupied)
        order by {WALK} limit %(empties)s
    ) few
), numbered as (
    select place.id, row_number() over (order by {WALK}) stop from locations_location place where {IN_USE}
)
select numbered.id, numbered.stop, bool_and(chosen.last) only_last
from numbered join chosen on chosen.id = numbered.id
group by numbered.id, numbered.stop
"""  # noqa: S608 - our own words
"""The few bins that a plan looks at first; what they may hold is for the rules to say.

Of each build the first and the first empty ones, those with something of the items, and the last one of all, which
says how many there are.
"""


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
    }
    with connection.cursor() as cursor:
        cursor.execute(SHORTLIST, asked)
        rows = cursor.fetchall()
    stops = {pk: stop for pk, stop, only_last in rows if not only_last}
    return Shortlist(
        bins=bins_among(stops, segregation=segregation),
        stops=stops,
        last=max((stop for _, stop, _ in rows), default=0),
        empties=empties,
    )
