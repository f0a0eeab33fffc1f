"""The return slip: it lies in the parcel, and whoever opens that writes down what was really in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.core.paper.formats import Address, Printed, quantity
from apps.core.paper.sheet import A4, SMALL, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row
from apps.core.paper.text import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLine:
    """Goods that are announced."""

    line: int
    item_number: str
    description: str
    lot: str = ""
    serial: str = ""
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSlipPaper:
    """A customer's return as it is announced; without an order it is blind."""

    company: Address
    printed: Printed
    number: str
    announced_on: date
    warehouse: Address
    customer: str
    order: str = ""
    reason: str
    lines: tuple[SlipLine, ...] = ()


COLUMNS = (
    Column(title="#", share=6),
    Column(title="Item", share=58, style=Style(size=9, bold=True)),
    Column(title="Lot", share=26),
    Column(title="Serial number", share=26),
    Column(title="Announced", share=22, right=True),
    Column(title="Received", share=22),
    Column(title="Condition", share=26),
)


def return_slip(slip: ReturnSlipPaper, *, paper: Paper = A4) -> bytes:
    """Where it goes, what it belongs to, and each of the goods with room for what was found."""
    head = Head(company=slip.company, title="Return slip", number=slip.number, dated=slip.announced_on)
    sheet = Sheet(head=head, printed=slip.printed, paper=paper)
    sheet.blocks(
        (
            Block(title="Send to", lines=(slip.warehouse.name, *slip.warehouse.lines)),
            Block(title="From", lines=(slip.customer,)),
            Block(title="Order", lines=(slip.order or "Not matched to an order",)),
            Block(title="Reason", lines=(slip.reason,)),
        )
    )
    sheet.paragraph("Put this slip into the parcel. Goods are put back into stock only after inspection.", SMALL)
    write = Cell(box="write")
    rows = [
        row(
            str(line.line),
            Cell(line.item_number, note=line.description),
            line.lot,
            line.serial,
            quantity(line.quantity, line.unit),
            write,
            write,
        )
        for line in slip.lines
    ]
    draw_table(sheet, COLUMNS, rows)
    sheet.need(12)
    sheet.paragraph("Received by, when: ______________________________", SMALL)
    return sheet.finish()
