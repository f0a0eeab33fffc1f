"""The pictograms of the GHS: a red square on its point, white inside, with a black symbol of our own drawing.

Symbols are drawn in a square from -1 to 1 each way, which lies within the diamond. The frame is as 29 CFR 1910.1200,
Appendix C, has it: red and wide enough to be seen. The symbols say the same as the official ones and are no copies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, pi, sin

from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from apps.safety.choices import Pictogram

RED = Color(0.85, 0.0, 0.0)
FRAME = 0.07
"""Width of the frame, in parts of the diamond's width."""
SYMBOL = 0.235
"""Half of the symbol's square, in parts of the diamond's width: its corners stay within the frame."""

Point = tuple[float, float]


def draw_pictogram(canvas: Canvas, code: str, x: float, y: float, width: float) -> None:
    """Draw the pictogram with that code around a point, `width` from corner to corner."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.setFillColor(white)
    canvas.setStrokeColor(RED)
    canvas.setLineJoin(0)
    canvas.setLineWidth(width * FRAME)
    half = width / 2 - width * FRAME * 0.71
    polygon(canvas, ((0, half), (half, 0), (0, -half), (-half, 0)), stroke=1)
    canvas.scale(width * SYMBOL, width * SYMBOL)
    canvas.setFillColor(black)
    canvas.setStrokeColor(black)
    canvas.setLineWidth(0.12)
    canvas.setLineCap(1)
    SYMBOLS[Pictogram(code)](canvas)
    canvas.restoreState()


def polygon(canvas: Canvas, points: Sequence[Point], *, stroke: int = 0) -> None:
    """Fill a polygon, and draw its edge where asked."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=stroke, fill=1)


def _curves(canvas: Canvas, start: Point, *curves: tuple[float, float, float, float, float, float]) -> None:
    path = canvas.beginPath()
    path.moveTo(*start)
    for curve in curves:
        path.curveTo(*curve)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _disc(canvas: Canvas, x: float, y: float, radius: float) -> None:
    canvas.circle(x, y, radius, stroke=0, fill=1)


def tongues(canvas: Canvas, paper: Color = white) -> None:
    """A flame with two tongues beside the tall one, and a hollow at its foot in the colour of what is behind it."""
    _curves(
        canvas,
        (0, -0.8),
        (-0.75, -0.8, -0.85, -0.1, -0.5, 0.35),
        (-0.48, 0.1, -0.38, -0.02, -0.25, -0.1),
        (-0.3, 0.45, -0.1, 0.85, 0.2, 1.1),
        (0.1, 0.65, 0.25, 0.45, 0.4, 0.2),
        (0.45, 0.3, 0.45, 0.4, 0.43, 0.55),
        (0.85, 0.1, 0.85, -0.8, 0, -0.8),
    )
    canvas.setFillColor(paper)
    _curves(
        canvas,
        (0.02, -0.72),
        (-0.4, -0.72, -0.35, -0.35, -0.1, -0.05),
        (-0.08, -0.25, 0.0, -0.3, 0.08, -0.35),
        (0.1, -0.25, 0.12, -0.2, 0.12, -0.1),
        (0.4, -0.35, 0.4, -0.72, 0.02, -0.72),
    )
    canvas.setFillColor(black)


def flame(canvas: Canvas, paper: Color = white) -> None:
    """A flame over a line."""
    tongues(canvas, paper)
    canvas.line(-0.7, -0.98, 0.7, -0.98)


def flame_over_circle(canvas: Canvas, paper: Color = white) -> None:
    """A flame over a ring."""
    canvas.saveState()
    canvas.translate(0, 0.32)
    canvas.scale(0.78, 0.78)
    tongues(canvas, paper)
    canvas.restoreState()
    canvas.setFillColor(paper)
    canvas.setLineWidth(0.16)
    canvas.circle(0, -0.52, 0.42, stroke=1, fill=1)
    canvas.setFillColor(black)
    canvas.line(-0.7, -1.1, 0.7, -1.1)


