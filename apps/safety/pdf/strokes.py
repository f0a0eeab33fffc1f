"""How symbols of signs are drawn: round strokes and discs."""

from __future__ import annotations

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from apps.safety.pdf.pictograms import Point


def pen(canvas: Canvas, width: float, color: Color) -> None:
    """Lines of this width from here on, with round corners and ends."""
    canvas.setLineWidth(width)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setStrokeColor(color)


def track(canvas: Canvas, *points: Point) -> None:
    """A line with round corners and ends."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    canvas.drawPath(path, stroke=1, fill=0)


def disc(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """A filled circle."""
    canvas.circle(x, y, radius, stroke=0, fill=1)
