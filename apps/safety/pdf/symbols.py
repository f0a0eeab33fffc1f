"""The symbols of safety signs, our own drawings, in a square from -1 to 1 each way.

They are drawn in `ink` on `paper`, the two colours of a sign of its kind, so that what is cut out shows the ground.
"""

from __future__ import annotations

from collections.abc import Callable

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from apps.safety.pdf.pictograms import Point, bomb, corrosion, flame, polygon, skull

Symbol = Callable[[Canvas, Color, Color], None]
"""Draws on a canvas in the ink and the colour of the ground."""


def _round(canvas: Canvas, width: float, color: Color) -> None:
    canvas.setLineWidth(width)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setStrokeColor(color)


def _track(canvas: Canvas, *points: Point) -> None:
    """A line with round corners and ends."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    canvas.drawPath(path, stroke=1, fill=0)


def _disc(canvas: Canvas, x: float, y: float, radius: float) -> None:
    canvas.circle(x, y, radius, stroke=0, fill=1)


def _head(canvas: Canvas) -> None:
    """A head with neck and shoulders, from the front."""
    canvas.ellipse(-0.5, -0.62, 0.5, 0.72, stroke=0, fill=1)
    canvas.rect(-0.2, -0.85, 0.4, 0.4, stroke=0, fill=1)
    path = canvas.beginPath()
    path.moveTo(-0.85, -1)
    path.curveTo(-0.85, -0.8, -0.5, -0.75, -0.2, -0.72)
    path.lineTo(0.2, -0.72)
    path.curveTo(0.5, -0.75, 0.85, -0.8, 0.85, -1)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _hard_hat(canvas: Canvas, ink: Color, paper: Color) -> None:
    _head(canvas)
    canvas.setFillColor(paper)
    canvas.rect(-0.6, 0.16, 1.2, 0.6, stroke=0, fill=1)
    canvas.setFillColor(ink)
    canvas.roundRect(-0.78, 0.24, 1.56, 0.15, 0.07, stroke=0, fill=1)
    path = canvas.beginPath()
    path.moveTo(-0.6, 0.46)
    path.curveTo(-0.6, 1.16, 0.6, 1.16, 0.6, 0.46)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    _round(canvas, 0.06, paper)
    for x in (-0.16, 0.16):
        canvas.line(x, 0.6, x, 1.1)


def _goggles(canvas: Canvas, ink: Color, paper: Color) -> None:
    _head(canvas)
    canvas.setFillColor(paper)
    canvas.rect(-0.62, 0.07, 1.24, 0.12, stroke=0, fill=1)
    for left in (-0.46, 0.06):
        canvas.roundRect(left, -0.06, 0.4, 0.36, 0.13, stroke=0, fill=1)
    canvas.rect(-0.1, 0.1, 0.2, 0.1, stroke=0, fill=1)
    canvas.setFillColor(ink)
    _round(canvas, 0.05, ink)
    for left in (-0.36, 0.16):
        canvas.line(left, 0.06, left + 0.1, 0.19)


def _ear_muffs(canvas: Canvas, ink: Color, paper: Color) -> None:
    _head(canvas)
    for x in (-0.68, 0.4):
        canvas.setFillColor(paper)
        canvas.roundRect(x - 0.05, -0.35, 0.38, 0.74, 0.16, stroke=0, fill=1)
        canvas.setFillColor(ink)
        canvas.roundRect(x, -0.3, 0.28, 0.64, 0.12, stroke=0, fill=1)
    _round(canvas, 0.12, ink)
    path = canvas.beginPath()
    path.moveTo(-0.56, 0.3)
    path.curveTo(-0.56, 1.2, 0.56, 1.2, 0.56, 0.3)
    canvas.drawPath(path, stroke=1, fill=0)


def _respirator(canvas: Canvas, ink: Color, paper: Color) -> None:
    _head(canvas)
    _round(canvas, 0.07, paper)
    canvas.line(-0.52, 0.12, -0.2, -0.05)
    canvas.line(0.52, 0.12, 0.2, -0.05)
    canvas.setFillColor(paper)
    polygon(canvas, ((-0.12, 0.14), (0.12, 0.14), (0.34, -0.22), (0.2, -0.62), (-0.2, -0.62), (-0.34, -0.22)))
    canvas.setFillColor(ink)
    for x in (-0.36, 0.36):
        canvas.setFillColor(paper)
        _disc(canvas, x, -0.42, 0.27)
        canvas.setFillColor(ink)
        _disc(canvas, x, -0.42, 0.2)
    canvas.setFillColor(paper)
    for x in (-0.19, 0.19):
        _disc(canvas, x, 0.26, 0.07)


def _boot(canvas: Canvas, ink: Color, paper: Color) -> None:
    del ink
    path = canvas.beginPath()
    path.moveTo(-0.7, 0.95)
    path.lineTo(0.08, 0.95)
    path.curveTo(0.06, 0.6, 0.06, 0.3, 0.16, 0.08)
    path.curveTo(0.4, -0.08, 0.95, -0.08, 0.98, -0.5)
    path.lineTo(-0.78, -0.5)
    path.curveTo(-0.8, -0.1, -0.66, 0.3, -0.7, 0.95)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.rect(-0.78, -0.74, 0.6, 0.16, stroke=0, fill=1)
    canvas.rect(-0.78, -0.62, 1.76, 0.06, stroke=0, fill=1)
    canvas.rect(-0.05, -0.74, 1.03, 0.16, stroke=0, fill=1)
    _round(canvas, 0.07, paper)
    canvas.line(-0.68, 0.76, 0.05, 0.76)
    for y in (0.42, 0.24):
        canvas.line(-0.14, y, 0.1, y + 0.03)
    # The cap over the toes.
    path = canvas.beginPath()
    path.moveTo(0.5, -0.06)
    path.curveTo(0.42, -0.2, 0.42, -0.35, 0.46, -0.5)
    canvas.drawPath(path, stroke=1, fill=0)


def _glove(canvas: Canvas, ink: Color, paper: Color) -> None:
    _round(canvas, 0.25, ink)
    for foot, tip in (
        ((-0.33, 0.1), (-0.42, 0.62)),
        ((-0.1, 0.15), (-0.12, 0.82)),
        ((0.14, 0.15), (0.18, 0.78)),
        ((0.36, 0.05), (0.46, 0.56)),
    ):
        canvas.line(*foot, *tip)
    _track(canvas, (-0.3, -0.35), (-0.62, -0.02), (-0.74, 0.2))
    canvas.roundRect(-0.46, -0.55, 0.95, 0.8, 0.16, stroke=0, fill=1)
    canvas.roundRect(-0.5, -0.98, 1.02, 0.38, 0.06, stroke=0, fill=1)
    _round(canvas, 0.05, paper)
    canvas.line(-0.3, -0.86, -0.3, -0.72)
    canvas.line(0.01, -0.86, 0.01, -0.72)
    canvas.line(0.32, -0.86, 0.32, -0.72)


def _vest(canvas: Canvas, ink: Color, paper: Color) -> None:
    del ink
    polygon(
        canvas,
        (
            (-0.62, 0.85),
            (-0.28, 0.98),
            (0, 0.3),
            (0.28, 0.98),
            (0.62, 0.85),
            (0.56, 0.35),
            (0.72, 0.05),
            (0.72, -0.95),
            (-0.72, -0.95),
            (-0.72, 0.05),
            (-0.56, 0.35),
        ),
    )
    canvas.setFillColor(paper)
    canvas.rect(-0.8, -0.28, 1.6, 0.14, stroke=0, fill=1)
    canvas.rect(-0.8, -0.64, 1.6, 0.14, stroke=0, fill=1)
    _round(canvas, 0.1, paper)
    canvas.setLineCap(0)
    for side in (1, -1):
        canvas.line(0.42 * side, 1, 0.42 * side, -0.28)
    _round(canvas, 0.05, paper)
    canvas.line(0, 0.35, 0, -0.95)


def _forklift(canvas: Canvas, ink: Color, paper: Color) -> None:
    # Counterweight and body, overhead guard, seat and driver, mast and fork with its load.
    polygon(
        canvas, ((-0.98, -0.5), (-0.98, 0.0), (-0.62, 0.0), (-0.5, -0.14), (-0.02, -0.14), (0.16, -0.3), (0.16, -0.5))
    )
    _round(canvas, 0.08, ink)
    _track(canvas, (-0.84, 0.0), (-0.7, 0.78), (-0.08, 0.78), (0.1, -0.25))
    _disc(canvas, -0.44, 0.5, 0.13)
    _round(canvas, 0.17, ink)
    _track(canvas, (-0.48, 0.25), (-0.5, -0.05), (-0.2, -0.06))
    _round(canvas, 0.08, ink)
    _track(canvas, (-0.44, 0.24), (-0.14, 0.1))
    canvas.rect(0.24, -0.66, 0.1, 1.5, stroke=0, fill=1)
    canvas.rect(0.34, -0.5, 0.64, 0.08, stroke=0, fill=1)
    canvas.rect(0.42, -0.38, 0.5, 0.5, stroke=0, fill=1)
    for x, radius in ((-0.68, 0.22), (0.04, 0.25)):
        canvas.setFillColor(paper)
        _disc(canvas, x, -0.52, radius + 0.06)
        canvas.setFillColor(ink)
        _disc(canvas, x, -0.52, radius)
        canvas.setFillColor(paper)
        _disc(canvas, x, -0.52, radius * 0.4)
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
    _disc(canvas, 0, 0.45, 0.27)
    canvas.setFillColor(ink)
    _disc(canvas, 0, 0.45, 0.12)
    _round(canvas, 0.09, ink)
    for side in (1, -1):
        path = canvas.beginPath()
        path.moveTo(0.1 * side, -0.5)
        path.curveTo(0.14 * side, -0.1, 0.3 * side, 0.0, 0.42 * side, -0.2)
        canvas.drawPath(path, stroke=1, fill=0)
        _disc(canvas, 0.5 * side, -0.36, 0.06)
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
    _round(canvas, 0.1, ink)
    canvas.line(-0.55, 0.52, -0.14, 0.52)
    canvas.line(-0.5, 0.75, -0.14, 0.55)
    path = canvas.beginPath()
    path.moveTo(-0.6, 0.52)
    path.curveTo(-1.05, 0.5, -0.95, -0.1, -0.9, -0.45)
    canvas.drawPath(path, stroke=1, fill=0)
    _round(canvas, 0.17, ink)
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
    _round(canvas, 0.09, ink)
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
    skull(canvas, paper)


def runner(canvas: Canvas, ink: Color, paper: Color) -> None:
    """Somebody who runs through a door to the right."""
    canvas.rect(0.05, -0.95, 0.9, 1.9, stroke=0, fill=1)
    _disc(canvas, -0.16, 0.62, 0.17)
    # Where the figure stands before the door it is cut out of it.
    for width, color, left in ((0.2, ink, True), (0.2, paper, False)):
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(*((-2, -2, 2.05, 4) if left else (0.05, -2, 2, 4)))
        canvas.clipPath(path, stroke=0, fill=0)
        _round(canvas, width + 0.04, color)
        _track(canvas, (-0.2, 0.32), (-0.32, -0.15))
        _round(canvas, width * 0.8, color)
        _track(canvas, (-0.18, 0.34), (0.12, 0.1), (0.38, 0.22))
        _track(canvas, (-0.22, 0.34), (-0.62, 0.28), (-0.78, -0.02))
        _round(canvas, width, color)
        _track(canvas, (-0.3, -0.15), (0.14, -0.3), (0.08, -0.8), (0.24, -0.82))
        _track(canvas, (-0.32, -0.15), (-0.48, -0.6), (-0.92, -0.68))
        canvas.restoreState()


def arrow(canvas: Canvas, ink: Color, paper: Color) -> None:
    """An arrow to the right."""
    _round(canvas, 0.3, ink)
    canvas.setLineCap(0)
    canvas.setLineJoin(0)
    canvas.line(-0.85, 0, 0.55, 0)
    _track(canvas, (0.08, 0.68), (0.72, 0), (0.08, -0.68))
    del paper


SYMBOLS: dict[str, Symbol] = {
    "first-aid": _cross,
    "eyewash": _eyewash,
    "extinguisher": _extinguisher,
    "no-smoking": _cigarette,
    "no-open-flame": _flame,
    "wear-hard-hat": _hard_hat,
    "wear-eye-protection": _goggles,
    "wear-ear-protection": _ear_muffs,
    "wear-safety-footwear": _boot,
    "wear-gloves": _glove,
    "wear-hi-vis": _vest,
    "wear-respirator": _respirator,
    "forklifts": _forklift,
    "flammable": _flame,
    "corrosive": _corrosion,
    "explosive": _bomb,
    "toxic": _skull,
}
"""By the sign's code."""
