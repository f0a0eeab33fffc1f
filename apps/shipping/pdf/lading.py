"""The bill of lading: what a carrier takes away on one vehicle, dangerous goods first, for both to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.core.paper.formats import Address, Printed, quantity
from apps.core.paper.sheet import A4, SMALL, STRONG, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, Row, draw_table, row
from apps.safety.rules import CERTIFICATION, EMERGENCY_PHONE


@dataclass(frozen=True, slots=True, kw_only=True)
class LadingLine:
    """Goods of one description to one consignee."""

    shipment: str
    consignee: str
    pieces: int
    description: str
    is_hazardous: bool = False
    """In the HM column, before all that is not (49 CFR 172.201(a)(1))."""
    amount: str = ""
    weight_kg: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BillOfLading:
    """A load, complete for printing."""

    company: Address
    printed: Printed
    number: str
    dated: date
    ship_from: Address
    carrier: str
    trailer: str = ""
    seal: str = ""
    dock: str = ""
    pieces: int = 0
    weight_kg: Decimal | None = None
    lines: tuple[LadingLine, ...] = ()
    notes: tuple[str, ...] = ()
    """What the segregation table says of goods on this vehicle."""
    emergency_phone: str = ""
    """Where dangerous goods are on it: the telephone that is answered while they are on the road."""
    emergency_contact: str = ""
    taken_by: str = ""
    taken_at: str = ""


COLUMNS = (
    Column(title="HM", share=8, style=STRONG),
    Column(title="Pieces", share=12, right=True),
    Column(title="Description", share=72),
    Column(title="Shipment", share=36),
    Column(title="Amount", share=18, right=True),
    Column(title="Weight", share=20, right=True),
)


def bill_of_lading(paper: BillOfLading, *, size: Paper = A4) -> bytes:
    """Parties, then dangerous goods first with their shipping description, the rest, totals, and who signs."""
    head = Head(company=paper.company, title="Bill of lading", number=paper.number, dated=paper.dated)
    sheet = Sheet(head=head, printed=paper.printed, paper=size)
    vehicle = (
        paper.carrier,
        f"Trailer {paper.trailer}" if paper.trailer else "",
        f"Seal {paper.seal}" if paper.seal else "",
        f"Door {paper.dock}" if paper.dock else "",
    )
    sheet.blocks(
        (
            Block(title="Carrier", lines=tuple(line for line in vehicle if line)),
            Block(title="Shipper", lines=(paper.ship_from.name, *paper.ship_from.text)),
            Block(title="Total", lines=(f"{paper.pieces} pieces", _weight(paper.weight_kg))),
        )
    )
    ordered = sorted(paper.lines, key=lambda line: (not line.is_hazardous, line.shipment))
    rows = [_line(line) for line in ordered]
    if rows:
        rows.append(row("", str(paper.pieces), "Total", "", "", _weight(paper.weight_kg), total=True))
    draw_table(sheet, COLUMNS, rows, empty="Nothing is on this load.")
    if any(line.is_hazardous for line in ordered):
        sheet.heading("Hazardous materials")
        for note in paper.notes:
            sheet.paragraph(note, SMALL)
        if paper.emergency_phone:
            called = ", ".join(part for part in (paper.emergency_phone, paper.emergency_contact) if part)
            sheet.paragraph(f"EMERGENCY CONTACT: {called}", STRONG)
        sheet.paragraph(CERTIFICATION.text, SMALL)
        sheet.paragraph(f"{EMERGENCY_PHONE}; {CERTIFICATION}", SMALL)
    sheet.need(40)
    sign = Cell(box="sign")
    draw_table(
        sheet,
        (
            Column(title="Shipper (name, signature, date)", share=50),
            Column(title="Carrier (name, signature, date)", share=50),
        ),
        [row(sign, sign)],
    )
    if paper.taken_by:
        sheet.paragraph(f"Taken by {paper.taken_by}, {paper.taken_at}.", STRONG)
    sheet.paragraph("Received in apparent good order, contents and condition of contents unknown.", SMALL)
    return sheet.finish()


def _line(line: LadingLine) -> Row:
    return row(
        "X" if line.is_hazardous else "",
        str(line.pieces),
        line.description,
        Cell(line.shipment, note=line.consignee),
        line.amount,
        _weight(line.weight_kg),
    )


def _weight(weight_kg: Decimal | None) -> str:
    return quantity(weight_kg, "kg") if weight_kg is not None else "not weighed"
