"""Inspections begin with what came in, and shrink with what is taken back before anybody looked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.compliance.errors import InspectionBegun
from apps.compliance.models import (
    INSPECTION_NUMBERS,
    Inspection,
    InspectionCharacteristic,
    InspectionResult,
    PlanCharacteristic,
)
from apps.compliance.models.plan import CHARACTERISTIC_FIELDS
from apps.compliance.operations.trail import note
from apps.compliance.queries import basis_of, past_lots, plans_for, sample_for, table_of
from apps.compliance.rules import Sample, severity_after
from apps.compliance.states import InspectionState
from apps.core.decimals import plain
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.states import StockStatus
from apps.locations.models import Warehouse

AS_A_WHOLE = "As a whole"
"""What is looked at where no plan says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """So much of an item and lot came in from a supplier and stands somewhere, in a status; base units."""

    item_id: int
    quantity: Decimal
    location_id: int
    status: str
    supplier_id: int | None = None
    lot_id: int | None = None
    serial_id: int | None = None


Lot = tuple[int, int | None, int | None, str]
"""What is inspected together: item, lot, supplier, status."""


def plan_inspections(
    goods: Sequence[Arrived], *, warehouse_id: int, document: str, by: Actor, at: datetime
) -> list[Inspection]:
    """Each lot that came in to be inspected gets its inspection, with the sample and what is looked at.

    What a plan let through is kept as skipped, so that it counts among the lots that came. The same number of
    statements however many came.
    """
    lots: dict[Lot, list[Arrived]] = defaultdict(list)
    for each in goods:
        if each.status in {StockStatus.INSPECTION, StockStatus.AVAILABLE}:
            lots[each.item_id, each.lot_id, each.supplier_id, each.status].append(each)
    if not lots:
        return []
    today = Warehouse.objects.get(pk=warehouse_id).local_date(at)
    plans = plans_for({(item, supplier) for item, _, supplier, _ in lots}, on=today)
    version, table = table_of(list(plans.values()), on=today)
    past = past_lots(plans)
    begun = []
    for (item, lot_id, supplier, status), came in lots.items():
        plan = plans.get((item, supplier))
        skipped = status == StockStatus.AVAILABLE
        if skipped and (plan is None or not plan.skip_after):
            continue
        severity = severity_after(past.get((item, supplier), []), start=plan.starts) if plan else ""
        quantity = sum((each.quantity for each in came), Decimal(0))
        sample = sample_for(plan, quantity, severity=severity, table=table)
        begun.append(
            (
                Inspection(
                    created_at=at,
                    warehouse_id=warehouse_id,
                    state=InspectionState.SKIPPED if skipped else InspectionState.OPEN,
                    document=document,
                    item_id=item,
                    lot_id=lot_id,
                    supplier_id=supplier,
                    location_id=came[0].location_id,
                    quantity=quantity,
                    plan=plan,
                    table=version if plan and plan.table_aql is not None else None,
                    basis=basis_of(plan, version, severity=severity),
                    asked_by=by.user,
                    **_sampled(sample, severity, skipped=skipped),
                ),
                [each.serial_id for each in came if each.serial_id is not None],
            )
        )
    return begin(begun, by=by, at=at)


def begin(new: Sequence[tuple[Inspection, Collection[int]]], *, by: Actor, at: datetime) -> list[Inspection]:
    """Number and keep new inspections, each with its serial units, and what its plan looks at; print their sheets."""
    numbers = INSPECTION_NUMBERS.next_many(len(new)) if new else []
    for (inspection, _), number in zip(new, numbers, strict=True):
        inspection.number = number
    inspections = Inspection.objects.bulk_create([inspection for inspection, _ in new])
    through = Inspection.serials.through
    through.objects.bulk_create(
        [
            through(inspection_id=inspection.pk, serialnumber_id=serial)
            for inspection, serials in new
            for serial in serials
        ]
    )
    to_do = [each for each in inspections if each.state == InspectionState.OPEN]
    _copy(to_do)
    if to_do:
        numbers = [each.number for each in to_do]
        enqueue("compliance.print_inspection_sheets", at=at, inspections=numbers, user_id=by.user.pk)
    return inspections


