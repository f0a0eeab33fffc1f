"""A full inventory: every place of a zone is counted once, with or without a stop of its traffic."""

from __future__ import annotations

from datetime import datetime

from apps.counting.errors import InventoryNotDone, ZoneBeingCounted
from apps.counting.models import INVENTORY_NUMBERS, CycleCount, Inventory
from apps.counting.operations.opening import NewCount, check_may_decide, open_all
from apps.counting.states import UNDER_WAY, CountState, InventoryState
from apps.journal.actor import Actor
from apps.journal.operations import enqueue, record
from apps.locations.choices import VIRTUAL, LocationKind
from apps.locations.models import Location, Zone
from apps.tasks.operations import cancel_tasks
from apps.workplace.operations import freeze_closed

NOT_COUNTED = (*VIRTUAL, LocationKind.TRANSIT)


def start_inventory(*, zone_id: int, by: Actor, at: datetime, freeze: bool = False) -> Inventory:
    """Ask for every place of a zone in use to be counted; those that are being counted already stay as they are.

    Frozen, its places neither give nor take goods until the inventory is closed; the ledger refuses it. What is under
    way at the moment of the freeze is still posted: the book is taken when each thing is seen. Raises `NotAllowed`,
    `ZoneBeingCounted`.
    """
    check_may_decide(by, "start inventories")
    zone = Zone.objects.lock([zone_id])[0]
    for other in Inventory.objects.filter(zone=zone, state=InventoryState.COUNTING):
        raise ZoneBeingCounted(zone=zone.code, inventory=other.number)
    inventory = Inventory.objects.create(
        number=INVENTORY_NUMBERS.next(),
        created_at=at,
        warehouse_id=zone.warehouse_id,
        zone=zone,
        freezes=freeze,
        asked_by=by.user,
    )
    places = Location.objects.select_related("zone").filter(zone=zone, is_active=True)
    locked = places.exclude(kind__in=NOT_COUNTED).lock()
    if freeze:
        Location.objects.filter(pk__in=[place.pk for place in locked]).update(frozen_for=inventory.number)
    taken = set(CycleCount.objects.under_way().filter(location__zone=zone).values_list("location", flat=True))
    open_all([NewCount(location=place) for place in locked if place.pk not in taken], by=by, at=at, inventory=inventory)
    enqueue("counting.print_inventory_sheets", at=at, inventory=inventory.number, user_id=by.user.pk)
    _note("start", inventory, by, at, freezes=freeze)
    return inventory


def close_inventory(*, inventory_id: int, by: Actor, at: datetime) -> Inventory:
    """End it when all its counts are decided; what was frozen moves again. Raises `NotAllowed`, `InventoryNotDone`."""
    inventory = _locked(inventory_id, by, "close inventories")
    inventory.must_allow(InventoryState.CLOSED)
    waiting = inventory.counts.filter(state__in=UNDER_WAY).count()
    if waiting:
        raise InventoryNotDone(inventory=inventory.number, open=waiting)
    return _end(inventory, InventoryState.CLOSED, by, at)


def cancel_inventory(*, inventory_id: int, reason: str, by: Actor, at: datetime) -> Inventory:
    """Give it up: counts that are not decided leave the queue, decided ones stay. Raises `NotAllowed`."""
    inventory = _locked(inventory_id, by, "cancel inventories")
    inventory.must_allow(InventoryState.CANCELLED)
    counts = CycleCount.objects.filter(inventory=inventory).under_way().lock()
    cancel_tasks([count.task_id for count in counts])
    CycleCount.advance_all(counts, CountState.CANCELLED, decided_at=at, reason=reason)
    return _end(inventory, InventoryState.CANCELLED, by, at, reason=reason)


def _locked(inventory_id: int, by: Actor, act: str) -> Inventory:
    check_may_decide(by, act)
    return Inventory.objects.lock_one(inventory_id)


def _end(inventory: Inventory, state: InventoryState, by: Actor, at: datetime, **more: str) -> Inventory:
    frozen = Location.objects.filter(warehouse=inventory.warehouse_id, frozen_for=inventory.number)
    places = Location.objects.hold(frozen.values_list("pk", flat=True))
    frozen.update(frozen_for="")
    freeze_closed(places)
    inventory.ended_by, inventory.ended_at = by.user, at
    inventory.advance(state, "ended_by", "ended_at")
    _note(state.value, inventory, by, at, **more)
    return inventory


def _note(verb: str, inventory: Inventory, by: Actor, at: datetime, **more: object) -> None:
    record(
        verb,
        kind="inventory",
        number=inventory.number,
        by=by,
        at=at,
        warehouse_code=inventory.warehouse.code,
        zone=inventory.zone.code,
        **more,
    )
