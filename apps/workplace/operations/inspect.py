"""Inspections of the workplace: made when they are due, begun without being asked, and done line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef

from apps.accounts.models import User
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Warehouse
from apps.workplace.errors import LineUnknown, NotOnChecklist, ResultsMissing
from apps.workplace.models import (
    CHECK_NUMBERS,
    Checklist,
    ChecklistLine,
    CheckResult,
    InspectionSchedule,
    SiteAsset,
    WorkplaceInspection,
)
from apps.workplace.operations.service import open_actions
from apps.workplace.queries import who_answers
from apps.workplace.rules import moved_schedule, reading_passes
from apps.workplace.states import CheckState, LineKind, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found at a line: whether it passes, or what was read off."""

    line: int
    passed: bool | None = None
    reading: Decimal | None = None
    note: str = ""


def plan_inspections(*, warehouse_id: int, on: date, by: Actor, at: datetime) -> list[WorkplaceInspection]:
    """Make what is due at a site by that day; safe to run twice or late.

    A thing that is new is due at once. What is due and not done stays one inspection, however many days pass.
    """
    del by
    Warehouse.objects.lock_one(warehouse_id)
    _schedule_new(warehouse_id, on)
    waiting = WorkplaceInspection.objects.filter(
        asset=OuterRef("asset"), checklist=OuterRef("checklist"), state=CheckState.DUE
    )
    due = list(
        InspectionSchedule.objects.filter(
            asset__warehouse=warehouse_id, asset__is_active=True, checklist__is_active=True, due_on__lte=on
        )
        .exclude(Exists(waiting))
        .order_by("due_on", "pk")
    )
    return WorkplaceInspection.objects.bulk_create(
        WorkplaceInspection(
            number=number,
            created_at=at,
            warehouse_id=warehouse_id,
            asset_id=schedule.asset_id,
            checklist_id=schedule.checklist_id,
            due_on=schedule.due_on,
        )
        for schedule, number in zip(due, CHECK_NUMBERS.next_many(len(due)) if due else (), strict=True)
    )


def begin_inspection(*, asset_id: int, checklist_id: int, by: Actor, at: datetime) -> WorkplaceInspection:
    """An inspection that nobody asked for, or the one that is due already. Raises `NotOnChecklist`."""
    asset = SiteAsset.objects.lock_one(asset_id)
    checklist = Checklist.objects.get(pk=checklist_id)
    if checklist.kind_id != asset.kind_id or not (asset.is_active and checklist.is_active):
        raise NotOnChecklist(checklist=checklist.code, asset=asset.number)
    due = WorkplaceInspection.objects.filter(asset=asset, checklist=checklist, state=CheckState.DUE).first()
    if due is not None:
        return due
    inspection = WorkplaceInspection.objects.create(
        number=CHECK_NUMBERS.next(),
        created_at=at,
        warehouse_id=asset.warehouse_id,
        asset=asset,
        checklist=checklist,
        due_on=asset.warehouse.local_date(at),
    )
    _note("begin", inspection, by, at)
    return inspection


def record_inspection(
    *, inspection_id: int, answers: Sequence[Answer], by: Actor, at: datetime, owner_id: int | None = None
) -> WorkplaceInspection:
    """Take down what was found; each line that fails opens a corrective action, a critical one takes out of service.

    The owner of the actions is who is named, else who answers for safety at the site, else whoever found it. The
    schedule moves to so long after this day, once, however often a thing is inspected in a day. Raises
    `IllegalTransition`, `ResultsMissing`, `LineUnknown`.
    """
    inspection = WorkplaceInspection.objects.lock_one(inspection_id)
    inspection.must_allow(CheckState.PASSED)
    results = _results(inspection, answers)
    CheckResult.objects.bulk_create(results)
    failed = [result for result in results if not result.passed]
    inspection.done_at, inspection.done_by = by.occurred_at or at, by.user
    inspection.advance(CheckState.FAILED if failed else CheckState.PASSED, "done_at", "done_by")
    asset = SiteAsset.objects.select_related("kind", "warehouse").get(pk=inspection.asset_id)
    done_on = asset.warehouse.local_date(inspection.done_at)
    _move_schedule(inspection, done_on)
    _note(inspection.state, inspection, by, at, asset=asset.number, failed=[result.line for result in failed])
    if failed:
        owner = User.objects.get(pk=owner_id) if owner_id is not None else who_answers(asset.warehouse_id) or by.user
        open_actions(failed, asset=asset, owner=owner, on=done_on, by=by, at=at)
    return inspection


def _schedule_new(warehouse_id: int, on: date) -> None:
    known = InspectionSchedule.objects.filter(asset=OuterRef("pk"), checklist=OuterRef("kind__checklists"))
    pairs = (
        SiteAsset.objects.filter(warehouse=warehouse_id, is_active=True, kind__checklists__is_active=True)
        .exclude(Exists(known))
        .order_by("pk")
        .values_list("pk", F("kind__checklists"))
    )
    InspectionSchedule.objects.bulk_create(
        InspectionSchedule(asset_id=asset, checklist_id=checklist, due_on=on) for asset, checklist in pairs
    )


def _results(inspection: WorkplaceInspection, answers: Sequence[Answer]) -> list[CheckResult]:
    lines = {line.line: line for line in inspection.checklist.lines.all()}
    given: dict[int, Answer] = {}
    for answer in answers:
        if answer.line not in lines or answer.line in given:
            raise LineUnknown(inspection=inspection.number, line=answer.line)
        given[answer.line] = answer
    missing = [number for number, line in lines.items() if not _is_answered(line, given.get(number))]
    if missing or not lines:
        raise ResultsMissing(inspection=inspection.number, lines=", ".join(map(str, missing)))
    return [_result(inspection, line, given[number]) for number, line in lines.items()]


def _is_answered(line: ChecklistLine, answer: Answer | None) -> bool:
    if answer is None:
        return False
    return (answer.reading if line.kind == LineKind.READING else answer.passed) is not None


def _result(inspection: WorkplaceInspection, line: ChecklistLine, answer: Answer) -> CheckResult:
    passed = bool(answer.passed)
    if line.kind == LineKind.READING and answer.reading is not None:
        passed = reading_passes(answer.reading, lower=line.lower, upper=line.upper)
    return CheckResult(
        inspection=inspection,
        line=line.line,
        text=line.text,
        is_critical=line.is_critical,
        unit=line.unit,
        lower=line.lower,
        upper=line.upper,
        passed=passed,
        reading=answer.reading if line.kind == LineKind.READING else None,
        note=answer.note,
    )


def _move_schedule(inspection: WorkplaceInspection, done_on: date) -> None:
    checklist = inspection.checklist
    every, period = checklist.every, Period(checklist.period)
    schedule, _ = InspectionSchedule.objects.get_or_create(
        asset_id=inspection.asset_id, checklist=checklist, defaults={"due_on": done_on}
    )
    for row in InspectionSchedule.objects.lock([schedule.pk]):
        row.due_on = moved_schedule(row.due_on, done_on=done_on, every=every, period=period)
        row.save(update_fields=["due_on"])


def _note(verb: str, inspection: WorkplaceInspection, by: Actor, at: datetime, **more: Any) -> None:
    code = inspection.warehouse.code
    record(verb, kind="workplace inspection", number=inspection.number, by=by, at=at, warehouse_code=code, **more)
