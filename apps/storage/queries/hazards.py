"""The dangerous goods that places are near to."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from apps.locations.choices import LocationKind
from apps.storage.queries.coming import on_the_way
from apps.storage.rules import Dangers, Spot

STORED_AT = (LocationKind.STORAGE, LocationKind.PICK_FACE, LocationKind.STAGING, LocationKind.QUARANTINE)
"""Where goods stay long enough that it matters what else is in the building."""

IN_ITS_AREA = """
left join storage_areaplace own on own.location_id = place.id
left join storage_areazone zoned on zoned.zone_id = place.zone_id
left join storage_controlarea area on area.id = coalesce(own.area_id, zoned.area_id)
"""
"""The control area of a place, which says in which fire area it is."""

DANGERS = f"""
with recursive around as (
    select id from locations_location
    where warehouse_id in (select warehouse_id from locations_location where id = any(%(places)s))
), {on_the_way("target_id in (select id from around) and id <> %(without)s").strip()}
select distinct place.id, place.kind, place.zone_id, place.aisle_id, place.bay, place.x_mm, place.y_mm, place.z_mm,
    area.fire_area, held.hazards
from (
    select b.location_id place, item.hazards
    from catalog_item item join ledger_stockbalance b on b.item_id = item.id and b.on_hand > 0
    where item.hazards <> '{{}}'
    union
    select coming.place, item.hazards
    from coming join catalog_item item on item.id = coming.item_id and item.hazards <> '{{}}'
) held
join locations_location place on place.id = held.place and place.id in (select id from around)
{IN_ITS_AREA}
where place.id = any(%(places)s) or place.zone_id is not null or place.kind = any(%(stored)s)
"""  # noqa: S608 - our own words
"""All of the warehouses, since few goods are dangerous and a rule may reach as far as a fire area."""

SAME_FIRE_AREA = f"""
with belongs as (
    select place.id, place.warehouse_id, coalesce(area.fire_area, '') fire_area
    from locations_location place {IN_ITS_AREA}
)
select other.id from belongs other
join belongs one on one.id = %(place)s and one.warehouse_id = other.warehouse_id and one.fire_area = other.fire_area
"""  # noqa: S608 - our own words

NO_DANGERS = Dangers()


def dangers_around(places: Collection[int], *, without_task: int) -> Dangers:
    """The dangerous goods in the warehouses of these places, and what open tasks but that one bring. One query."""
    found = Dangers()
    with connection.cursor() as cursor:
        cursor.execute(DANGERS, {"places": list(places), "without": without_task, "stored": list(STORED_AT)})
        for place, kind, zone, *position, hazards in cursor.fetchall():
            found.add(spot_of(place, kind, zone, *position), tuple(hazards))
    return found


def spot_of(
    place: int,
    kind: str,
    zone: int | None,
    aisle: int | None,
    bay: int | None,
    x_mm: int | None,
    y_mm: int | None,
    z_mm: int | None,
    fire_area: str | None,
) -> Spot:
    """Where a place is; of one without a height the floor is taken."""
    return Spot(
        location_id=place,
        bay=None if aisle is None or bay is None else (aisle, bay),
        zone_id=zone,
        area=(fire_area or "") if kind in STORED_AT else None,
        point=None if x_mm is None or y_mm is None else (x_mm, y_mm, z_mm or 0),
    )


def in_one_fire_area(location_id: int) -> list[int]:
    """The places of a warehouse that are in the fire area of this one. One query."""
    with connection.cursor() as cursor:
        cursor.execute(SAME_FIRE_AREA, {"place": location_id})
        return [row[0] for row in cursor.fetchall()]
