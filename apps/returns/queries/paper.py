"""A return as paper."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import User
from apps.locations.queries import letterhead, printed
from apps.returns.models import CustomerReturn
from apps.returns.pdf import ReturnSlipPaper, SlipLine


def return_slip_of(document: CustomerReturn, *, at: datetime, by: User) -> ReturnSlipPaper:
    """What is announced, as it lies in the parcel."""
    lines = document.lines.select_related("item__unit", "lot", "serial")
    return ReturnSlipPaper(
        company=letterhead(),
        printed=printed(at, by, document.warehouse),
        number=document.number,
        announced_on=document.warehouse.local_date(document.created_at),
        warehouse=document.warehouse.on_paper(document.warehouse.name),
        customer=f"{document.customer.number} {document.customer.name}",
        order=document.order.number if document.order is not None else "",
        reason=document.reason,
        lines=tuple(
            SlipLine(
                line=line.line,
                item_number=line.item.number,
                description=line.item.name,
                lot=line.lot.number if line.lot is not None else "",
                serial=line.serial.number if line.serial is not None else "",
                quantity=line.announced,
                unit=line.item.unit.code,
            )
            for line in lines
        ),
    )
