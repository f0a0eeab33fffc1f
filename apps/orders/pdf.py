"""The pick list of a wave, for a picker who works from paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from reportlab.lib.units import mm

from apps.core.paper.formats import Address, Printed, day, quantity
from apps.core.paper.sheet import A4, LABEL, SMALL, STRONG, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, Row, draw_table, row
from apps.core.paper.text import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class PickLinePaper:
    """One stop: where to go, what to take and how much, in packs and in units."""

    zone: str
    bin: str
    item_number: str
    description: str
    lot: str = ""
    expires_on: date | None = None
    quantity: Decimal
    """In units."""
    unit: str
    packs: str = ""
    """The same quantity as packs, such as `2 cartons + 3`; empty when the item has no packs."""
    order_number: str = ""
    tote: str = ""
    """Where to put it, when the wave sorts into totes."""
    slot: str = ""
    """The place of that tote on the cart, of a pick round."""
    weight_kg: Decimal | None = None
    carton: str = ""
    """The size of carton that the order is planned into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackerNote:
    """What the packer is told of an order on this walk, or of one item of it."""

    order_number: str
    text: str
    item_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PickListPaper:
    """The picks of a wave or of a pick round.

    The lines stand in walking order already; a change of zone shows between them.
    """

    company: Address
    printed: Printed
    number: str
    """The wave's number, or the round's."""
    released_on: date
    warehouse: str
    picker: str = ""
    due: str = ""
    """When the wave leaves, in the warehouse's words, such as `today 16:00`."""
    orders: tuple[str, ...] = ()
    lines: tuple[PickLinePaper, ...] = ()
    notes: tuple[PackerNote, ...] = ()
    """For the packing bench, where the list goes with the goods."""


COLUMNS = (
    Column(title="#", share=5),
    Column(title="Bin", share=29, style=Style(size=14, bold=True)),
    Column(title="Item", share=44, style=Style(size=9, bold=True)),
    Column(title="Lot / expiry", share=24),
    Column(title="Take", share=23, right=True, style=Style(size=11, bold=True)),
    Column(title="Done", share=7),
    Column(title="Actual", share=16),
)


SLOT = Column(title="Slot", share=9, right=True, style=Style(size=14, bold=True))
NOTE_COLUMNS = (
    Column(title="For the packer", share=29, style=STRONG),
    Column(title="Item", share=30),
    Column(title="What to do", share=89),
)
WITH_SLOTS = (*COLUMNS[:2], replace(COLUMNS[2], share=38), replace(COLUMNS[3], share=21), SLOT, *COLUMNS[4:])
"""On the list of a cart."""


def pick_list(picks: PickListPaper, *, paper: Paper = A4) -> bytes:
    """The list in walking order, with a box to tick and a line for what was really there."""
    head = Head(company=picks.company, title="Pick list", number=picks.number, dated=picks.released_on)
    sheet = Sheet(head=head, printed=picks.printed, paper=paper)
    sheet.blocks(
        (
            Block(title="Warehouse", lines=(picks.warehouse,)),
            Block(title="Picker", lines=(picks.picker or "Not assigned",)),
            Block(title="Due", lines=(picks.due or "Not set",)),
            Block(title="Stops / orders", lines=(f"{len(picks.lines)} / {len(picks.orders)}",)),
        )
    )
    on_cart = any(line.slot for line in picks.lines)
    draw_table(
        sheet,
        WITH_SLOTS if on_cart else COLUMNS,
        _rows(picks.lines, on_cart=on_cart),
        empty="Nothing to pick on this walk.",
    )
    _draw_totals(sheet, picks.lines)
    if picks.orders:
        sheet.need(LABEL.leading + 3 * SMALL.leading)
        sheet.paragraph("Orders on this walk", LABEL, after=0)
        sheet.paragraph(", ".join(picks.orders), SMALL)
    if picks.notes:
        sheet.need(14 * mm)
        notes = [row(note.order_number, note.item_number or "All of it", note.text) for note in picks.notes]
        draw_table(sheet, NOTE_COLUMNS, notes, empty="")
    return sheet.finish()


def _rows(lines: Iterable[PickLinePaper], *, on_cart: bool) -> list[Row]:
    rows = []
    zone = None
    for index, line in enumerate(lines, start=1):
        target = " → ".join(part for part in (line.order_number, line.tote) if part)
        rows.append(
            row(
                str(index),
                Cell(line.bin, note=target),
                Cell(line.item_number, note=line.description),
                Cell(line.lot, note=day(line.expires_on)),
                *([line.slot] if on_cart else []),
                Cell(line.packs or quantity(line.quantity, line.unit), note=_units(line)),
                Cell(box="tick"),
                Cell(box="write"),
                band="" if line.zone == zone else f"Zone {line.zone}",
            )
        )
        zone = line.zone
    return rows


def _units(line: PickLinePaper) -> str:
    return quantity(line.quantity, line.unit) if line.packs else ""


def _draw_totals(sheet: Sheet, lines: tuple[PickLinePaper, ...]) -> None:
    """Stops, quantity by unit and weight, by carton size when the orders are planned into cartons."""
    sizes = dict.fromkeys(line.carton for line in lines)
    columns = (
        Column(title="Totals" if set(sizes) <= {""} else "Totals by carton size", share=40),
        Column(title="Stops", share=14, right=True),
        Column(title="Items", share=14, right=True),
        Column(title="Quantity", share=36, right=True),
        Column(title="Weight", share=40, right=True),
    )
    rows = []
    if not set(sizes) <= {""}:
        rows = [_total(size or "No carton", [line for line in lines if line.carton == size]) for size in sizes]
    rows.append(_total("Total", lines, total=True))
    sheet.need(14 * mm + 6 * mm * len(rows))
    draw_table(sheet, columns, rows, empty="")


def _total(title: str, lines: Iterable[PickLinePaper], *, total: bool = False) -> Row:
    taken = list(lines)
    amounts: dict[str, Decimal] = {}
    for line in taken:
        amounts[line.unit] = amounts.get(line.unit, Decimal(0)) + line.quantity
    return row(
        title,
        str(len(taken)),
        str(len({line.item_number for line in taken})),
        ", ".join(quantity(amount, unit) for unit, amount in amounts.items()) or "0",
        _weight(taken),
        total=total,
    )


def _weight(lines: list[PickLinePaper]) -> str:
    """The sum of the known weights; says so when some are not known, because a partial sum looks like the whole."""
    known = [line.weight_kg for line in lines if line.weight_kg is not None]
    text = quantity(sum(known, Decimal(0)), "kg")
    missing = len(lines) - len(known)
    return f"{text} + {missing} unknown" if missing else text
