"""Safety signs on sheets: the shape and colour of their kind, a symbol of our own drawing, the words below it.

Shapes are as ISO 3864-1 has them: blue disc, yellow triangle, red ring with a bar, green and red squares. Colours and
proportions are from memory, and what a printer makes of a colour was not measured.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.units import inch, mm

from apps.core.paper import text
from apps.core.paper.label import A4, Labels, LabelSize
from apps.core.paper.text import CAPITALS, SOFT, Style
from apps.safety.choices import SignMeaning
from apps.safety.pdf.pictograms import Point, polygon
from apps.safety.pdf.symbols import SYMBOLS, Symbol, arrow, runner
from apps.safety.rules import SafetySign

EDGE = 12 * mm
FOOT = 8 * mm
RED, BLUE, GREEN, YELLOW = HexColor("#a8192e"), HexColor("#005387"), HexColor("#007a4d"), HexColor("#f9b000")
GROUND: dict[SignMeaning, Color] = {
    SignMeaning.PROHIBITION: RED,
    SignMeaning.MANDATORY: BLUE,
    SignMeaning.WARNING: YELLOW,
    SignMeaning.SAFE: GREEN,
    SignMeaning.FIRE: RED,
}
RING = 0.1
"""Of its width, as the bar of a prohibition nearly is."""
CORNER, BORDER = 0.07, 0.045
"""Of a triangle's width: how round its corners are, and its black border."""
LETTERS = 153 * mm
"""How high the word on an exit sign is on A4."""
EXIT_LETTERS = 6 * inch
"""At least so high are its letters, 29 CFR 1910.37(b)(7), and their strokes at least three quarters of an inch wide."""
ON_A4 = A4.height
"""The width of a lying A4 sheet."""

WAYS = {"exit-left": 180, "exit-right": 0, "exit-ahead": 90}
"""Signs with an arrow beside the symbol: where it points, in degrees."""


def safety_signs(signs: Sequence[SafetySign], *, size: LabelSize = A4) -> bytes:
    """A sheet a sign, standing; exits are on lying ones. No sign is no document: that raises `ValueError`."""
    if not signs:
        raise ValueError("There is no sign to print.")
    roll = Labels(size=size, title="Safety signs")
    for sign in signs:
        lies = sign.code == "exit" or sign.code in WAYS
        roll.size = size.landscape if lies else size
        roll.canvas.setPageSize((roll.size.width, roll.size.height))
        if sign.code == "exit":
            _exit(roll, sign)
        elif lies:
            _way_out(roll, sign)
        else:
            _standing(roll, sign)
        roll.next()
    return roll.finish()


def _standing(roll: Labels, sign: SafetySign) -> None:
    side = roll.size.width - 2 * EDGE
    x, y = roll.size.width / 2, roll.size.height - EDGE - side / 2
    _shape(roll, sign.meaning, x, y, side, SYMBOLS[sign.code])
    top = roll.size.height - EDGE - side - 5 * mm
    _words(roll, sign, EDGE + FOOT, top, side)
    _foot(roll, f"After {sign.told_source}. The symbol is our own drawing: compare before use.")


def _shape(roll: Labels, meaning: SignMeaning, x: float, y: float, side: float, symbol: Symbol) -> None:
    """The sign itself, around a point."""
    canvas, color = roll.canvas, GROUND[meaning]
    canvas.saveState()
    canvas.translate(x, y)
    canvas.setFillColor(color)
    if meaning == SignMeaning.MANDATORY:
        canvas.circle(0, 0, side / 2, stroke=0, fill=1)
        _symbol(roll, symbol, white, color, side * 0.35)
    elif meaning == SignMeaning.WARNING:
        canvas.translate(0, -side * 0.13)
        _triangle(roll, side)
        _symbol(roll, symbol, black, color, side * 0.21)
    elif meaning == SignMeaning.PROHIBITION:
        _symbol(roll, symbol, black, white, side * 0.27)
        _ring(roll, side)
    else:
        canvas.roundRect(-side / 2, -side / 2, side, side, side * 0.03, stroke=0, fill=1)
        _symbol(roll, symbol, white, color, side * 0.42)
    canvas.restoreState()


def _symbol(roll: Labels, symbol: Symbol, ink: Color, paper: Color, half: float) -> None:
    roll.canvas.saveState()
    roll.canvas.scale(half, half)
    roll.canvas.setFillColor(ink)
    roll.canvas.setStrokeColor(ink)
    roll.canvas.setLineWidth(0.12)
    roll.canvas.setLineCap(1)
    symbol(roll.canvas, ink, paper)
    roll.canvas.restoreState()


def _triangle(roll: Labels, side: float) -> None:
    """Black with rounded corners, and yellow inside it at the same distance all around."""
    high = side * 3**0.5 / 2
    inner = high / 3
    part = (inner - side * CORNER) / inner
    corners: tuple[Point, ...] = ((-side / 2, -inner), (0, 2 * inner), (side / 2, -inner))
    for radius, color in ((CORNER, black), (CORNER - BORDER, YELLOW)):
        roll.canvas.setFillColor(color)
        roll.canvas.setStrokeColor(color)
        roll.canvas.setLineJoin(1)
        roll.canvas.setLineWidth(2 * side * radius)
        polygon(roll.canvas, tuple((px * part, py * part) for px, py in corners), stroke=1)


