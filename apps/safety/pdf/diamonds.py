"""The labels of dangerous goods in transport: squares on their points in the colours of classes, 49 CFR 172.400 to 446.

Colours, symbols and numbers are from memory of the paragraphs and were not compared. The symbols are our own drawings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import Color, black, white
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from apps.core.paper import text
from apps.core.paper.text import Style
from apps.safety.pdf.pictograms import bomb, corrosion, cylinder, flame, flame_over_circle, polygon, skull

SIDE = 100 * mm
"""Of the square, 172.407(c)."""
HALF: Final = SIDE / 2**0.5
"""From its middle to a corner."""
LINE_IN = 5 * mm
"""How far inside the edge its inner line runs."""
ORANGE, RED, GREEN = Color(1.0, 0.49, 0.0), Color(0.85, 0.0, 0.0), Color(0.0, 0.55, 0.27)
YELLOW, BLUE = Color(1.0, 0.84, 0.0), Color(0.0, 0.35, 0.7)
STRIPES = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Diamond:
    """How the label of a class looks: colours above and below, the symbol, and the number in the lower corner."""

    upper: Color
    lower: Color
    corner: str
    symbol: Callable[[Canvas], None] | None = None
    stripes: Color | None = None
    half_striped: bool = False
    """Stripes above alone."""
    said: str = ""
    """A division that stands where the symbol would."""
    ink: Color = black
    """Of the number in the corner."""


def _burning(paper: Color) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        flame(canvas, paper)

    return draw


def _oxidizing(canvas: Canvas) -> None:
    flame_over_circle(canvas, YELLOW)


def _plain(color: Color, corner: str, symbol: Callable[[Canvas], None]) -> Diamond:
    return Diamond(upper=color, lower=color, corner=corner, symbol=symbol)


DIAMONDS: dict[str, Diamond] = {
    **{code: _plain(ORANGE, "1", bomb) for code in ("1", "1.1", "1.2", "1.3")},
    **{code: Diamond(upper=ORANGE, lower=ORANGE, corner="1", said=code) for code in ("1.4", "1.5", "1.6")},
    "2.1": _plain(RED, "2", _burning(RED)),
    "2.2": _plain(GREEN, "2", cylinder),
    "3": _plain(RED, "3", _burning(RED)),
    "4.1": Diamond(upper=white, lower=white, corner="4", symbol=_burning(white), stripes=RED),
    "4.2": Diamond(upper=white, lower=RED, corner="4", symbol=_burning(white)),
    "4.3": _plain(BLUE, "4", _burning(BLUE)),
    "5.1": _plain(YELLOW, "5.1", _oxidizing),
    "5.2": Diamond(upper=RED, lower=YELLOW, corner="5.2", symbol=_burning(RED)),
    "6.1": _plain(white, "6", skull),
    "8": Diamond(upper=white, lower=black, corner="8", symbol=corrosion, ink=white),
    "9": Diamond(upper=white, lower=white, corner="9", stripes=black, half_striped=True),
}
"""By class or division. Not drawn are 2.3, whose skull stands in a diamond of its own, 6.2, and 7 with its activity."""


def draw_diamond(canvas: Canvas, code: str, x: float, y: float, *, division: str = "") -> None:
    """Draw the label of a class around a point; of an explosive with its division and compatibility group."""
    look = DIAMONDS[code]
    canvas.saveState()
    canvas.translate(x, y)
    canvas.setFillColor(look.lower)
    polygon(canvas, ((-HALF, 0), (0, HALF), (HALF, 0), (0, -HALF)))
    if look.upper != look.lower:
        canvas.setFillColor(look.upper)
        polygon(canvas, ((-HALF, 0), (0, HALF), (HALF, 0)))
    if look.stripes is not None:
        _stripes(canvas, look.stripes, above_alone=look.half_striped)
    _lines(canvas, look.ink)
    if look.symbol is not None:
        _symbol(canvas, look.symbol)
    if look.said:
        _center(canvas, look.said, Style(size=76, bold=True), HALF * 0.16)
    if division:
        _center(canvas, division, Style(size=34, bold=True), -HALF * 0.24)
    _center(canvas, look.corner, Style(size=34, bold=True, color=look.ink), -HALF * 0.72)
    if look.half_striped:
        canvas.rect(-5 * mm, -HALF * 0.72 - 7 * mm, 10 * mm, 0.9 * mm, stroke=0, fill=1)  # class 9 is underlined
    canvas.restoreState()


def draw_limited_quantity(canvas: Canvas, x: float, y: float) -> None:
    """The mark of a limited quantity, 172.315: black above and below, white between."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.setFillColor(white)
    canvas.setStrokeColor(black)
    canvas.setLineWidth(2 * mm)
    edge = HALF - 1.5 * mm
    polygon(canvas, ((-edge, 0), (0, edge), (edge, 0), (0, -edge)), stroke=1)
    canvas.setFillColor(black)
    third = HALF * 0.42
    for way in (1, -1):
        polygon(canvas, ((-(HALF - third), way * third), (0, way * HALF), (HALF - third, way * third)))
    canvas.restoreState()


