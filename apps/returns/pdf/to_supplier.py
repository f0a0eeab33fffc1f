"""The note that goes with goods back to their supplier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportlab.lib.units import mm

from apps.core.paper.formats import Address, Printed, money, quantity
from apps.core.paper.sheet import A4, SMALL, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row
from apps.core.paper.text import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierLinePaper:
    """Goods that go back, and the receipt that brought them."""

    line: int
    item_number: str
    description: str
    lot: str = ""
    serial: str = ""
    receipt: str
    order: str = ""
    stands_at: str = ""
    quantity: Decimal
    unit: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnToSupplierPaper:
    """A return to a supplier, with the credit that is expected."""

    company: Address
    printed: Printed
    number: str
    dated: date
    supplier: Address
    warehouse: Address
    cause: str
    reason: str
    supplier_number: str = ""
    carrier: str = ""
    approved_by: str = ""
    currency: str
    expected: Decimal
    lines: tuple[SupplierLinePaper, ...]


COLUMNS = (
    Column(title="#", share=6),
    Column(title="Item", share=46, style=Style(size=9, bold=True)),
    Column(title="Lot / serial", share=30),
    Column(title="Came by", share=28),
    Column(title="Stands at", share=26),
    Column(title="Quantity", share=22, right=True),
    Column(title="Credit", share=24, right=True),
)


def return_to_supplier_note(note: ReturnToSupplierPaper, *, paper: Paper = A4) -> bytes:
    """What goes back to whom, why, by which receipt it came, and what is to be credited."""
    head = Head(company=note.company, title="Return to supplier", number=note.number, dated=note.dated)
    sheet = Sheet(head=head, printed=note.printed, paper=paper)
    sheet.blocks(
        (
            Block(title="Return to", lines=(note.supplier.name, *note.supplier.lines)),
            Block(title="From", lines=(note.warehouse.name, *note.warehouse.lines)),
            Block(title="Your number", lines=(note.supplier_number or "Not given", note.carrier)),
            Block(title="Why", lines=(note.cause, note.reason)),
        )
    )
    draw_table(
        sheet,
        COLUMNS,
        [
            row(
                str(line.line),
                Cell(line.item_number, note=line.description),
                " ".join(filter(None, (line.lot, line.serial))),
                Cell(line.receipt, note=line.order),
                line.stands_at,
                quantity(line.quantity, line.unit),
                money(line.value),
            )
            for line in note.lines
        ],
    )
    sheet.paragraph(f"Please credit {money(note.expected)} {note.currency} and name {note.number}.")
    sheet.need(20 * mm)
    sheet.paragraph(f"Approved by {note.approved_by or 'nobody yet'}.", SMALL)
    sheet.paragraph("Taken over by the driver, when: ______________________________", SMALL)
    return sheet.finish()
