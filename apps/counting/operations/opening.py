"""Counts are asked for: of a place, of an item wherever it stands, of a unit, of whether a place is empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed, NotFound
from apps.counting.errors import CountUnderWay, NotCountable
from apps.counting.models import COUNT_NUMBERS, CountDay, CycleCount, Inventory
from apps.counting.states import CountScope
from apps.journal.actor import Actor
from apps.journal.operations import enqueue_all
from apps.ledger.models import HandlingUnit, StockBalance
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import NewTask, make_tasks
from apps.tasks.states import TaskKind

MAY_DECIDE = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
ONE_PLACE = Decimal(1)
USUAL, PRESSING = 50, 60
"""Priorities: what somebody saw is looked at before what is merely due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCount:
    """A count that is to be opened at a locked place; the program and its worth when the plan wants it."""

    location: Location
    scope: CountScope = CountScope.PLACE
    item_id: int | None = None
    unit_id: int | None = None
    program_id: int | None = None
    worth: float | None = None
    not_for_id: int | None = None
    priority: int = USUAL


def open_count(*, location_id: int, by: Actor, at: datetime, scope: CountScope = CountScope.PLACE) -> CycleCount:
    """Ask for a location to be counted, or looked at whether it is empty: a task for whoever comes by, and a sheet.

    Raises `NotAllowed`, `NotCountable`, `CountUnderWay`.
    """
    check_may_decide(by, "ask for counts")
    location = _countable(location_id)
    return open_all([NewCount(location=location, scope=scope)], by=by, at=at)[0]


def open_item_counts(*, warehouse_id: int, item_id: int, by: Actor, at: datetime) -> list[CycleCount]:
    """Ask for an item to be counted in every place of the warehouse where the book has it; one count a place.

    A place that is being counted already is passed over: that count covers the item. Raises `NotAllowed`, and
    `NotFound` when it stands nowhere.
    """
    check_may_decide(by, "ask for counts")
    rows = StockBalance.objects.standing().filter(warehouse=warehouse_id, item=item_id)
    places = Location.objects.select_related("zone").lock(set(rows.values_list("location", flat=True)))
    if not places:
        raise NotFound(kind="stock of the item", number=str(item_id))
    taken = _under_way(places)
    return open_all(
        [NewCount(location=place, scope=CountScope.ITEM, item_id=item_id) for place in places if place.pk not in taken],
        by=by,
        at=at,
    )


def open_unit_count(*, unit_id: int, by: Actor, at: datetime) -> CycleCount:
    """Ask for what stands on a handling unit to be counted, where the unit is.

    Raises `NotAllowed`, `NotCountable` when it stands nowhere, `CountUnderWay`.
    """
    check_may_decide(by, "ask for counts")
    unit = HandlingUnit.objects.get(pk=unit_id)
    if unit.location_id is None:
        raise NotCountable(location=unit.number)
    location = _countable(unit.location_id)
    return open_all([NewCount(location=location, scope=CountScope.UNIT, unit_id=unit.pk)], by=by, at=at)[0]


def opened(location: Location, *, by: Actor, at: datetime) -> CycleCount:
    """The count of a locked location that is in no other, with its task and its sheet."""
    return open_all([NewCount(location=location)], by=by, at=at)[0]


def open_all(
    new: Sequence[NewCount],
    *,
    by: Actor,
    at: datetime,
    day: CountDay | None = None,
    inventory: Inventory | None = None,
) -> list[CycleCount]:
    """Counts of locked locations of one warehouse that are in no other; in few statements, however many."""
    if not new:
        return []
    numbers = COUNT_NUMBERS.next_many(len(new))
    warehouse_id = new[0].location.warehouse_id
    tasks = make_tasks(
        [_task(each, number) for each, number in zip(new, numbers, strict=True)], warehouse_id=warehouse_id, at=at
    )
    counts = CycleCount.objects.bulk_create(
        [
            CycleCount(
                number=number,
                created_at=at,
                warehouse_id=warehouse_id,
                location=each.location,
                scope=each.scope,
                item_id=each.item_id,
                unit_id=each.unit_id,
                task=task,
                asked_by=by.user,
                day=day,
                inventory=inventory,
                program_id=each.program_id,
                worth=each.worth,
            )
            for each, number, task in zip(new, numbers, tasks, strict=True)
        ]
    )
    if inventory is None:  # whose sheets are printed together
        enqueue_all(
            "counting.print_count_sheet",
            arguments=[{"count": number, "user_id": by.user.pk} for number in numbers],
            at=at,
        )
    return counts


def task_to_count(count: CycleCount, at: datetime, *, not_for_id: int | None) -> WarehouseTask:
    """Another task of the same count."""
    new = NewCount(
        location=count.location,
        scope=CountScope(count.scope),
        item_id=count.item_id,
        unit_id=count.unit_id,
        not_for_id=not_for_id,
        priority=PRESSING,
    )
    (task,) = make_tasks([_task(new, count.number)], warehouse_id=count.warehouse_id, at=at)
    return task


def _task(new: NewCount, number: str) -> NewTask:
    return NewTask(
        kind=TaskKind.COUNT,
        document=number,
        quantity=ONE_PLACE,
        source_id=new.location.pk,
        item_id=new.item_id,
        unit_id=new.unit_id,
        sequence=new.location.walking_place,
        not_for_id=new.not_for_id,
        priority=new.priority,
    )


def _countable(location_id: int) -> Location:
    location = Location.objects.lock_one(location_id)
    # What is on the road is received or explained by its transfer; nobody stands there to count it.
    if location.is_virtual or location.kind == LocationKind.TRANSIT:
        raise NotCountable(location=location.code)
    for other in CycleCount.objects.under_way().filter(location=location):
        raise CountUnderWay(location=location.code, count=other.number)
    return location


def _under_way(places: Sequence[Location]) -> set[int]:
    rows = CycleCount.objects.under_way().filter(location__among=[place.pk for place in places])
    return set(rows.values_list("location", flat=True))


def check_may_decide(by: Actor, act: str) -> None:
    """Raises `NotAllowed`."""
    if not by.user.has_role(*MAY_DECIDE):
        raise NotAllowed(who=by.user.get_username(), act=act)
