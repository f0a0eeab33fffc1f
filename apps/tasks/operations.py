"""The queue: make tasks, claim the next, hand one back, complete or cancel it.

What a task does to stock is the business of the app that made it; that app's operation calls `complete_task`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from apps.journal.actor import Actor
from apps.tasks.errors import NoTask, TaskBundled, TaskNotYours, TaskStale, TaskTaken
from apps.tasks.models import LEASE, TASK_NUMBERS, TaskQuerySet, WarehouseTask
from apps.tasks.states import TASK_FLOW, TaskKind, TaskState


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """What a worker will be asked to do; quantity in base units."""

    kind: TaskKind
    document: str
    quantity: Decimal
    source_id: int
    item_id: int | None = None
    target_id: int | None = None
    lot_id: int | None = None
    serial_id: int | None = None
    unit_id: int | None = None
    sequence: int = 0
    priority: int = 50
    not_for_id: int | None = None
    """Whose work it checks: another must do it."""


def make_tasks(new: Sequence[NewTask], *, warehouse_id: int, at: datetime) -> list[WarehouseTask]:
    """Put tasks in the queue, ready, in one insert; in the order given."""
    numbers = TASK_NUMBERS.next_many(len(new)) if new else []
    return WarehouseTask.objects.bulk_create(
        [
            WarehouseTask(
                number=number,
                warehouse_id=warehouse_id,
                created_at=at,
                kind=task.kind,
                document=task.document,
                item_id=task.item_id,
                quantity=task.quantity,
                source_id=task.source_id,
                target_id=task.target_id,
                lot_id=task.lot_id,
                serial_id=task.serial_id,
                unit_id=task.unit_id,
                sequence=task.sequence,
                priority=task.priority,
                not_for_id=task.not_for_id,
            )
            for number, task in zip(numbers, new, strict=True)
        ]
    )


def claim_next_task(
    *, warehouse_code: str, by: Actor, at: datetime, kinds: Iterable[TaskKind] = tuple(TaskKind)
) -> WarehouseTask:
    """The worker's own task again, else the next one free, leased to them. Raises `NoTask`.

    Tasks that another worker is claiming at this moment are skipped, so that two workers never wait for each other.
    """
    mine = WarehouseTask.objects.for_user(by.user).filter(
        warehouse__code=warehouse_code, kind__in=list(kinds), state=TaskState.ASSIGNED, assigned_to=by.user
    )
    task = mine.filter(lease_until__gt=at).in_walking_order().first()
    if task is None:
        free = (
            WarehouseTask.objects.for_user(by.user)
            .filter(warehouse__code=warehouse_code, kind__in=list(kinds))
            .claimable_by(by.user, at)
            .in_walking_order()
        )
        task = free.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    if task is None:
        raise NoTask(warehouse=warehouse_code)
    return _assign(task, by, at)


def claim_task(*, task_id: int, by: Actor, at: datetime) -> WarehouseTask:
    """Lease a certain task to the worker. Raises `TaskTaken` while another holds it, `TaskNotYours`, `TaskBundled`."""
    task = WarehouseTask.objects.lock_one(task_id)
    if task.not_for_id == by.user.pk:
        raise TaskNotYours(task=task.number, worker=by.user.get_username())
    if task.bundle and task.assigned_to_id != by.user.pk:
        raise TaskBundled(task=task.number, bundle=task.bundle)
    if task.state == TaskState.ASSIGNED and task.assigned_to_id != by.user.pk:
        _check_free(task, at)
    if TASK_FLOW.is_final(task.state):
        raise TaskStale(task=task.number, seen=task.version, version=task.version, state=task.state)
    return _assign(task, by, at)


def claim_bundle(task_ids: Iterable[int], *, by: Actor, at: datetime) -> list[WarehouseTask]:
    """Lease all open ones of these tasks to the worker, or none. Raises `TaskTaken`."""
    tasks = [task for task in WarehouseTask.objects.lock(task_ids) if not TASK_FLOW.is_final(task.state)]
    for task in tasks:
        if task.assigned_to_id != by.user.pk:
            _check_free(task, at)
    return [_assign(task, by, at) for task in tasks]


def renew_bundle(bundle: str, *, by: Actor, at: datetime) -> None:
    """Whoever works on a bundle keeps all of it: leases that are half over begin anew."""
    WarehouseTask.objects.filter(
        bundle=bundle, state=TaskState.ASSIGNED, assigned_to=by.user, lease_until__lt=at + LEASE / 2
    ).update(lease_until=at + LEASE)


def hand_back_bundle(task_ids: Iterable[int]) -> list[WarehouseTask]:
    """Put what is open of these tasks back, in nobody's hands, in one update; they stay a bundle."""
    open_tasks = [task for task in WarehouseTask.objects.lock(task_ids) if task.state == TaskState.ASSIGNED]
    WarehouseTask.advance_all(
        open_tasks, TaskState.READY, assigned_to=None, device=None, lease_until=None, version=F("version") + 1
    )
    return open_tasks


