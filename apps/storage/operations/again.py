"""Another bin for goods that wait to be put away: the worker could not use the first, or room has appeared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F, Q

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Location, Warehouse
from apps.storage.errors import NoBinProposed
from apps.storage.models import Putaway
from apps.storage.operations.planning import Bundle, Step, goods_of, plan_bundles
from apps.storage.operations.putaway import make_putaways
from apps.storage.operations.reasons import override_reason
from apps.storage.queries import goods_on
from apps.storage.rules import Goods
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import cancel_tasks, lock_task
from apps.tasks.states import TaskState

MAY_PLAN = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
FEW = 200
"""Rows that one update names."""
SAYS_SOMETHING_OF_THE_BIN = ("FULL", "DAMAGED", "REPAIR")
"""Reasons that are about the bin and not about the way to it: who counts or mends wants to hear of them."""


def propose_again(
    *, task_id: int, reason_code: str, by: Actor, at: datetime, version: int | None = None, note: str = ""
) -> list[Putaway]:
    """The worker cannot use the bin: the next best one is proposed, and this one is not again for this task.

    What the next one has no room for becomes a task of its own, so the first of the putaways is the task's. That a
    bin is full or damaged in fact is noted in its trail. Raises `NotFound` for a reason that is not in use,
    `NoBinProposed`, `TaskStale`, `TaskTaken`.
    """
    code, words = override_reason(reason_code, note)
    if not code:
        raise NotFound(kind="reason", number=reason_code)
    task = lock_task(task_id=task_id, version=version, by=by, at=at)
    putaway = Putaway.objects.filter(task=task).first()
    if putaway is None:
        raise NotFound(kind="putaway", number=task.number)
    if task.target is None:
        raise NoBinProposed(task=task.number)
    Warehouse.objects.lock_one(task.warehouse_id)
    refused = task.target
    putaway.passed_over = [*putaway.passed_over, {"location": refused.pk, "code": refused.code, "reason": code}]
    goods = goods_of(task, putaway.status)
    [steps] = plan_bundles(
        [Bundle(goods=goods, document=task.document)],
        warehouse_id=task.warehouse_id,
        at=at,
        passed_over=putaway.unusable,
    )
    again = _Planned(putaway=putaway, task=task, steps=steps)
    putaways = _proposed([again], warehouse_id=task.warehouse_id, at=at)
    _note(task, refused, code, words, by, at)
    return putaways


def replan_putaways(*, warehouse_id: int, by: Actor, at: datetime) -> list[Putaway]:
    """Look again for a bin for all that waits without one, in staging or at the dock; the putaways that got one.

    What is in somebody's hands stays as it is. A unit that was carried off meanwhile is not put away any more. A second
    call finds nothing to do. Raises `NotAllowed`.
    """
    if not (by.job or by.user.has_role(*MAY_PLAN)):
        raise NotAllowed(who=by.user.get_username(), act="have putaways planned again")
    # In nobody's hands.
    waiting = Putaway.objects.homeless().filter(task__warehouse=warehouse_id, task__state=TaskState.READY)
    tasks = {task.pk: task for task in WarehouseTask.objects.lock(waiting.values_list("task", flat=True))}
    # One plan at a time, as for new putaways; after the tasks.
    Warehouse.objects.lock_one(warehouse_id)
    carried_off = WarehouseTask.objects.filter(
        ~Q(unit__location=F("source")), pk__in=[task.pk for task in tasks.values() if task.carries_unit]
    )
    gone = {task.pk for task in cancel_tasks(list(carried_off.values_list("pk", flat=True)))}
    on_units = goods_on({task.unit_id for task in tasks.values() if task.unit_id is not None})
    found: list[tuple[Putaway, Sequence[Goods]]] = []
    for putaway in waiting.filter(task__in=tasks.keys() - gone).order_by("task_id"):
        goods = goods_of(tasks[putaway.task_id], putaway.status, on_units=on_units)
        if goods:
            found.append((putaway, goods))
    if not found:
        return []
    planned = plan_bundles(
        [Bundle(goods=goods, document=tasks[putaway.task_id].document) for putaway, goods in found],
        warehouse_id=warehouse_id,
        at=at,
        passed_over={place for putaway, _ in found for place in putaway.unusable},
    )
    better = [
        _Planned(putaway=putaway, task=tasks[putaway.task_id], steps=steps)
        for (putaway, _), steps in zip(found, planned, strict=True)
        if _is_better(tasks[putaway.task_id], steps)
    ]
    return _proposed(better, warehouse_id=warehouse_id, at=at)


def _is_better(task: WarehouseTask, steps: Sequence[Step]) -> bool:
    """Whether something of it gets a home, or at least a place in staging that it has not got."""
    return any(step.place.location_id is not None and (not step.parks or task.target_id is None) for step in steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """A putaway that was planned again."""

    putaway: Putaway
    task: WarehouseTask
    steps: Sequence[Step]


def _proposed(planned: Sequence[_Planned], *, warehouse_id: int, at: datetime) -> list[Putaway]:
    """Each task gets the first of its bins; what that has no room for becomes tasks of their own."""
    others = []
    for each in planned:
        task, putaway, (first, *more) = each.task, each.putaway, each.steps
        task.target_id, task.sequence, task.quantity = first.task.target_id, first.task.sequence, first.task.quantity
        task.version += 1
        putaway.task = task
        putaway.proposed_id, putaway.reasons, putaway.parks = first.place.location_id, first.reasons, first.parks
        others += [replace(step, task=replace(step.task, priority=task.priority)) for step in more]
    WarehouseTask.objects.bulk_update(
        [each.task for each in planned], ["target", "sequence", "quantity", "version"], batch_size=FEW
    )
    Putaway.objects.bulk_update(
        [each.putaway for each in planned], ["proposed", "reasons", "parks", "passed_over"], batch_size=FEW
    )
    made = make_putaways(others, warehouse_id=warehouse_id, at=at) if others else []
    return [*(each.putaway for each in planned), *made]


def _note(task: WarehouseTask, refused: Location, code: str, words: str, by: Actor, at: datetime) -> None:
    where = {"warehouse_code": task.warehouse.code, "reason": words, "reason_code": code}
    record("passed over", kind="putaway", number=task.number, by=by, at=at, bin=refused.code, **where)
    if code in SAYS_SOMETHING_OF_THE_BIN:
        record("reported", kind="location", number=refused.code, by=by, at=at, task=task.number, **where)
