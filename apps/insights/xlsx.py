"""The stock position as a workbook, for whoever calculates on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apps.core.xlsx import add_sheet, bold, harmless, new_workbook, saved
from apps.insights.position import STOCK_FIGURES, Position

if TYPE_CHECKING:
    from openpyxl import Workbook

WIDTHS = (22, 36, 12, 14, *[14] * 9)


def position_workbook(position: Position) -> bytes:
    """A sheet of items and sites with their totals; with a split, a second one of the parts."""
    book = new_workbook()
    names = list(position.columns)
    heads = ("Item", "Name", "Site", "Unit", *position.columns.values())
    sheet = add_sheet(book, "Stock position", heads, widths=WIDTHS)
    for each in position.rows:
        subject = each.subject
        texts = (subject.item, subject.name, subject.warehouse, subject.unit)
        sheet.append([*map(harmless, texts), *(getattr(each.figures, name) for name in names)])
    for unit, figures in position.totals.items():
        cells = [harmless(f"Total {unit}"), "", "", harmless(unit), *(getattr(figures, name) for name in names)]
        sheet.append(bold(sheet, cells))
    if position.by is not None:
        _append_parts(book, position)
    return saved(book)


def _append_parts(book: Workbook, position: Position) -> None:
    by = str(position.by.label) if position.by else ""
    names = [name for name in position.columns if name in STOCK_FIGURES]
    titles = (position.columns[name] for name in names)
    sheet = add_sheet(book, f"By {by.lower()}", ("Item", "Site", by, "Unit", *titles), widths=WIDTHS)
    for each in position.rows:
        for part in each.parts:
            texts = (each.subject.item, each.subject.warehouse, part.label, each.subject.unit)
            sheet.append([*map(harmless, texts), *(getattr(part.figures, name) for name in names)])
