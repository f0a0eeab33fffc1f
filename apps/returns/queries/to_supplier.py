"""A return to a supplier as paper."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import User
from apps.locations.queries import letterhead, printed
from apps.returns.models import ReturnToSupplier, ReturnToSupplierLine
from apps.returns.pdf import ReturnToSupplierPaper, SupplierLinePaper
from apps.returns.queries.supplied import standing_ready
from apps.returns.rules import ZERO
from apps.returns.states import ReturnToSupplierState

MOST_PLACES = 3


def return_to_supplier_of(document: ReturnToSupplier, *, at: datetime, by: User) -> ReturnToSupplierPaper:
    """What goes back; until it has left, where it stands."""
    warehouse, supplier = document.warehouse, document.supplier
    lines = list(
        document.lines.select_related(
            "item__unit", "lot", "serial", "receipt_line__receipt", "receipt_line__order_line__order"
        )
    )
    return ReturnToSupplierPaper(
        company=letterhead(),
        printed=printed(at, by, warehouse),
        number=document.number,
        dated=warehouse.local_date(document.shipped_at or document.created_at),
        supplier=supplier.on_paper(supplier.name),
        warehouse=warehouse.on_paper(warehouse.name),
        cause=document.get_cause_display(),
        reason=document.reason,
        supplier_number=document.supplier_number,
        carrier=document.carrier,
        approved_by=document.approved_by.get_username() if document.approved_by is not None else "",
        currency=document.currency,
        expected=sum((line.value for line in lines), start=ZERO),
        lines=tuple(
            SupplierLinePaper(
                line=line.line,
                item_number=line.item.number,
                description=line.item.name,
                lot=line.lot.number if line.lot is not None else "",
                serial=line.serial.number if line.serial is not None else "",
                receipt=line.receipt_line.receipt.number,
                order=line.receipt_line.order_line.order.number if line.receipt_line.order_line is not None else "",
                stands_at=", ".join(_places(document, line)[:MOST_PLACES]),
                quantity=line.goes,
                unit=line.item.unit.code,
                value=line.value,
            )
            for line in lines
        ),
    )


def _places(document: ReturnToSupplier, line: ReturnToSupplierLine) -> list[str]:
    """Where its goods stand until they leave: found there, kept there, or brought to wait for the truck."""
    if document.state == ReturnToSupplierState.REQUESTED:
        return list(dict.fromkeys(each.balance.location.code for each in standing_ready(line, document.warehouse_id)))
    if document.state == ReturnToSupplierState.APPROVED:
        picks = line.picks.select_related("task__source", "task__target")
        return list(
            dict.fromkeys(
                pick.task.target.code if pick.picked and pick.task.target is not None else pick.task.source.code
                for pick in picks
            )
        )
    if document.state == ReturnToSupplierState.PICKED and document.staging is not None:
        return [document.staging.code]
    return []
