"""A recall is opened: its lots are frozen in the same transaction, and everybody who got some is listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.models import Hold, Lot
from apps.traceability.errors import AlreadyRecalled, NothingToRecall, ReachTooWide
from apps.traceability.models import RECALL_NUMBERS, RecallCase, RecallConsignee, RecalledLot
from apps.traceability.operations.freeze import Cause, freeze
from apps.traceability.operations.trail import MOST_LOTS, check_may_recall, lock_open, note
from apps.traceability.queries import LotQuery, deliveries_of, lots_asked_for, origins_of
from apps.traceability.states import LotOrigin, RecallClass, RecallDepth, RecallSource


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallFacts:
    """What a case says of itself; all of it but the reason may be said later."""

    reason: str
    source: RecallSource = RecallSource.OURS
    recall_class: RecallClass | str = ""
    depth: RecallDepth = RecallDepth.RETAIL
    regulator_reference: str = ""
    strategy: str = ""
    instructions: str = ""
    done_by: date | None = None


def open_recall(
    *,
    facts: RecallFacts,
    by: Actor,
    at: datetime,
    lot_ids: Sequence[int] = (),
    query: LotQuery | None = None,
    reported_by_id: int | None = None,
    beside: bool = False,
) -> RecallCase:
    """Open a case and freeze its lots in every warehouse at once, with the lots that were made from them.

    The lots are named, or asked for by a query, or both. A lot of another open case is frozen by both only when
    `beside` says so. Raises `NothingToRecall`, `ReachTooWide`, `AlreadyRecalled`, `NotAllowed`, `Busy`.
    """
    check_may_recall(by)
    named = list(dict.fromkeys([*lot_ids, *(lots_asked_for(query, most=MOST_LOTS) if query is not None else ())]))
    origins = _origins(named)
    case = RecallCase.objects.create(
        number=RECALL_NUMBERS.next(),
        created_at=at,
        reason=facts.reason,
        reported_by_id=reported_by_id,
        source=facts.source,
        recall_class=facts.recall_class,
        depth=facts.depth,
        regulator_reference=facts.regulator_reference,
        strategy=facts.strategy,
        instructions=facts.instructions,
        done_by=facts.done_by,
        query=query.as_said if query is not None else {},
        opened_by=by.user,
    )
    told = _take_in(case, origins, beside=beside, by=by, at=at)
    note("open", case, by=by, at=at, reason=facts.reason, **told)
    enqueue("traceability.print_trace_reports", at=at, number=case.number)
    return case


def widen_recall(
    *, recall_id: int, lot_ids: Sequence[int], by: Actor, at: datetime, beside: bool = False
) -> RecallCase:
    """More lots turned out to be bad: they are frozen too, with what was made from them, and their customers listed.

    What the case holds already stays as it is. Raises `NothingToRecall` when no lot is new, `ReachTooWide`,
    `AlreadyRecalled`, `RecallOver`, `NotAllowed`, `Busy`.
    """
    check_may_recall(by)
    case = lock_open(recall_id)
    held = set(Hold.objects.open().filter(recalls=case).values_list("lot", flat=True))
    origins = {pk: origin for pk, origin in _origins(lot_ids).items() if pk not in held}
    told = _take_in(case, origins, beside=beside, by=by, at=at)
    note("widen", case, by=by, at=at, **told)
    return case


def change_recall(*, recall_id: int, facts: RecallFacts, by: Actor, at: datetime) -> RecallCase:
    """Say more, or something else, of an open case: its class, depth, reference, strategy, what consignees are to do.

    The trail keeps what was said before. Raises `RecallOver`, `NotAllowed`.
    """
    check_may_recall(by, "change recalls")
    case = lock_open(recall_id)
    before = {}
    for name in SAID:
        said = getattr(facts, name)
        if getattr(case, name) != said:
            before[name] = str(getattr(case, name) or "")
            setattr(case, name, said)
    case.save(update_fields=[*SAID])
    note("change", case, by=by, at=at, before=before)
    return case


SAID = (
    "reason",
    "source",
    "recall_class",
    "depth",
    "regulator_reference",
    "strategy",
    "instructions",
    "done_by",
)


def _origins(named: Sequence[int]) -> dict[int, LotOrigin]:
    """The lots named and those made from them. Raises `NothingToRecall`, `ReachTooWide`."""
    origins = origins_of(named)
    if not origins:
        raise NothingToRecall
    if len(origins) > MOST_LOTS:
        raise ReachTooWide(lots=len(origins), most=MOST_LOTS)
    return origins


def _take_in(
    case: RecallCase, origins: Mapping[int, LotOrigin], *, beside: bool, by: Actor, at: datetime
) -> dict[str, Any]:
    """Freeze lots for a case and list who got some; what the trail says of it."""
    if not origins:
        raise NothingToRecall
    frozen = freeze(list(origins), cause=Cause(source=case.number, reason=case.reason), by=by, at=at)
    # From here on under the locks of the lots: nothing of them leaves any more, and two who open at once take turns.
    if not beside:
        _refuse_recalled(case, origins)
    there = set(case.recalled.values_list("lot", flat=True))
    RecalledLot.objects.bulk_create(
        RecalledLot(case=case, lot_id=pk, origin=origin) for pk, origin in origins.items() if pk not in there
    )
    case.holds.add(*frozen.holds)
    known = set(case.consignees.values_list("party", flat=True))
    parties = dict.fromkeys(each.party_id for each in deliveries_of(list(origins)))
    RecallConsignee.objects.bulk_create(RecallConsignee(case=case, party_id=pk) for pk in parties if pk not in known)
    return {
        "lots": list(Lot.objects.filter(pk__among=list(origins)).order_by("pk").values_list("number", flat=True)),
        "orders": list(frozen.orders),
        "assembly_orders": list(frozen.assembly_orders),
        "picks_called_off": frozen.picks_called_off,
        "replenishments_called_off": frozen.replenishments_called_off,
        "put_backs": frozen.put_backs,
        "consignees": len(parties),
    }


def _refuse_recalled(case: RecallCase, origins: Mapping[int, LotOrigin]) -> None:
    """Refuse lots that another open case holds."""
    others = RecallCase.objects.open().exclude(pk=case.pk)
    rows = Hold.objects.open().filter(lot__among=list(origins), recalls__in=others)
    for lot, recall in rows.order_by("pk").values_list("lot__number", "recalls__number")[:1]:
        raise AlreadyRecalled(lot=lot, recall=recall)
