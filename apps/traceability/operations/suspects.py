"""Goods that are doubted: held at once, investigated, cleared or found illegitimate by two, partners told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from apps.accounts.roles import Role
from apps.catalog.models import Party
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import approve, record
from apps.journal.rules import CLOCK_MAY_BE_AHEAD
from apps.ledger.models import Hold, Lot, SerialNumber
from apps.ledger.operations import release_holds
from apps.ledger.states import HoldReason
from apps.traceability.errors import AlreadySuspect, NobodyToNotify, NotOfLot, StepAhead, SuspectOver, VerdictByOneself
from apps.traceability.models import SUSPECT_NUMBERS, AuthenticityCheck, SuspectCase, SuspectPartner, SuspectStep
from apps.traceability.operations.freeze import Cause, freeze
from apps.traceability.operations.trail import MAY_READ_RECALLS
from apps.traceability.queries.suspects import partners_of
from apps.traceability.queries.taken_in import origins_of
from apps.traceability.states import (
    ContactMethod,
    SuspectSource,
    SuspectState,
    SuspectStepKind,
    SuspectVerdict,
)

MAY_SUSPECT = (Role.QUALITY, Role.ADMIN)


def open_suspect(
    *,
    lot_id: int,
    source: SuspectSource,
    reason: str,
    by: Actor,
    at: datetime,
    serial_ids: Sequence[int] = (),
    check_id: int | None = None,
) -> SuspectCase:
    """Doubt a lot, or some units of it, and hold it in every warehouse at once, with the lots made from it.

    Holds are by lot: a doubted unit holds its whole lot. Raises `AlreadySuspect`, `NotOfLot`, `NotAllowed`, `Busy`.
    """
    check_may_suspect(by)
    lot = Lot.objects.get(pk=lot_id)
    serials = list(SerialNumber.objects.filter(pk__among=list(serial_ids)).order_by("pk"))
    for serial in serials:
        if serial.lot_id != lot.pk:
            raise NotOfLot(serial=serial.number, lot=lot.number)
    if check_id is not None:
        checked = AuthenticityCheck.objects.select_related("serial").get(pk=check_id).serial
        if checked is not None and checked.lot_id != lot.pk:
            raise NotOfLot(serial=checked.number, lot=lot.number)
    number = SUSPECT_NUMBERS.next()
    cause = Cause(source=number, reason=reason, hold=HoldReason.REGULATORY, called="suspect goods")
    frozen = freeze(list(origins_of([lot.pk])), cause=cause, by=by, at=at)
    # From here on under the locks of the lots: two who doubt one lot at once take turns.
    other = SuspectCase.objects.open().filter(lot=lot).first()
    if other is not None:
        raise AlreadySuspect(lot=lot.number, case=other.number)
    case = SuspectCase.objects.create(
        number=number, created_at=at, lot=lot, raised_by_id=check_id, source=source, reason=reason, opened_by=by.user
    )
    case.serials.set(serials)
    case.holds.set(frozen.holds)
    told = {"orders": list(frozen.orders), "picks_called_off": frozen.picks_called_off, "put_backs": frozen.put_backs}
    _note("open", case, by=by, at=at, lot=lot.number, reason=reason, serials=len(serials), **told)
    return case


def record_step(
    *,
    suspect_id: int,
    kind: SuspectStepKind,
    done_at: datetime,
    who: str,
    said: str,
    by: Actor,
    at: datetime,
    reference: str = "",
) -> SuspectStep:
    """Write down what was asked, answered or found; that the regulator was told may be written down after the verdict.

    What is dated ahead of the clock has not been done. Raises `SuspectOver`, `StepAhead`, `NotAllowed`.
    """
    check_may_suspect(by)
    if done_at - at > CLOCK_MAY_BE_AHEAD:
        raise StepAhead(done_at=done_at)
    case = SuspectCase.objects.lock_one(suspect_id)
    if kind != SuspectStepKind.REGULATOR and case.state != SuspectState.OPEN:
        raise SuspectOver(case=case.number, state=case.get_state_display().lower())
    step = SuspectStep.objects.create(
        case=case,
        kind=kind,
        done_at=done_at,
        who=who,
        said=said,
        reference=reference,
        recorded_at=at,
        recorded_by=by.user,
    )
    _note("record step", case, by=by, at=at, step=kind, who=who, reference=reference)
    return step


def ask_verdict(*, suspect_id: int, verdict: SuspectVerdict, remark: str, by: Actor, at: datetime) -> SuspectCase:
    """Say what the investigation found; another approves it. Raises `IllegalTransition`, `NotAllowed`."""
    check_may_suspect(by)
    case = SuspectCase.objects.lock_one(suspect_id)
    case.must_allow(SuspectState.JUDGED)
    case.verdict, case.verdict_note = verdict, remark
    case.asked_by, case.asked_at = by.user, at
    _note("ask for verdict", case, by=by, at=at, verdict=verdict, remark=remark)
    return case.advance(SuspectState.JUDGED, "verdict", "verdict_note", "asked_by", "asked_at")


def refuse_verdict(*, suspect_id: int, reason: str, by: Actor, at: datetime) -> SuspectCase:
    """The investigation goes on. Whoever asked may take it back too. Raises `IllegalTransition`, `NotAllowed`."""
    check_may_suspect(by)
    case = SuspectCase.objects.lock_one(suspect_id)
    case.must_allow(SuspectState.OPEN)
    case.verdict, case.asked_by, case.asked_at = "", None, None
    _note("refuse verdict", case, by=by, at=at, reason=reason)
    return case.advance(SuspectState.OPEN, "verdict", "asked_by", "asked_at")


def decide_suspect(*, suspect_id: int, by: Actor, at: datetime, reason: str = "") -> SuspectCase:
    """Approve the verdict that another asked for: cleared ends the case's own holds, illegitimate lists whom to tell.

    Other holds stay. Raises `VerdictByOneself`, `LabelMissing`, `IllegalTransition`, `NotAllowed`.
    """
    check_may_suspect(by)
    case = SuspectCase.objects.select_related("asked_by").lock_one(suspect_id)
    to = SuspectState.ILLEGITIMATE if case.verdict == SuspectVerdict.ILLEGITIMATE else SuspectState.CLEARED
    case.must_allow(to)
    asked_by = case.asked_by
    if asked_by is None or asked_by.pk == by.user.pk:
        raise VerdictByOneself(case=case.number, who=by.user.get_username())
    held = Hold.objects.open().filter(suspect_cases=case)
    partners: list[SuspectPartner] = []
    if to == SuspectState.CLEARED:
        release_holds(sorted(held.values_list("pk", flat=True)), by=by, at=at, note=case.verdict_note)
    else:
        lots = sorted(held.values_list("lot", flat=True))
        partners = [SuspectPartner(case=case, party_id=pk, role=role) for pk, role in partners_of(lots)]
        SuspectPartner.objects.bulk_create(partners)
    approve(kind="suspect goods", number=case.number, asked_by_id=asked_by.pk, by=by, at=at, reason=reason)
    case.decided_by, case.decided_at = by.user, at
    _note("decide", case, by=by, at=at, verdict=case.verdict, to_be_told=len(partners), reason=reason)
    return case.advance(to, "decided_by", "decided_at")


def note_partner_told(*, suspect_id: int, party_id: int, method: ContactMethod, by: Actor, at: datetime) -> SuspectCase:
    """A supplier or customer of illegitimate goods was told. Raises `NobodyToNotify`, `NotAllowed`."""
    check_may_suspect(by)
    case = SuspectCase.objects.lock_one(suspect_id)
    rows = list(case.partners.select_related("party").filter(party=party_id, notified_at=None))
    if not rows:
        raise NobodyToNotify(case=case.number, partner=Party.objects.get(pk=party_id).number)
    for row in rows:
        row.method, row.notified_at, row.notified_by = method, at, by.user
        row.save(update_fields=["method", "notified_at", "notified_by"])
    _note("notify", case, by=by, at=at, partner=rows[0].party.number, method=method)
    return case


def note_suspect_read(*, suspect_id: int, what: str, by: Actor, at: datetime) -> SuspectCase:
    """Record that somebody read whom a case concerns; it names partners of every site. Raises `NotAllowed`."""
    if not by.user.has_role(*MAY_READ_RECALLS):
        raise NotAllowed(who=by.user.get_username(), act="read cases of suspect goods")
    case = SuspectCase.objects.get(pk=suspect_id)
    _note("read", case, by=by, at=at, what=what)
    return case


def check_may_suspect(by: Actor) -> None:
    """Raises `NotAllowed` for whoever is not charged with quality."""
    if not by.user.has_role(*MAY_SUSPECT):
        raise NotAllowed(who=by.user.get_username(), act="decide about suspect goods")


def _note(verb: str, case: SuspectCase, *, by: Actor, at: datetime, **detail: Any) -> None:
    record(verb, kind="suspect goods", number=case.number, by=by, at=at, **detail)
