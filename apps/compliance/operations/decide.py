"""Somebody who may judge decides what becomes of inspected goods: of all of them, at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.compliance.errors import DecisionUnclear, GoodsStillThere, InspectionOver, NotAcceptable, ResultsMissing
from apps.compliance.models import Inspection, InspectionDecision
from apps.compliance.operations.begin import begin
from apps.compliance.operations.trail import MAY_DECIDE, check_role, note
from apps.compliance.operations.turn import turn
from apps.compliance.queries import basis_of, findings_of, sample_for, still_there, table_of
from apps.compliance.rules import Findings, units_in
from apps.compliance.rules.places import Want
from apps.compliance.states import InspectionDisposition, InspectionState, Verdict
from apps.core.decimals import plain
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.models import SerialNumber
from apps.ledger.states import StockStatus
from apps.locations.labels import refuse_unlabelled

ZERO = Decimal(0)
STATUS_AFTER = {
    InspectionDisposition.ACCEPT: StockStatus.AVAILABLE,
    InspectionDisposition.REJECT: StockStatus.BLOCKED,
}
"""What the others become is decided later: they stay under inspection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """This becomes of so much (base units), or of these serial numbers."""

    disposition: str
    quantity: Decimal | None = None
    serials: Sequence[str] = ()


def decide_inspection(
    *, inspection_id: int, decisions: Sequence[Decided], reason: str, by: Actor, at: datetime
) -> Inspection:
    """Accepted goods are available where they stand and are to be put away; rejected ones are blocked.

    What is reworked is inspected again; what is to be used as it is waits for the approval of another. What is no
    longer there is left out. Nothing is accepted that the results do not allow. Raises `NotAllowed`, `InspectionOver`,
    `DecisionUnclear`, `ResultsMissing`, `NotAcceptable`, `LabelMissing`, and `InsufficientStock` or `UnitElsewhere`
    when goods are about to be moved.
    """
    inspection = Inspection.objects.select_related("warehouse", "item", "lot", "location", "plan").lock_one(
        inspection_id
    )
    check_role(by, MAY_DECIDE, f"decide {inspection}")
    if inspection.state != InspectionState.OPEN:
        raise InspectionOver(inspection=inspection.number, state=inspection.state)
    _leave_out_missing(inspection, by=by, at=at)
    rows = _rows(inspection, decisions)
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        amounts[row.disposition] += row.quantity
    found = findings_of(inspection)
    _check_acceptable(inspection, amounts[InspectionDisposition.ACCEPT], found)
    if amounts[InspectionDisposition.ACCEPT]:
        refuse_unlabelled([inspection.item], inspection.warehouse, on=inspection.warehouse.local_date(at))
    InspectionDecision.objects.bulk_create(rows)
    turn(
        inspection,
        [
            Want(
                status=STATUS_AFTER[InspectionDisposition(row.disposition)],
                quantity=row.quantity,
                serial_id=row.serial_id,
            )
            for row in rows
            if row.disposition in STATUS_AFTER
        ],
        reason=reason,
        by=by,
        at=at,
    )
    _inspect_again(inspection, [row for row in rows if row.disposition == InspectionDisposition.REWORK], by=by, at=at)
    note(
        "decide",
        inspection,
        by=by,
        at=at,
        reason=reason,
        results=found.verdict,
        defective=found.defectives,
        **{disposition: plain(amount) for disposition, amount in amounts.items()},
    )
    held_back = inspection.quantity - amounts[InspectionDisposition.ACCEPT]
    inspection.accepted = found.verdict == Verdict.ACCEPT and held_back <= found.defectives
    inspection.in_doubt = inspection.accepted and found.in_doubt
    inspection.decided_by, inspection.decided_at, inspection.reason = by.user, at, reason
    waits = amounts[InspectionDisposition.USE_AS_IS] > 0
    return inspection.advance(
        InspectionState.WAITING if waits else InspectionState.DECIDED,
        "quantity",
        "accepted",
        "in_doubt",
        "decided_by",
        "decided_at",
        "reason",
    )


def cancel_inspection(*, inspection_id: int, reason: str, by: Actor, at: datetime) -> Inspection:
    """Its goods are gone: counted as lost, or used up. Raises `NotAllowed`, `GoodsStillThere`, `InspectionOver`."""
    inspection = Inspection.objects.select_related("warehouse", "item").lock_one(inspection_id)
    check_role(by, MAY_DECIDE, f"cancel {inspection}")
    if inspection.state != InspectionState.OPEN:
        raise InspectionOver(inspection=inspection.number, state=inspection.state)
    left = sum(still_there(inspection).values(), ZERO)
    if left:
        raise GoodsStillThere(inspection=inspection.number, quantity=left)
    note("cancel", inspection, by=by, at=at, reason=reason)
    inspection.reason = reason
    return inspection.advance(InspectionState.CANCELLED, "reason")