def bomb(canvas: Canvas) -> None:
    """A ball that bursts: splinters and rays away from it."""
    _disc(canvas, -0.1, -0.25, 0.42)
    for turn in range(9):
        angle = pi * (0.06 + turn / 6.2)
        near, far = 0.56, 0.98 if turn % 2 else 0.82
        left, right = angle - 0.1, angle + 0.1
        polygon(
            canvas,
            (
                (-0.1 + near * cos(left), -0.25 + near * sin(left)),
                (-0.1 + far * cos(angle), -0.25 + far * sin(angle)),
                (-0.1 + near * cos(right), -0.25 + near * sin(right)),
            ),
        )
    for x, y in ((0.75, 0.5), (0.3, 0.95), (-0.5, 0.85), (0.85, -0.05)):
        polygon(canvas, ((x - 0.1, y - 0.05), (x + 0.03, y + 0.11), (x + 0.11, y - 0.07)))
    canvas.line(-0.7, -0.98, 0.7, -0.98)


def cylinder(canvas: Canvas) -> None:
    """A gas cylinder that lies, its neck up to the right."""
    canvas.saveState()
    canvas.rotate(30)
    canvas.roundRect(-1.05, -0.27, 1.65, 0.54, 0.24, stroke=0, fill=1)
    canvas.rect(0.55, -0.11, 0.25, 0.22, stroke=0, fill=1)
    canvas.rect(0.8, -0.2, 0.14, 0.4, stroke=0, fill=1)
    canvas.restoreState()


def corrosion(canvas: Canvas, paper: Color = white) -> None:
    """Two tubes that drip: on a plate, which is eaten, and on a hand."""
    for x, turn in ((-0.55, 20), (0.45, 20)):
        canvas.saveState()
        canvas.translate(x, 0.62)
        canvas.rotate(turn)
        canvas.setLineWidth(0.08)
        canvas.setFillColor(paper)
        canvas.roundRect(-0.42, -0.12, 0.84, 0.24, 0.08, stroke=1, fill=1)
        canvas.setFillColor(black)
        canvas.rect(-0.42, -0.12, 0.5, 0.12, stroke=0, fill=1)
        canvas.restoreState()
    for x in (-0.92, 0.08):
        for y in (0.18, -0.08):
            _curves(
                canvas,
                (x, y + 0.16),
                (x + 0.1, y, x + 0.08, y - 0.1, x, y - 0.1),
                (x - 0.08, y - 0.1, x - 0.1, y, x, y + 0.16),
            )
    polygon(
        canvas,
        (
            (-1.25, -0.45),
            (-1.05, -0.45),
            (-1.0, -0.6),
            (-0.88, -0.52),
            (-0.78, -0.45),
            (-0.3, -0.45),
            (-0.3, -0.7),
            (-1.0, -0.7),
        ),
    )
    canvas.setLineWidth(0.09)
    canvas.line(0.2, -0.24, 0.38, -0.36)
    canvas.line(-0.06, -0.24, -0.12, -0.36)
    # The hand lies: palm, four fingers to the left as one, and a notch where the drop falls.
    polygon(
        canvas,
        (
            (-0.14, -0.62),
            (-0.02, -0.5),
            (0.06, -0.56),
            (0.16, -0.46),
            (0.5, -0.42),
            (1.1, -0.3),
            (1.1, -0.62),
            (0.55, -0.78),
            (0, -0.76),
        ),
    )


