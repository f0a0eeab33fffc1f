"""Who does what next: the best task for a worker where they stand, leased to them until it is done or given back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import F, Func, IntegerField, Value

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core.errors import NotAllowed, NotFound
from apps.core.prepared import Prepared, write_fields
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Warehouse, WarehouseAccess
from apps.tasks.errors import (
    CertificateLapsed,
    EquipmentOutOfService,
    NoTask,
    NotQualified,
    PlaceOutOfService,
    TaskBundled,
    TaskNotYours,
    TaskStale,
    TaskTaken,
    WorkerElsewhere,
)
from apps.tasks.models import TaskPolicy, TaskQuerySet, WarehouseTask
from apps.tasks.queries.nearness import Best, next_best, next_on_walk
from apps.tasks.states import TASK_FLOW, TaskKind, TaskState
from apps.workplace.queries import all_out_of_service, closed_among, holds_certificate

MAY_GIVE = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
"""Who may say that a certain worker does a task."""
MANY = 200
"""More than there are workers at one spot."""


def claim_next_task(
    *,
    warehouse_code: str,
    by: Actor,
    at: datetime,
    kinds: Iterable[TaskKind] = tuple(TaskKind),
    place_id: int | None = None,
    equipment_id: int | None = None,
) -> WarehouseTask:
    """The worker's own task again, else the best one free, leased to them. Raises `NoTask`.

    The best is the most urgent for which the worker has the skill and the equipment; of those that are about as
    urgent (`TaskPolicy.near_within`) the nearest to `place_id`, or to where their last task ended. `equipment_id`
    names what they drive now: tasks for other equipment are left. Tasks that another worker is claiming at this
    moment are skipped, so that two workers never wait for each other.
    """
    try:
        site = Warehouse.objects.by_number(warehouse_code, by.user)
    except NotFound:
        raise NoTask(warehouse=warehouse_code) from None
    task = claim_best(warehouse_id=site.pk, kinds=kinds, place_id=place_id, equipment_id=equipment_id, by=by, at=at)
    if task is None:
        raise NoTask(warehouse=warehouse_code)
    return task


def claim_best(
    *,
    warehouse_id: int,
    by: Actor,
    at: datetime,
    kinds: Iterable[TaskKind] = tuple(TaskKind),
    place_id: int | None = None,
    equipment_id: int | None = None,
    after: WarehouseTask | None = None,
) -> WarehouseTask | None:
    """As `claim_next_task`, for a worker who is known to work there; None when there is no task.

    `after` is the task there that they have done just now, if known: after a pick a walk goes on. The task is read
    with all that it names: whoever claims it is told that.
    """
    # By the warehouse's id: the queue's indexes begin with it.
    asked: dict[str, Any] = {
        "warehouse_id": warehouse_id,
        "kinds": list(kinds),
        "worker": by.user,
        "at": at,
        "equipment_id": equipment_id,
    }
    best = partial(next_best, place_id=place_id, **asked)
    found = None
    if after is not None and after.kind == TaskKind.PICK and TaskKind.PICK in asked["kinds"]:
        found = next_on_walk(sequence=after.sequence, **asked)
    found = found or best()
    task = _lock_first(found, at)
    if task is None and (found.own is not None or found.free):
        # Others are claiming all of the best at this moment, or their own was ended: any of many more will do.
        task = _lock_first(best(few=MANY), at)
    return None if task is None else assign(task, by.user, by, at, until=at + found.lease)


def _lock_first(found: Best, at: datetime) -> WarehouseTask | None:
    """The worker's own, else the first of these that nobody is claiming, locked."""
    if found.own is not None:
        own = WarehouseTask.objects.with_names().lock([found.own])
        return next((task for task in own if task.state == TaskState.ASSIGNED), None)
    if not found.free:
        return None
    # Mostly nobody is claiming the very best of them at this moment.
    best = _CLAIMABLE.first(found.free[0], at)
    if best is not None:
        return best
    return next(iter(lock_in_turn(found.free, at, most=1)), None)


_CLAIMABLE = Prepared(
    lambda pk, at: (
        WarehouseTask.objects.claimable(at)
        .with_names()
        .filter(pk=pk)
        .order_by()
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
    ),
    int,
    datetime,
)


def lock_in_turn(task_ids: Sequence[int], at: datetime, *, most: int) -> list[WarehouseTask]:
    """The first of these that are free, locked; one that somebody is claiming at this moment is passed over."""
    turn = Func(Value(list(task_ids)), F("pk"), function="array_position", output_field=IntegerField())
    tasks = WarehouseTask.objects.claimable(at).with_names().filter(pk__in=task_ids).order_by(turn)
    return list(tasks.select_for_update(of=("self",), no_key=True, skip_locked=True)[:most])


