"""Recalls: the lots are frozen in the same transaction that opens the case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import enqueue, record
from apps.ledger.models import Hold, Lot
from apps.ledger.operations import hold_lots, release_holds
from apps.ledger.states import HoldReason
from apps.traceability.errors import AlreadyRecalled, NothingToRecall
from apps.traceability.models import RECALL_NUMBERS, RecallCase
from apps.traceability.states import RecallState

MAY_RECALL = (Role.QUALITY, Role.ADMIN)


def open_recall(
    *, lot_ids: Sequence[int], reason: str, by: Actor, at: datetime, reported_by_id: int | None = None
) -> RecallCase:
    """Open a case and hold its lots in every warehouse at once; what was reserved of them is free again.

    Raises `NothingToRecall`, `AlreadyRecalled`, `NotAllowed`.
    """
    _check_role(by)
    lots = Lot.objects.lock(lot_ids)
    if not lots:
        raise NothingToRecall
    for other in RecallCase.objects.open().filter(lots__in=lots).prefetch_related("lots"):
        shared = next(lot for lot in lots if lot in other.lots.all())
        raise AlreadyRecalled(lot=shared.number, recall=other.number)
    case = RecallCase.objects.create(
        number=RECALL_NUMBERS.next(),
        created_at=at,
        reason=reason,
        reported_by_id=reported_by_id,
        opened_by=by.user,
    )
    case.lots.set(lots)
    case.holds.set(
        hold_lots([lot.pk for lot in lots], reason=HoldReason.RECALL, by=by, note=reason, source=case.number)
    )
    record("open", kind="recall", number=case.number, by=by, at=at, reason=reason, lots=[lot.number for lot in lots])
    enqueue("traceability.print_trace_reports", at=at, number=case.number)
    return case


def close_recall(*, recall_id: int, by: Actor, at: datetime, note: str) -> RecallCase:
    """Close a case and end its holds; other holds on the lots stay.

    Raises `IllegalTransition`, `NotAllowed`.
    """
    _check_role(by)
    case = RecallCase.objects.lock_one(recall_id)
    case.must_allow(RecallState.CLOSED)
    still_open = list(Hold.objects.open().filter(recalls=case).values_list("pk", flat=True))
    if still_open:
        release_holds(still_open, by=by, note=note)
    case.closed_at = at
    record("close", kind="recall", number=case.number, by=by, at=at, note=note)
    return case.advance(RecallState.CLOSED, "closed_at")


def note_trace_read(*, lot_id: int, by: Actor, at: datetime) -> Lot:
    """Record that somebody read a trace: it names customers and quantities of every site."""
    may_read_traces(by)
    lot = Lot.objects.get(pk=lot_id)
    record("read trace", kind="lot", number=lot.number, by=by, at=at)
    return lot


def note_goods_traced(*, kind: str, number: str, by: Actor, at: datetime) -> None:
    """Record that somebody traced goods by a number, or asked what complaints share. Raises `NotAllowed`."""
    may_read_traces(by)
    record("read trace", kind=kind, number=number, by=by, at=at)


def may_read_traces(by: Actor) -> None:
    """Refuse whoever is not charged with quality or audit: a trace shows all warehouses. Raises `NotAllowed`."""
    if not by.user.has_role(*MAY_RECALL, Role.AUDITOR, Role.INVENTORY_MANAGER):
        raise NotAllowed(who=by.user.get_username(), act="read traces")


def _check_role(by: Actor) -> None:
    if not by.user.has_role(*MAY_RECALL):
        raise NotAllowed(who=by.user.get_username(), act="open or close recalls")
