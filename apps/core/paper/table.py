"""Tables on a sheet: light rules, wrapped cells, the header repeated on every page, totals at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from apps.core.paper.sheet import BODY, LABEL, SMALL, STRONG, STRONG_RULE, Sheet
from apps.core.paper.text import INK, Line, Style

PAD = 1.1 * mm
GAP = 2.4 * mm
TICK = 4.2 * mm
SIGNATURE = Style(size=24)
"""As high as people sign."""
DESCENT = 1.26
"""A first line's height with what hangs below its base line, in em."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its title, its share of the width and where its content stands."""

    title: str
    share: float
    right: bool = False
    style: Style = BODY


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the main text in the column's style, a second one small below it; or a box to tick or write in."""

    text: str = ""
    note: str = ""
    box: str = ""
    """`tick` draws a square, `write` a line to write on, `sign` one with room above it for a signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of cells. `band` puts a titled strong rule before it; `total` sets it bold over a strong rule."""

    cells: tuple[Cell, ...]
    band: str = ""
    total: bool = False


def row(*cells: str | Cell, band: str = "", total: bool = False) -> Row:
    """A row from texts and cells."""
    ready = tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in cells)
    return Row(cells=ready, band=band, total=total)


Laid = list[list[tuple[Line, Style]]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column stands on the sheet."""

    column: Column
    left: float
    width: float


def draw_table(
    sheet: Sheet, columns: Sequence[Column], rows: Sequence[Row], *, empty: str = "Nothing to list.", after: float = 5
) -> None:
    """Draw the rows below each other, the header first and again on each new page."""
    places = _places(sheet, columns)
    _draw_header(sheet, places)
    if empty and all(each.total for each in rows):
        sheet.space(PAD)
        sheet.paragraph(empty, SMALL, after=PAD)
    for index, each in enumerate(rows):
        laid = _lay(sheet, places, each)
        band = 6.4 * mm if each.band else 0.0
        # The last row before a total goes with it, so that a total never stands alone on a page.
        following = rows[index + 1] if index + 1 < len(rows) else None
        kept = _height(_lay(sheet, places, following)) if following and following.total and not each.total else 0.0
        if sheet.need(_height(laid) + band + kept):
            _draw_header(sheet, places)
        if each.band:
            _draw_band(sheet, each.band, band)
        _draw_row(sheet, places, each, laid)
    sheet.space(after * mm)


def _places(sheet: Sheet, columns: Sequence[Column]) -> list[Place]:
    room = sheet.width - GAP * (len(columns) - 1)
    shares = sum(column.share for column in columns)
    places = []
    left = sheet.left
    for column in columns:
        width = room * column.share / shares
        places.append(Place(column, left, width))
        left += width + GAP
    return places


def _draw_header(sheet: Sheet, places: Sequence[Place]) -> None:
    titles = [sheet.wrap(place.column.title, LABEL, place.width) for place in places]
    height = max(len(lines) for lines in titles) * LABEL.leading + 2 * PAD
    sheet.need(height + 8 * mm)
    for place, lines in zip(places, titles, strict=True):
        y = sheet.y - height + PAD + (len(lines) - 1) * LABEL.leading
        for line in lines:
            _put(sheet, place, line, LABEL, y + LABEL.size * 0.28)
            y -= LABEL.leading
    sheet.y -= height
    sheet.rule(color=STRONG_RULE, thickness=0.7)


def _lay(sheet: Sheet, places: Sequence[Place], each: Row) -> Laid:
    laid: Laid = []
    for place, cell in zip(places, each.cells, strict=True):
        main = STRONG if each.total else place.column.style
        lines = [(line, main) for line in sheet.wrap(cell.text, main, place.width)] if cell.text else []
        lines += [(line, SMALL) for line in sheet.wrap(cell.note, SMALL, place.width)] if cell.note else []
        if cell.box == "sign":
            lines.insert(0, (sheet.wrap(" ", SIGNATURE, place.width)[0], SIGNATURE))
        laid.append(lines)
    return laid


def _height(laid: Laid) -> float:
    below = max((sum(style.leading for _, style in lines[1:]) for lines in laid), default=0.0)
    return _first(laid) * DESCENT + below + 2 * PAD


def _first(laid: Laid) -> float:
    """The size of the tallest first line; the first lines of all cells share its base line."""
    return max((lines[0][1].size for lines in laid if lines), default=BODY.size)


def _draw_row(sheet: Sheet, places: Sequence[Place], each: Row, laid: Laid) -> None:
    height = _height(laid)
    if each.total:
        sheet.rule(color=STRONG_RULE, thickness=0.7)
    first = _first(laid)
    for place, cell, lines in zip(places, each.cells, laid, strict=True):
        y = sheet.y - PAD - first
        for index, (line, style) in enumerate(lines):
            y -= style.leading if index else 0.0
            _put(sheet, place, line, style, y)
        if cell.box:
            _draw_box(sheet, place, cell.box, sheet.y - PAD - first)
    sheet.y -= height
    if not each.total:
        sheet.rule()


def _put(sheet: Sheet, place: Place, line: Line, style: Style, y: float) -> None:
    if place.column.right:
        sheet.line(line, style, place.left + place.width, y, "right")
    else:
        sheet.line(line, style, place.left, y)


def _draw_band(sheet: Sheet, title: str, height: float) -> None:
    style = Style(size=8.5, bold=True)
    sheet.shade(sheet.y - height + 0.6, height - 0.6)
    sheet.y -= height
    sheet.line(sheet.wrap(title, style, sheet.width)[0], style, sheet.left + 1 * mm, sheet.y + 2 * mm)
    sheet.rule(color=STRONG_RULE, thickness=1.2)


def _draw_box(sheet: Sheet, place: Place, kind: str, base: float) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.7)
        if kind == "tick":
            left = place.left + (place.width - TICK if place.column.right else 0)
            canvas.rect(left, base - 1, TICK, TICK, fill=0)
        else:
            canvas.line(place.left, base - 1.5, place.left + place.width, base - 1.5)

    sheet.stroke(paint)
