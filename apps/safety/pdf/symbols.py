"""The symbols of safety signs, our own drawings, in a square from -1 to 1 each way.

They are drawn in `ink` on `paper`, the two colours of a sign of its kind, so that what is cut out shows the ground.
"""

from __future__ import annotations

from collections.abc import Callable

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from apps.safety.pdf import equipment
from apps.safety.pdf.pictograms import bomb, corrosion, flame, polygon, skull
from apps.safety.pdf.strokes import disc, pen, track

Symbol = Callable[[Canvas, Color, Color], None]
"""Draws on a canvas in the ink and the colour of the ground."""


def _forklift(canvas: Canvas, ink: Color, paper: Color) -> None:
    # Counterweight and body, overhead guard, seat and driver, mast and fork with its load.
    polygon(
        canvas, ((-0.98, -0.5), (-0.98, 0.0), (-0.62, 0.0), (-0.5, -0.14), (-0.02, -0.14), (0.16, -0.3), (0.16, -0.5))
    )
    pen(canvas, 0.08, ink)
    track(canvas, (-0.84, 0.0), (-0.7, 0.78), (-0.08, 0.78), (0.1, -0.25))
    disc(canvas, -0.44, 0.5, 0.13)
    pen(canvas, 0.17, ink)
    track(canvas, (-0.48, 0.25), (-0.5, -0.05), (-0.2, -0.06))
    pen(canvas, 0.08, ink)
    track(canvas, (-0.44, 0.24), (-0.14, 0.1))
    canvas.rect(0.24, -0.66, 0.1, 1.5, stroke=0, fill=1)
    canvas.rect(0.34, -0.5, 0.64, 0.08, stroke=0, fill=1)
    canvas.rect(0.42, -0.38, 0.5, 0.5, stroke=0, fill=1)
    for x, radius in ((-0.68, 0.22), (0.04, 0.25)):
        canvas.setFillColor(paper)
        disc(canvas, x, -0.52, radius + 0.06)
        canvas.setFillColor(ink)
        disc(canvas, x, -0.52, radius)
        canvas.setFillColor(paper)
        disc(canvas, x, -0.52, radius * 0.4)
        canvas.setFillColor(ink)


def _cross(canvas: Canvas, ink: Color, paper: Color) -> None:
    del ink, paper
    canvas.rect(-0.27, -0.85, 0.54, 1.7, stroke=0, fill=1)
    canvas.rect(-0.85, -0.27, 1.7, 0.54, stroke=0, fill=1)


def _eyewash(canvas: Canvas, ink: Color, paper: Color) -> None:
    """An eye over two jets out of a bowl."""
    path = canvas.beginPath()
    path.moveTo(-0.8, 0.45)
    path.curveTo(-0.4, 0.95, 0.4, 0.95, 0.8, 0.45)
    path.curveTo(0.4, -0.05, -0.4, -0.05, -0.8, 0.45)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.setFillColor(paper)
    disc(canvas, 0, 0.45, 0.27)
    canvas.setFillColor(ink)
    disc(canvas, 0, 0.45, 0.12)
    pen(canvas, 0.09, ink)
    for side in (1, -1):
        path = canvas.beginPath()
        path.moveTo(0.1 * side, -0.5)
        path.curveTo(0.14 * side, -0.1, 0.3 * side, 0.0, 0.42 * side, -0.2)
        canvas.drawPath(path, stroke=1, fill=0)
        disc(canvas, 0.5 * side, -0.36, 0.06)
    path = canvas.beginPath()
    path.moveTo(-0.75, -0.55)
    path.lineTo(0.75, -0.55)
    path.curveTo(0.7, -0.85, 0.4, -0.9, 0.12, -0.9)
    path.lineTo(-0.12, -0.9)
    path.curveTo(-0.4, -0.9, -0.7, -0.85, -0.75, -0.55)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _extinguisher(canvas: Canvas, ink: Color, paper: Color) -> None:
    """A cylinder with its hose, and flames beside it."""
    canvas.roundRect(-0.62, -0.95, 0.6, 1.3, 0.16, stroke=0, fill=1)
    canvas.rect(-0.42, 0.3, 0.2, 0.2, stroke=0, fill=1)
    pen(canvas, 0.1, ink)
    canvas.line(-0.55, 0.52, -0.14, 0.52)
    canvas.line(-0.5, 0.75, -0.14, 0.55)
    path = canvas.beginPath()
    path.moveTo(-0.6, 0.52)
    path.curveTo(-1.05, 0.5, -0.95, -0.1, -0.9, -0.45)
    canvas.drawPath(path, stroke=1, fill=0)
    pen(canvas, 0.17, ink)
    canvas.line(-0.89, -0.5, -0.87, -0.72)
    canvas.setFillColor(paper)
    canvas.rect(-0.62, -0.28, 0.6, 0.08, stroke=0, fill=1)
    canvas.setFillColor(ink)
    canvas.saveState()
    canvas.translate(0.52, -0.38)
    canvas.scale(0.55, 0.7)
    for turn, high in ((-0.55, 1.1), (0.45, 0.85), (0.0, 1.75)):
        path = canvas.beginPath()
        path.moveTo(turn - 0.32, -0.8)
        path.curveTo(turn - 0.6, -0.2, turn - 0.1, 0.2 * high, turn + 0.02, high)
        path.curveTo(turn + 0.1, 0.3 * high, turn + 0.6, -0.2, turn + 0.32, -0.8)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def _cigarette(canvas: Canvas, ink: Color, paper: Color) -> None:
    canvas.rect(-0.95, -0.32, 1.3, 0.26, stroke=0, fill=1)
    canvas.rect(0.41, -0.32, 0.14, 0.26, stroke=0, fill=1)
    del paper
    pen(canvas, 0.09, ink)
    for x in (0.48, 0.72):
        path = canvas.beginPath()
        path.moveTo(x, 0.08)
        path.curveTo(x - 0.22, 0.35, x + 0.24, 0.4, x + 0.02, 0.75)
        canvas.drawPath(path, stroke=1, fill=0)


