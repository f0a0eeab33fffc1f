"""The inspection sheet, to write results on, and the note that goes back to the supplier with rejected goods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportlab.lib.units import mm

from apps.core.paper.formats import Address, Printed, day, quantity
from apps.core.paper.sheet import A4, SMALL, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row
from apps.core.paper.text import Style

MOST_UNITS = 20
"""So many units of a sample get a line of their own; beyond that defective ones alone are written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """A characteristic as it is looked at."""

    line: int
    name: str
    limits: str = ""
    instruction: str = ""
    is_measured: bool = False
    is_critical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionSheetPaper:
    """An inspection before anybody looked: it says nothing of what was found."""

    company: Address
    printed: Printed
    number: str
    dated: date
    warehouse: str
    document: str = ""
    supplier: str = ""
    item_number: str
    description: str
    lot: str = ""
    expires_on: date | None = None
    quantity: Decimal
    unit: str
    places: tuple[str, ...] = ()
    sampled_by: str
    """How the sample was found, in words."""
    is_whole: bool = False
    """No plan says how many: the goods are looked at as a whole."""
    sample_size: int
    accept_number: int
    reject_number: int
    characteristics: tuple[LookedAt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedPaper:
    """Goods that go back."""

    item_number: str
    description: str
    lot: str = ""
    serial: str = ""
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnNotePaper:
    """A supplier return, as it goes with the truck."""

    company: Address
    printed: Printed
    number: str
    returned_on: date
    supplier: Address
    warehouse: Address
    inspection: str
    document: str = ""
    reference: str = ""
    carrier: str = ""
    reason: str = ""
    findings: tuple[str, ...] = ()
    lines: tuple[ReturnedPaper, ...]


ASKED = (
    Column(title="#", share=5),
    Column(title="Characteristic", share=52, style=Style(size=9, bold=True)),
    Column(title="Limits", share=30),
    Column(title="Defective", share=18),
    Column(title="Done", share=9),
)
RETURNED = (
    Column(title="#", share=5),
    Column(title="Item", share=60, style=Style(size=9, bold=True)),
    Column(title="Lot", share=28),
    Column(title="Serial number", share=28),
    Column(title="Quantity", share=24, right=True),
)


def inspection_sheet(inspection: InspectionSheetPaper, *, paper: Paper = A4) -> bytes:
    """How many to look at and what for, then boxes for each unit of the sample."""
    head = Head(company=inspection.company, title="Inspection sheet", number=inspection.number, dated=inspection.dated)
    sheet = Sheet(head=head, printed=inspection.printed, paper=paper)
    of = f"of {quantity(inspection.quantity, inspection.unit)}"
    sheet.blocks(
        (
            Block(title="Item", lines=(inspection.item_number, inspection.description)),
            Block(title="Lot / expiry", lines=(inspection.lot or "None", day(inspection.expires_on))),
            Block(title="Came by", lines=(inspection.document or "Held in stock", inspection.supplier)),
            Block(title="Stands at", lines=inspection.places or (inspection.warehouse,)),
        )
    )
    sheet.blocks(
        (
            Block(title="Look at", lines=(_units(inspection), of)),
            Block(title="Accept up to", lines=(f"{inspection.accept_number} defective",)),
            Block(title="Reject from", lines=(f"{inspection.reject_number} defective",)),
            Block(title="Sample by", lines=(inspection.sampled_by,)),
        )
    )
    sheet.paragraph("A unit is defective when any characteristic fails. One critical defect rejects the lot.", SMALL)
    write = Cell(box="write")
    draw_table(
        sheet,
        ASKED,
        [
            row(
                str(each.line),
                Cell(each.name, note=" ".join(filter(None, ("Critical." * each.is_critical, each.instruction)))),
                each.limits or "Pass or fail",
                write,
                Cell(box="tick"),
            )
            for each in inspection.characteristics
        ],
    )
    if not inspection.is_whole:
        _draw_units(sheet, inspection, write)
    sheet.need(12 * mm)
    sheet.paragraph("Inspected by, when: ______________________________", SMALL)
    return sheet.finish()


def return_note(note: ReturnNotePaper, *, paper: Paper = A4) -> bytes:
    """What goes back to whom and why, with room for the driver's signature."""
    head = Head(company=note.company, title="Return note", number=note.number, dated=note.returned_on)
    sheet = Sheet(head=head, printed=note.printed, paper=paper)
    sheet.blocks(
        (
            Block(title="Return to", lines=(note.supplier.name, *note.supplier.lines)),
            Block(title="From", lines=(note.warehouse.name, *note.warehouse.lines)),
            Block(title="Came by", lines=(note.document or "Held in stock", f"Inspection {note.inspection}")),
            Block(title="Your number", lines=(note.reference or "None", note.carrier)),
        )
    )
    if note.reason:
        sheet.paragraph(f"Rejected: {note.reason}")
    for finding in note.findings:
        sheet.paragraph(finding, SMALL)
    draw_table(
        sheet,
        RETURNED,
        [
            row(
                str(index),
                Cell(line.item_number, note=line.description),
                line.lot,
                line.serial,
                quantity(line.quantity, line.unit),
            )
            for index, line in enumerate(note.lines, start=1)
        ],
    )
    sheet.need(12 * mm)
    sheet.paragraph("Taken over by the driver, when: ______________________________", SMALL)
    return sheet.finish()


def _units(inspection: InspectionSheetPaper) -> str:
    if inspection.is_whole:
        return "The whole"
    return f"{inspection.sample_size} unit{'s' * (inspection.sample_size != 1)}"


def _draw_units(sheet: Sheet, inspection: InspectionSheetPaper, write: Cell) -> None:
    """A line for each unit of the sample and a box for each characteristic."""
    shown = min(inspection.sample_size, MOST_UNITS)
    asked = inspection.characteristics[:6]
    columns = (
        Column(title="Unit", share=12),
        *(Column(title=f"{each.line} {each.name}", share=20) for each in asked),
    )
    tick = Cell(box="tick")
    rows = [
        row(
            str(unit) if inspection.sample_size <= MOST_UNITS else write,
            *(write if each.is_measured else tick for each in asked),
        )
        for unit in range(1, shown + 1)
    ]
    if inspection.sample_size > MOST_UNITS:
        sheet.paragraph("Write down the number of each defective unit, and tick what failed.", SMALL)
    draw_table(sheet, columns, rows)