def lock_unclaimed(tasks: TaskQuerySet) -> list[WarehouseTask]:
    """Those of the tasks that are in nobody's hands, locked; one that somebody is claiming at this moment is left out.

    It waits for nobody, so a plan may ask it while it holds what comes after tasks.
    """
    return tasks.filter(state=TaskState.READY).lock_free()


def claim_bundle(task_ids: Iterable[int], *, by: Actor, at: datetime) -> list[WarehouseTask]:
    """Lease all open ones of these tasks to the worker, or none.

    Raises `TaskTaken`, `TaskNotYours`, `PlaceOutOfService`, and as `check_qualified` does.
    """
    tasks = [task for task in WarehouseTask.objects.lock(task_ids) if not TASK_FLOW.is_final(task.state)]
    for task in tasks:
        _check_claimable(task, by.user, at)
    _check_in_service(tasks)
    policy = TaskPolicy.objects.of(tasks[0].warehouse_id) if tasks else None
    return [_assign(task, by.user, by, at, policy) for task in tasks]


def renew_bundle(bundle: str, *, by: Actor, at: datetime) -> None:
    """Whoever works on a bundle keeps all of it: leases that are half over begin anew."""
    tasks = WarehouseTask.objects.filter(bundle=bundle, state=TaskState.ASSIGNED, assigned_to=by.user)
    first = tasks.first()
    if first is None:
        return
    lease = _lease(TaskPolicy.objects.of(first.warehouse_id))
    tasks.filter(lease_until__lt=at + lease / 2).update(lease_until=at + lease)


def hand_back_bundle(task_ids: Iterable[int]) -> list[WarehouseTask]:
    """Put what is open of these tasks back, in nobody's hands, in one update; they stay a bundle."""
    open_tasks = [task for task in WarehouseTask.objects.lock(task_ids) if task.state == TaskState.ASSIGNED]
    release_all(open_tasks)
    return open_tasks


def release_all(tasks: Sequence[WarehouseTask]) -> None:
    """Put locked tasks back into the queue, in nobody's hands, in one update."""
    nobody = {"assigned_to": None, "device": None, "lease_until": None, "started_at": None}
    WarehouseTask.advance_all(tasks, TaskState.READY, version=F("version") + 1, **nobody)


def claim_task(*, task_id: int, by: Actor, at: datetime) -> WarehouseTask:
    """Lease a certain task to the worker.

    Raises `TaskTaken` while another holds it, `TaskBundled`, `TaskNotYours`, `PlaceOutOfService`, and as
    `check_qualified` does.
    """
    task = WarehouseTask.objects.lock_one(task_id)
    _check_single(task, by.user)
    _check_claimable(task, by.user, at)
    _check_in_service([task])
    return _assign(task, by.user, by, at)


def give_task(*, task_id: int, worker_id: int, by: Actor, at: datetime) -> WarehouseTask:
    """A supervisor has a certain worker do a task. Raises `NotAllowed`, `WorkerElsewhere`, and as claiming does."""
    if not by.user.has_role(*MAY_GIVE):
        raise NotAllowed(who=by.user.get_username(), act="give tasks to workers")
    task = WarehouseTask.objects.lock_one(task_id)
    worker = User.objects.get(pk=worker_id)
    at_site = WarehouseAccess.objects.filter(user=worker, warehouse=task.warehouse_id).exists()
    if not (worker.is_active and at_site):
        raise WorkerElsewhere(worker=worker.get_username(), warehouse=task.warehouse.code)
    _check_single(task, worker)
    _check_claimable(task, worker, at)
    _check_in_service([task])
    record(
        "give",
        kind="task",
        number=task.number,
        by=by,
        at=at,
        warehouse_code=task.warehouse.code,
        worker=worker.get_username(),
    )
    return _assign(task, worker, by, at)


def hand_back_task(*, task_id: int, by: Actor, at: datetime) -> WarehouseTask:
    """Put a claimed task back into the queue."""
    task = WarehouseTask.objects.lock_one(task_id)
    if task.assigned_to_id != by.user.pk:
        check_free(task, at)
    task.assigned_to, task.device, task.lease_until, task.started_at = None, None, None, None
    task.version += 1
    return task.advance(TaskState.READY, "assigned_to", "device", "lease_until", "started_at", "version")


