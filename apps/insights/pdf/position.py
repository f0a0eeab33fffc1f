"""The stock position on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.core.paper.formats import Address, Printed, quantity
from apps.core.paper.sheet import A4, SMALL, STRONG, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, Row, draw_table, row
from apps.insights.position import STOCK_FIGURES, Figures, Position

LANDSCAPE = Paper(A4.height, A4.width)
LEGEND = (
    "Quantities are in base units. Available: good stock in pickable bins that is not reserved, held or expired. "
    "Inbound: ordered and not yet received. To allocate: promised and not yet reserved. Picked: taken and not yet "
    "gone. Outbound: to allocate, reserved and picked. Back-ordered: promised beyond what is available at the site."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionPaper:
    """A status report, complete for printing."""

    company: Address
    printed: Printed
    scope: str
    """What was asked for, in words."""
    dated: date
    position: Position


def position_report(report: PositionPaper, *, paper: Paper = LANDSCAPE) -> bytes:
    """A line an item and site, its parts below it, and a total for each unit."""
    position = report.position
    head = Head(company=report.company, title="Stock position", number=report.scope, dated=report.dated)
    sheet = Sheet(head=head, printed=report.printed, paper=paper)
    names = list(position.columns)
    columns = (
        Column(title="Item", share=42, style=STRONG),
        Column(title="Site", share=13),
        *(Column(title=title, share=15, right=True) for title in position.columns.values()),
        Column(title="Unit", share=9),
    )
    draw_table(sheet, columns, _rows(position, names), empty="Nothing is in stock, expected or promised.")
    sheet.paragraph(LEGEND, SMALL)
    return sheet.finish()


def _rows(position: Position, names: list[str]) -> list[Row]:
    rows: list[Row] = []
    for each in position.rows:
        subject = each.subject
        rows.append(
            row(Cell(subject.item, subject.name), subject.warehouse, *_cells(each.figures, names), subject.unit)
        )
        rows += [
            row(Cell(note=f"- {part.label}"), "", *_cells(part.figures, names, of_part=True), "") for part in each.parts
        ]
    rows += [
        row(f"Total {unit}", "", *_cells(figures, names), unit, total=True) for unit, figures in position.totals.items()
    ]
    return rows


def _cells(figures: Figures, names: list[str], *, of_part: bool = False) -> list[str]:
    """The figures as text; what a part does not have is left empty."""
    return ["" if of_part and name not in STOCK_FIGURES else quantity(getattr(figures, name)) for name in names]
