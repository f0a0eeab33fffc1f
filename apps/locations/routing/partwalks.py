"""The classes of part-walks: what the rest of a walk can feel of what lies behind it."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import NamedTuple

Lines = tuple[tuple[int, int], ...]
"""For each cross aisle how often it is walked on to the next aisle, and back from it."""


class PartWalk(NamedTuple):
    """The part of a walk up to an aisle."""

    flows: tuple[int, ...]
    """For each cross aisle how often more it will be walked on than back, from what lies behind."""
    parts: tuple[int, ...]
    """For each corner which connected part touches it, counted from one in rising order; nought for none."""
    is_closed: bool = False
    """It is complete: nothing more can be reached."""

    @property
    def is_whole(self) -> bool:
        """Whether it is a walk already: in one piece, and it comes back as often as it goes on."""
        return not any(self.flows) and max(self.parts) <= 1


EMPTY = {blocks: PartWalk((0,) * (blocks + 1), (0,) * (blocks + 1)) for blocks in range(1, 9)}
"""By blocks: nothing is behind."""


def _numbered(parts: list[int]) -> tuple[int, ...]:
    """The same parts, counted anew from one in the order of the cross aisles."""
    names: dict[int, int] = {0: 0}
    return tuple(names.setdefault(part, len(names)) for part in parts)


@cache
def touched(part: PartWalk, cross: int) -> PartWalk | None:
    """The same with this corner on it; none when it was complete without."""
    if part.is_closed:
        return None
    parts = list(part.parts)
    if not parts[cross]:
        parts[cross] = max(parts) + 1
    return PartWalk(part.flows, _numbered(parts))


@cache
def entered(part: PartWalk, block: int, kind: str, most: int) -> PartWalk | None:
    """The same with the aisle walked in this block; none when that cannot lead to a shortest walk."""
    if kind == "none":
        return part
    if part.is_closed:
        return None
    parts = list(part.parts)
    fresh = max(parts) + 1
    low, high = block, block + 1
    if kind != "high" and not parts[low]:
        parts[low], fresh = fresh, fresh + 1
    if kind != "low" and not parts[high]:
        parts[high] = fresh
    if kind in {"low", "high", "gap"}:
        return PartWalk(part.flows, _numbered(parts))
    gone = parts[high]
    parts = [parts[low] if each == gone else each for each in parts]
    if kind == "twice":
        return PartWalk(part.flows, _numbered(parts))
    times, flows = int(kind), list(part.flows)
    flows[low] -= times
    flows[high] += times
    if max(map(abs, flows)) > most:
        return None
    return PartWalk(tuple(flows), _numbered(parts))


@cache
def ahead(part: PartWalk) -> tuple[tuple[PartWalk, Lines, int], ...]:
    """How it may go on to the next aisle, along which cross aisles, and how many widths of an aisle that is.

    Where one is walked more one way than the other, that is enough; where not, there and back or not at all. A part
    that is left behind can never be reached again, so that is only for the last.
    """
    if part.is_closed or not any(part.parts):
        return ((part, ((0, 0),) * len(part.flows), 0),)
    choices = [
        [(max(flow, 0), max(-flow, 0))] if flow else [(0, 0), (1, 1)] if label else [(0, 0)]
        for flow, label in zip(part.flows, part.parts, strict=True)
    ]
    found: list[tuple[PartWalk, Lines, int]] = []
    for lines in product(*choices):
        count = sum(map(sum, lines))
        parts = [label if sum(line) else 0 for label, line in zip(part.parts, lines, strict=True)]
        if not any(parts):
            if part.is_whole:
                found.append((PartWalk(part.flows, tuple(parts), is_closed=True), lines, count))
        elif set(part.parts) - {0} == set(parts) - {0}:
            found.append((PartWalk(part.flows, _numbered(parts)), lines, count))
    return tuple(found)
