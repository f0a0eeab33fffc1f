"""The logistic label of a carton or pallet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportlab.lib.units import mm

from apps.core.paper import barcodes
from apps.core.paper.formats import Address, quantity
from apps.core.paper.label import LABEL_100X150, Labels, LabelSize
from apps.core.paper.text import SOFT, Style

SSCC_MODULE = 0.5 * mm
"""X-dimension: 0.495 to 0.94 mm for logistic units (GS1 General Specifications, "Symbol specification table 5").

0.5 mm is four dots of a 203 dpi printer, so that every bar is printed at its true width.
"""

SSCC_HEIGHT = 32 * mm
"""Bars at least 31.75 mm high (same table)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CartonLabel:
    """One carton or pallet. `sscc` has 18 digits; a wrong check digit is refused when the label is drawn."""

    sscc: str
    ship_from: Address
    ship_to: Address
    order_number: str
    shipment_number: str = ""
    carrier: str = ""
    service: str = ""
    carton: int
    cartons: int
    """Carton n of m."""
    counted: str = "CARTON"
    """What is counted: cartons, or the cartons on a pallet."""
    weight_kg: Decimal | None = None
    contents: str = ""
    """What is in it: the item and how many, or that it is mixed."""
    routing: str = ""
    """What the carrier sorts it by."""
    tracking_number: str = ""

    @property
    def count(self) -> str:
        """Carton n of m; of a pallet how many cartons it has."""
        return f"{self.carton} of {self.cartons}" if self.cartons else str(self.carton)


def carton_labels(labels: Sequence[CartonLabel], *, size: LabelSize = LABEL_100X150) -> bytes:
    """GS1 logistic labels, one a page: parties on top, facts in the middle, the SSCC in GS1-128 at the bottom."""
    if not labels:
        raise ValueError("There is no label to print.")
    roll = Labels(size=size, title="Carton labels")
    for label in labels:
        _draw(roll, label)
        roll.next()
    return roll.finish()


def _draw(roll: Labels, label: CartonLabel) -> None:
    width, height = roll.size.width, roll.size.height
    edge = 5 * mm
    inner = width - 2 * edge
    y = height - edge
    y = _party(roll, "FROM", label.ship_from, edge, y, inner, size=9)
    y -= 2 * mm
    roll.rule(y, left=edge, right=width - edge)
    _party(roll, "TO", label.ship_to, edge, y - 2 * mm, inner, size=15)
    block = 82 * mm
    roll.rule(block, left=edge, right=width - edge)
    half = inner / 2 - 2 * mm
    middle = edge + inner / 2 + 2 * mm
    _fact(roll, "ORDER", label.order_number, edge, block - 1.6 * mm, half)
    _fact(roll, label.counted, label.count, middle, block - 1.6 * mm, half)
    _fact(roll, "SHIPMENT", label.shipment_number, edge, block - 13.1 * mm, half)
    weight = quantity(label.weight_kg, "kg") if label.weight_kg is not None else ""
    _fact(roll, "WEIGHT", weight, middle, block - 13.1 * mm, half)
    carrier = " ".join(part for part in (label.carrier, label.service) if part)
    _fact(roll, "CARRIER", carrier, edge, block - 24.6 * mm, half)
    _fact(roll, "ROUTING", label.routing, middle, block - 24.6 * mm, half)
    _extra(roll, label, edge, block + 9 * mm, inner)
    line = block - 36.4 * mm
    roll.rule(line, left=edge, right=width - edge)
    symbol = barcodes.gs1_128((("00", label.sscc),))
    left = (width - symbol.width(SSCC_MODULE, quiet=False)) / 2
    symbol.draw(roll.canvas, left, edge + 4.2 * mm, module=SSCC_MODULE, height=SSCC_HEIGHT)
    roll.put("SSCC", Style(size=7, bold=True, color=SOFT), edge, line - 1.2 * mm, inner)
    roll.center(f"(00) {label.sscc}", Style(size=10, bold=True), width / 2, edge + 3.2 * mm, inner)


def _extra(roll: Labels, label: CartonLabel, left: float, top: float, width: float) -> None:
    """What is in it, and the carrier's number for it, in a line each above the facts."""
    small = Style(size=9, bold=True)
    if label.contents:
        top = roll.put(f"CONTENTS  {label.contents}", small, left, top, width, smallest=6) - 0.8 * mm
    if label.tracking_number:
        roll.put(f"TRACKING  {label.tracking_number}", small, left, top, width, smallest=6)


def _party(roll: Labels, title: str, party: Address, left: float, top: float, width: float, *, size: float) -> float:
    y = roll.put(title, Style(size=7, bold=True, color=SOFT), left, top, width)
    y = roll.put(party.name, Style(size=size, bold=True), left, y - 0.8 * mm, width, most=2, smallest=size * 0.7)
    for line in party.text[:4]:
        y = roll.put(line, Style(size=size * 0.86), left, y - 0.8 * mm, width, smallest=6)
    return y


def _fact(roll: Labels, title: str, content: str, left: float, top: float, width: float) -> None:
    if not content:
        return
    y = roll.put(title, Style(size=7, bold=True, color=SOFT), left, top, width)
    roll.put(content, Style(size=15, bold=True), left, y - 0.6 * mm, width, smallest=7)
