"""A recall case as paper: the recall report, and the status report for a regulator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max, Min

from apps.accounts.models import User
from apps.core.paper.formats import day, moment, quantity
from apps.journal.models import AuditEntry
from apps.ledger.models import Block, Hold, Lot, SealedTransaction, StockMove
from apps.locations.queries import letterhead, printed
from apps.traceability import pdf
from apps.traceability.models import RecallCase
from apps.traceability.queries.balances import balances_of
from apps.traceability.queries.genealogy import goods_of
from apps.traceability.queries.reach import stock_of
from apps.traceability.queries.status import RecallStatus, status_of
from apps.traceability.queries.trees import Direction, TraceKind, trace_goods
from apps.traceability.rules import LAW, REPORT_EVERY_WEEKS, MassBalance
from apps.traceability.states import CheckResult, LotOrigin

SIGNERS = ("Prepared by (quality)", "Checked by", "Closure approved by")
MADE = (TraceKind.LOT, TraceKind.SERIAL, TraceKind.ITEM, TraceKind.WORK)
FEW = 6
"""A longer list is told by how many stand in it."""


def report_of(case: RecallCase, *, at: datetime, by: User) -> pdf.RecallReport:
    """The whole case: its answer, quantities, consignees, timeline, and the seal behind the figures."""
    status = status_of(case)
    origins = dict(case.recalled.values_list("lot", "origin"))
    holds = _holds(case)
    balances = balances_of(origins)
    lots = Lot.objects.select_related("item__unit").in_bulk(list(origins))
    off = sum(not balance.balances for balance in balances.values())
    balanced = "Every unit of every lot is accounted for." if not off else f"{off} of {len(lots)} lots do not balance."
    return pdf.RecallReport(
        **_head(case, status, at=at, by=by),
        title="Recall report",
        verdict=f"{balanced} {_progress(status)}",
        lots=tuple(_lot(lots[pk], balances[pk], origin, holds.get(pk)) for pk, origin in origins.items()),
        tree=tuple(_tree(origins)),
        stock=tuple(
            pdf.ReportStock(
                warehouse=each.warehouse,
                where=each.where,
                item=each.item,
                lot=each.lot,
                places=each.places,
                quantity=each.quantity,
                unit=each.unit,
            )
            for each in stock_of(list(origins))
        ),
        consignees=tuple(_consignees(status)),
        events=tuple(_events(case)),
        seal=_seal(list(origins)),
        signers=SIGNERS,
    )


def status_report_of(case: RecallCase, *, at: datetime, by: User) -> pdf.RecallReport:
    """The fields of 21 CFR 7.53(b): told, answered, silent, returned or corrected, checks, and when it will be done."""
    status = status_of(case)
    return pdf.RecallReport(
        **_head(case, status, at=at, by=by),
        title="Recall status report",
        verdict=_progress(status),
        lots=(),
        consignees=tuple(_consignees(status)),
        signers=SIGNERS[:1],
    )


def _head(case: RecallCase, status: RecallStatus, *, at: datetime, by: User) -> dict[str, Any]:
    rule, (least, most) = LAW["status"], REPORT_EVERY_WEEKS
    return {
        "company": letterhead(),
        "printed": printed(at, by),
        "number": case.number,
        "opened_on": case.created_at.date(),
        "as_of": at,
        "state": case.get_state_display(),
        "reason": case.reason,
        "source": case.get_source_display(),
        "recall_class": case.get_recall_class_display() if case.recall_class else "",
        "depth": case.get_depth_display(),
        "regulator_reference": case.regulator_reference,
        "reported_by": case.reported_by.name if case.reported_by is not None else case.opened_by.get_username(),
        "strategy": case.strategy,
        "done_by": case.done_by,
        "law": f"Fields of {rule.cited}; such reports usually follow each other by {least} to {most} weeks.",
        "facts": tuple(_facts(case, status)),
        "loose_ends": status.loose_ends,
    }


def _progress(status: RecallStatus) -> str:
    return (
        f"{status.notified} of {len(status.consignees)} consignees were told, {status.responded} answered, "
        f"{len(status.silent)} are silent."
    )


def _facts(case: RecallCase, status: RecallStatus) -> Iterable[tuple[str, str]]:
    yield "Consignees", str(len(status.consignees))
    for each in status.told:
        yield f"Told on {day(each.on)} by {each.method.lower()}", str(each.consignees)
    yield "Not told yet", str(len(status.untold))
    yield "Answered", str(status.responded)
    yield "Told and silent", str(len(status.silent))
    for total in status.lots:
        name = f"{total.item} {total.lot}"
        yield f"{name}: sent to consignees", quantity(total.shipped, total.unit)
        yield f"{name}: on hand when they were told, as they say", quantity(total.on_hand, total.unit)
        yield f"{name}: returned, as they say", quantity(total.returned, total.unit)
        yield f"{name}: received back by us", quantity(total.received_back, total.unit)
        yield f"{name}: destroyed or corrected by them", quantity(total.destroyed + total.corrected, total.unit)
        yield f"{name}: accounted for", quantity(total.accounted, total.unit)
    level = case.get_effectiveness_level_display()
    yield "Effectiveness checks", f"{level}; {status.drawn} drawn" if level else "not drawn yet"
    if case.sample_seed:
        yield "Drawn by the seed", case.sample_seed
    for name, count in status.results.items():
        yield f"Checks: {CheckResult(name).label.lower() if name in CheckResult.values else 'not made yet'}", str(count)
    yield "Expected to be done by", day(case.done_by) or "not named yet"


def _holds(case: RecallCase) -> dict[int, Hold]:
    """The case's last hold on each lot."""
    return {hold.lot_id: hold for hold in Hold.objects.filter(recalls=case).order_by("pk")}


