"""A return as paper: its slip, its label, the certificates of what left for good."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from apps.accounts.models import User
from apps.locations.queries import letterhead, printed
from apps.returns.models import CustomerReturn, DisposalCertificate
from apps.returns.pdf import DisposalPaper, ReturnLabelPaper, ReturnSlipPaper, SlipLine


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


def return_label_of(document: CustomerReturn) -> ReturnLabelPaper:
    """From where the goods were delivered to, else from the customer; to the site that takes them back."""
    order = document.order
    sender = order.on_paper(order.ship_to) if order is not None else document.customer.on_paper(document.customer.name)
    return ReturnLabelPaper(
        number=document.number,
        sender=sender,
        receiver=document.warehouse.on_paper(document.warehouse.name),
        order=order.number if order is not None else "",
        reason=document.reason,
    )


CERTIFIED = (
    "inspection__line__customer_return__warehouse",
    "inspection__line__customer_return__order",
    "inspection__line__item__unit",
    "inspection__line__lot",
    "inspection__line__serial",
    "disposed_by",
    "witness",
)
"""What a certificate is read with."""


def disposal_of(certificate: DisposalCertificate, *, at: datetime, by: User) -> DisposalPaper:
    """What was scrapped or given away, by whom and before whom."""
    decision = certificate.inspection
    line, document = decision.line, decision.line.customer_return
    warehouse, moment = document.warehouse, certificate.issued_at.astimezone(ZoneInfo(document.warehouse.timezone))
    return DisposalPaper(
        company=letterhead(),
        printed=printed(at, by, warehouse),
        number=certificate.number,
        disposed_on=moment.date(),
        when=f"{moment:%Y-%m-%d %H:%M}",
        warehouse=warehouse.on_paper(warehouse.name),
        customer_return=document.number,
        order=document.order.number if document.order is not None else "",
        item_number=line.item.number,
        description=line.item.name,
        lot=line.lot.number if line.lot is not None else "",
        serial=line.serial.number if line.serial is not None else "",
        quantity=decision.quantity,
        unit=line.item.unit.code,
        grade=decision.get_grade_display() if decision.grade else "",
        reason=decision.note,
        disposed_by=_named(certificate.disposed_by),
        witness=_named(certificate.witness) if certificate.witness is not None else "",
        beneficiary=certificate.beneficiary,
    )


def _named(person: User) -> str:
    return person.get_full_name() or person.get_username()
