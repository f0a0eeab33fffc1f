"""The label on a container of a hazardous chemical, with the elements of 29 CFR 1910.1200(f)(1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from apps.core.paper import text
from apps.core.paper.label import LABEL_100X150, Labels, LabelSize
from apps.core.paper.text import ASCENT, SOFT, Style
from apps.safety.errors import LabelTooFull
from apps.safety.pdf.pictograms import draw_pictogram

EDGE = 4 * mm
BARS_HEIGHT = 10 * mm
SUPPLIER_HEIGHT = 15 * mm
DIAMOND = 28 * mm
ABREAST = 3
LARGEST = 10.0
SMALLEST = 5
"""Points. Below it nobody reads a precaution at arm's length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerText:
    """All that the label of one item says, with statements written out."""

    item: str
    product: str
    signal_word: str
    pictograms: tuple[str, ...]
    hazards: tuple[str, ...]
    precautions: tuple[str, ...]
    supplier: str
    address: str
    phone: str
    revision: str = ""


def container_labels(labels: Sequence[ContainerText], *, size: LabelSize = LABEL_100X150) -> bytes:
    """A label an item: product, pictograms, signal word, statements, supplier, and the item's number as bars.

    Statements grow smaller together until all of them fit. No label is no document: that raises `ValueError`.
    Raises `LabelTooFull` where they do not fit at the smallest type: a label that says only a part is none.
    """
    if not labels:
        raise ValueError("There is no label to print.")
    roll = Labels(size=size, title="Container labels")
    for label in labels:
        _draw(roll, label)
        roll.next()
    return roll.finish()


def _draw(roll: Labels, label: ContainerText) -> None:
    width, top = roll.size.width - 2 * EDGE, roll.size.height - EDGE
    y = roll.put(label.product, Style(size=20, bold=True), EDGE, top, width, most=2, smallest=10) - 2 * mm
    y = _pictograms(roll, label.pictograms, y)
    if label.signal_word:
        y = roll.put(label.signal_word, Style(size=22, bold=True), EDGE, y, width) - 1.5 * mm
    floor = EDGE + BARS_HEIGHT + 5 * mm + SUPPLIER_HEIGHT
    _statements(roll, label, y, floor)
    roll.rule(floor - 1 * mm, left=EDGE, right=EDGE + width)
    y = roll.put(label.supplier, Style(size=9, bold=True), EDGE, floor - 2 * mm, width, smallest=6) - 0.6 * mm
    y = roll.put(label.address, Style(size=8), EDGE, y, width, most=2, smallest=6) - 0.6 * mm
    roll.put(label.phone, Style(size=8), EDGE, y, width)
    _bars(roll, label)


def _pictograms(roll: Labels, codes: tuple[str, ...], top: float) -> float:
    """Up to three abreast; more of them stand smaller in the one row."""
    if not codes:
        return top
    room = (roll.size.width - 2 * EDGE) / max(len(codes), ABREAST)
    side = min(DIAMOND, room - 1 * mm)
    for place, code in enumerate(codes):
        draw_pictogram(roll.canvas, code, EDGE + side / 2 + place * (side + 1 * mm), top - side / 2, side)
    return top - side - 2 * mm


def _statements(roll: Labels, label: ContainerText, top: float, floor: float) -> None:
    """Hazards bold, then precautions, all as large as lets the whole of them stand above the supplier."""
    width = roll.size.width - 2 * EDGE
    size = LARGEST
    while size >= SMALLEST:
        bold, plain = Style(size=size, bold=True), Style(size=size)
        lines = [(line, bold) for each in label.hazards for line in text.wrap(each, bold, width)]
        lines += [(line, plain) for each in label.precautions for line in text.wrap(each, plain, width)]
        if len(lines) * plain.leading <= top - floor:
            y = top - size * ASCENT
            for line, style in lines:
                text.draw(roll.canvas, line, style, EDGE, y)
                y -= style.leading
            return
        size -= 0.5
    raise LabelTooFull(item=label.item)


def _bars(roll: Labels, label: ContainerText) -> None:
    """The item's number below the bars that stand for it, or beside a matrix where bars would be too narrow."""
    room = roll.size.width - 2 * EDGE
    below = Style(size=7, color=SOFT)
    roll.center(label.item, below, roll.size.width / 2, EDGE + 2 * mm, room / 2)
    roll.right(label.revision, Style(size=6, color=SOFT), roll.size.width - EDGE, EDGE + 2 * mm, room / 4)
    roll.symbol(label.item, roll.size.width / 2, EDGE + 3.5 * mm, room, height=BARS_HEIGHT)
