"""A case, or part of it, comes to its end; another than who asks for the end approves it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.journal.actor import Actor
from apps.journal.operations import approve
from apps.ledger.models import Hold, Lot
from apps.ledger.operations import release_holds
from apps.traceability.errors import ClosureByOneself, NothingToRecall, NotOfRecall
from apps.traceability.models import RecallCase
from apps.traceability.operations.trail import check_may_recall, lock_open, note
from apps.traceability.queries import status_of
from apps.traceability.states import RecallState


def release_lots(*, recall_id: int, lot_ids: Sequence[int], reason: str, by: Actor, at: datetime) -> RecallCase:
    """Free some of a case's lots: they turned out to be sound. The case stays open for the others.

    Only the case's own holds end: a lot that another case or another hold keeps stays held. Raises `NothingToRecall`,
    `NotOfRecall`, `RecallOver`, `LabelMissing`, `NotAllowed`.
    """
    check_may_recall(by, "release recalled lots")
    case = lock_open(recall_id)
    wanted = list(dict.fromkeys(lot_ids))
    if not wanted:
        raise NothingToRecall
    numbers = dict(Lot.objects.filter(pk__among=wanted).values_list("pk", "number"))
    holds = Hold.objects.open().filter(recalls=case, lot__among=wanted)
    held = dict(holds.order_by("lot").values_list("lot", "pk"))
    for pk in wanted:
        if pk not in held:
            raise NotOfRecall(lot=numbers.get(pk, str(pk)), recall=case.number)
    release_holds(sorted(held.values()), by=by, at=at, note=reason)
    still = Hold.objects.open().filter(lot__among=wanted).values_list("lot__number", flat=True).distinct()
    note(
        "release lots",
        case,
        by=by,
        at=at,
        reason=reason,
        lots=[numbers[pk] for pk in wanted],
        still_held=sorted(still),
    )
    return case


def ask_closure(*, recall_id: int, remark: str, by: Actor, at: datetime, frees_stock: bool = False) -> RecallCase:
    """Say that all that can be done is done; what is loose still goes on the trail for whoever approves.

    With `frees_stock` the approval ends the case's holds; without it, what is here stays held by them. Raises
    `IllegalTransition`, `NotAllowed`.
    """
    check_may_recall(by)
    case = RecallCase.objects.lock_one(recall_id)
    case.must_allow(RecallState.CLOSING)
    case.closure_asked_by, case.closure_asked_at = by.user, at
    case.closure_note, case.frees_stock = remark, frees_stock
    note(
        "ask for closure",
        case,
        by=by,
        at=at,
        remark=remark,
        frees_stock=frees_stock,
        loose_ends=list(status_of(case).loose_ends),
    )
    return case.advance(RecallState.CLOSING, "closure_asked_by", "closure_asked_at", "closure_note", "frees_stock")


def refuse_closure(*, recall_id: int, reason: str, by: Actor, at: datetime) -> RecallCase:
    """The case goes on: something is not done. Whoever asked may take it back too. Raises `IllegalTransition`."""
    check_may_recall(by)
    case = RecallCase.objects.lock_one(recall_id)
    case.must_allow(RecallState.OPEN)
    case.closure_asked_by = case.closure_asked_at = None
    note("refuse closure", case, by=by, at=at, reason=reason)
    return case.advance(RecallState.OPEN, "closure_asked_by", "closure_asked_at")


def close_recall(*, recall_id: int, by: Actor, at: datetime, reason: str = "") -> RecallCase:
    """Approve the closure that another asked for; where that was asked, the case's own holds end.

    Holds of other cases and other holds stay. Raises `ClosureByOneself`, `LabelMissing`,
    `IllegalTransition`, `NotAllowed`.
    """
    check_may_recall(by)
    case = RecallCase.objects.select_related("closure_asked_by").lock_one(recall_id)
    case.must_allow(RecallState.CLOSED)
    asked_by = case.closure_asked_by
    if asked_by is None or asked_by.pk == by.user.pk:
        raise ClosureByOneself(recall=case.number, who=by.user.get_username())
    still_open = list(Hold.objects.open().filter(recalls=case).order_by("pk").values_list("pk", flat=True))
    if still_open and case.frees_stock:
        release_holds(still_open, by=by, at=at, note=case.closure_note)
    approve(kind="recall", number=case.number, asked_by_id=asked_by.pk, by=by, at=at, reason=reason)
    case.closed_by, case.closed_at = by.user, at
    note("close", case, by=by, at=at, reason=reason, freed=len(still_open) if case.frees_stock else 0)
    return case.advance(RecallState.CLOSED, "closed_by", "closed_at")
