"""The scrap certificate and the donation note: what left for good, who saw to it, and who watched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportlab.lib.units import mm

from apps.core.paper.formats import Address, Printed, quantity
from apps.core.paper.sheet import A4, SMALL, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row
from apps.core.paper.text import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalPaper:
    """Goods that were scrapped, or given to a beneficiary."""

    company: Address
    printed: Printed
    number: str
    disposed_on: date
    when: str
    warehouse: Address
    customer_return: str
    order: str
    item_number: str
    description: str
    lot: str = ""
    serial: str = ""
    quantity: Decimal
    unit: str
    grade: str = ""
    reason: str
    disposed_by: str
    witness: str = ""
    beneficiary: str = ""


COLUMNS = (
    Column(title="Item", share=60, style=Style(size=9, bold=True)),
    Column(title="Lot", share=30),
    Column(title="Serial number", share=30),
    Column(title="Grade", share=30),
    Column(title="Quantity", share=26, right=True),
)


def disposal_certificate(certificate: DisposalPaper, *, paper: Paper = A4) -> bytes:
    """What it was, how much of which lot, why; who disposed of it, when, and before whom."""
    is_gift = bool(certificate.beneficiary)
    head = Head(
        company=certificate.company,
        title="Donation note" if is_gift else "Scrap certificate",
        number=certificate.number,
        dated=certificate.disposed_on,
    )
    sheet = Sheet(head=head, printed=certificate.printed, paper=paper)
    place = Block(title="At", lines=(certificate.warehouse.name, *certificate.warehouse.lines))
    sheet.blocks(
        (
            Block(title="Given to", lines=(certificate.beneficiary,)) if is_gift else place,
            Block(title="Came back by", lines=(certificate.customer_return, certificate.order)),
            Block(title="Given by" if is_gift else "Scrapped by", lines=(certificate.disposed_by, certificate.when)),
            Block(title="Witness", lines=(certificate.witness or "Signs below",)),
        )
    )
    if is_gift:
        sheet.blocks((place,))
    sheet.paragraph(f"Why: {certificate.reason}" if certificate.reason else "No reason was written down.")
    draw_table(
        sheet,
        COLUMNS,
        [
            row(
                Cell(certificate.item_number, note=certificate.description),
                certificate.lot,
                certificate.serial,
                certificate.grade,
                quantity(certificate.quantity, certificate.unit),
            )
        ],
    )
    sheet.paragraph(
        "The goods were handed over free of charge and are not ours any more."
        if is_gift
        else "The goods were made unusable and are not in stock any more.",
        SMALL,
    )
    sheet.need(24 * mm)
    sheet.paragraph(f"{certificate.disposed_by}: ______________________________", SMALL, after=6 * mm)
    sheet.paragraph(f"{certificate.witness or 'Witness'}: ______________________________", SMALL)
    if is_gift:
        sheet.paragraph("Received for the beneficiary, when: ______________________________", SMALL)
    return sheet.finish()
