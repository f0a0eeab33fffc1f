"""The inventory value report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.core.paper.formats import Address, Printed, quantity
from apps.core.paper.sheet import A4, SMALL, STRONG, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, Row, draw_table, row

NOTE = (
    "An item is valued together wherever it stands; what falls to a site is its part of the quantity, to the cent. "
    "Goods of other owners are not in it; goods on the road count for the site that they go to. Derived from the "
    "sealed ledger."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """An item at a site."""

    item: str
    name: str
    category: str
    warehouse: str
    quantity: Decimal
    unit: str
    unit_cost: Decimal | None
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuePaper:
    """What stock was worth, complete for printing."""

    company: Address
    printed: Printed
    scope: str
    dated: date
    moment: str
    currency: str
    read: str
    """How far the book has come."""
    lines: tuple[ValueLine, ...]
    by_warehouse: tuple[tuple[str, Decimal], ...]
    by_category: tuple[tuple[str, Decimal], ...]
    total: Decimal


def value_report(report: ValuePaper, *, paper: Paper = A4) -> bytes:
    """The sums by site and category, then a line an item and site."""
    head = Head(company=report.company, title="Inventory value", number=report.scope, dated=report.dated)
    sheet = Sheet(head=head, printed=report.printed, paper=paper)
    sheet.blocks(
        (
            Block(title="As of", lines=(report.moment,)),
            Block(title="Currency", lines=(report.currency,)),
            Block(title="Total", lines=(_money(report.total),)),
            Block(title="Valued", lines=(report.read,)),
        )
    )
    for title, sums in (("Site", report.by_warehouse), ("Category", report.by_category)):
        if len(sums) > 1:
            two = (Column(title=title, share=60), Column(title="Value", share=30, right=True))
            draw_table(sheet, two, [row(name or "None", _money(value)) for name, value in sums])
    columns = (
        Column(title="Item", share=50, style=STRONG),
        Column(title="Category", share=22),
        Column(title="Site", share=16),
        Column(title="Quantity", share=20, right=True),
        Column(title="Unit", share=10),
        Column(title="Unit cost", share=20, right=True),
        Column(title="Value", share=24, right=True),
    )
    draw_table(sheet, columns, list(_rows(report)), empty="Nothing was in stock.")
    sheet.paragraph(NOTE, SMALL)
    return sheet.finish()


def _rows(report: ValuePaper) -> Iterator[Row]:
    for line in report.lines:
        yield row(
            Cell(line.item, note=line.name),
            line.category,
            line.warehouse,
            quantity(line.quantity),
            line.unit,
            "" if line.unit_cost is None else f"{line.unit_cost:,.4f}",
            _money(line.value),
        )
    if report.lines:
        yield row("Total", "", "", "", "", "", _money(report.total), total=True)


def _money(value: Decimal) -> str:
    return f"{value:,.2f}"