def most_acceptable(inspection: Inspection, found: Findings) -> Decimal:
    """How much may be accepted: nothing of a lot that failed by its sample; of one that was sorted, what is good.

    Units that were found defective are never accepted.
    """
    is_sorted = inspection.plan_id is None or inspection.sample_size >= units_in(inspection.quantity)
    if found.verdict == Verdict.PENDING or (found.verdict == Verdict.REJECT and not is_sorted):
        return ZERO
    return max(inspection.quantity - found.defectives, ZERO)


def _leave_out_missing(inspection: Inspection, *, by: Actor, at: datetime) -> None:
    """What a count has found missing since, or what was used up as a sample, is inspected no more."""
    there = still_there(inspection)
    left = sum(there.values(), ZERO)
    if not ZERO < left < inspection.quantity:
        return
    if inspection.item.has_serials:
        inspection.serials.set([unit for unit in inspection.serials.all() if unit.pk in there])
    note("leave out", inspection, by=by, at=at, missing=plain(inspection.quantity - left))
    inspection.quantity = left


def _check_acceptable(inspection: Inspection, asked: Decimal, found: Findings) -> None:
    if not asked:
        return
    if found.verdict == Verdict.PENDING:
        raise ResultsMissing(inspection=inspection.number, recorded=found.recorded, needed=found.needed)
    most = most_acceptable(inspection, found)
    if asked > most:
        raise NotAcceptable(inspection=inspection.number, defectives=found.defectives, most=most, asked=asked)


def _rows(inspection: Inspection, decisions: Sequence[Decided]) -> list[InspectionDecision]:
    """The decisions as they are kept: all of the goods, each once."""
    serials = {unit.number: unit for unit in inspection.serials.all()}
    rows = []
    for each in decisions:
        if inspection.item.has_serials:
            rows += [
                InspectionDecision(
                    inspection=inspection, disposition=each.disposition, quantity=Decimal(1), serial=unit
                )
                for unit in _named(inspection, each, serials)
            ]
        elif each.serials or each.quantity is None:
            raise _unclear(inspection, "say how much of it")
        elif each.quantity:
            quantity = parse_quantity(each.quantity, scale=inspection.item.scale)
            rows.append(InspectionDecision(inspection=inspection, disposition=each.disposition, quantity=quantity))
    total = sum((row.quantity for row in rows), ZERO)
    kinds = [(row.disposition, row.serial_id) for row in rows]
    units = [row.serial_id for row in rows if row.serial_id is not None]
    if len(set(kinds)) != len(kinds) or len(set(units)) != len(units):
        raise _unclear(inspection, "the same is decided twice")
    if total != inspection.quantity:
        raise _unclear(inspection, f"{plain(total)} of {plain(inspection.quantity)} is decided")
    return rows


def _named(inspection: Inspection, decided: Decided, serials: dict[str, SerialNumber]) -> list[SerialNumber]:
    numbers = [number.strip() for number in decided.serials]
    if not numbers or (decided.quantity is not None and decided.quantity != len(numbers)):
        raise _unclear(inspection, "name the serial numbers")
    if foreign := [number for number in numbers if number not in serials]:
        raise _unclear(inspection, f"{foreign[0]} is not among them")
    return [serials[number] for number in numbers]


def _unclear(inspection: Inspection, problem: str) -> DecisionUnclear:
    return DecisionUnclear(inspection=inspection.number, problem=problem)


def _inspect_again(inspection: Inspection, rows: Sequence[InspectionDecision], *, by: Actor, at: datetime) -> None:
    """Reworked goods stay where they are and get an inspection of their own, by the same plan and as strictly."""
    if not rows:
        return
    quantity = sum((row.quantity for row in rows), ZERO)
    plan = inspection.plan
    version, table = table_of([plan] if plan else [], on=inspection.warehouse.local_date(at))
    sample = sample_for(plan, quantity, severity=inspection.severity, table=table)
    again = Inspection(
        created_at=at,
        warehouse=inspection.warehouse,
        document=inspection.document,
        item=inspection.item,
        lot=inspection.lot,
        supplier_id=inspection.supplier_id,
        location=inspection.location,
        quantity=quantity,
        plan=plan,
        table=version,
        severity=inspection.severity,
        basis=basis_of(plan, version, severity=inspection.severity),
        sample_size=sample.size,
        accept_number=sample.accept,
        reject_number=sample.reject,
        origin=inspection,
        cause=inspection.cause,
        asked_by=by.user,
    )
    begin([(again, [row.serial_id for row in rows if row.serial_id is not None])], by=by, at=at)
