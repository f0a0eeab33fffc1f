"""Many alike pieces as blocks: so many units side by side, packed as one, for orders of many pieces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import permutations

from apps.shipping.rules.cartonize import Box, Piece, Size

LARGEST = 4096
"""Units in a block, at most."""


def in_blocks(pieces: Iterable[Piece], boxes: Sequence[Box], *, most: int) -> list[Piece]:
    """The same goods in no more pieces than this, where that can be: alike ones are put side by side, up to a carton.

    Fewer than that stay as they are. Blocks grow only as far as they must, for small ones fill cartons better. What
    does not fit a carton, or has nothing like it, is left single.
    """
    counted = Counter(pieces)
    best = list(counted.elements())
    size = 2
    while len(best) > most and size <= LARGEST:
        blocked = [block for piece, count in counted.items() for block in _blocked(piece, count, size, boxes)]
        if len(blocked) < len(best):
            best = blocked
        size *= 2
    return best


def _blocked(piece: Piece, count: int, size: int, boxes: Sequence[Box]) -> list[Piece]:
    block, units = _block(piece, min(size, count), boxes)
    if units == 1:
        return [piece] * count
    whole, rest = divmod(count, units)
    # What is left over is put side by side as well: one rest of a thousand is not packed piece by piece.
    return [block] * whole + (_blocked(piece, rest, size, boxes) if rest else [])


def _block(piece: Piece, most: int, boxes: Sequence[Box]) -> tuple[Piece, int]:
    """The largest block of at most so many that a carton takes, and how many that is; one where none does."""
    for units in range(most, 1, -1):
        weight = piece.weight_g * units
        fitting = [box for box in boxes if box.tare_g + weight <= box.max_weight_g]
        if not fitting:
            continue
        size = _grid(piece.size, units, fitting) if piece.size is not None else None
        if piece.size is None or size is not None:
            return replace(piece, size=size, weight_g=weight, units=piece.units * units), units
    return piece, 1


def _grid(size: Size, units: int, boxes: Sequence[Box]) -> Size | None:
    """The grid of so many that is most like a cube and lies in one of the cartons; None where none does."""
    found: Size | None = None
    for across, deep, high in _grids(units):
        tried = (size[0] * across, size[1] * deep, size[2] * high)
        fits = any(all(a <= b for a, b in zip(sorted(tried), sorted(box.size), strict=True)) for box in boxes)
        if fits and (found is None or max(tried) < max(found)):
            found = tried
    return found


def _grids(units: int) -> set[Size]:
    """All ways to write a number as a product of three."""
    return {
        (across, deep, high)
        for a in range(1, int(units ** (1 / 3)) + 2)
        if not units % a
        for b in range(a, int((units // a) ** 0.5) + 1)
        if not (units // a) % b
        for across, deep, high in permutations((a, b, units // a // b))
    }
