"""The stock position as a workbook, for whoever calculates on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from apps.core.imports import cells as imported
from apps.insights.position import STOCK_FIGURES, Position

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def position_workbook(position: Position) -> bytes:
    """A sheet of items and sites with their totals; with a split, a second one of the parts."""
    book = Workbook(write_only=True)
    names = list(position.columns)
    sheet = _sheet(book, "Stock position", ("Item", "Name", "Site", "Unit", *position.columns.values()))
    for each in position.rows:
        subject = each.subject
        texts = (subject.item, subject.name, subject.warehouse, subject.unit)
        sheet.append([*map(harmless, texts), *(getattr(each.figures, name) for name in names)])
    for unit, figures in position.totals.items():
        cells = [harmless(f"Total {unit}"), "", "", harmless(unit), *(getattr(figures, name) for name in names)]
        sheet.append(_bold(sheet, cells))
    if position.by is not None:
        _append_parts(book, position)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, without the characters that its format cannot hold."""
    return imported.harmless(ILLEGAL_CHARACTERS_RE.sub("", text))


def _append_parts(book: Workbook, position: Position) -> None:
    by = str(position.by.label) if position.by else ""
    names = [name for name in position.columns if name in STOCK_FIGURES]
    titles = (position.columns[name] for name in names)
    sheet = _sheet(book, f"By {by.lower()}", ("Item", "Site", by, "Unit", *titles))
    for each in position.rows:
        for part in each.parts:
            texts = (each.subject.item, each.subject.warehouse, part.label, each.subject.unit)
            sheet.append([*map(harmless, texts), *(getattr(part.figures, name) for name in names)])


def _sheet(book: Workbook, title: str, heads: Iterable[str]) -> WriteOnlyWorksheet:
    sheet = cast("WriteOnlyWorksheet", book.create_sheet(title))
    sheet.freeze_panes = "B2"
    for letter, width in zip("ABCDEFGHIJKLM", (22, 36, 12, 14, *[14] * 9), strict=True):
        sheet.column_dimensions[letter].width = width  # type: ignore[attr-defined]  # made at run time
    sheet.append(_bold(sheet, heads))
    return sheet


def _bold(sheet: WriteOnlyWorksheet, values: Iterable[str | Decimal]) -> list[Cell]:
    cells: list[Cell] = []
    for value in values:
        cell = WriteOnlyCell(sheet, value=cast("str", value))
        cell.font = Font(bold=True)
        cells.append(cell)
    return cells