def skull(canvas: Canvas, paper: Color = white) -> None:
    """A skull over two crossed bones."""
    canvas.setLineWidth(0.16)
    for side in (1, -1):
        canvas.line(-0.78 * side, -0.45, 0.78 * side, -0.95)
        for x, y in ((-0.84, -0.35), (-0.9, -0.52), (0.84, -1.05), (0.9, -0.88)):
            _disc(canvas, x * side, y, 0.13)
    canvas.setFillColor(paper)
    canvas.setStrokeColor(paper)
    canvas.roundRect(-0.34, -0.52, 0.68, 0.5, 0.1, stroke=1, fill=1)
    canvas.setFillColor(black)
    canvas.setStrokeColor(black)
    canvas.ellipse(-0.58, -0.2, 0.58, 0.95, stroke=0, fill=1)
    canvas.roundRect(-0.32, -0.45, 0.64, 0.5, 0.08, stroke=0, fill=1)
    canvas.setFillColor(paper)
    _disc(canvas, -0.24, 0.28, 0.16)
    _disc(canvas, 0.24, 0.28, 0.16)
    polygon(canvas, ((-0.08, -0.04), (0, 0.12), (0.08, -0.04)))
    for x in (-0.16, 0, 0.16):
        canvas.rect(x - 0.02, -0.45, 0.04, 0.24, stroke=0, fill=1)
    canvas.setFillColor(black)


def _exclamation(canvas: Canvas) -> None:
    _curves(
        canvas,
        (-0.12, -0.35),
        (-0.2, 0.2, -0.32, 0.6, -0.24, 0.9),
        (-0.18, 1.1, 0.18, 1.1, 0.24, 0.9),
        (0.32, 0.6, 0.2, 0.2, 0.12, -0.35),
    )
    _disc(canvas, 0, -0.75, 0.24)


def _health(canvas: Canvas) -> None:
    """Head and chest, with a star of harm on the chest."""
    _disc(canvas, 0, 0.72, 0.34)
    _curves(
        canvas,
        (-0.85, -0.95),
        (-0.85, 0.0, -0.75, 0.25, -0.2, 0.36),
        (-0.1, 0.38, 0.1, 0.38, 0.2, 0.36),
        (0.75, 0.25, 0.85, 0.0, 0.85, -0.95),
    )
    canvas.setFillColor(white)
    star = []
    for turn in range(12):
        radius = 0.5 if turn % 2 == 0 else 0.17
        star.append((radius * sin(pi * turn / 6), -0.32 + radius * cos(pi * turn / 6)))
    polygon(canvas, star)
    canvas.setFillColor(black)


def _environment(canvas: Canvas) -> None:
    """A bare tree by the water, and a fish on its back."""
    canvas.setLineWidth(0.16)
    canvas.line(-0.45, -0.35, -0.45, 0.45)
    canvas.setLineWidth(0.08)
    for start, end in (
        ((-0.45, 0.05), (-0.85, 0.4)),
        ((-0.45, 0.2), (-0.1, 0.55)),
        ((-0.45, 0.4), (-0.65, 0.85)),
        ((-0.45, 0.4), (-0.3, 0.9)),
        ((-0.68, 0.25), (-0.9, 0.2)),
        ((-0.25, 0.4), (-0.02, 0.35)),
    ):
        canvas.line(*start, *end)
    canvas.line(-1.2, -0.38, -0.05, -0.38)
    _curves(canvas, (-0.3, -0.62), (0.1, -0.25, 0.6, -0.3, 0.85, -0.62), (0.6, -0.95, 0.1, -0.98, -0.3, -0.62))
    polygon(canvas, ((-0.18, -0.62), (-0.58, -0.38), (-0.5, -0.62), (-0.58, -0.88)))
    canvas.setStrokeColor(white)
    canvas.setLineWidth(0.05)
    canvas.line(0.5, -0.66, 0.62, -0.54)
    canvas.line(0.5, -0.54, 0.62, -0.66)
    canvas.setStrokeColor(black)


SYMBOLS: dict[Pictogram, Callable[[Canvas], None]] = {
    Pictogram.BOMB: bomb,
    Pictogram.FLAME: flame,
    Pictogram.FLAME_OVER_CIRCLE: flame_over_circle,
    Pictogram.CYLINDER: cylinder,
    Pictogram.CORROSION: corrosion,
    Pictogram.SKULL: skull,
    Pictogram.EXCLAMATION: _exclamation,
    Pictogram.HEALTH: _health,
    Pictogram.ENVIRONMENT: _environment,
}
