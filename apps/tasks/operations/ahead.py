"""Tasks taken along to where no answer comes: leased together, for longer, and handed back when they were not done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.journal.actor import Actor
from apps.locations.models import Location, Warehouse
from apps.tasks.errors import NoTask
from apps.tasks.models import TaskPolicy, WarehouseTask
from apps.tasks.operations.claim import assign, lock_in_turn, release_all
from apps.tasks.queries.ahead import free_ahead, in_hand, stands_at
from apps.tasks.states import TaskKind, TaskState

LEASABLE = (TaskKind.PUTAWAY, TaskKind.REPLENISH, TaskKind.PICK, TaskKind.COUNT, TaskKind.SEND_BACK)
"""What is found in a count and not known out of reach is taken along as it was scanned."""
MOST_AHEAD = 50
"""More than a worker does before they are heard of again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """The tasks in the order in which they are walked from where the worker is, and until when they are theirs."""

    warehouse: Warehouse
    tasks: Sequence[WarehouseTask]
    leased_at: datetime
    lease_until: datetime


def lease_bundle(
    *,
    warehouse_code: str,
    most: int,
    by: Actor,
    at: datetime,
    kinds: Iterable[TaskKind] = LEASABLE,
    place_id: int | None = None,
    equipment_id: int | None = None,
) -> Leased:
    """What the worker has in hand already, and the next best tasks until there are `most`, theirs for longer.

    The lease is the site's `TaskPolicy.offline_minutes`. Tasks of a pick round are taken along when the round is the
    worker's, and all of them. Raises `NoTask` when there is nothing to take.
    """
    site = Warehouse.objects.for_user(by.user).filter(code=warehouse_code).first()
    if site is None:
        raise NoTask(warehouse=warehouse_code)
    policy = TaskPolicy.objects.of(site.pk)
    asked = set(kinds)
    wanted = [kind for kind in LEASABLE if kind in asked]
    place = Location.objects.select_related("zone").get(pk=place_id) if place_id is not None else None
    here = stands_at(site, worker=by.user, at=at, place=place)
    own = WarehouseTask.objects.lock(in_hand(site, worker=by.user, kinds=wanted))
    tasks = [task for task in own if task.state == TaskState.ASSIGNED and task.assigned_to_id == by.user.pk]
    lacking = most - len(tasks)
    if lacking > 0:
        found = free_ahead(
            policy=policy, kinds=wanted, worker=by.user, at=at, here=here, equipment_id=equipment_id, most=lacking
        )
        tasks += lock_in_turn(found, at, most=lacking)
    if not tasks:
        raise NoTask(warehouse=warehouse_code)
    until = at + timedelta(minutes=policy.offline_minutes)
    taken = [assign(task, by.user, by, at, until=until) for task in tasks]
    walked = sorted(
        taken,
        key=lambda task: (not task.bundle, task.bundle, task.start < here, task.start, task.sequence, task.pk),
    )
    return Leased(warehouse=site, tasks=walked, leased_at=at, lease_until=until)


def hand_back_leased(*, task_ids: Iterable[int], by: Actor, at: datetime) -> list[WarehouseTask]:
    """Those of these tasks that are still in the worker's hands go back to the queue; what is done stays done.

    Tasks of a pick round stay with whoever has the round: it is handed back as a whole.
    """
    del at
    mine = [
        task
        for task in WarehouseTask.objects.lock(task_ids)
        if task.state == TaskState.ASSIGNED and task.assigned_to_id == by.user.pk and not task.bundle
    ]
    release_all(mine)
    return mine
