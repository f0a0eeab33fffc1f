"""The work order for the bench, and a bill of materials on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.core.paper.formats import Address, Printed, day, quantity
from apps.core.paper.sheet import A4, SMALL, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row
from apps.core.paper.text import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """A component with the bin that it is reserved at, or what is to come out."""

    item_number: str
    description: str
    place: str = ""
    lot: str = ""
    serial: str = ""
    expires_on: date | None = None
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderPaper:
    """An assembly order as the bench works it."""

    company: Address
    printed: Printed
    number: str
    dated: date
    warehouse: str
    work: str
    makes: str
    bill: str = ""
    bench: str
    due_on: date
    sales_order: str = ""
    note: str = ""
    components: tuple[WorkLine, ...] = ()
    outputs: tuple[WorkLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BillRow:
    """A part where it stands; level 1 goes into what is made."""

    level: int
    item_number: str
    description: str
    quantity: Decimal
    unit: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BillPaper:
    """A version of a bill, indented, down to what is made of nothing."""

    company: Address
    printed: Printed
    number: str
    dated: date
    makes: str
    version: int
    state: str
    valid: str
    note: str = ""
    rows: tuple[BillRow, ...] = ()


COMPONENTS = (
    Column(title="Bin", share=20, style=Style(size=11, bold=True)),
    Column(title="Item", share=56, style=Style(size=9, bold=True)),
    Column(title="Lot / expiry", share=28),
    Column(title="Serial number", share=26),
    Column(title="Quantity", share=22, right=True),
    Column(title="Taken", share=20),
)
OUTPUTS = (
    Column(title="Comes out", share=70, style=Style(size=9, bold=True)),
    Column(title="Quantity", share=24, right=True),
    Column(title="Made", share=26),
    Column(title="Lot", share=30),
    Column(title="Serial numbers", share=40),
)
BILL = (
    Column(title="Level", share=14),
    Column(title="Item", share=40, style=Style(size=9, bold=True)),
    Column(title="Name", share=62),
    Column(title="Quantity", share=28, right=True),
    Column(title="Remark", share=40),
)


def work_order(order: WorkOrderPaper, *, paper: Paper = A4) -> bytes:
    """What to fetch from where, what to make of it, with room for what was taken and what came out."""
    head = Head(company=order.company, title="Work order", number=order.number, dated=order.dated)
    sheet = Sheet(head=head, printed=order.printed, paper=paper)
    sheet.blocks(
        (
            Block(title=order.work, lines=tuple(filter(None, (order.makes, order.bill)))),
            Block(title="Bench", lines=(order.bench, order.warehouse)),
            Block(title="Due", lines=(day(order.due_on),)),
            Block(title="For order", lines=(order.sales_order or "Stock",)),
        )
    )
    if order.note:
        sheet.paragraph(order.note)
    write = Cell(box="write")
    draw_table(
        sheet,
        COMPONENTS,
        [
            row(
                line.place or "none there",
                Cell(line.item_number, note=line.description),
                Cell(line.lot, note=day(line.expires_on)),
                line.serial,
                quantity(line.quantity, line.unit),
                write,
            )
            for line in order.components
        ],
    )
    if order.outputs:
        draw_table(
            sheet,
            OUTPUTS,
            [
                row(
                    Cell(line.item_number, note=line.description),
                    quantity(line.quantity, line.unit),
                    write,
                    write,
                    write,
                )
                for line in order.outputs
            ],
        )
    sheet.need(12)
    sheet.paragraph("Made by, when: ______________________________", SMALL)
    return sheet.finish()


def bill_paper(bill: BillPaper, *, paper: Paper = A4) -> bytes:
    """The parts as they stand in each other."""
    head = Head(company=bill.company, title="Bill of materials", number=bill.number, dated=bill.dated)
    sheet = Sheet(head=head, printed=bill.printed, paper=paper)
    sheet.blocks(
        (
            Block(title="Makes", lines=(bill.makes,)),
            Block(title="Version", lines=(str(bill.version), bill.state)),
            Block(title="In force", lines=(bill.valid,)),
        )
    )
    if bill.note:
        sheet.paragraph(bill.note)
    rows = [
        row(
            f"{'. ' * (each.level - 1)}{each.level}",
            f"{'  ' * (each.level - 1)}{each.item_number}",
            each.description,
            quantity(each.quantity, each.unit),
            each.note,
        )
        for each in bill.rows
    ]
    draw_table(sheet, BILL, rows)
    return sheet.finish()
