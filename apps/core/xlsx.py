"""Workbooks that are written row by row: heads stand still, and no text is taken for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from apps.core.imports import cells as imported

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def new_workbook() -> Workbook:
    """An empty one whose rows are written as they come."""
    return Workbook(write_only=True)


def add_sheet(book: Workbook, title: str, heads: Sequence[str], *, widths: Sequence[int]) -> WriteOnlyWorksheet:
    """A sheet with bold heads that stand still with the first column, and columns of these widths (characters)."""
    sheet = cast("WriteOnlyWorksheet", book.create_sheet(title))
    sheet.freeze_panes = "B2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width  # type: ignore[attr-defined]  # made at run time
    sheet.append(bold(sheet, heads))
    return sheet


def bold(sheet: WriteOnlyWorksheet, values: Iterable[str | Decimal]) -> list[Cell]:
    """A row of heads or totals."""
    cells: list[Cell] = []
    for value in values:
        cell = WriteOnlyCell(sheet, value=cast("str", value))
        cell.font = Font(bold=True)
        cells.append(cell)
    return cells


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, without the characters that its format cannot hold."""
    return imported.harmless(ILLEGAL_CHARACTERS_RE.sub("", text))


def saved(book: Workbook) -> bytes:
    """The file."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
