"""Symbols of what is worn, our own drawings in a square from -1 to 1 each way, in `ink` on `paper`."""

from __future__ import annotations

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from apps.safety.pdf.pictograms import polygon
from apps.safety.pdf.strokes import disc, pen, track


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


def hard_hat(canvas: Canvas, ink: Color, paper: Color) -> None:
    """A head under a hard hat."""
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
    pen(canvas, 0.06, paper)
    for x in (-0.16, 0.16):
        canvas.line(x, 0.6, x, 1.1)


def goggles(canvas: Canvas, ink: Color, paper: Color) -> None:
    """A head with goggles."""
    _head(canvas)
    canvas.setFillColor(paper)
    canvas.rect(-0.62, 0.07, 1.24, 0.12, stroke=0, fill=1)
    for left in (-0.46, 0.06):
        canvas.roundRect(left, -0.06, 0.4, 0.36, 0.13, stroke=0, fill=1)
    canvas.rect(-0.1, 0.1, 0.2, 0.1, stroke=0, fill=1)
    canvas.setFillColor(ink)
    pen(canvas, 0.05, ink)
    for left in (-0.36, 0.16):
        canvas.line(left, 0.06, left + 0.1, 0.19)


def ear_muffs(canvas: Canvas, ink: Color, paper: Color) -> None:
    """A head with ear muffs."""
    _head(canvas)
    for x in (-0.68, 0.4):
        canvas.setFillColor(paper)
        canvas.roundRect(x - 0.05, -0.35, 0.38, 0.74, 0.16, stroke=0, fill=1)
        canvas.setFillColor(ink)
        canvas.roundRect(x, -0.3, 0.28, 0.64, 0.12, stroke=0, fill=1)
    pen(canvas, 0.12, ink)
    path = canvas.beginPath()
    path.moveTo(-0.56, 0.3)
    path.curveTo(-0.56, 1.2, 0.56, 1.2, 0.56, 0.3)
    canvas.drawPath(path, stroke=1, fill=0)


def respirator(canvas: Canvas, ink: Color, paper: Color) -> None:
    """A head behind a mask with two filters."""
    _head(canvas)
    pen(canvas, 0.07, paper)
    canvas.line(-0.52, 0.12, -0.2, -0.05)
    canvas.line(0.52, 0.12, 0.2, -0.05)
    canvas.setFillColor(paper)
    polygon(canvas, ((-0.12, 0.14), (0.12, 0.14), (0.34, -0.22), (0.2, -0.62), (-0.2, -0.62), (-0.34, -0.22)))
    canvas.setFillColor(ink)
    for x in (-0.36, 0.36):
        canvas.setFillColor(paper)
        disc(canvas, x, -0.42, 0.27)
        canvas.setFillColor(ink)
        disc(canvas, x, -0.42, 0.2)
    canvas.setFillColor(paper)
    for x in (-0.19, 0.19):
        disc(canvas, x, 0.26, 0.07)


def boot(canvas: Canvas, ink: Color, paper: Color) -> None:
    """A boot with a cap over the toes."""
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
    pen(canvas, 0.07, paper)
    canvas.line(-0.68, 0.76, 0.05, 0.76)
    for y in (0.42, 0.24):
        canvas.line(-0.14, y, 0.1, y + 0.03)
    # The cap over the toes.
    path = canvas.beginPath()
    path.moveTo(0.5, -0.06)
    path.curveTo(0.42, -0.2, 0.42, -0.35, 0.46, -0.5)
    canvas.drawPath(path, stroke=1, fill=0)


def glove(canvas: Canvas, ink: Color, paper: Color) -> None:
    """A glove with its cuff."""
    pen(canvas, 0.25, ink)
    for foot, tip in (
        ((-0.33, 0.1), (-0.42, 0.62)),
        ((-0.1, 0.15), (-0.12, 0.82)),
        ((0.14, 0.15), (0.18, 0.78)),
        ((0.36, 0.05), (0.46, 0.56)),
    ):
        canvas.line(*foot, *tip)
    track(canvas, (-0.3, -0.35), (-0.62, -0.02), (-0.74, 0.2))
    canvas.roundRect(-0.46, -0.55, 0.95, 0.8, 0.16, stroke=0, fill=1)
    canvas.roundRect(-0.5, -0.98, 1.02, 0.38, 0.06, stroke=0, fill=1)
    pen(canvas, 0.05, paper)
    canvas.line(-0.3, -0.86, -0.3, -0.72)
    canvas.line(0.01, -0.86, 0.01, -0.72)
    canvas.line(0.32, -0.86, 0.32, -0.72)


def vest(canvas: Canvas, ink: Color, paper: Color) -> None:
    """A vest with its stripes."""
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
    pen(canvas, 0.1, paper)
    canvas.setLineCap(0)
    for side in (1, -1):
        canvas.line(0.42 * side, 1, 0.42 * side, -0.28)
    pen(canvas, 0.05, paper)
    canvas.line(0, 0.35, 0, -0.95)
