"""Labels of an exact size: one label a page, nothing outside the edge, long text made smaller before it is cut."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.colors import white
from reportlab.lib.units import inch, mm
from reportlab.pdfgen.canvas import Canvas

from apps.core.paper import barcodes, text
from apps.core.paper.text import ASCENT, INK, Style


@dataclass(frozen=True, slots=True)
class LabelSize:
    """A label's size in points."""

    width: float
    height: float

    @property
    def landscape(self) -> LabelSize:
        """The same sheet, lying."""
        return LabelSize(max(self.width, self.height), min(self.width, self.height))


LABEL_100X150 = LabelSize(100 * mm, 150 * mm)
LABEL_A6 = LabelSize(105 * mm, 148 * mm)
LABEL_4X6_INCH = LabelSize(4 * inch, 6 * inch)
LABEL_100X50 = LabelSize(100 * mm, 50 * mm)
LABEL_50X25 = LabelSize(50 * mm, 25 * mm)
A5 = LabelSize(148 * mm, 210 * mm)
A4 = LabelSize(210 * mm, 297 * mm)
A3 = LabelSize(297 * mm, 420 * mm)
SHEETS = {"a5": A5, "a4": A4, "a3": A3}
"""What signs are printed on, standing; by the name that is asked for."""
NARROWEST = 0.25 * mm
"""A module that a hand scanner reads at arm's length; below it a matrix does better."""


class Labels:
    """A roll of labels. Coordinates are points from the lower left corner of the current label."""

    def __init__(self, *, size: LabelSize, title: str) -> None:
        self.size = size
        self._buffer = BytesIO()
        self.canvas = Canvas(self._buffer, pagesize=(size.width, size.height), invariant=1, pageCompression=1)
        self.canvas.setTitle(title)

    def next(self) -> None:
        """Finish this label."""
        self.canvas.showPage()

    def finish(self) -> bytes:
        """The bytes of all labels; the same labels give the same bytes."""
        self.canvas.save()
        return self._buffer.getvalue()

    def put(
        self, content: str, style: Style, x: float, top: float, width: float, *, most: int = 1, smallest: float = 5
    ) -> float:
        """Set text from `top` down in at most `most` lines, smaller when it is long; the lower edge is returned."""
        lines, fitted = text.fit(content, style, width, most=most, smallest=smallest)
        y = top - fitted.size * ASCENT
        for line in lines:
            text.draw(self.canvas, line, fitted, x, y)
            y -= fitted.leading
        return y + fitted.leading - fitted.size * 0.26

    def right(self, content: str, style: Style, x: float, top: float, width: float, *, smallest: float = 5) -> None:
        """Set one line ending at `x`."""
        lines, fitted = text.fit(content, style, width, most=1, smallest=smallest)
        text.draw(self.canvas, lines[0], fitted, x, top - fitted.size * ASCENT, align="right")

    def center(self, content: str, style: Style, x: float, top: float, width: float, *, smallest: float = 5) -> None:
        """Set one line around `x`."""
        lines, fitted = text.fit(content, style, width, most=1, smallest=smallest)
        text.draw(self.canvas, lines[0], fitted, x, top - fitted.size * ASCENT, align="center")

    def band(self, content: str, bottom: float, height: float, *, size: float) -> None:
        """A black band over the whole width with white text: what must not be overlooked."""
        self.canvas.setFillColor(INK)
        self.canvas.rect(0, bottom, self.size.width, height, stroke=0, fill=1)
        style = Style(size=size, bold=True, color=white)
        top = bottom + height / 2 + size * 0.36 + (ASCENT - 0.72) * size
        self.center(content, style, self.size.width / 2, top, self.size.width - 4 * mm)

    def rule(self, y: float, *, left: float, right: float) -> None:
        """A thin rule."""
        self.canvas.setStrokeColor(INK)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(left, y, right, y)

    def symbol(self, code: str, x: float, bottom: float, room: float, *, height: float, most: float = 0.5 * mm) -> None:
        """A code to scan around `x`: as bars where they fit in modules that can be read, else as a matrix as high."""
        if barcodes.can_code_128(code):
            bars = barcodes.code_128(code)
            module = barcodes.module_for(bars, room=room, most=most, least=NARROWEST)
            if module is not None:
                bars.draw(self.canvas, x - bars.width(module, quiet=False) / 2, bottom, module=module, height=height)
                return
        matrix = barcodes.data_matrix(code)
        module = height / matrix.rows
        matrix.draw(self.canvas, x - matrix.width(module, quiet=False) / 2, bottom, module=module)
