"""The queue: make tasks, complete or cancel them.

What a task does to stock is the business of the app that made it; that app's operation calls `complete_task`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from apps.core.prepared import Change, write_changes
from apps.journal.actor import Actor
from apps.ledger.errors import LotOnHold
from apps.ledger.models import Hold
from apps.ledger.states import HoldReason
from apps.tasks.errors import TaskStale
from apps.tasks.models import TASK_NUMBERS, TaskPolicy, WarehouseTask
from apps.tasks.operations.claim import check_free, check_qualified
from apps.tasks.queries.guidance import pressing_of, told_by_rules
from apps.tasks.states import TASK_FLOW, TaskKind, TaskState

FREEZES = (HoldReason.RECALL, HoldReason.REGULATORY)
"""Holds that call off what was to be picked of a lot: a recall's, and those of goods that are doubted."""


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
    due_at: datetime | None = None
    """By when it should be done; it gets more urgent as that comes near."""
    not_for_id: int | None = None
    """Whose work it checks: another must do it."""


def make_tasks(new: Sequence[NewTask], *, warehouse_id: int, at: datetime) -> list[WarehouseTask]:
    """Put tasks in the queue, ready, in one insert; in the order given.

    The site's rules say what each needs: see `TaskRule`.
    """
    if not new:
        return []
    told = told_by_rules(new, warehouse_id=warehouse_id)
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
                due_at=task.due_at,
                not_for_id=task.not_for_id,
                start=start,
                points=needs.points,
                skill_id=needs.skill_id,
                equipment_id=needs.equipment_id,
                minutes=needs.minutes,
            )
            for number, task, (start, needs) in zip(TASK_NUMBERS.next_many(len(new)), new, told, strict=True)
        ]
    )


def lock_task(*, task_id: int, version: int | None, by: Actor, at: datetime) -> WarehouseTask:
    """The task, locked for its confirm: open, not in another's hands, and at the version that the command saw.

    A worker's own lease that has run out does no harm unless somebody else took the task. A cancelled task whose lot
    is recalled says so. Raises `TaskStale`, `TaskTaken`, `LotOnHold`, and as `check_qualified` does.
    """
    return check_confirmable(WarehouseTask.objects.lock_one(task_id), version=version, by=by, at=at)


def check_confirmable(task: WarehouseTask, *, version: int | None, by: Actor, at: datetime) -> WarehouseTask:
    """As `lock_task`, of a task that is locked already."""
    closed = task.state not in {TaskState.READY, TaskState.ASSIGNED}
    if task.state == TaskState.CANCELLED and task.lot_id is not None:
        _refuse_frozen(task.lot_id)
    if closed or (version is not None and version != task.version):
        raise TaskStale(task=task.number, seen=version or task.version, version=task.version, state=task.state)
    if task.assigned_to_id not in {None, by.user.pk}:
        check_free(task, at)
    check_qualified(task, by.user, at)
    return task


def _refuse_frozen(lot_id: int) -> None:
    """Say that the goods were recalled or are doubted: there is no such task any more. Raises `LotOnHold`."""
    holds = Hold.objects.open().filter(lot=lot_id, reason__in=FREEZES).select_related("lot__item")
    for hold in holds[:1]:
        raise LotOnHold(item=hold.lot.item.number, lot=hold.lot.number, reason=hold.reason)


def complete_task(task: WarehouseTask, *, by: Actor, at: datetime, along: Sequence[Change] = ()) -> WarehouseTask:
    """Mark a locked task done by whoever confirmed it; what its app changed `along` with it is saved in one go."""
    task.done_at, task.done_by = at, by.user
    task.version += 1
    write_changes(*along, task.change_to(TaskState.DONE, "done_at", "done_by", "version"))
    return task


def raise_task(task: WarehouseTask, *, quantity: Decimal, priority: int) -> WarehouseTask:
    """A locked task that nobody has begun is to move more than it said, and is no less urgent."""
    task.quantity, task.priority = quantity, max(task.priority, priority)
    task.version += 1
    task.save(update_fields=["quantity", "priority", "version"])
    return task


def relocate_tasks(task_ids: Iterable[int], *, source_id: int) -> list[WarehouseTask]:
    """The goods of open tasks were brought elsewhere: the work begins there, whoever has it in hand."""
    tasks = [task for task in WarehouseTask.objects.lock(task_ids) if not TASK_FLOW.is_final(task.state)]
    tasks = [task for task in tasks if task.source_id != source_id]
    for task in tasks:
        task.source_id = source_id
        task.version += 1
    for task, (start, _) in zip(
        tasks, told_by_rules(tasks, warehouse_id=tasks[0].warehouse_id) if tasks else (), strict=True
    ):
        task.start = start
    WarehouseTask.objects.bulk_update(tasks, ["source", "start", "version"])
    return tasks


def retime_tasks(
    tasks: Sequence[WarehouseTask], *, priority: int, due_at: datetime | None, at: datetime
) -> list[WarehouseTask]:
    """Locked tasks of one warehouse have another priority and another time to be done by; which of them changed.

    What being due soon or late adds is what it is for the new time.
    """
    changed = [task for task in tasks if (task.priority, task.due_at) != (priority, due_at)]
    if not changed:
        return changed
    pressing = pressing_of(due_at, policy=TaskPolicy.objects.of(changed[0].warehouse_id), at=at)
    for task in changed:
        task.priority, task.due_at, task.pressing = priority, due_at, pressing
        task.version += 1
    WarehouseTask.objects.bulk_update(changed, ["priority", "due_at", "pressing", "version"])
    return changed


def cancel_tasks(task_ids: Iterable[int]) -> list[WarehouseTask]:
    """Take open tasks out of the queue, in one update; those already done or cancelled are left as they are."""
    cancelled = [task for task in WarehouseTask.objects.lock(task_ids) if not TASK_FLOW.is_final(task.state)]
    WarehouseTask.advance_all(cancelled, TaskState.CANCELLED, version=F("version") + 1)
    for task in cancelled:
        task.version += 1
    return cancelled