def renew_lease(*, task_id: int, by: Actor, at: datetime) -> WarehouseTask:
    """The worker gives a sign that they are at it: the task stays theirs for another lease.

    Raises `TaskStale` when it is done, cancelled, back in the queue or in other hands.
    """
    task = WarehouseTask.objects.lock_one(task_id)
    if task.state != TaskState.ASSIGNED or task.assigned_to_id != by.user.pk:
        raise TaskStale(task=task.number, seen=task.version, version=task.version, state=task.state)
    return _assign(task, by.user, by, at)


def _check_single(task: WarehouseTask, worker: User) -> None:
    if task.bundle and task.assigned_to_id != worker.pk:
        raise TaskBundled(task=task.number, bundle=task.bundle)


def _check_claimable(task: WarehouseTask, worker: User, at: datetime) -> None:
    if task.not_for_id == worker.pk:
        raise TaskNotYours(task=task.number, worker=worker.get_username())
    if task.state == TaskState.ASSIGNED and task.assigned_to_id != worker.pk:
        check_free(task, at)
    if TASK_FLOW.is_final(task.state):
        raise TaskStale(task=task.number, seen=task.version, version=task.version, state=task.state)
    check_qualified(task, worker, at)


def _assign(
    task: WarehouseTask, worker: User, by: Actor, at: datetime, policy: TaskPolicy | None = None
) -> WarehouseTask:
    policy = policy or TaskPolicy.objects.of(task.warehouse_id)
    return assign(task, worker, by, at, until=at + _lease(policy))


def assign(task: WarehouseTask, worker: User, by: Actor, at: datetime, *, until: datetime) -> WarehouseTask:
    """Put a locked task into a worker's hands; a lease that they have is never made shorter."""
    renewed = task.state == TaskState.ASSIGNED and task.assigned_to_id == worker.pk
    task.device = by.device if worker == by.user else None
    if renewed and task.lease_until is not None:
        until = max(until, task.lease_until)
    task.assigned_to, task.lease_until = worker, until
    if renewed:
        write_fields(task, ("device", "lease_until"))
        return task
    task.version += 1
    task.started_at = at
    changed = ("assigned_to", "device", "lease_until", "started_at", "version")
    if task.state == TaskState.ASSIGNED:  # another's lease ran out: the task changes hands
        task.save(update_fields=changed)
        return task
    return task.advance(TaskState.ASSIGNED, *changed)


def _lease(policy: TaskPolicy) -> timedelta:
    return timedelta(minutes=policy.lease_minutes)


def check_free(task: WarehouseTask, at: datetime) -> None:
    """Refuse to touch a task in another's hands while their lease lasts. Raises `TaskTaken`."""
    if task.assigned_to is not None and task.lease_until is not None and task.lease_until > at:
        raise TaskTaken(task=task.number, worker=task.assigned_to.get_username())


def check_qualified(task: WarehouseTask, worker: User, at: datetime) -> None:
    """Refuse whoever may not do the task, or not with what it needs.

    Raises `NotQualified` without the skill or the equipment, `CertificateLapsed` without a certificate in force,
    `EquipmentOutOfService`. A task that needs neither is not asked about; nor is a certificate where none is needed.
    """
    for needed in (task.skill, task.equipment):
        if needed is None:
            continue
        if not needed.workers.filter(pk=worker.pk).exists():
            raise NotQualified(task=task.number, worker=worker.get_username(), needs=needed.name)
        if needed.certificate_id is not None and not holds_certificate(
            person_id=worker.pk, kind_id=needed.certificate_id, warehouse_id=task.warehouse_id, at=at
        ):
            raise CertificateLapsed(task=task.number, worker=worker.get_username(), needs=str(needed.certificate))
    equipment = task.equipment
    if equipment is None or equipment.asset_kind_id is None:
        return
    if all_out_of_service(asset_kind_id=equipment.asset_kind_id, warehouse_id=task.warehouse_id):
        raise EquipmentOutOfService(task=task.number, equipment=equipment.name)


def _check_in_service(tasks: Sequence[WarehouseTask]) -> None:
    """Refuse to send anybody to a place that is out of service; one statement, however many tasks."""
    closed = closed_among({pk for task in tasks for pk in (task.source_id, task.target_id) if pk is not None})
    for task in tasks if closed else ():
        for place in (task.source, task.target):
            if place is not None and place.pk in closed:
                raise PlaceOutOfService(task=task.number, location=place.code, action=closed[place.pk])
