"""An inspection and a supplier return as paper."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import User
from apps.compliance.models import Inspection, InspectionResult, SupplierReturn
from apps.compliance.pdf import InspectionSheetPaper, LookedAt, ReturnedPaper, ReturnNotePaper
from apps.compliance.queries.standing import standing
from apps.compliance.states import CharacteristicKind, SamplingKind
from apps.core.paper.formats import Address
from apps.ledger.states import StockStatus
from apps.locations.queries import letterhead, printed

MOST_PLACES = 4
MOST_FINDINGS = 8


def sampled_by(inspection: Inspection) -> str:
    """How the sample was found, in words."""
    plan = inspection.plan
    if plan is None:
        return "Judged as a whole"
    if plan.sampling == SamplingKind.TABLE and inspection.table is not None:
        severity = inspection.get_severity_display().lower()
        return f"{inspection.table}, level {plan.level}, AQL {plan.aql:f}".rstrip("0").rstrip(".") + f", {severity}"
    return plan.get_sampling_display()


def inspection_sheet_of(inspection: Inspection, *, at: datetime, by: User) -> InspectionSheetPaper:
    """What is to be looked at, and where it stands now."""
    warehouse, item, lot = inspection.warehouse, inspection.item, inspection.lot
    stands = standing(inspection, status=StockStatus.INSPECTION)
    return InspectionSheetPaper(
        company=letterhead(),
        printed=printed(at, by, warehouse),
        number=inspection.number,
        dated=warehouse.local_date(inspection.created_at),
        warehouse=warehouse.name,
        document=inspection.document,
        supplier=inspection.supplier.name if inspection.supplier is not None else "",
        item_number=item.number,
        description=item.name,
        lot=lot.number if lot is not None else "",
        expires_on=lot.expires_on if lot is not None else None,
        quantity=inspection.quantity,
        unit=item.unit.code,
        places=tuple(dict.fromkeys(each.code for each in stands))[:MOST_PLACES],
        sampled_by=sampled_by(inspection),
        sample_size=inspection.sample_size,
        accept_number=inspection.accept_number,
        reject_number=inspection.reject_number,
        characteristics=tuple(
            LookedAt(
                line=each.line,
                name=each.name,
                limits=each.limits,
                instruction=each.instruction,
                is_measured=each.kind == CharacteristicKind.MEASURED,
                is_critical=each.is_critical,
            )
            for each in inspection.characteristics.all()
        ),
    )


def return_note_of(sent: SupplierReturn, *, at: datetime, by: User) -> ReturnNotePaper:
    """What the posting took out, and what was found wrong with it."""
    inspection = sent.inspection
    warehouse, supplier = inspection.warehouse, inspection.supplier
    moves = sent.transaction.moves.select_related("item__unit", "lot", "serial").order_by("pk")
    failed = InspectionResult.objects.filter(
        characteristic__inspection=inspection, passed=False, replaced_at=None
    ).select_related("characteristic")
    return ReturnNotePaper(
        company=letterhead(),
        printed=printed(at, by, warehouse),
        number=sent.number,
        returned_on=warehouse.local_date(sent.returned_at),
        supplier=supplier.on_paper(supplier.name) if supplier is not None else Address(name="Not known"),
        warehouse=warehouse.on_paper(warehouse.name),
        inspection=inspection.number,
        document=inspection.document,
        reference=sent.reference,
        carrier=sent.carrier,
        reason=inspection.reason,
        findings=tuple(dict.fromkeys(_finding(each) for each in failed))[:MOST_FINDINGS],
        lines=tuple(
            ReturnedPaper(
                item_number=move.item.number,
                description=move.item.name,
                lot=move.lot.number if move.lot is not None else "",
                serial=move.serial.number if move.serial is not None else "",
                quantity=move.quantity,
                unit=move.item.unit.code,
            )
            for move in moves
        ),
    )


def _finding(result: InspectionResult) -> str:
    characteristic = result.characteristic
    measured = f"{result.value.normalize():f} {characteristic.unit}" if result.value is not None else "failed"
    asked = f" (asked {characteristic.limits})" if characteristic.limits else ""
    said = f": {result.note}" if result.note else ""
    return f"{characteristic.name}, unit {result.sample}: {measured.strip()}{asked}{said}"
