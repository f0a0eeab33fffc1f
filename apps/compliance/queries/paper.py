"""An inspection and a supplier return as paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from apps.accounts.models import User
from apps.compliance.models import Inspection, InspectionCharacteristic, InspectionResult, SupplierReturn
from apps.compliance.pdf import InspectionSheetPaper, LookedAt, ReturnedPaper, ReturnNotePaper
from apps.compliance.queries.standing import standing
from apps.compliance.states import CharacteristicKind
from apps.core.decimals import plain
from apps.core.paper.formats import Address
from apps.ledger.states import StockStatus
from apps.locations.queries import letterhead, printed

ON_SHEET = ("warehouse", "item__unit", "lot", "supplier", "location")
ON_NOTE = ("inspection__warehouse", "inspection__supplier", "transaction")
"""What the papers are read with."""
MOST_PLACES = 4
MOST_NAMED = 6


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
        sampled_by=inspection.basis,
        is_whole=inspection.plan_id is None,
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
        findings=tuple(_findings(inspection)),
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


def _findings(inspection: Inspection) -> Iterator[str]:
    """What was wrong, a sentence for each characteristic."""
    failed = InspectionResult.objects.filter(
        characteristic__inspection=inspection, passed=False, replaced_at=None
    ).select_related("characteristic")
    of_each: dict[InspectionCharacteristic, list[InspectionResult]] = defaultdict(list)
    for result in failed.order_by("characteristic__line", "sample"):
        of_each[result.characteristic].append(result)
    for characteristic, results in of_each.items():
        sentence = f"{characteristic.name}: {len(results)} of {inspection.sample_size} looked at failed"
        values = [plain(each.value) for each in results if each.value is not None]
        if values:
            sentence += f", measured {', '.join(dict.fromkeys(values[:MOST_NAMED]))} {characteristic.unit}".rstrip()
        if characteristic.limits:
            sentence += f" (asked {characteristic.limits})"
        notes = dict.fromkeys(each.note for each in results if each.note)
        yield ": ".join([sentence, "; ".join(list(notes)[:MOST_NAMED])]) if notes else sentence
