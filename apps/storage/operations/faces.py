"""Dynamic pick faces: a free place of a pool is given to an item that is waited for, and is taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from apps.catalog.models import Item
from apps.core.decimals import plain
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.operations import candidates
from apps.ledger.states import StockStatus
from apps.locations.choices import LocationKind
from apps.locations.models import Warehouse
from apps.storage.models import FacePool, PickFace
from apps.storage.queries import (
    At,
    bins_among,
    demand_for,
    free_places,
    guide_for,
    in_areas,
    items_without_face,
    load_of,
    pallets_of,
    promised_to_faces,
    segregation_for,
)
from apps.storage.rules import NOTHING, Bin, Load, Reserve, fill, fill_up


def assign_faces(warehouse: Warehouse, *, short: Mapping[At, Decimal], by: Actor, at: datetime) -> list[PickFace]:
    """Give free places of the pools to items that are waited for and have no face, the nearest on the walk first.

    What was released comes first, then what is owed most. A place is given only to what it may hold, by the hard
    rules and the warehouse's own, and when the reserve has something to bring. The warehouse is locked by whoever
    calls.
    """
    places = free_places(warehouse_id=warehouse.pk)
    wanted = items_without_face(warehouse_id=warehouse.pk, short=short) if places else set()
    demand = demand_for(wanted, warehouse_id=warehouse.pk, short=short) if wanted else {}
    if not demand:
        return []
    items = Item.objects.select_related("storage_condition").in_bulk(demand)
    apart = segregation_for((item.hazards for item in items.values()), warehouse_id=warehouse.pk, at=at)
    found = sorted(bins_among(places, segregation=apart), key=lambda bin_: (bin_.walk, bin_.code))
    pools = FacePool.objects.in_use().filter(zone__warehouse=warehouse).in_bulk(field_name="zone_id")
    reserves = reserves_of(demand, warehouse_id=warehouse.pk)
    loads = [load_of(item, lot_id=None, status=StockStatus.AVAILABLE, quantity=NOTHING) for item in items.values()]
    sources = {each.location_id for of_item in reserves.values() for each in of_item}
    free = in_areas([bin_ for bin_ in found if not bin_.contents], loads, at=at, sources=sources)
    bins = {bin_.location_id: bin_ for bin_ in free}
    guide = guide_for(demand, warehouse_id=warehouse.pk)
    pallets = pallets_of(demand)
    given = []
    for pk in sorted(demand, key=lambda pk: (demand[pk].turn, -demand[pk].total, items[pk].number)):
        load = guide(load_of(items[pk], lot_id=None, status=StockStatus.AVAILABLE, quantity=NOTHING))
        bands = {zone: pool.band_for(items[pk], pallets.get(pk)) for zone, pool in pools.items()}
        face = _first_fit(load, items[pk], bins, bands, reserves.get(pk, ()), warehouse, at)
        if face is None:
            continue
        place = bins.pop(face.location_id)
        face.save()
        given.append(face)
        record(
            "assigned",
            kind="location",
            number=place.code,
            by=by,
            at=at,
            warehouse_code=warehouse.code,
            item=items[pk].number,
            minimum=plain(face.minimum),
            maximum=plain(face.maximum),
            waited_for=plain(demand[pk].total),
        )
    return given


def take_back_faces(warehouse: Warehouse, *, short: Mapping[At, Decimal], by: Actor, at: datetime) -> int:
    """Take back the dynamic faces that were empty and not needed for as long as their pool says; how many.

    Not needed: nothing stands there or is on its way, and nobody waits for the item. Where a pool was given up its
    faces go as soon as that is so. The warehouse is locked by whoever calls.
    """
    rows = PickFace.objects.dynamic().filter(location__warehouse=warehouse).select_related("item", "location")
    faces = list(rows.order_by("pk"))
    if not faces:
        return 0
    demand = demand_for({face.item_id for face in faces}, warehouse_id=warehouse.pk, short=short)
    busy = {bin_.location_id for bin_ in bins_among({face.location_id for face in faces}) if bin_.contents}
    pools = FacePool.objects.in_use().filter(zone__warehouse=warehouse)
    days = dict(pools.values_list("zone", "idle_days"))
    needed, idle, taken = [], [], 0
    for face in faces:
        if face.location_id in busy or face.item_id in demand:
            needed.append(face.pk)
        elif at - (face.idle_since or at) >= timedelta(days=days.get(face.location.zone_id or 0, 0)):
            face.delete()
            taken += 1
            record(
                "taken back",
                kind="location",
                number=face.location.code,
                by=by,
                at=at,
                warehouse_code=warehouse.code,
                item=face.item.number,
            )
        else:
            idle.append(face.pk)
    PickFace.objects.filter(pk__in=needed).exclude(idle_since=None).update(idle_since=None)
    PickFace.objects.filter(pk__in=idle, idle_since=None).update(idle_since=at)
    return taken


def reserves_of(item_ids: Collection[int], *, warehouse_id: int) -> dict[int, list[Reserve]]:
    """What the reserve has of each item, our own goods only, less what replenishments take already; it stays locked."""
    taken = promised_to_faces(warehouse_id=warehouse_id)
    reserves: dict[int, list[Reserve]] = {}
    for each in candidates(warehouse_id=warehouse_id, item_ids=item_ids):
        if each.location_kind != LocationKind.STORAGE or each.owner_id is not None:
            continue
        gone = taken.get((each.item_id, each.lot_id, each.serial_id, each.unit_id, each.location_id), NOTHING)
        reserves.setdefault(each.item_id, []).append(
            Reserve(
                location_id=each.location_id,
                code=each.location_code,
                free=each.free - gone,
                walk=each.pick_sequence,
                lot_id=each.lot_id,
                lot=each.lot_number or "",
                serial_id=each.serial_id,
                unit_id=each.unit_id,
                expires_on=each.expires_on,
                first_in=each.lot_created_at,
            )
        )
    return reserves


def _first_fit(
    load: Load,
    item: Item,
    bins: dict[int, Bin],
    bands: Mapping[int, tuple[Decimal, Decimal] | None],
    reserves: Collection[Reserve],
    warehouse: Warehouse,
    at: datetime,
) -> PickFace | None:
    """The first of the free places that may hold the item and to which something of it can be brought; not yet kept."""
    for place, bin_ in bins.items():
        band = bands.get(bin_.zone_id or 0)
        if band is None:
            continue
        minimum, maximum = band
        own = replace(bin_, faces={item.pk: maximum})
        steps = fill_up(load, own, reserves, today=warehouse.local_date(at))
        if steps:
            for reserve, quantity in steps:
                fill(bins, place, replace(load, lot_id=reserve.lot_id, source_id=reserve.location_id), quantity)
            return PickFace(
                item=item, location_id=place, minimum=minimum, maximum=maximum, is_dynamic=True, assigned_at=at
            )
    return None