def hand_back_task(*, task_id: int, by: Actor, at: datetime) -> WarehouseTask:
    """Put a claimed task back into the queue."""
    task = WarehouseTask.objects.lock_one(task_id)
    if task.assigned_to_id != by.user.pk:
        _check_free(task, at)
    task.assigned_to, task.device, task.lease_until = None, None, None
    task.version += 1
    return task.advance(TaskState.READY, "assigned_to", "device", "lease_until", "version")


def lock_task(*, task_id: int, version: int | None, by: Actor, at: datetime) -> WarehouseTask:
    """The task, locked for its confirm: open, not in another's hands, and at the version that the command saw.

    A worker's own lease that has run out does no harm unless somebody else took the task. Raises `TaskStale`,
    `TaskTaken`.
    """
    task = WarehouseTask.objects.lock_one(task_id)
    closed = task.state not in {TaskState.READY, TaskState.ASSIGNED}
    if closed or (version is not None and version != task.version):
        raise TaskStale(task=task.number, seen=version or task.version, version=task.version, state=task.state)
    if task.assigned_to_id not in {None, by.user.pk}:
        _check_free(task, at)
    return task


def complete_task(task: WarehouseTask, *, by: Actor, at: datetime) -> WarehouseTask:
    """Mark a locked task done by whoever confirmed it."""
    task.done_at, task.done_by = at, by.user
    task.version += 1
    return task.advance(TaskState.DONE, "done_at", "done_by", "version")


def lock_unclaimed(tasks: TaskQuerySet) -> list[WarehouseTask]:
    """Those of the tasks that are in nobody's hands, locked; one that somebody is claiming at this moment is left out.

    It waits for nobody, so a plan may ask it while it holds what comes after tasks.
    """
    ready = tasks.filter(state=TaskState.READY).order_by("pk")
    return list(ready.select_for_update(of=("self",), no_key=True, skip_locked=True))


def raise_task(task: WarehouseTask, *, quantity: Decimal, priority: int) -> WarehouseTask:
    """A locked task that nobody has begun is to move more than it said, and is no less urgent."""
    task.quantity, task.priority = quantity, max(task.priority, priority)
    task.version += 1
    task.save(update_fields=["quantity", "priority", "version"])
    return task


def cancel_tasks(task_ids: Iterable[int]) -> list[WarehouseTask]:
    """Take open tasks out of the queue, in one update; those already done or cancelled are left as they are."""
    cancelled = [task for task in WarehouseTask.objects.lock(task_ids) if not TASK_FLOW.is_final(task.state)]
    WarehouseTask.advance_all(cancelled, TaskState.CANCELLED, version=F("version") + 1)
    for task in cancelled:
        task.version += 1
    return cancelled


def _assign(task: WarehouseTask, by: Actor, at: datetime) -> WarehouseTask:
    renewed = task.state == TaskState.ASSIGNED and task.assigned_to_id == by.user.pk
    task.assigned_to, task.device, task.lease_until = by.user, by.device, at + LEASE
    if renewed:
        task.save(update_fields=["device", "lease_until"])
        return task
    task.version += 1
    if task.state == TaskState.ASSIGNED:  # another's lease ran out: the task changes hands
        task.save(update_fields=["assigned_to", "device", "lease_until", "version"])
        return task
    return task.advance(TaskState.ASSIGNED, "assigned_to", "device", "lease_until", "version")


def _check_free(task: WarehouseTask, at: datetime) -> None:
    """Refuse to touch a task in another's hands while their lease lasts."""
    if task.assigned_to is not None and task.lease_until is not None and task.lease_until > at:
        raise TaskTaken(task=task.number, worker=task.assigned_to.get_username())