def draw_arrows(canvas: Canvas, x: float, y: float) -> None:
    """Which way up, 172.312: two arrows over a line, for liquids in inner packagings."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.setFillColor(black)
    for left in (-24 * mm, 24 * mm):
        shaft, head, tip = 7 * mm, 16 * mm, 42 * mm
        neck, foot = 18 * mm, -26 * mm
        polygon(
            canvas,
            (
                (left - shaft, foot),
                (left - shaft, neck),
                (left - head, neck),
                (left, tip),
                (left + head, neck),
                (left + shaft, neck),
                (left + shaft, foot),
            ),
        )
    canvas.rect(-46 * mm, -38 * mm, 92 * mm, 6 * mm, stroke=0, fill=1)
    canvas.restoreState()


def _stripes(canvas: Canvas, color: Color, *, above_alone: bool) -> None:
    """Seven stripes and the six gaps between them, each as wide, within the inner line."""
    canvas.saveState()
    path = canvas.beginPath()
    edge = HALF - LINE_IN * 2**0.5
    corners = ((-edge, 0), (0, edge), (edge, 0)) if above_alone else ((-edge, 0), (0, edge), (edge, 0), (0, -edge))
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setFillColor(color)
    wide = 2 * edge / (2 * STRIPES - 1)
    for number in range(STRIPES):
        canvas.rect(-edge + 2 * number * wide, -HALF, wide, 2 * HALF, stroke=0, fill=1)
    canvas.restoreState()


def _lines(canvas: Canvas, below: Color) -> None:
    """The edge, and the line that runs 5 mm inside it, in the lower half in the colour that is seen there."""
    for inside, width, lower in ((0.25 * mm, 0.5 * mm, black), (LINE_IN, 0.7 * mm, below)):
        edge = HALF - inside * 2**0.5
        canvas.setLineWidth(width)
        for way, color in ((1, black), (-1, lower)):
            canvas.setStrokeColor(color)
            path = canvas.beginPath()
            path.moveTo(-edge, 0)
            path.lineTo(0, way * edge)
            path.lineTo(edge, 0)
            canvas.drawPath(path, stroke=1, fill=0)


def _symbol(canvas: Canvas, symbol: Callable[[Canvas], None]) -> None:
    canvas.saveState()
    canvas.translate(0, HALF * 0.4)
    canvas.scale(HALF * 0.3, HALF * 0.3)
    canvas.setFillColor(black)
    canvas.setStrokeColor(black)
    canvas.setLineWidth(0.12)
    canvas.setLineCap(1)
    symbol(canvas)
    canvas.restoreState()


def _center(canvas: Canvas, said: str, style: Style, middle: float) -> None:
    """A text around a height, over the middle."""
    line = text.one_line(said, style, 2 * HALF)
    text.draw(canvas, line, style, 0, middle - style.size * 0.36, align="center")
