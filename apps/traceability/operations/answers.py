"""Consignees are told, answer, and some of them are checked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.catalog.models import Party
from apps.core.decimals import plain
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.models import Block, Lot
from apps.traceability.errors import MoreThanShipped, NotAConsignee, NotDrawn, NotNotified, NotOfRecall, SampleDrawn
from apps.traceability.models import EffectivenessCheck, RecallCase, RecallConsignee, RecallResponse
from apps.traceability.operations.trail import check_may_recall, lock_open, note
from apps.traceability.queries import shipped_to
from apps.traceability.rules import checked_of, draw
from apps.traceability.states import CheckResult, ContactMethod, EffectivenessLevel

ACT = "work on recalls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a consignee says of one lot, in base units."""

    lot_id: int
    on_hand: Decimal
    returned: Decimal = Decimal(0)
    destroyed: Decimal = Decimal(0)
    corrected: Decimal = Decimal(0)


def note_notified(
    *,
    recall_id: int,
    method: ContactMethod,
    by: Actor,
    at: datetime,
    party_ids: Sequence[int] = (),
    told_at: datetime | None = None,
) -> list[RecallConsignee]:
    """Consignees were told, these or all who were not yet; who was told before keeps the first date and method.

    Raises `RecallOver`, `NotAConsignee`, `NotAllowed`.
    """
    check_may_recall(by, ACT)
    case = lock_open(recall_id)
    known = list(case.consignees.select_related("party").order_by("pk"))
    wanted = set(party_ids) or {each.party_id for each in known}
    missing = wanted - {each.party_id for each in known}
    if missing:
        raise NotAConsignee(recall=case.number, consignee=_named(missing))
    told = [each for each in known if each.party_id in wanted and each.notified_at is None]
    for each in told:
        each.method, each.notified_at, each.notified_by = method, told_at or at, by.user
    RecallConsignee.objects.bulk_update(told, ["method", "notified_at", "notified_by"])
    note("notify", case, by=by, at=at, method=method, consignees=[each.party.number for each in told])
    return told


def record_response(
    *, recall_id: int, party_id: int, lines: Sequence[Said], by: Actor, at: datetime, remark: str = ""
) -> RecallConsignee:
    """A consignee answered: what they had of each lot when told, and what they did with it; zero is an answer too.

    Said again of a lot, the last word counts. What came back is counted by our own returns; what they say stands
    beside it. Raises `NotNotified`, `NotOfRecall`, `MoreThanShipped`, `RecallOver`, `NotAConsignee`, `NotAllowed`.
    """
    check_may_recall(by, ACT)
    case = lock_open(recall_id)
    consignee = _consignee(case, party_id)
    if consignee.notified_at is None:
        raise NotNotified(recall=case.number, consignee=consignee.party.number)
    lots = {lot.pk: lot for lot in case.lots.select_related("item")}
    sent = shipped_to(case, party_id)
    for said in lines:
        lot = lots.get(said.lot_id)
        if lot is None or said.lot_id not in sent:
            raise NotOfRecall(lot=str(lot or said.lot_id), recall=case.number)
        _keep(consignee, lot, said, shipped=sent[said.lot_id], by=by, at=at)
    consignee.responded_at = consignee.responded_at or at
    consignee.note = remark or consignee.note
    consignee.save(update_fields=["responded_at", "note"])
    note(
        "respond",
        case,
        by=by,
        at=at,
        consignee=consignee.party.number,
        remark=remark,
        lots=[_told(lots[said.lot_id], said) for said in lines],
    )
    return consignee


def draw_checks(
    *,
    recall_id: int,
    level: EffectivenessLevel,
    by: Actor,
    at: datetime,
    percent: Decimal | None = None,
) -> list[EffectivenessCheck]:
    """Draw which consignees are checked, once a case, by a seed that is kept: the same sample can be drawn again.

    The seed is the case's number with the hash of the newest sealed block, which nobody chooses. Raises `SampleDrawn`,
    `PercentNeeded`, `RecallOver`, `NotAllowed`.
    """
    check_may_recall(by, ACT)
    case = lock_open(recall_id)
    if case.sampled_at is not None:
        raise SampleDrawn(recall=case.number, level=case.effectiveness_level)
    consignees = {each.party.number: each for each in case.consignees.select_related("party")}
    count = checked_of(len(consignees), level=level, percent=percent)
    head = Block.objects.head()
    case.sample_seed = f"{case.number}-{head.hash_text[:32] if head is not None else '0'}"
    case.effectiveness_level, case.effectiveness_percent, case.sampled_at = level, percent, at
    case.save(update_fields=["sample_seed", "effectiveness_level", "effectiveness_percent", "sampled_at"])
    drawn = draw(consignees, count=count, seed=case.sample_seed)
    made = EffectivenessCheck.objects.bulk_create(EffectivenessCheck(consignee=consignees[number]) for number in drawn)
    note("draw checks", case, by=by, at=at, level=level, seed=case.sample_seed, consignees=list(drawn))
    return made


def record_check(
    *,
    recall_id: int,
    party_id: int,
    result: CheckResult,
    method: ContactMethod,
    by: Actor,
    at: datetime,
    remark: str = "",
) -> EffectivenessCheck:
    """What a check of a consignee that was drawn has found. Raises `NotDrawn`, `RecallOver`, `NotAllowed`."""
    check_may_recall(by, ACT)
    case = lock_open(recall_id)
    consignee = _consignee(case, party_id)
    check = EffectivenessCheck.objects.filter(consignee=consignee, checked_at=None).first()
    if check is None:
        raise NotDrawn(recall=case.number, consignee=consignee.party.number)
    check.result, check.method, check.note = result, method, remark
    check.checked_at, check.checked_by = at, by.user
    check.save(update_fields=["result", "method", "note", "checked_at", "checked_by"])
    note("check", case, by=by, at=at, consignee=consignee.party.number, result=result, method=method, remark=remark)
    return check


def _named(party_ids: Collection[int]) -> str:
    """Who they are, by number."""
    return ", ".join(Party.objects.filter(pk__in=party_ids).order_by("number").values_list("number", flat=True))


def _consignee(case: RecallCase, party_id: int) -> RecallConsignee:
    found = case.consignees.select_related("party").filter(party=party_id).first()
    if found is None:
        raise NotAConsignee(recall=case.number, consignee=_named({party_id}))
    return found


def _keep(consignee: RecallConsignee, lot: Lot, said: Said, *, shipped: Decimal, by: Actor, at: datetime) -> None:
    """Keep an answer on one lot, in place of an earlier one."""
    scale = lot.item.scale
    on_hand = parse_quantity(said.on_hand, scale=scale, zero=True)
    done = {
        name: parse_quantity(getattr(said, name), scale=scale, zero=True)
        for name in ("returned", "destroyed", "corrected")
    }
    for amount in (on_hand, sum(done.values(), Decimal(0))):
        if amount > shipped:
            raise MoreThanShipped(
                consignee=consignee.party.number, lot=lot.number, shipped=plain(shipped), said=plain(amount)
            )
    RecallResponse.objects.update_or_create(
        consignee=consignee, lot=lot, defaults={"on_hand": on_hand, "said_at": at, "entered_by": by.user, **done}
    )


def _told(lot: Lot, said: Said) -> dict[str, str]:
    """As the trail keeps it."""
    return {
        "lot": lot.number,
        **{name: plain(getattr(said, name)) for name in ("on_hand", "returned", "destroyed", "corrected")},
    }
