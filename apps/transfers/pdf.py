"""The transfer note: it travels with the goods and tells the other site what should be in which carton."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.core.paper.formats import Address, Printed, day, quantity
from apps.core.paper.sheet import A4, SMALL, STRONG, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, Row, draw_table, row


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """A line of the transfer and how far it is, in base units."""

    line: int
    item_number: str
    description: str
    unit: str
    asked: Decimal
    dispatched: Decimal
    received: Decimal
    damaged: Decimal
    closed: Decimal
    in_transit: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsPaper:
    """Goods in a carton."""

    item_number: str
    lot: str = ""
    expires_on: date | None = None
    serial: str = ""
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CartonPaper:
    """A carton of the transfer."""

    sscc: str
    shipment: str
    left_on: date | None
    goods: tuple[GoodsPaper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferNotePaper:
    """A transfer, complete for printing."""

    company: Address
    printed: Printed
    number: str
    dated: date
    origin: Address
    destination: Address
    needed_on: date
    reason: str
    asked_by: str
    approved_by: str = ""
    order: str = ""
    lines: tuple[NoteLine, ...] = ()
    cartons: tuple[CartonPaper, ...] = ()


LINES = (
    Column(title="#", share=5),
    Column(title="Item", share=50, style=STRONG),
    Column(title="Asked", share=20, right=True),
    Column(title="Sent", share=20, right=True),
    Column(title="On the road", share=22, right=True),
    Column(title="Received", share=22, right=True),
    Column(title="Explained", share=20, right=True),
)
CARTONS = (
    Column(title="Item", share=36, style=STRONG),
    Column(title="Lot / expiry", share=30),
    Column(title="Serial number", share=28),
    Column(title="Packed", share=22, right=True),
    Column(title="Received", share=20),
    Column(title="Damaged", share=20),
)


def transfer_note(note: TransferNotePaper, *, paper: Paper = A4) -> bytes:
    """From where to where, what of it is where, and each carton's goods with room for what was found in it."""
    head = Head(company=note.company, title="Transfer note", number=note.number, dated=note.dated)
    sheet = Sheet(head=head, printed=note.printed, paper=paper)
    sheet.blocks(
        (
            Block(title="From", lines=(note.origin.name, *note.origin.text)),
            Block(title="To", lines=(note.destination.name, *note.destination.text)),
            Block(title="Needed by", lines=(day(note.needed_on), note.reason)),
            Block(
                title="Approved by",
                lines=(note.approved_by or "Nobody yet", f"Asked by {note.asked_by}", note.order),
            ),
        )
    )
    draw_table(sheet, LINES, [_line(line) for line in note.lines])
    if note.cartons:
        sheet.heading("Cartons")
        draw_table(sheet, CARTONS, [one for carton in note.cartons for one in _carton(carton)])
    sheet.need(12)
    sheet.paragraph("Received by, when: ______________________________", SMALL)
    return sheet.finish()


def _line(line: NoteLine) -> Row:
    damaged = f"damaged {quantity(line.damaged)}" if line.damaged else ""
    return row(
        str(line.line),
        Cell(line.item_number, note=line.description),
        quantity(line.asked, line.unit),
        quantity(line.dispatched, line.unit),
        quantity(line.in_transit, line.unit),
        Cell(quantity(line.received, line.unit), note=damaged),
        quantity(line.closed, line.unit),
    )


def _carton(carton: CartonPaper) -> list[Row]:
    left = f", left on {day(carton.left_on)}" if carton.left_on else ""
    write = Cell(box="write")
    return [
        row(
            goods.item_number,
            Cell(goods.lot, note=day(goods.expires_on)),
            goods.serial,
            quantity(goods.quantity, goods.unit),
            write,
            write,
            band="" if number else f"{carton.sscc}, shipment {carton.shipment}{left}",
        )
        for number, goods in enumerate(carton.goods)
    ]
