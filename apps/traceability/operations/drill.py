"""Mock recalls: a shipped lot is drawn, traced against the clock, and what was found is kept for good."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.core.months import months_after
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.models import Block
from apps.traceability.errors import NothingToDrill
from apps.traceability.models import DRILL_NUMBERS, DrillPlan, RecallDrill
from apps.traceability.operations.trail import MAY_RECALL
from apps.traceability.queries import drill_on, lots_shipped
from apps.traceability.rules import draw

TARGET_MINUTES = 240
TOLERANCE = Decimal(2)
"""Without a plan: four hours to trace both ways, 100 per cent give or take two; habits of auditors, not verified."""
HUNDRED = Decimal(100)


def run_drill(
    *, by: Actor, at: datetime, lot_id: int | None = None, plan_id: int | None = None, remark: str = ""
) -> RecallDrill:
    """Practise a recall of a lot, or of one drawn among all that were shipped; no stock changes, nobody is told.

    The seed of the draw is kept with how many lots there were. A plan's next drill is so many months later. Raises
    `NothingToDrill`, `NotAllowed`.
    """
    if not by.job and not by.user.has_role(*MAY_RECALL):
        raise NotAllowed(who=by.user.get_username(), act="run recall drills")
    plan = DrillPlan.objects.lock_one(plan_id) if plan_id is not None else None
    shipped = lots_shipped()
    if not shipped or (lot_id is not None and lot_id not in shipped):
        raise NothingToDrill
    number = DRILL_NUMBERS.next()
    head = Block.objects.head()
    seed = f"{number}-{head.hash_text[:32] if head is not None else '0'}"
    chosen = lot_id if lot_id is not None else int(draw([str(pk) for pk in shipped], count=1, seed=seed)[0])
    found = drill_on(chosen)
    tolerance = plan.tolerance_percent if plan is not None else TOLERANCE
    target = plan.target_minutes if plan is not None else TARGET_MINUTES
    drill = RecallDrill.objects.create(
        number=number,
        plan=plan,
        lot_id=chosen,
        seed=seed if lot_id is None else "",
        lots_to_draw=len(shipped),
        steps=[{"step": step, "seconds": str(took)} for step, took in found.steps],
        seconds=found.seconds,
        figures=found.figures,
        percent_reconciled=found.percent_reconciled,
        passed=found.seconds <= target * 60 and abs(found.percent_reconciled - HUNDRED) <= tolerance,
        note=remark,
        run_at=at,
        run_by=by.user,
    )
    if plan is not None:
        plan.next_on = months_after(max(plan.next_on, at.date()), plan.every_months)
        plan.save(update_fields=["next_on"])
    record("drill", kind="recall drill", number=number, by=by, at=at, lot=drill.lot.number, passed=drill.passed)
    return drill


def plan_drill(
    *,
    name: str,
    every_months: int,
    next_on: date,
    by: Actor,
    at: datetime,
    target_minutes: int = TARGET_MINUTES,
    tolerance_percent: Decimal = TOLERANCE,
    source: str = "",
    is_active: bool = True,
) -> DrillPlan:
    """Have a drill every so many months from a day on; said again under its name, the plan is changed.

    Raises `NotAllowed`, and `ValidationError` for figures out of range.
    """
    if not by.user.has_role(Role.QUALITY, Role.ADMIN):
        raise NotAllowed(who=by.user.get_username(), act="plan recall drills")
    plan = DrillPlan.objects.filter(name=name).first() or DrillPlan(name=name)
    plan.every_months, plan.next_on, plan.source = every_months, next_on, source
    plan.target_minutes, plan.tolerance_percent, plan.is_active = target_minutes, tolerance_percent, is_active
    plan.full_clean()
    plan.save()
    record("plan drills", kind="drill plan", number=name, by=by, at=at, every_months=every_months, next_on=str(next_on))
    return plan
