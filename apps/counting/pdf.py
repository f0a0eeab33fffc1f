"""The count sheet, for whoever counts from paper. It is blind: it never says how much the book has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.core.paper.formats import Address, Printed, day
from apps.core.paper.sheet import A4, SMALL, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row
from apps.core.paper.text import Style

NEXT_PLACE_MM = 60
"""A place that has less room than its head and a few lines begins on the next page."""
FOUND = 6
"""Empty lines for goods that the book does not know of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsPaper:
    """Goods that should be there."""

    item_number: str
    description: str
    lot: str = ""
    expires_on: date | None = None
    serial: str = ""
    status: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSheetPaper:
    """One location to count."""

    company: Address
    printed: Printed
    number: str
    opened_on: date
    warehouse: str
    zone: str = ""
    location: str
    task: str
    goods: tuple[GoodsPaper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryPaper:
    """All places of a zone that wait to be counted."""

    company: Address
    printed: Printed
    number: str
    opened_on: date
    places: tuple[CountSheetPaper, ...] = ()


COLUMNS = (
    Column(title="#", share=5),
    Column(title="Item", share=50, style=Style(size=9, bold=True)),
    Column(title="Lot / expiry", share=26),
    Column(title="Serial number", share=24),
    Column(title="Status", share=18),
    Column(title="Counted", share=22),
    Column(title="Unit", share=9),
)


def count_sheet(count: CountSheetPaper, *, paper: Paper = A4) -> bytes:
    """The goods with a line to write each quantity on, then empty lines for what was found besides."""
    head = Head(company=count.company, title="Count sheet", number=count.number, dated=count.opened_on)
    sheet = Sheet(head=head, printed=count.printed, paper=paper)
    _place(sheet, count)
    return sheet.finish()


def inventory_sheets(inventory: InventoryPaper, *, paper: Paper = A4) -> bytes:
    """The sheets of all places of a zone that wait, one after the other, as they are passed."""
    head = Head(company=inventory.company, title="Inventory", number=inventory.number, dated=inventory.opened_on)
    sheet = Sheet(head=head, printed=inventory.printed, paper=paper)
    if not inventory.places:
        sheet.paragraph("No place waits to be counted.", SMALL)
    for place in inventory.places:
        sheet.need(NEXT_PLACE_MM)
        _place(sheet, place)
    return sheet.finish()


def _place(sheet: Sheet, count: CountSheetPaper) -> None:
    sheet.blocks(
        (
            Block(title="Warehouse", lines=(count.warehouse,)),
            Block(title="Zone", lines=(count.zone or "None",)),
            Block(title="Location", lines=(count.location,)),
            Block(title="Task", lines=(count.task,)),
        )
    )
    sheet.paragraph("Count all that is there and write it down, a zero too. Write what is not listed below it.", SMALL)
    write = Cell(box="write")
    rows = [
        row(
            str(index),
            Cell(goods.item_number, note=goods.description),
            Cell(goods.lot, note=day(goods.expires_on)),
            goods.serial,
            goods.status,
            write,
            goods.unit,
        )
        for index, goods in enumerate(count.goods, start=1)
    ]
    rows += [row(str(len(rows) + index), *[write] * (len(COLUMNS) - 1)) for index in range(1, FOUND + 1)]
    draw_table(sheet, COLUMNS, rows)
    sheet.need(12)
    sheet.paragraph("Counted by, when: ______________________________", SMALL)
