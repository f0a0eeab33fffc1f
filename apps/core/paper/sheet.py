"""A document on A4 or Letter: head and foot on every page, content flowing down, pages counted.

A page is a list of strokes drawn at the end, when the number of pages and the unprintable characters are known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4 as A4_SIZE
from reportlab.lib.pagesizes import LETTER as LETTER_SIZE
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from apps.core.paper import barcodes, text
from apps.core.paper.formats import Address, Printed, day
from apps.core.paper.text import SOFT, Line, Style

MARGIN = 12 * mm
HEAD_HEIGHT = 25 * mm
FOOT_HEIGHT = 10 * mm
FOOT_BASE = MARGIN + 0.8 * mm

RULE = HexColor("#cbd5e1")
STRONG_RULE = HexColor("#334155")
SHADE = HexColor("#f1f5f9")

SMALL = Style(size=7.5, color=SOFT)
BODY = Style(size=9)
STRONG = Style(size=9, bold=True)
LABEL = Style(size=7.5, bold=True, color=SOFT)

Stroke = Callable[[Canvas], None]


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet's size in points."""

    width: float
    height: float


A4 = Paper(*A4_SIZE)
LETTER = Paper(*LETTER_SIZE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands on top of every page."""

    company: Address
    title: str
    number: str
    dated: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A titled group of lines, such as an address; the first line is set bold."""

    title: str
    lines: tuple[str, ...]


class Sheet:
    """The pages of one document, filled from top to bottom."""

    def __init__(self, *, head: Head, printed: Printed, paper: Paper = A4) -> None:
        self.paper = paper
        self.left = MARGIN
        self.width = paper.width - 2 * MARGIN
        self.y = 0.0
        """Where the next piece begins, from the lower edge."""
        self._head = head
        self._printed = printed
        self._pages: list[list[Stroke]] = []
        self._seen: dict[str, None] = {}
        self.new_page()

    @property
    def right(self) -> float:
        """The right edge of the content."""
        return self.left + self.width

    @property
    def floor(self) -> float:
        """The lower edge of the content."""
        return MARGIN + FOOT_HEIGHT

    def new_page(self) -> None:
        """Go on at the top of the next page."""
        self._pages.append([])
        self.y = self.paper.height - MARGIN - HEAD_HEIGHT

    def need(self, height: float) -> bool:
        """Start a new page unless `height` still fits; tells whether it did."""
        if self.y - height >= self.floor:
            return False
        self.new_page()
        return True

    def stroke(self, stroke: Stroke) -> None:
        """Draw this on the current page."""
        self._pages[-1].append(stroke)

    def wrap(self, content: str, style: Style, width: float, *, most: int = 20) -> list[Line]:
        """The content's lines; its unprintable characters are remembered for the foot.

        `most` keeps a cell lower than a page: nothing is ever drawn over the foot.
        """
        self._seen.update(dict.fromkeys(text.unprintable(content)))
        return text.wrap(content, style, width, most=most)

    def line(self, line: Line, style: Style, x: float, y: float, align: str = "left") -> None:
        """Draw a prepared line."""
        self.stroke(lambda canvas: text.draw(canvas, line, style, x, y, align=align))

    def space(self, height: float) -> None:
        """Leave room."""
        self.y -= height

    def rule(self, *, color: Color = RULE, thickness: float = 0.5) -> None:
        """A horizontal rule over the whole width."""
        y, left, right = self.y, self.left, self.right
        self.stroke(lambda canvas: _rule(canvas, left, right, y, color=color, thickness=thickness))

    def shade(self, bottom: float, height: float, *, color: Color = SHADE) -> None:
        """A light ground over the whole width."""
        left, width = self.left, self.width

        def paint(canvas: Canvas) -> None:
            canvas.setFillColor(color)
            canvas.rect(left, bottom, width, height, stroke=0, fill=1)

        self.stroke(paint)

    def paragraph(self, content: str, style: Style = BODY, *, after: float = 2 * mm) -> None:
        """Text over the whole width."""
        for line in self.wrap(content, style, self.width, most=400):
            self.need(style.leading)
            self.y -= style.leading
            self.line(line, style, self.left, self.y + style.size * 0.28)
        self.space(after)

    def heading(self, content: str, *, keep: float = 22 * mm) -> None:
        """A section's title, kept together with what follows it."""
        style = Style(size=11, bold=True)
        self.need(style.leading + keep)
        self.space(2 * mm)
        self.paragraph(content, style, after=1.2 * mm)

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Groups of lines side by side."""
        gap = 6 * mm
        width = (self.width - gap * (len(blocks) - 1)) / len(blocks)
        columns = []
        for block in blocks:
            rows: list[tuple[Line, Style]] = [(line, LABEL) for line in self.wrap(block.title, LABEL, width)]
            for index, content in enumerate(block.lines):
                style = STRONG if index == 0 else BODY
                rows += [(line, style) for line in self.wrap(content, style, width, most=6)]
            columns.append(rows)
        height = max(sum(style.leading for _, style in rows) for rows in columns)
        self.need(height)
        for index, rows in enumerate(columns):
            y = self.y
            for line, style in rows:
                y -= style.leading
                self.line(line, style, self.left + index * (width + gap), y + style.size * 0.28)
        self.y -= height
        self.space(4 * mm)

    def finish(self) -> bytes:
        """The document's bytes; the same content gives the same bytes."""
        buffer = BytesIO()
        canvas = Canvas(buffer, pagesize=(self.paper.width, self.paper.height), invariant=1, pageCompression=1)
        canvas.setTitle(f"{self._head.title} {self._head.number}")
        canvas.setAuthor(self._head.company.name)
        head, foot = self._prepare_head(), self._prepare_foot()
        for number, strokes in enumerate(self._pages, start=1):
            for stroke in (*head, *foot, *strokes):
                stroke(canvas)
            count = Style(size=8)
            page = text.one_line(f"Page {number} of {len(self._pages)}", count, self.width)
            text.draw(canvas, page, count, self.right, FOOT_BASE, align="right")
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    def _prepare_head(self) -> list[Stroke]:
        head, top = self._head, self.paper.height - MARGIN
        strokes: list[Stroke] = []
        bars_width = 0.0
        if barcodes.can_code_128(head.number):
            barcode = barcodes.code_128(head.number)
            module = barcodes.module_for(barcode, room=self.width * 0.45, most=0.33 * mm)
            if module is not None:
                bars_width = barcode.width(module)
                x = self.right - barcode.width(module, quiet=False)
                at = module
                strokes.append(lambda canvas: barcode.draw(canvas, x, top - 11 * mm, module=at, height=11 * mm))
        room = self.width - bars_width - 6 * mm
        company = Style(size=9, bold=True)
        title = Style(size=17, bold=True)
        rows = [
            (head.company.name, company, 3.2 * mm),
            (", ".join(head.company.text), SMALL, 6.6 * mm),
            (head.title, title, 14.2 * mm),
        ]
        strokes += [self._head_stroke(content, style, room, self.left, top - drop) for content, style, drop in rows]
        number = Style(size=11, bold=True)
        dated = Style(size=9)
        strokes += [
            self._head_stroke(head.number, number, self.width * 0.6, self.left, top - 19.6 * mm),
            self._head_stroke(day(head.dated), dated, self.width * 0.3, self.right, top - 19.6 * mm, "right"),
            lambda canvas: _rule(canvas, self.left, self.right, top - 22 * mm, color=STRONG_RULE, thickness=0.8),
        ]
        return strokes

    def _head_stroke(self, content: str, style: Style, room: float, x: float, y: float, align: str = "left") -> Stroke:
        self._seen.update(dict.fromkeys(text.unprintable(content)))
        line = text.one_line(content, style, room)
        return lambda canvas: text.draw(canvas, line, style, x, y, align=align)

    def _prepare_foot(self) -> list[Stroke]:
        style = Style(size=8, color=SOFT)
        strokes = [self._head_stroke(self._printed.text, style, self.width * 0.75, self.left, FOOT_BASE)]
        y = FOOT_BASE + 4 * mm
        strokes.append(lambda canvas: _rule(canvas, self.left, self.right, y, color=RULE, thickness=0.5))
        if self._seen:
            warning = Style(size=7, bold=True)
            content = "Characters not printable here, drawn as boxes: " + " ".join(
                each.split(" ")[0] for each in self._seen
            )
            line = text.one_line(content, warning, self.width)
            strokes.append(lambda canvas: text.draw(canvas, line, warning, self.left, y + 1.2 * mm))
        return strokes


def _rule(canvas: Canvas, left: float, right: float, y: float, *, color: Color, thickness: float) -> None:
    canvas.setStrokeColor(color)
    canvas.setLineWidth(thickness)
    canvas.line(left, y, right, y)
