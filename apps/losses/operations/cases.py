"""Losses are looked into by few; what was found is approved by another, who made none of the postings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import approve, record
from apps.ledger.models import StockTransaction
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Warehouse
from apps.losses.errors import FindingByOneself, LossCaseOver, LossInCase, NotALoss
from apps.losses.models import LOSS_CASE_NUMBERS, LossCase, LossCaseLine, LossStep
from apps.losses.operations.doors import may_read_losses
from apps.losses.states import LossCaseState, LossFinding, LossStepKind

MAY_INVESTIGATE = (Role.INVENTORY_MANAGER, Role.SAFETY, Role.ADMIN)
OFF_THE_BOOK = (LocationKind.ADJUSTMENT, LocationKind.SCRAP)


def open_loss_case(*, warehouse_id: int, posting_ids: Sequence[int], reason: str, by: Actor, at: datetime) -> LossCase:
    """Look into postings of one site that took goods off its book. Raises `NotAllowed`, `NotALoss`, `LossInCase`."""
    _may_investigate(by)
    # Postings are never changed, and so never locked: two who open cases at a site take turns.
    site = Warehouse.objects.lock_one(warehouse_id)
    wanted = list(dict.fromkeys(posting_ids))
    off = Q(moves__target__kind__in=OFF_THE_BOOK) | Q(moves__source__kind__in=OFF_THE_BOOK)
    losses = StockTransaction.objects.filter(pk__in=StockTransaction.objects.filter(off).values("pk"), warehouse=site)
    losses = losses.exclude(kind=TransactionKind.OPENING)
    found = set(losses.filter(pk__among=wanted).values_list("pk", flat=True))
    for pk in wanted or [0]:
        if pk not in found:
            raise NotALoss(posting=str(pk or "none"), warehouse=site.code)
    other = LossCaseLine.objects.filter(posting__in=wanted).select_related("case").order_by("posting").first()
    if other is not None:
        raise LossInCase(posting=str(other.posting_id), case=other.case.number)
    case = LossCase.objects.create(
        number=LOSS_CASE_NUMBERS.next(), created_at=at, warehouse=site, reason=reason, opened_by=by.user
    )
    LossCaseLine.objects.bulk_create(LossCaseLine(case=case, posting_id=pk) for pk in wanted)
    _note("open", case, by=by, at=at, reason=reason, postings=wanted)
    return case


def record_loss_step(*, case_id: int, kind: LossStepKind, said: str, by: Actor, at: datetime) -> LossStep:
    """Write down what was done to find out. Raises `NotAllowed`, `LossCaseOver`."""
    _may_investigate(by)
    case = _locked(case_id)
    if case.state != LossCaseState.OPEN:
        raise LossCaseOver(case=case.number, state=case.get_state_display().lower())
    step = LossStep.objects.create(case=case, kind=kind, said=said, recorded_at=at, recorded_by=by.user)
    _note("record step", case, by=by, at=at, step=kind)
    return step


def ask_finding(*, case_id: int, finding: LossFinding, note: str, by: Actor, at: datetime) -> LossCase:
    """Say what became of the goods; another approves it. Raises `NotAllowed`, `IllegalTransition`."""
    _may_investigate(by)
    case = _locked(case_id)
    case.must_allow(LossCaseState.JUDGED)
    case.finding, case.finding_note, case.asked_by, case.asked_at = finding, note, by.user, at
    _note("ask for finding", case, by=by, at=at, finding=finding)
    return case.advance(LossCaseState.JUDGED, "finding", "finding_note", "asked_by", "asked_at")


def refuse_finding(*, case_id: int, reason: str, by: Actor, at: datetime) -> LossCase:
    """The investigation goes on; whoever asked may take it back so too. Raises `NotAllowed`, `IllegalTransition`."""
    _may_investigate(by)
    case = _locked(case_id)
    case.must_allow(LossCaseState.OPEN)
    case.finding, case.asked_by, case.asked_at = "", None, None
    _note("refuse finding", case, by=by, at=at, reason=reason)
    return case.advance(LossCaseState.OPEN, "finding", "asked_by", "asked_at")


def decide_loss(*, case_id: int, by: Actor, at: datetime, reason: str = "") -> LossCase:
    """Approve the finding; nothing of the book is changed by it.

    Goods that were found come back by a count, a posting that was wrong by its reversal. Raises `NotAllowed`,
    `FindingByOneself`, `IllegalTransition`.
    """
    _may_investigate(by)
    case = _locked(case_id)
    case.must_allow(LossCaseState.CLOSED)
    asked_by_id = case.asked_by_id or 0  # what waits was told by somebody
    if asked_by_id == by.user.pk or case.postings.filter(by=by.user).exists():
        raise FindingByOneself(case=case.number, who=by.user.get_username())
    approve(kind="loss case", number=case.number, asked_by_id=asked_by_id, by=by, at=at, reason=reason)
    case.decided_by, case.decided_at = by.user, at
    _note("decide", case, by=by, at=at, finding=case.finding, reason=reason)
    return case.advance(LossCaseState.CLOSED, "decided_by", "decided_at")


def note_case_read(*, case_id: int, what: str, by: Actor, at: datetime) -> LossCase:
    """Record that somebody read who is looked into. Raises `NotAllowed`."""
    may_read_losses(by)
    case = LossCase.objects.select_related("warehouse").get(pk=case_id)
    _note("read", case, by=by, at=at, what=what)
    return case


def _locked(case_id: int) -> LossCase:
    return LossCase.objects.select_related("warehouse").lock_one(case_id)


def _may_investigate(by: Actor) -> None:
    if not by.user.has_role(*MAY_INVESTIGATE):
        raise NotAllowed(who=by.user.get_username(), act="look into losses")


def _note(verb: str, case: LossCase, *, by: Actor, at: datetime, **detail: Any) -> None:
    code = case.warehouse.code
    record(verb, kind="loss case", number=case.number, by=by, at=at, warehouse_code=code, **detail)
