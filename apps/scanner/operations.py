"""The one confirm of the handheld: each kind of task is confirmed by the app that made it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.assembly.models import AssemblyIssue
from apps.assembly.operations import confirm_issue, confirm_return
from apps.counting.operations import record_count
from apps.counting.rules import CountedLine, Finding
from apps.journal.actor import Actor
from apps.orders.operations import confirm_pick, confirm_put_back
from apps.returns.operations import confirm_supplier_pick
from apps.rfid.operations import confirm_search
from apps.scanner.errors import NoBin, WrongAnswer, WrongLot, WrongUnit
from apps.storage.operations import confirm_putaway, confirm_replenishment
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import claim_best
from apps.tasks.states import TaskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What the worker did: an absolute quantity, where it is now, and why when not as asked; or what they found."""

    quantity: Decimal | None = None
    lines: tuple[CountedLine, ...] | None = None
    findings: tuple[Finding, ...] = ()
    version: int | None = None
    location_id: int | None = None
    lot: str = ""
    unit: str = ""
    reason: str = ""
    reason_code: str = ""
    short_reason: str = ""
    bin_empty: bool | None = None


def confirm_task(*, task: WarehouseTask, done: Confirmation, by: Actor, at: datetime) -> WarehouseTask:
    """Note what was done for a task, by the operation of its kind, which locks it and checks the rest.

    The task may have been read at any time: only what never changes of it is judged, before its lock.

    Raises `WrongLot`, `WrongUnit`, `WrongAnswer`, `NoBin`, and what the kind's own operation raises.
    """
    return _confirm(task, done, by, at)


def confirm_and_go_on(
    *,
    task: WarehouseTask,
    done: Confirmation,
    kinds: Sequence[TaskKind],
    equipment_id: int | None,
    by: Actor,
    at: datetime,
) -> tuple[WarehouseTask, WarehouseTask | None]:
    """Note what was done for a task and lease the worker their next one; None when there is none.

    The next is the best of these kinds, from where this one ended, at the same warehouse. Raises as `confirm_task`.
    """
    confirmed = _confirm(task, done, by, at)
    site = task.warehouse_id
    return confirmed, claim_best(
        warehouse_id=site, kinds=kinds, equipment_id=equipment_id, after=confirmed, by=by, at=at
    )


def _confirm(task: WarehouseTask, done: Confirmation, by: Actor, at: datetime) -> WarehouseTask:
    expected = task.lot.number if task.lot is not None else ""
    if done.lot and done.lot != expected:
        raise WrongLot(task=task.number, expected=expected, scanned=done.lot)
    if done.unit and (task.unit is None or done.unit != task.unit.number):
        raise WrongUnit(task=task.number, expected=task.unit.number if task.unit else "", scanned=done.unit)
    return CONFIRMS[TaskKind(task.kind)](task, done, by, at)


def _putaway(task: WarehouseTask, done: Confirmation, by: Actor, at: datetime) -> WarehouseTask:
    location_id = done.location_id or task.target_id
    if location_id is None:
        raise NoBin(task=task.number)
    return confirm_putaway(
        task_id=task.pk,
        version=done.version,
        location_id=location_id,
        quantity=done.quantity if task.carries_unit else _quantity(task, done),
        override_reason=done.reason,
        override_code=done.reason_code,
        by=by,
        at=at,
    ).task


def _replenish(task: WarehouseTask, done: Confirmation, by: Actor, at: datetime) -> WarehouseTask:
    return confirm_replenishment(
        task_id=task.pk,
        version=done.version,
        quantity=_quantity(task, done),
        location_id=done.location_id,
        short_reason=done.short_reason,
        by=by,
        at=at,
    ).task


def _pick(task: WarehouseTask, done: Confirmation, by: Actor, at: datetime) -> WarehouseTask:
    return confirm_pick(
        task_id=task.pk,
        version=done.version,
        quantity=_quantity(task, done),
        tote_id=done.location_id,
        short_reason=done.short_reason,
        bin_empty=done.bin_empty,
        by=by,
        at=at,
    ).task


def _count(task: WarehouseTask, done: Confirmation, by: Actor, at: datetime) -> WarehouseTask:
    if done.lines is None:
        raise WrongAnswer(task=task.number, needed="the lines that were counted")
    return record_count(
        task_id=task.pk, version=done.version, lines=done.lines, findings=done.findings, by=by, at=at
    ).task


def _put_back(task: WarehouseTask, done: Confirmation, by: Actor, at: datetime) -> WarehouseTask:
    location_id = done.location_id or task.target_id
    if location_id is None:
        raise NoBin(task=task.number)
    if AssemblyIssue.objects.filter(put_back=task.pk).exists():
        return confirm_return(
            task_id=task.pk,
            version=done.version,
            location_id=location_id,
            quantity=_quantity(task, done),
            by=by,
            at=at,
        )
    return confirm_put_back(
        task_id=task.pk,
        version=done.version,
        location_id=location_id,
        quantity=_quantity(task, done),
        by=by,
        at=at,
    )


def _issue(task: WarehouseTask, done: Confirmation, by: Actor, at: datetime) -> WarehouseTask:
    confirm_issue(
        task_id=task.pk,
        version=done.version,
        quantity=_quantity(task, done),
        reason=done.short_reason or done.reason,
        by=by,
        at=at,
    )
    return WarehouseTask.objects.get(pk=task.pk)


def _send_back(task: WarehouseTask, done: Confirmation, by: Actor, at: datetime) -> WarehouseTask:
    confirm_supplier_pick(
        task_id=task.pk,
        version=done.version,
        quantity=_quantity(task, done),
        location_id=done.location_id,
        short_reason=done.short_reason or done.reason,
        by=by,
        at=at,
    )
    return WarehouseTask.objects.get(pk=task.pk)


def _locate(task: WarehouseTask, done: Confirmation, by: Actor, at: datetime) -> WarehouseTask:
    """The place, or a quantity of nothing with a reason: it was not found."""
    return confirm_search(
        task_id=task.pk,
        version=done.version,
        location_id=done.location_id,
        missing=done.quantity == 0,
        reason=done.short_reason or done.reason,
        by=by,
        at=at,
    )


def _quantity(task: WarehouseTask, done: Confirmation) -> Decimal:
    if done.quantity is None:
        raise WrongAnswer(task=task.number, needed="a quantity")
    return done.quantity


CONFIRMS: dict[TaskKind, Callable[[WarehouseTask, Confirmation, Actor, datetime], WarehouseTask]] = {
    TaskKind.PUTAWAY: _putaway,
    TaskKind.REPLENISH: _replenish,
    TaskKind.PICK: _pick,
    TaskKind.COUNT: _count,
    TaskKind.PUT_BACK: _put_back,
    TaskKind.LOCATE: _locate,
    TaskKind.ISSUE: _issue,
    TaskKind.SEND_BACK: _send_back,
}
