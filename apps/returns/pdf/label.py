"""The label that a customer sticks on a parcel: where it goes, and the number that opens it."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.units import mm

from apps.core.paper import barcodes
from apps.core.paper.formats import Address
from apps.core.paper.label import LABEL_100X150, Labels, LabelSize
from apps.core.paper.text import SOFT, Style

MODULE = 0.5 * mm
"""Four dots of a 203 dpi printer, so that every bar is printed at its true width."""
HEIGHT = 30 * mm


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLabelPaper:
    """A parcel that a customer sends back."""

    number: str
    sender: Address
    receiver: Address
    order: str = ""
    reason: str = ""


def return_label(label: ReturnLabelPaper, *, size: LabelSize = LABEL_100X150) -> bytes:
    """Who sends it and where it goes on top; the number of the return as Code 128 at the bottom."""
    roll = Labels(size=size, title=f"Return label {label.number}")
    edge = 5 * mm
    inner = size.width - 2 * edge
    caption = Style(size=7, bold=True, color=SOFT)
    y = _party(roll, "FROM", label.sender, edge, size.height - edge, inner, name=9) - 2 * mm
    roll.rule(y, left=edge, right=size.width - edge)
    _party(roll, "RETURN TO", label.receiver, edge, y - 2 * mm, inner, name=16)
    block = 68 * mm
    roll.rule(block, left=edge, right=size.width - edge)
    half = inner / 2 - 2 * mm
    for title, content, left in (("ORDER", label.order, edge), ("REASON", label.reason, edge + inner / 2 + 2 * mm)):
        if content:
            lower = roll.put(title, caption, left, block - 2 * mm, half)
            roll.put(content, Style(size=13, bold=True), left, lower - 0.6 * mm, half, most=2, smallest=7)
    roll.rule(block - 20 * mm, left=edge, right=size.width - edge)
    symbol = barcodes.code_128(label.number)
    left = (size.width - symbol.width(MODULE, quiet=False)) / 2
    symbol.draw(roll.canvas, left, edge + 7 * mm, module=MODULE, height=HEIGHT)
    roll.put("RETURN", caption, edge, block - 21.5 * mm, inner)
    roll.center(label.number, Style(size=14, bold=True), size.width / 2, edge + 5.5 * mm, inner)
    roll.next()
    return roll.finish()


def _party(roll: Labels, title: str, party: Address, left: float, top: float, width: float, *, name: float) -> float:
    y = roll.put(title, Style(size=7, bold=True, color=SOFT), left, top, width)
    y = roll.put(party.name, Style(size=name, bold=True), left, y - 0.8 * mm, width, most=2, smallest=name * 0.7)
    for line in party.text[:4]:
        y = roll.put(line, Style(size=name * 0.86), left, y - 0.8 * mm, width, smallest=6)
    return y
