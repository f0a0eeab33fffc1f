"""Bin labels, readable from a forklift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from apps.core.paper.label import LABEL_100X50, Labels, LabelSize
from apps.core.paper.text import INK, SOFT, Style

BARS_HEIGHT = 13 * mm
ARROW = 15 * mm


@dataclass(frozen=True, slots=True, kw_only=True)
class BinLabel:
    """One place. `level` counts from the floor, 0; None for a place without levels, which gets no arrow."""

    code: str
    warehouse: str
    zone: str = ""
    kind: str = ""
    condition: str = ""
    level: int | None = None


def bin_labels(labels: Sequence[BinLabel], *, size: LabelSize = LABEL_100X50) -> bytes:
    """A label a place: its code as large as it goes, an arrow, and the code as bars.

    Labels hang on the beam: the arrow points up to the bin that stands on it, and down to one on the floor. No label
    is no document: that raises `ValueError`.
    """
    if not labels:
        raise ValueError("There is no label to print.")
    roll = Labels(size=size, title="Bin labels")
    for label in labels:
        _draw(roll, label)
        roll.next()
    return roll.finish()


def _draw(roll: Labels, label: BinLabel) -> None:
    width, height = roll.size.width, roll.size.height
    edge = 3 * mm
    left = edge
    if label.level is not None:
        _arrow(roll, edge, height - edge - ARROW, up=label.level > 0)
        left = edge + ARROW + 3 * mm
    roll.put(label.code, Style(size=54, bold=True), left, height - edge + 1 * mm, width - left - edge, smallest=14)
    facts = " · ".join(part for part in (label.warehouse, label.zone, label.kind, label.condition) if part)
    roll.put(facts, Style(size=9, color=SOFT), edge, edge + BARS_HEIGHT + 7.5 * mm, width - 2 * edge, smallest=6)
    roll.symbol(label.code, width / 2, edge, width - 2 * edge, height=BARS_HEIGHT, most=0.66 * mm)


def _arrow(roll: Labels, left: float, bottom: float, *, up: bool) -> None:
    """A white arrow on black, seen before anything is read."""
    canvas = roll.canvas
    canvas.setFillColor(INK)
    canvas.rect(left, bottom, ARROW, ARROW, stroke=0, fill=1)
    canvas.setFillGray(1)
    path = canvas.beginPath()
    # Across and upwards, in parts of the square.
    outline = ((0.5, 0.88), (0.86, 0.48), (0.62, 0.48), (0.62, 0.12), (0.38, 0.12), (0.38, 0.48), (0.14, 0.48))
    for number, (x, y) in enumerate(outline):
        point = (left + x * ARROW, bottom + (y if up else 1 - y) * ARROW)
        if number:
            path.lineTo(*point)
        else:
            path.moveTo(*point)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
