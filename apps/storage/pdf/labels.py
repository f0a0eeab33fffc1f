"""Storage labels: what is kept in a zone or a bin, what is kept away from it, and how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from apps.core.paper import text
from apps.core.paper.label import LABEL_100X150, Labels, LabelSize
from apps.core.paper.text import ASCENT, SOFT, Style
from apps.safety.errors import LabelTooFull
from apps.safety.pdf.diamonds import DIAMONDS, HALF, draw_diamond

ABREAST = 4
DRAWN = "Squares of classes after 49 CFR 172.400 to 172.446, from memory: compare before use."
NOTHING_SAID = "Nothing is said of what is kept here."
LARGEST, SMALLEST, STEP = 7.0, 2.4, 0.2
"""Type in hundredths of the width; what does not fit at the smallest is not printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Lines under a heading."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageLabel:
    """A place or zone: its code, what it is, the hazard classes that are kept there, and what else is said of it."""

    code: str
    what: str
    classes: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    is_scanned: bool = True
    """Whether handhelds know the code: a place's, and no zone's."""


def storage_labels(labels: Sequence[StorageLabel], *, size: LabelSize = LABEL_100X150) -> bytes:
    """A label a place or zone, at any size that stands; lines grow smaller together until all of them fit.

    No label is no document: that raises `ValueError`. Raises `LabelTooFull` where not all that is said fits.
    """
    if not labels:
        raise ValueError("There is no label to print.")
    roll = Labels(size=size, title="Storage labels")
    for label in labels:
        _draw(roll, label)
        roll.next()
    return roll.finish()


def _draw(roll: Labels, label: StorageLabel) -> None:
    unit = roll.size.width / 100
    edge = max(4 * unit, 4 * mm)
    width, top = roll.size.width - 2 * edge, roll.size.height - edge
    y = roll.put(label.what, Style(size=4 * unit, color=SOFT), edge, top, width, smallest=5) - 1 * unit
    y = roll.put(label.code, Style(size=18 * unit, bold=True), edge, y, width, smallest=8) - 2 * unit
    drawn = [code for code in label.classes if code in DIAMONDS]
    y = _diamonds(roll, drawn, edge, y)
    floor = edge
    if label.classes:
        missing = ", ".join(code for code in label.classes if code not in DIAMONDS)
        note = " ".join(filter(None, (DRAWN if drawn else "", f"Not drawn here: {missing}." if missing else "")))
        roll.put(note, Style(size=2 * unit, color=SOFT), edge, floor + 2.2 * unit, width, smallest=3)
        floor += 3.5 * unit
    if label.is_scanned:
        roll.symbol(label.code, roll.size.width / 2, floor, width, height=11 * unit, most=0.66 * mm)
        floor += 14 * unit
    roll.rule(y, left=edge, right=edge + width)
    _lines(roll, label, edge, y - 2 * unit, floor)


def _diamonds(roll: Labels, codes: Sequence[str], edge: float, top: float) -> float:
    """Up to four abreast; more of them stand smaller in the one row."""
    if not codes:
        return top
    room = (roll.size.width - 2 * edge) / max(len(codes), ABREAST)
    part = room / (2 * HALF)
    for place, code in enumerate(codes):
        roll.canvas.saveState()
        roll.canvas.translate(edge + (place + 0.5) * room, top - room / 2)
        roll.canvas.scale(part, part)
        draw_diamond(roll.canvas, code, 0, 0)
        roll.canvas.restoreState()
    return top - room - 0.02 * roll.size.width


def _lines(roll: Labels, label: StorageLabel, left: float, top: float, floor: float) -> None:
    width, unit = roll.size.width - 2 * left, roll.size.width / 100
    said = label.said or (Said(title=NOTHING_SAID, lines=()),)
    for step in range(round((LARGEST - SMALLEST) / STEP) + 1):
        size = (LARGEST - step * STEP) * unit
        bold, plain = Style(size=size, bold=True), Style(size=size)
        gap = size * 0.45
        blocks = [
            [(line, bold) for line in text.wrap(each.title, bold, width)]
            + [(line, plain) for told in each.lines for line in text.wrap(told, plain, width)]
            for each in said
        ]
        if sum(len(block) for block in blocks) * plain.leading + gap * (len(blocks) - 1) > top - floor:
            continue
        y = top - size * ASCENT
        for block in blocks:
            for line, style in block:
                text.draw(roll.canvas, line, style, left, y)
                y -= style.leading
            y -= gap
        return
    raise LabelTooFull(item=label.code)