def _lot(lot: Lot, balance: MassBalance, origin: str, hold: Hold | None) -> pdf.ReportLot:
    freed = hold is not None and hold.closed_at is not None
    state = f"released {moment(hold.closed_at)}" if freed and hold is not None and hold.closed_at else "frozen"
    return pdf.ReportLot(
        item=lot.item.number,
        name=lot.item.name,
        lot=lot.number,
        origin=LotOrigin(origin).label,
        state=state,
        unit=lot.item.unit.code,
        opening=balance.opening,
        received=balance.received,
        made=balance.made,
        returned=balance.returned,
        on_hand=balance.on_hand,
        shipped=balance.shipped,
        scrapped=balance.scrapped,
        adjusted=balance.adjusted,
        consumed=balance.consumed,
        sent_back=balance.sent_back,
        difference=balance.difference,
    )


def _tree(origins: Mapping[int, str]) -> Iterable[pdf.ReportLink]:
    """What the named lots went into as it is known now, step by step; nothing when nothing was made of them."""
    named = [pk for pk, origin in origins.items() if origin == LotOrigin.NAMED]
    trace = trace_goods(goods_of(named), direction=Direction.UP)
    rows = [each for each in trace.tree(up=True) if each.node.kind in MADE]
    if all(each.depth == 0 for each in rows):
        return
    parents = {each.parent for each in rows}
    for each in rows:
        node = each.node
        if each.depth == 0 and node.kind == TraceKind.SERIAL and node.key not in parents:
            continue
        origin = LotOrigin.CERTAIN if each.is_certain else LotOrigin.POSSIBLE
        yield pdf.ReportLink(
            depth=each.depth,
            item=node.item,
            lot=f"{node.number} (see above)" if each.again else node.number,
            origin=(LotOrigin.NAMED if each.depth == 0 else origin).label,
        )


def _consignees(status: RecallStatus) -> Iterable[pdf.ReportConsignee]:
    for standing in status.consignees:
        party = standing.party
        told = (
            f"{day(standing.notified_at.date())} {standing.method}" if standing.notified_at is not None else "not yet"
        )
        answered = day(standing.responded_at.date()) if standing.responded_at is not None else ""
        checked = {None: "", "": "to be made"}.get(standing.check_result, standing.check_result or "")
        for index, each in enumerate(standing.lots):
            first = index == 0
            yield pdf.ReportConsignee(
                customer=f"{party.number} {party.name}" if first else "",
                contact=" ".join(filter(None, (party.contact, party.phone, party.email))) if first else "",
                told=told if first else "",
                answered=(answered or "no") if first else "",
                check=checked if first else "",
                item=each.item,
                lot=each.lot,
                unit=each.unit,
                shipped=each.shipped,
                on_hand=quantity(each.on_hand, each.unit) if each.on_hand is not None else "",
                accounted=each.accounted,
            )


def _events(case: RecallCase) -> Iterable[pdf.ReportEvent]:
    """What was decided; who read the case stands on the trail alone."""
    entries = AuditEntry.objects.filter(kind="recall", number=case.number).exclude(verb="read")
    for entry in entries.select_related("user").order_by("pk"):
        yield pdf.ReportEvent(
            at=entry.at, what=entry.verb.capitalize(), who=entry.user.get_username(), detail=_told(entry.detail)
        )


def _told(detail: Mapping[str, Any]) -> str:
    """The trail's facts in a line; a list by how many stand in it, unless there are few."""
    said = []
    for name, value in detail.items():
        if value in ("", [], {}, None, 0, False):
            continue
        if isinstance(value, list):
            text = str(len(value)) if len(value) > FEW else ", ".join(_of(each) for each in value)
        else:
            text = _of(value)
        said.append(f"{name.replace('_', ' ')} {text}")
    return "; ".join(said)


def _of(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name.replace('_', ' ')} {each}" for name, each in value.items())
    return str(value)


def _seal(lot_ids: list[int]) -> pdf.ReportSeal:
    posted = StockMove.objects.filter(lot__among=lot_ids).order_by().values("transaction").distinct()
    sealed = SealedTransaction.objects.filter(transaction__in=posted)
    blocks = sealed.aggregate(first=Min("block"), last=Max("block"))
    head = Block.objects.head()
    return pdf.ReportSeal(
        transactions=posted.count(),
        sealed=sealed.count(),
        first_block=blocks["first"],
        last_block=blocks["last"],
        head=head.number if head is not None else None,
        head_hash=head.hash_text if head is not None else "",
        head_at=head.sealed_at if head is not None else None,
    )