def _ring(roll: Labels, side: float) -> None:
    canvas = roll.canvas
    canvas.setStrokeColor(RED)
    canvas.setLineCap(0)
    canvas.setLineWidth(side * RING)
    radius = side / 2 * (1 - RING)
    canvas.circle(0, 0, radius, stroke=1, fill=0)
    canvas.setLineWidth(side * RING * 0.8)
    reach = radius / 2**0.5
    canvas.line(-reach, reach, reach, -reach)


def _way_out(roll: Labels, sign: SafetySign) -> None:
    """A runner through a door, and an arrow where the door is: on the side to which it points."""
    width, height = roll.size.width, roll.size.height
    side = min((width - 2 * EDGE) / 2, height - 2 * EDGE - FOOT - 0.22 * height)
    y = height - EDGE - side / 2
    turn = WAYS[sign.code]
    canvas = roll.canvas
    canvas.setFillColor(GREEN)
    canvas.roundRect(width / 2 - side, y - side / 2, 2 * side, side, side * 0.03, stroke=0, fill=1)
    to_left = turn == WAYS["exit-left"]
    for symbol, place, angle, flips, half in (
        (runner, 1 if to_left else -1, 0, to_left, 0.4),
        (arrow, -1 if to_left else 1, turn, False, 0.36),
    ):
        canvas.saveState()
        canvas.translate(width / 2 + place * side / 2, y)
        canvas.rotate(angle)
        if flips:
            canvas.scale(-1, 1)
        _symbol(roll, symbol, white, GREEN, side * half)
        canvas.restoreState()
    _words(roll, sign, EDGE + FOOT, y - side / 2 - 4 * mm, 2 * side)
    _foot(roll, f"After {sign.told_source}. The symbol is our own drawing: compare before use.")


def _exit(roll: Labels, sign: SafetySign) -> None:
    """The word in letters of our own, whose height and strokes the regulation measures."""
    width, height = roll.size.width, roll.size.height
    unit = width / ON_A4 * mm
    high, wide, thick = LETTERS * width / ON_A4, 56 * unit, 21 * unit
    canvas = roll.canvas
    canvas.setFillColor(GREEN)
    canvas.roundRect(EDGE, EDGE + FOOT, width - 2 * EDGE, height - 2 * EDGE - FOOT, 4 * mm, stroke=0, fill=1)
    canvas.setFillColor(white)
    gap, cross = 14 * unit, 64 * unit
    x = (width - (2 * wide + cross + thick + 3 * gap)) / 2
    y = (height + FOOT - high) / 2
    for bottom in (0.0, (high - thick) / 2, high - thick):
        canvas.rect(x, y + bottom, wide, thick, stroke=0, fill=1)
    canvas.rect(x, y, thick, high, stroke=0, fill=1)
    x += wide + gap
    stroke = thick * 1.15
    for left, right in ((x, x + cross - stroke), (x + cross - stroke, x)):
        polygon(canvas, ((left, y), (left + stroke, y), (right + stroke, y + high), (right, y + high)))
    x += cross + gap
    canvas.rect(x, y, thick, high, stroke=0, fill=1)
    x += thick + gap
    canvas.rect(x, y + high - thick, wide, thick, stroke=0, fill=1)
    canvas.rect(x + (wide - thick) / 2, y, thick, high, stroke=0, fill=1)
    told = f"{sign.wording}: letters {high / mm:.0f} mm high, strokes {thick / mm:.0f} mm, after {sign.told_source}."
    if high < EXIT_LETTERS:
        told += " Too small for that paragraph, which asks for 152 mm."
    _foot(roll, f"{told} Paper gives no light: what lights it is not part of the sheet.")


def _words(roll: Labels, sign: SafetySign, bottom: float, top: float, width: float) -> None:
    """The wording on a panel in the colour of the kind, as large as it goes in two lines."""
    canvas, color = roll.canvas, GROUND[sign.meaning]
    canvas.setFillColor(color)
    canvas.roundRect((roll.size.width - width) / 2, bottom, width, top - bottom, 3 * mm, stroke=0, fill=1)
    ink = black if sign.meaning == SignMeaning.WARNING else white
    room, high = width - 8 * mm, top - bottom
    large = Style(size=high * 0.5, bold=True, color=ink)
    if text.width_of(sign.wording, large) > room:
        large = Style(size=high * 0.34, bold=True, color=ink)
    lines, fitted = text.fit(sign.wording, large, room, most=2, smallest=9)
    y = (top + bottom) / 2 + (len(lines) - 1) * fitted.leading / 2 - fitted.size * CAPITALS / 2
    for line in lines:
        text.draw(canvas, line, fitted, roll.size.width / 2, y, align="center")
        y -= fitted.leading


def _foot(roll: Labels, said: str) -> None:
    """Where the sign is from, small."""
    roll.put(
        said, Style(size=7, color=SOFT), EDGE, EDGE + FOOT - 2 * mm, roll.size.width - 2 * EDGE, most=2, smallest=5
    )