def take_out(
    goods: Iterable[Arrived], *, warehouse_id: int, document: str, by: Actor, at: datetime
) -> list[Inspection]:
    """What came in by mistake and is taken back leaves its inspection; the one that is left with nothing is cancelled.

    Raises `InspectionBegun` when somebody has recorded results or decided.
    """
    gone: dict[Lot, list[Arrived]] = defaultdict(list)
    for each in goods:
        gone[each.item_id, each.lot_id, each.supplier_id, each.status].append(each)
    named = Inspection.objects.filter(warehouse=warehouse_id, document=document, origin=None)
    concerned = named.filter(item__in={item for item, *_ in gone}).select_related("plan", "warehouse")
    changed = []
    for inspection in concerned.exclude(state=InspectionState.CANCELLED).lock():
        is_skipped = inspection.state == InspectionState.SKIPPED
        status = StockStatus.AVAILABLE if is_skipped else StockStatus.INSPECTION
        came = gone.get((inspection.item_id, inspection.lot_id, inspection.supplier_id, status))
        if came:
            _shrink(inspection, came, by=by, at=at)
            changed.append(inspection)
    return changed


def _shrink(inspection: Inspection, gone: Sequence[Arrived], *, by: Actor, at: datetime) -> None:
    quantity = sum((each.quantity for each in gone), Decimal(0))
    serials = [each.serial_id for each in gone if each.serial_id is not None]
    is_skipped = inspection.state == InspectionState.SKIPPED
    has_results = InspectionResult.objects.filter(characteristic__inspection=inspection).exists()
    if has_results or not (is_skipped or inspection.state == InspectionState.OPEN):
        raise InspectionBegun(inspection=inspection.number)
    left = inspection.quantity - quantity
    note("take out", inspection, by=by, at=at, quantity=plain(quantity))
    if left <= 0:
        inspection.advance(InspectionState.CANCELLED)
        return
    if serials:
        inspection.serials.remove(*serials)
    inspection.quantity = left
    fields = ["quantity"]
    if not is_skipped:
        plan = inspection.plan
        _, table = table_of([plan] if plan else [], on=inspection.warehouse.local_date(inspection.created_at))
        sample = sample_for(plan, left, severity=inspection.severity, table=table)
        inspection.sample_size, inspection.accept_number, inspection.reject_number = (
            sample.size,
            sample.accept,
            sample.reject,
        )
        fields += ["sample_size", "accept_number", "reject_number"]
    inspection.save(update_fields=fields)


def _sampled(sample: Sample, severity: str, *, skipped: bool) -> dict[str, object]:
    given: dict[str, object] = {
        "sample_size": 0 if skipped else sample.size,
        "accept_number": sample.accept,
        "reject_number": sample.reject,
    }
    return given | ({"severity": severity} if severity else {})


def _copy(inspections: Sequence[Inspection]) -> None:
    """What is looked at stands in the inspection itself from now on."""
    of_plan: dict[int, list[PlanCharacteristic]] = defaultdict(list)
    planned = {each.plan_id for each in inspections if each.plan_id is not None}
    for row in PlanCharacteristic.objects.filter(plan__in=planned).order_by("line"):
        of_plan[row.plan_id].append(row)
    whole = PlanCharacteristic(line=1, name=AS_A_WHOLE)
    InspectionCharacteristic.objects.bulk_create(
        [
            InspectionCharacteristic(inspection=each, **{name: getattr(row, name) for name in CHARACTERISTIC_FIELDS})
            for each in inspections
            for row in of_plan.get(each.plan_id or 0) or [whole]
        ]
    )
