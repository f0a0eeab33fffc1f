"""The logistic label in ZPL II, for label printers that are sent text and no picture."""

from __future__ import annotations

from collections.abc import Sequence

from apps.core.codes import checked_sscc
from apps.core.paper.formats import Address, quantity
from apps.shipping.pdf.labels import CartonLabel

DOTS_A_MM = 8
"""A 203 dpi printer has 8 dots to the millimetre (7.99)."""
MODULE = 4
"""X-dimension of 4 dots, 0.5 mm: within the 0.495 to 0.94 mm of logistic units."""
BAR_HEIGHT = 32 * DOTS_A_MM
"""At least 31.75 mm."""
SIZES = {"a6": (105, 148), "4x6": (102, 152)}
"""Width and height in millimetres."""


def zpl_labels(labels: Sequence[CartonLabel], *, size: str = "4x6") -> str:
    """The labels one after the other; what they say is what the PDF says. The SSCC is GS1-128 with AI 00.

    `^BC` in mode D makes GS1-128 of an element string in parentheses: it sets FNC1 and leaves the parentheses out.
    """
    if not labels:
        raise ValueError("There is no label to print.")
    return "".join(_label(label, *SIZES[size]) for label in labels)


def _label(label: CartonLabel, width_mm: int, height_mm: int) -> str:
    width, height = width_mm * DOTS_A_MM, height_mm * DOTS_A_MM
    sscc = checked_sscc(label.sscc)
    bars = height - BAR_HEIGHT - 9 * DOTS_A_MM
    weight = quantity(label.weight_kg, "kg") if label.weight_kg is not None else ""
    carrier = " ".join(part for part in (label.carrier, label.service) if part)
    lines = [
        f"^XA^CI28^PW{width}^LL{height}^LH0,0",
        *_party("FROM", label.ship_from, top=30, size=26),
        *_party("TO", label.ship_to, top=210, size=42),
        _text(40, bars - 400, 26, f"CONTENTS  {label.contents}") if label.contents else "",
        _text(40, bars - 365, 26, f"TRACKING  {label.tracking_number}") if label.tracking_number else "",
        f"^FO30,{bars - 330}^GB{width - 60},2,2^FS",
        *_fact(40, bars - 320, "ORDER", label.order_number),
        *_fact(width // 2, bars - 320, label.counted, label.count),
        *_fact(40, bars - 225, "SHIPMENT", label.shipment_number),
        *_fact(width // 2, bars - 225, "WEIGHT", weight),
        *_fact(40, bars - 130, "CARRIER", carrier),
        *_fact(width // 2, bars - 130, "ROUTING", label.routing),
        f"^FO30,{bars - 35}^GB{width - 60},2,2^FS",
        f"^FO{_centred(width)},{bars}^BY{MODULE}^BCN,{BAR_HEIGHT},N,N,N,D^FD(00){sscc}^FS",
        f"^FO0,{height - 60}^A0N,36,36^FB{width},1,0,C^FD(00) {sscc}^FS",
        "^XZ\n",
    ]
    return "\n".join(line for line in lines if line)


def _centred(width: int) -> int:
    """Where the bars begin: start, FNC1, ten pairs, check and stop are 156 modules."""
    return max((width - 156 * MODULE) // 2, 0)


def _party(title: str, party: Address, *, top: int, size: int) -> list[str]:
    lines = [_text(40, top, 22, title), _text(40, top + 26, size, party.name)]
    y = top + 30 + size
    for line in party.text[:4]:
        lines.append(_text(40, y, int(size * 0.8), line))
        y += int(size * 0.8) + 6
    return lines


def _fact(x: int, y: int, title: str, content: str) -> list[str]:
    return [_text(x, y, 22, title), _text(x, y + 26, 44, content)] if content else []


def _text(x: int, y: int, size: int, content: str) -> str:
    """A field; what ZPL would take for a command is sent as its code."""
    safe = "".join(f"_{ord(sign):02X}" if sign in "^~_" else sign for sign in content if sign.isprintable())
    return f"^FO{x},{y}^A0N,{size},{size}^FH^FD{safe}^FS"
