"""What quality decides about goods that stood beyond their band: released when another approves, or rejected."""

from __future__ import annotations

from datetime import datetime

from apps.compliance.errors import ExcursionOngoing, OwnRelease
from apps.compliance.models import ExcursionCase
from apps.compliance.operations.trail import MAY_DECIDE, MAY_RELEASE, check_role, note_excursion
from apps.compliance.states import ExcursionState
from apps.journal.actor import Actor
from apps.journal.operations import approve
from apps.ledger.models import Hold
from apps.ledger.operations import release_holds


def ask_release(*, excursion_id: int, reason: str, by: Actor, at: datetime) -> ExcursionCase:
    """Say that the goods are sound, and why; they stay on hold until another approves.

    Raises `NotAllowed`, `IllegalTransition`, `ExcursionOngoing`.
    """
    case = _locked(excursion_id, by, "ask for the release of")
    case.must_allow(ExcursionState.WAITING)
    if case.ended_at is None:
        raise ExcursionOngoing(excursion=case.number, sensor=case.sensor.number, last_at=case.last_at)
    note_excursion("ask", case, by=by, at=at, reason=reason)
    case.asked_by, case.reason = by.user, reason
    return case.advance(ExcursionState.WAITING, "asked_by", "reason")


def approve_release(*, excursion_id: int, reason: str, by: Actor, at: datetime) -> ExcursionCase:
    """End the holds of the case; a lot that another case holds stays held.

    Raises `NotAllowed`, `IllegalTransition`, `OwnRelease`, `LabelMissing`.
    """
    case = _locked(excursion_id, by, "approve the release of", quality=True)
    case.must_allow(ExcursionState.RELEASED)
    asker_id = case.asked_by_id or 0  # who waits has been asked for by somebody
    if asker_id == by.user.pk:
        raise OwnRelease(excursion=case.number, who=by.user.get_username())
    approve(kind="excursion case", number=case.number, asked_by_id=asker_id, by=by, at=at, reason=reason)
    holds = list(Hold.objects.open().filter(excursion__case=case).order_by("pk").values_list("pk", flat=True))
    if holds:
        release_holds(holds, by=by, at=at, note=f"{case.number}: {reason}"[:200])
    note_excursion("approve", case, by=by, at=at, reason=reason, released=len(holds))
    case.decided_by, case.decided_at, case.approval_reason = by.user, at, reason
    return case.advance(ExcursionState.RELEASED, "decided_by", "decided_at", "approval_reason")


def refuse_release(*, excursion_id: int, reason: str, by: Actor, at: datetime) -> ExcursionCase:
    """The goods stay on hold, and the case is open again. Raises `NotAllowed`, `IllegalTransition`."""
    case = _locked(excursion_id, by, "refuse the release of", quality=True)
    case.must_allow(ExcursionState.OPEN)
    note_excursion("refuse", case, by=by, at=at, reason=reason)
    case.asked_by, case.approval_reason = None, reason
    return case.advance(ExcursionState.OPEN, "asked_by", "approval_reason")


def reject_goods(*, excursion_id: int, reason: str, by: Actor, at: datetime) -> ExcursionCase:
    """The goods are lost: they stay on hold until they are scrapped. Raises `NotAllowed`, `IllegalTransition`."""
    case = _locked(excursion_id, by, "reject the goods of", quality=True)
    case.must_allow(ExcursionState.REJECTED)
    note_excursion("reject", case, by=by, at=at, reason=reason)
    case.reason, case.decided_by, case.decided_at = reason, by.user, at
    return case.advance(ExcursionState.REJECTED, "reason", "decided_by", "decided_at")


def _locked(excursion_id: int, by: Actor, act: str, *, quality: bool = False) -> ExcursionCase:
    case = ExcursionCase.objects.select_related("warehouse", "sensor").lock_one(excursion_id)
    check_role(by, MAY_RELEASE if quality else MAY_DECIDE, f"{act} {case}")
    return case
