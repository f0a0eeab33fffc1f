"""Signs of aisles and dock doors: one huge code a sheet, read from the other end of the hall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from apps.core.paper.label import A4, Labels, LabelSize
from apps.core.paper.text import ASCENT, CAPITALS, INK, SOFT, Style, width_of
from apps.safety.pdf.pictograms import Point, polygon

EDGE = 12 * mm


@dataclass(frozen=True, slots=True, kw_only=True)
class AisleSign:
    """An aisle as somebody sees it who stands at one end of it; `near` and `far` are bays, None where none has a bay.

    An aisle has no code that is scanned, so its sign bears none.
    """

    code: str
    warehouse: str
    zones: str = ""
    near: int | None = None
    far: int | None = None
    may_enter: bool = True
    """Whether traffic may go in at this end."""
    is_one_way: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DockSign:
    """A door: `large` is what tells it from the others, its number, or its whole code."""

    code: str
    large: str
    warehouse: str
    kind: str
    use: str
    goes_in: bool
    goes_out: bool


def aisle_signs(signs: Sequence[AisleSign], *, size: LabelSize = A4) -> bytes:
    """A lying sheet a sign: the aisle's code, and an arrow from the bay that is near to the one at the far end.

    Where traffic may not enter a black band says so. No sign is no document: that raises `ValueError`.
    """
    if not signs:
        raise ValueError("There is no sign to print.")
    roll = Labels(size=size.landscape, title="Aisle signs")
    for sign in signs:
        _draw_aisle(roll, sign)
        roll.next()
    return roll.finish()


def dock_signs(signs: Sequence[DockSign], *, size: LabelSize = A4) -> bytes:
    """A lying sheet a door: its number, what trucks it takes, and its code as the scanner reads it.

    The arrows are those of somebody in the hall who faces the door: down comes in, up goes out. No sign is no document:
    that raises `ValueError`.
    """
    if not signs:
        raise ValueError("There is no sign to print.")
    roll = Labels(size=size.landscape, title="Dock signs")
    for sign in signs:
        _draw_dock(roll, sign)
        roll.next()
    return roll.finish()


def _draw_aisle(roll: Labels, sign: AisleSign) -> None:
    width, height = roll.size.width, roll.size.height
    unit = height / 100
    head = Style(size=5.5 * unit, color=SOFT)
    facts = " · ".join(filter(None, (sign.warehouse, sign.zones)))
    roll.put(facts, head, EDGE, height - EDGE, width - 2 * EDGE, smallest=7)
    floor = 22 * unit
    _huge(roll, sign.code, floor + 2 * unit, height - EDGE - head.size * 1.6)
    if not sign.may_enter:
        roll.band("NO ENTRY · one way", 0, floor, size=13 * unit)
        return
    if sign.near is None or sign.far is None:
        return
    middle = EDGE + 5.5 * unit
    bays = Style(size=13 * unit, bold=True)
    top = middle + bays.size * CAPITALS / 2 + bays.size * (ASCENT - CAPITALS)
    near, far = f"{sign.near}", f"{sign.far}"
    if sign.near == sign.far:
        roll.center(f"Bay {near}", bays, width / 2, top, width - 2 * EDGE)
        return
    room = width / 4
    roll.put(near, bays, EDGE, top, room)
    roll.right(far, bays, width - EDGE, top, room)
    gap = 5 * unit
    left = EDGE + min(width_of(near, bays), room) + gap
    right = width - EDGE - min(width_of(far, bays), room) - gap
    _shaft(roll, left, right, middle, unit)
    said = "Bays, one way" if sign.is_one_way else "Bays"
    # Over the shaft, so that the numbers are not taken for doors or levels.
    roll.center(said, Style(size=5 * unit, color=SOFT), width / 2, middle + 8.5 * unit, right - left, smallest=6)


def _shaft(roll: Labels, left: float, right: float, middle: float, unit: float) -> None:
    """An arrow to the right."""
    thick, head = 2.6 * unit, 9 * unit
    _fill(
        roll,
        (
            (left, middle - thick / 2),
            (right - head, middle - thick / 2),
            (right - head, middle - head / 2),
            (right, middle),
            (right - head, middle + head / 2),
            (right - head, middle + thick / 2),
            (left, middle + thick / 2),
        ),
    )


def _draw_dock(roll: Labels, sign: DockSign) -> None:
    width, height = roll.size.width, roll.size.height
    unit = height / 100
    head = Style(size=5.5 * unit, color=SOFT)
    top = height - EDGE
    facts = f"{sign.warehouse} · {sign.kind} · {sign.use}"
    roll.put(facts, head, EDGE, top, width - 2 * EDGE, smallest=7)
    bars = 14 * unit
    if sign.large != sign.code:
        below = Style(size=7 * unit, bold=True)
        roll.center(sign.code, below, width / 2, EDGE + bars + 9 * unit, width - 2 * EDGE, smallest=7)
    ways = [up for up, goes in ((True, sign.goes_out), (False, sign.goes_in)) if goes]
    arrow = 24 * unit
    floor, ceiling = EDGE + bars + (12 if sign.large != sign.code else 4) * unit, top - head.size * 1.6
    _huge(roll, sign.large, floor, ceiling, right=arrow + 4 * unit)
    middle = (floor + ceiling) / 2
    for place, up in enumerate(ways):
        bottom = middle - len(ways) * (arrow + 2 * unit) / 2 + (len(ways) - 1 - place) * (arrow + 2 * unit) + unit
        _door_arrow(roll, width - EDGE - arrow, bottom, arrow, up=up)
    roll.symbol(sign.code, width / 2, EDGE, width - 2 * EDGE, height=bars, most=1.0 * mm)


def _door_arrow(roll: Labels, left: float, bottom: float, side: float, *, up: bool) -> None:
    outline = ((0.5, 1), (1, 0.45), (0.68, 0.45), (0.68, 0), (0.32, 0), (0.32, 0.45), (0, 0.45))
    _fill(roll, tuple((left + x * side, bottom + (y if up else 1 - y) * side) for x, y in outline))


def _huge(roll: Labels, content: str, floor: float, ceiling: float, *, right: float = 0) -> None:
    """A code as large as the room allows, in its middle; `right` is kept free at that side."""
    room = roll.size.width - 2 * EDGE - right
    style = Style(size=(ceiling - floor) / CAPITALS, bold=True)
    wide = width_of(content, style)
    size = style.size * min(1, room / wide) if wide else style.size
    base = (floor + ceiling) / 2 - size * CAPITALS / 2
    roll.center(content, Style(size=size, bold=True), EDGE + room / 2, base + size * ASCENT, room + 1, smallest=5)


def _fill(roll: Labels, points: Sequence[Point]) -> None:
    roll.canvas.setFillColor(INK)
    polygon(roll.canvas, points)
