"""Lot labels: what stands on received goods, readable by eye and by scanner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportlab.lib.units import mm

from apps.core.codes import is_gs1_text, spelled_out
from apps.core.paper import barcodes
from apps.core.paper.barcodes import Barcode
from apps.core.paper.formats import day, quantity
from apps.core.paper.label import LABEL_50X25, LABEL_100X50, Labels, LabelSize
from apps.core.paper.text import SOFT, Style

LONGEST = {"10": 20, "240": 30}
"""The longest values of (10) and (240) in a GS1 element string."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LotLabel:
    """One label. `gtin` is that of the unit labelled, 8 to 14 digits, when the item has one."""

    item_number: str
    item_name: str
    gtin: str = ""
    lot: str
    """Empty for an item without lots."""
    expires_on: date | None = None
    quantity: Decimal
    unit: str
    received_on: date | None = None
    receipt_number: str = ""
    held: bool = False
    """A held lot's label carries a black band."""
    hold_reason: str = ""

    @property
    def elements(self) -> tuple[tuple[str, str], ...]:
        """What the symbol says: (01) the GTIN or else (240) our item number, (17) expiry, (10) the lot if any."""
        expiry = ((("17", f"{self.expires_on:%y%m%d}"),)) if self.expires_on else ()
        lot = (("10", self.lot),) if self.lot else ()
        if self.gtin:
            return (("01", self.gtin.zfill(14)), *expiry, *lot)
        return (("240", self.item_number), *lot, *expiry)

    @property
    def symbol(self) -> Barcode:
        """GS1 DataMatrix; where a lot or item number has what GS1 does not allow, the same text in a plain Data Matrix.

        The scanner reads the plain form too, because the identifiers are spelled out in parentheses.
        """
        if all(
            is_gs1_text(value) and len(value) <= LONGEST.get(identifier, len(value))
            for identifier, value in self.elements
        ):
            return barcodes.gs1_data_matrix(self.elements)
        return barcodes.data_matrix(spelled_out(self.elements))


def lot_labels(labels: Sequence[LotLabel], *, size: LabelSize = LABEL_100X50) -> bytes:
    """The labels, one a page, 100 x 50 mm or 50 x 25 mm. No label is no document: that raises `ValueError`."""
    if not labels:
        raise ValueError("There is no label to print.")
    roll = Labels(size=size, title="Lot labels")
    for label in labels:
        if size == LABEL_50X25:
            _draw_small(roll, label)
        else:
            _draw(roll, label)
        roll.next()
    return roll.finish()


def _draw(roll: Labels, label: LotLabel) -> None:
    width, height = roll.size.width, roll.size.height
    edge = 3 * mm
    top = height - edge
    if label.held:
        band = 8 * mm
        roll.band(_hold_text(label), height - band, band, size=15)
        top = height - band - 1.5 * mm
    symbol = label.symbol
    room = 32 * mm
    module = room / symbol.width(1)
    left = width - edge - room
    symbol.draw(roll.canvas, left + symbol.quiet * module, edge + 4.6 * mm, module=module)
    text_width = left - edge - 2 * mm
    y = roll.put(label.item_number, Style(size=15, bold=True), edge, top, text_width, smallest=8)
    y = roll.put(label.item_name, Style(size=9), edge, y - 0.8 * mm, text_width, most=2, smallest=6.5)
    _facts(roll, label, edge, min(y - 1 * mm, edge + 24.5 * mm), text_width, floor=edge + 3.4 * mm)
    foot = " ".join(part for part in (_received(label), label.receipt_number) if part)
    roll.put(foot, Style(size=7, color=SOFT), edge, edge + 2.2 * mm, text_width, smallest=5)
    hri = Style(size=6)
    roll.right(barcodes.human_readable(label.elements), hri, width - edge, edge + 2.2 * mm, width * 0.62, smallest=4)


def _facts(roll: Labels, label: LotLabel, left: float, top: float, width: float, *, floor: float) -> None:
    """Lot, expiry and quantity: small titles, large values."""
    title = Style(size=6.5, color=SOFT)
    value = Style(size=14, bold=True)
    tag = 11 * mm
    rows = (
        ("LOT", label.lot or "none"),
        ("EXPIRY", day(label.expires_on) or "none"),
        ("QTY", quantity(label.quantity, label.unit)),
    )
    step = (top - floor) / len(rows)
    for index, (name, content) in enumerate(rows):
        y = top - index * step
        roll.put(name, title, left, y - 2 * mm, tag)
        roll.put(content, value, left + tag, y, width - tag, smallest=6)


def _draw_small(roll: Labels, label: LotLabel) -> None:
    width, height = roll.size.width, roll.size.height
    edge = 1.5 * mm
    top = height - edge
    if label.held:
        band = 4.2 * mm
        roll.band(_hold_text(label), height - band, band, size=8)
        top = height - band - 0.6 * mm
    symbol = label.symbol
    room = 18 * mm
    module = room / symbol.width(1)
    left = width - edge - room
    below = (top - room) / 2
    symbol.draw(roll.canvas, left + symbol.quiet * module, below + symbol.quiet * module, module=module)
    text_width = left - edge - 1 * mm
    y = roll.put(label.item_number, Style(size=9, bold=True), edge, top, text_width, smallest=5.5)
    y = roll.put(label.item_name, Style(size=6), edge, y - 0.4 * mm, text_width, most=2, smallest=4.5)
    strong = Style(size=7.5, bold=True)
    y = roll.put(f"Lot {label.lot or 'none'}", strong, edge, y - 0.6 * mm, text_width, most=2, smallest=4.5)
    if label.expires_on:
        y = roll.put(f"Exp {day(label.expires_on)}", strong, edge, y - 0.4 * mm, text_width)
    roll.put(quantity(label.quantity, label.unit), Style(size=6.5), edge, y - 0.4 * mm, text_width, smallest=4.5)


def _hold_text(label: LotLabel) -> str:
    return f"HOLD: {label.hold_reason}" if label.hold_reason else "HOLD"


def _received(label: LotLabel) -> str:
    return f"Received {day(label.received_on)}" if label.received_on else ""
