"""The arrival sheet: what a supplier has announced, pallet by pallet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.core.paper.formats import Address, Printed, day, quantity
from apps.core.paper.sheet import A4, SMALL, STRONG, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, Row, draw_table, row


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedGoods:
    """A line of a notice in the unit that it comes in; `way` tells from the outermost unit to it."""

    way: tuple[str, ...] = ()
    item_number: str
    description: str
    quantity: Decimal
    unit: str
    order: str = ""
    lot: str = ""
    expires_on: date | None = None
    serials: int = 0
    """How many serial numbers were announced."""
    came: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalSheetPaper:
    """A shipping notice, complete for printing."""

    company: Address
    printed: Printed
    number: str
    """The notice's, which the handheld opens the receipt by."""
    dated: date
    supplier: Address
    warehouse: Address
    expected_on: date
    reference: str
    carrier: str = ""
    vehicle: str = ""
    units: int = 0
    goods: tuple[AnnouncedGoods, ...] = ()


COLUMNS = (
    Column(title="Item", share=34, style=STRONG),
    Column(title="Lot", share=18),
    Column(title="Expiry", share=14),
    Column(title="Announced", share=16, right=True, style=STRONG),
    Column(title="Order", share=16),
    Column(title="Right", share=8),
    Column(title="Otherwise", share=18),
)


def arrival_sheet(notice: ArrivalSheetPaper, *, paper: Paper = A4) -> bytes:
    """What should be on the truck, by the SSCC on each pallet, with boxes to tick."""
    head = Head(company=notice.company, title="Arrival sheet", number=notice.number, dated=notice.dated)
    sheet = Sheet(head=head, printed=notice.printed, paper=paper)
    sheet.blocks(
        (
            Block(title="Supplier", lines=(notice.supplier.name, *notice.supplier.text)),
            Block(title="Receive at", lines=(notice.warehouse.name, *notice.warehouse.text)),
            Block(title="Expected", lines=tuple(filter(None, (day(notice.expected_on), *_truck(notice))))),
        )
    )
    sheet.paragraph("Scan the SSCC of a pallet to take in all that is on it. Note what is not as announced.", SMALL)
    draw_table(sheet, COLUMNS, _rows(notice), empty="Nothing was announced.")
    return sheet.finish()


def _truck(notice: ArrivalSheetPaper) -> tuple[str, ...]:
    units = f"{notice.units} units" if notice.units != 1 else "1 unit"
    return f"Despatch {notice.reference}", notice.carrier, notice.vehicle, units if notice.units else "Loose goods"


def _rows(notice: ArrivalSheetPaper) -> list[Row]:
    rows, before = [], None
    for goods in notice.goods:
        band = " on ".join(reversed(goods.way)) if goods.way else "Loose on the truck"
        came = f"{quantity(goods.came)} came" if goods.came else ""
        rows.append(
            row(
                Cell(goods.item_number, note=goods.description),
                Cell(goods.lot, note=f"{goods.serials} serial numbers" if goods.serials else ""),
                day(goods.expires_on) if goods.expires_on is not None else "",
                Cell(quantity(goods.quantity, goods.unit), note=came),
                goods.order,
                Cell(box="tick"),
                Cell(box="write"),
                band=band if band != before else "",
            )
        )
        before = band
    return rows