def _flame(canvas: Canvas, ink: Color, paper: Color) -> None:
    del ink
    flame(canvas, paper)


def _bomb(canvas: Canvas, ink: Color, paper: Color) -> None:
    del ink, paper
    bomb(canvas)


def _corrosion(canvas: Canvas, ink: Color, paper: Color) -> None:
    del ink
    canvas.saveState()
    canvas.scale(0.85, 0.85)
    corrosion(canvas, paper)
    canvas.restoreState()


def _skull(canvas: Canvas, ink: Color, paper: Color) -> None:
    del ink
    canvas.saveState()
    canvas.translate(0, 0.08)
    canvas.scale(0.9, 0.9)
    skull(canvas, paper)
    canvas.restoreState()


def runner(canvas: Canvas, ink: Color, paper: Color) -> None:
    """Somebody who runs through a door to the right."""
    canvas.rect(0.05, -0.95, 0.9, 1.9, stroke=0, fill=1)
    disc(canvas, -0.16, 0.62, 0.17)
    # Where the figure stands before the door it is cut out of it.
    for width, color, left in ((0.2, ink, True), (0.2, paper, False)):
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(*((-2, -2, 2.05, 4) if left else (0.05, -2, 2, 4)))
        canvas.clipPath(path, stroke=0, fill=0)
        pen(canvas, width + 0.04, color)
        track(canvas, (-0.2, 0.32), (-0.32, -0.15))
        pen(canvas, width * 0.8, color)
        track(canvas, (-0.18, 0.34), (0.12, 0.1), (0.38, 0.22))
        track(canvas, (-0.22, 0.34), (-0.62, 0.28), (-0.78, -0.02))
        pen(canvas, width, color)
        track(canvas, (-0.3, -0.15), (0.14, -0.3), (0.08, -0.8), (0.24, -0.82))
        track(canvas, (-0.32, -0.15), (-0.48, -0.6), (-0.92, -0.68))
        canvas.restoreState()


def arrow(canvas: Canvas, ink: Color, paper: Color) -> None:
    """An arrow to the right."""
    pen(canvas, 0.3, ink)
    canvas.setLineCap(0)
    canvas.setLineJoin(0)
    canvas.line(-0.85, 0, 0.55, 0)
    track(canvas, (0.08, 0.68), (0.72, 0), (0.08, -0.68))
    del paper


SYMBOLS: dict[str, Symbol] = {
    "first-aid": _cross,
    "eyewash": _eyewash,
    "extinguisher": _extinguisher,
    "no-smoking": _cigarette,
    "no-open-flame": _flame,
    "wear-hard-hat": equipment.hard_hat,
    "wear-eye-protection": equipment.goggles,
    "wear-ear-protection": equipment.ear_muffs,
    "wear-safety-footwear": equipment.boot,
    "wear-gloves": equipment.glove,
    "wear-hi-vis": equipment.vest,
    "wear-respirator": equipment.respirator,
    "forklifts": _forklift,
    "flammable": _flame,
    "corrosive": _corrosion,
    "explosive": _bomb,
    "toxic": _skull,
}
"""By the sign's code."""
