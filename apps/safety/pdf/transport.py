"""The labels that a carton of dangerous goods bears on the road, a page each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from apps.core.paper import text
from apps.core.paper.label import Labels, LabelSize
from apps.core.paper.text import SOFT, Style
from apps.safety.errors import LabelTooFull, NoTransportLabel
from apps.safety.pdf.diamonds import DIAMONDS, HALF, draw_arrows, draw_diamond, draw_limited_quantity
from apps.safety.rules import Hazard

PAGE = LabelSize(150 * mm, 185 * mm)
MOST_LINES, SMALLEST = 4, 8
"""Of the names of the goods, which all stand there."""
MIDDLE = PAGE.height - HALF - 4 * mm
LIMITED, ARROWS = "limited quantity", "this way up"
SOURCES = {LIMITED: "172.315", ARROWS: "172.312"}
OF_LABELS = "172.400 to 172.446"
BY_INHALATION = ("A", "B")
"""The zones in which a poison bears another label than the one that is drawn here, 172.429."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportLabel:
    """One label: which class or mark, for which goods, on which carton."""

    shows: str
    """A class, or a mark that is none."""
    division: str = ""
    is_beside: bool = False
    """A subsidiary hazard of all these goods, and the chief one of none."""
    goods: tuple[str, ...] = ()
    carton: str = ""


def labels_of(hazards: Iterable[Hazard], *, carton: str = "") -> list[TransportLabel]:
    """What a carton of these goods bears, each label once: of each class and subsidiary hazard, marks after them.

    A limited quantity bears its mark and no label. Liquids show which way is up, where it is not known that they are
    none. Of two that would differ by the goods' division alone the chief one is shown. Raises `NoTransportLabel` for
    what is not drawn here.
    """
    found: dict[tuple[str, str], TransportLabel] = {}
    for hazard in sorted(hazards, key=str):
        name = " ".join(filter(None, (hazard.un_number, hazard.name)))
        for shows, division, is_beside in _shown(hazard):
            before = found.get((shows, division), TransportLabel(shows=shows, division=division, is_beside=True))
            goods = tuple(dict.fromkeys(filter(None, (*before.goods, name))))
            found[shows, division] = replace(
                before, goods=goods, carton=carton, is_beside=before.is_beside and is_beside
            )
    told = {shows for shows, division in found if division}
    labels = [label for (shows, division), label in found.items() if division or shows not in told]
    return sorted(labels, key=lambda label: (label.shows == ARROWS, label.shows == LIMITED, label.is_beside))


def _shown(hazard: Hazard) -> Iterator[tuple[str, str, bool]]:
    if hazard.is_limited_quantity:
        yield LIMITED, "", False
    else:
        for number, code in enumerate(hazard.classes):
            if code not in DIAMONDS or (code == "6.1" and hazard.zone in BY_INHALATION):
                raise NoTransportLabel(goods=str(hazard), hazard_class=code)
            yield code, _division(hazard, code) if number == 0 else "", number > 0
    if hazard.is_liquid is not False:
        yield ARROWS, "", False


def _division(hazard: Hazard, code: str) -> str:
    """Of explosives the compatibility group, with the division where the label does not say it large."""
    if not hazard.group or DIAMONDS[code].said:
        return hazard.group
    return f"{code}{hazard.group}"


def transport_labels(labels: Sequence[TransportLabel]) -> bytes:
    """A page of 150 by 185 mm a label, its diamond with sides of 100 mm. No label is no document: `ValueError`."""
    if not labels:
        raise ValueError("There is no label to print.")
    roll = Labels(size=PAGE, title="Transport labels")
    for label in labels:
        _draw(roll, label)
        roll.next()
    return roll.finish()


def _draw(roll: Labels, label: TransportLabel) -> None:
    x = PAGE.width / 2
    if label.shows == LIMITED:
        draw_limited_quantity(roll.canvas, x, MIDDLE)
    elif label.shows == ARROWS:
        draw_arrows(roll.canvas, x, MIDDLE)
    else:
        draw_diamond(roll.canvas, label.shows, x, MIDDLE, division=label.division)
    edge, width = 6 * mm, PAGE.width - 12 * mm
    top = MIDDLE - HALF - 3 * mm
    goods = Style(size=15, bold=True)
    lines, style = text.fit("; ".join(label.goods), goods, width, most=MOST_LINES, smallest=SMALLEST)
    if len(text.wrap("; ".join(label.goods), style, width)) > len(lines):
        raise LabelTooFull(item=label.carton)
    top = roll.put("; ".join(label.goods), goods, edge, top, width, most=MOST_LINES, smallest=SMALLEST) - 1 * mm
    beside = "subsidiary hazard" if label.is_beside else ""
    facts = " · ".join(filter(None, (beside, label.carton and f"carton {label.carton}")))
    top = roll.put(facts, Style(size=9), edge, top, width, smallest=6) - 1 * mm
    source = f"After 49 CFR {SOURCES.get(label.shows, OF_LABELS)}, from memory: compare before use."
    roll.put(source, Style(size=7, color=SOFT), edge, top, width, smallest=5)
