"""What a worker takes along: which tasks, and all that their device must know to do them without an answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.ledger.models import HandlingUnit
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.tasks.models import TaskPolicy, WarehouseTask
from apps.tasks.queries.nearness import FREE, RECENTLY
from apps.tasks.states import TaskKind, TaskState

WIDER = 4
"""So many times as many are looked at as are taken: those about as urgent are walked in order, and some are taken."""
PICKED_INTO = (LocationKind.TOTE, LocationKind.STAGING, LocationKind.PACK)
MOST_TOTES = 500

AHEAD = f"""
select task.id, task.urgency, task.start, task.sequence from tasks_warehousetask task
where {FREE} order by task.urgency desc, task.sequence, task.id limit %(most)s
"""  # noqa: S608 - put together of constants


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What the tasks speak of, each once: goods with their codes, places, handling units, and what is picked into."""

    items: Sequence[Item]
    places: Sequence[Location]
    units: Sequence[HandlingUnit]
    totes: Sequence[str]


def in_hand(site: Warehouse, *, worker: User, kinds: Collection[TaskKind]) -> list[int]:
    """The tasks of these kinds that the worker has there, even if their lease has run out; by id."""
    rows = WarehouseTask.objects.filter(
        warehouse=site, kind__in=kinds, state=TaskState.ASSIGNED, assigned_to=worker
    ).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def stands_at(site: Warehouse, *, worker: User, at: datetime, place: Location | None) -> int:
    """Where on the walk the worker is: at this place, else where their last task ended; at its begin if not known."""
    if place is not None:
        return place.walking_place
    last = (
        WarehouseTask.objects.filter(done_by=worker, state=TaskState.DONE, done_at__gt=at - RECENTLY, warehouse=site)
        .select_related("source__zone", "target__zone")
        .order_by("-done_at")
        .first()
    )
    if last is None:
        return 0
    # Picked goods go along in the tote, so a picker is still at the bin.
    there = last.source if last.kind == TaskKind.PICK or last.target is None else last.target
    return there.walking_place


def free_ahead(
    *,
    policy: TaskPolicy,
    kinds: Collection[TaskKind],
    worker: User,
    at: datetime,
    here: int,
    most: int,
    equipment_id: int | None = None,
) -> list[int]:
    """The free tasks that this worker could do next, by id; more than are taken, for when others take some of them.

    First those that are about as urgent as the most urgent one (`TaskPolicy.near_within`), as they are passed from
    `here` on, round and back to it; then the others, the most urgent first.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            AHEAD,
            {
                "site": policy.warehouse_id,
                "kinds": [kind.value for kind in kinds],
                "worker": worker.pk,
                "at": at,
                "equipment": equipment_id,
                "most": most * WIDER,
            },
        )
        rows: list[tuple[int, int, int, int]] = cursor.fetchall()
    if not rows:
        return []
    pressing = rows[0][1] - policy.near_within
    near = sorted((start < here, start, sequence, pk) for pk, urgency, start, sequence in rows if urgency >= pressing)
    rest = [pk for pk, urgency, *_ in rows if urgency < pressing]
    return [*(pk for *_, pk in near), *rest]


def carried_with(tasks: Sequence[WarehouseTask], site: Warehouse) -> Carried:
    """What a device must know to verify scans for these tasks by itself."""
    places = {pk for task in tasks for pk in (task.source_id, task.target_id) if pk is not None}
    units = {task.unit_id for task in tasks if task.unit_id is not None}
    items: Any = Item.objects.filter(pk__in={task.item_id for task in tasks if task.item_id is not None})
    return Carried(
        items=list(items.select_related("unit").prefetch_related("packagings__unit", "barcodes").order_by("number")),
        places=list(Location.objects.filter(pk__in=places).select_related("zone", "aisle").order_by("code")),
        units=list(HandlingUnit.objects.filter(pk__in=units).prefetch_related("labels").order_by("number")),
        totes=list(
            Location.objects.filter(warehouse=site, kind__in=PICKED_INTO, is_active=True)
            .order_by("code")
            .values_list("code", flat=True)[:MOST_TOTES]
        ),
    )
