"""Which cartons to take and what goes into each: a proposal from sizes, weights and what may be mixed.

What it guarantees, whatever it is given: every unit is in exactly one carton or named as fitting none; no carton weighs
more than its type may; the boxes of a carton lie inside it, side by side without overlapping, each turned by right
angles only; and nothing is mixed that may not be. It does not promise the fewest or the cheapest cartons: it places the
largest first at extreme points (Crainic, Perboli and Tadei 2008), opens the largest carton when nothing fits, and then
takes for each carton the cheapest type that holds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations

Size = tuple[int, int, int]
Point = tuple[int, int, int]
ZERO = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One unit to pack. Without a size it is held to weight alone, and said so."""

    item: str
    size: Size | None
    weight_g: Decimal = ZERO
    units: Decimal = Decimal(1)
    """How many base units it is: a closed case is one piece of several."""
    ships_alone: bool = False
    storage: str = ""
    """Its storage condition; goods of two conditions are not mixed. Empty: it does not mind."""
    hazard: str = ""
    """Names its hazard for `apart`; empty: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A kind of carton."""

    code: str
    size: Size
    tare_g: Decimal
    max_weight_g: Decimal
    cost: Decimal = ZERO

    @property
    def volume(self) -> int:
        """Inner, in cubic millimetres."""
        return _volume(self.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A piece in its place: the corner nearest the origin, and its size as it lies. None without a size."""

    piece: Piece
    at: Point | None
    size: Size | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A carton to take, what goes into it and why it is one of its own."""

    box: Box
    placed: tuple[Placed, ...]
    because: tuple[str, ...]

    @property
    def weight_g(self) -> Decimal:
        """With the carton itself."""
        return sum((each.piece.weight_g for each in self.placed), self.box.tare_g)

    @property
    def fill_percent(self) -> Decimal:
        """How much of its volume is taken."""
        taken = sum(_volume(each.size) for each in self.placed if each.size is not None)
        return (Decimal(taken) * HUNDRED / Decimal(self.box.volume)).quantize(Decimal("0.1"))

    @property
    def contents(self) -> dict[str, Decimal]:
        """How many base units of each item."""
        counted: dict[str, Decimal] = {}
        for each in self.placed:
            counted[each.piece.item] = counted.get(each.piece.item, ZERO) + each.piece.units
        return counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A piece that no carton takes, and why."""

    piece: Piece
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cartonization:
    """The proposal: cartons, and what fits none."""

    cartons: tuple[Proposed, ...]
    misfits: tuple[Misfit, ...]


Apart = Callable[[str, str], str]
"""Of two hazards why they are not packed together; empty when they may be."""


def never_apart(first: str, second: str) -> str:
    """Nothing is kept apart."""
    del first, second
    return ""


def cartonize(pieces: Iterable[Piece], boxes: Sequence[Box], *, apart: Apart = never_apart) -> Cartonization:
    """Cartons for the pieces, from these kinds: what each may hold by size, weight and mixing rules."""
    shelf = sorted(boxes, key=lambda box: (box.volume, box.max_weight_g, box.code), reverse=True)
    open_cartons: list[_Filling] = []
    misfits: list[Misfit] = []
    # The largest first: what is left over of the room is filled by what is small.
    for piece in sorted(pieces, key=_bulk, reverse=True):
        why_not: list[str] = []
        if not any(_goes_in(filling, piece, apart, why_not) for filling in open_cartons):
            filling = _opened(piece, shelf)
            if filling is None:
                misfits.append(Misfit(piece=piece, because=_why_none(piece, shelf)))
            else:
                filling.because.extend(dict.fromkeys(why_not))
                open_cartons.append(filling)
    return Cartonization(cartons=tuple(_settled(filling, shelf) for filling in open_cartons), misfits=tuple(misfits))


@dataclass(slots=True)
class _Filling:
    """A carton while it is filled: the points where a box's corner may come to lie."""

    box: Box
    placed: list[Placed] = field(default_factory=list)
    points: list[Point] = field(default_factory=lambda: [(0, 0, 0)])
    weight_g: Decimal = ZERO
    because: list[str] = field(default_factory=list)

    def place(self, piece: Piece) -> bool:
        """Put a piece in if its weight and its size allow it."""
        if self.box.tare_g + self.weight_g + piece.weight_g > self.box.max_weight_g:
            return False
        if piece.size is None:
            self._keep(Placed(piece=piece, at=None, size=None))
            return True
        found = self._spot(piece.size)
        if found is None:
            return False
        at, size = found
        self._keep(Placed(piece=piece, at=at, size=size))
        self._renew_points(at, size)
        return True

    def _keep(self, placed: Placed) -> None:
        self.placed.append(placed)
        self.weight_g += placed.piece.weight_g

    def _spot(self, size: Size) -> tuple[Point, Size] | None:
        """The lowest, then hindmost, then leftmost point at which the piece fits in any of its six positions."""
        turns = sorted({(a, b, c) for a, b, c in permutations(size)}, key=lambda turned: (turned[2], turned[1]))
        for at in self.points:
            for turned in turns:
                if self._is_free(at, turned):
                    return at, turned
        return None

    def _is_free(self, at: Point, size: Size) -> bool:
        if any(corner + side > room for corner, side, room in zip(at, size, self.box.size, strict=True)):
            return False
        return not any(
            _overlap(at, size, each.at, each.size)
            for each in self.placed
            if each.at is not None and each.size is not None
        )

    def _renew_points(self, at: Point, size: Size) -> None:
        """The new box's three far corners, each pushed back until it touches something; covered points go."""
        far = [
            (at[0] + size[0], at[1], at[2]),
            (at[0], at[1] + size[1], at[2]),
            (at[0], at[1], at[2] + size[2]),
        ]
        kept = {point for point in self.points if not _inside(point, at, size)}
        for axis, point in enumerate(far):
            kept.add(point)
            for back in range(3):
                if back != axis:
                    kept.add(self._pushed(point, back))
        self.points = sorted(kept, key=lambda point: (point[2], point[1], point[0]))

    def _pushed(self, point: Point, axis: int) -> Point:
        """The point moved towards the wall along an axis, until a placed box is in the way."""
        stop = 0
        others = [side for side in range(3) if side != axis]
        for each in self.placed:
            if each.at is None or each.size is None:
                continue
            end = each.at[axis] + each.size[axis]
            beside = all(each.at[side] <= point[side] < each.at[side] + each.size[side] for side in others)
            if beside and end <= point[axis]:
                stop = max(stop, end)
        moved = list(point)
        moved[axis] = stop
        return (moved[0], moved[1], moved[2])


def _goes_in(filling: _Filling, piece: Piece, apart: Apart, why_not: list[str]) -> bool:
    because = _unmixable(filling, piece, apart)
    if because:
        why_not.append(because)
        return False
    if filling.place(piece):
        return True
    why_not.append("The cartons before are full.")
    return False


def _unmixable(filling: _Filling, piece: Piece, apart: Apart) -> str:
    """Why the piece may not be with what is in the carton already; empty when it may."""
    for each in filling.placed:
        other = each.piece
        if other.item != piece.item and (piece.ships_alone or other.ships_alone):
            return f"{piece.item if piece.ships_alone else other.item} ships alone."
        if piece.storage and other.storage and piece.storage != other.storage:
            return f"{piece.item} and {other.item} are kept in different conditions."
        if piece.hazard and other.hazard and piece.hazard != other.hazard:
            because = apart(piece.hazard, other.hazard)
            if because:
                return f"{piece.item} and {other.item} are not packed together: {because}"
    return ""


def _opened(piece: Piece, shelf: Sequence[Box]) -> _Filling | None:
    for box in shelf:
        filling = _Filling(box=box)
        if filling.place(piece):
            return filling
    return None


def _settled(filling: _Filling, shelf: Sequence[Box]) -> Proposed:
    """The same contents in the cheapest, then smallest kind of carton that holds them."""
    best = filling
    for box in sorted(shelf, key=lambda each: (each.cost, each.volume, each.code)):
        if (box.cost, box.volume) >= (best.box.cost, best.box.volume):
            break
        tried = _Filling(box=box)
        if all(tried.place(each.piece) for each in filling.placed):
            best = tried
            break
    unsized = sorted({each.piece.item for each in filling.placed if each.piece.size is None})
    said = [*filling.because, *(f"{item} has no size and is held to its weight alone." for item in unsized)]
    return Proposed(box=best.box, placed=tuple(best.placed), because=tuple(said))


def _why_none(piece: Piece, shelf: Sequence[Box]) -> str:
    if not shelf:
        return "There is no carton to take."
    if all(box.tare_g + piece.weight_g > box.max_weight_g for box in shelf):
        return f"It weighs {piece.weight_g.normalize():f} g, more than any carton may."
    return "It is larger than any carton that may carry it."


def _bulk(piece: Piece) -> tuple[int, int, Decimal, str]:
    """The largest volume first, then the longest side, then the heaviest; the name makes the order certain."""
    size = piece.size or (0, 0, 0)
    return (_volume(size), max(size), piece.weight_g, piece.item)


def _volume(size: Size) -> int:
    return size[0] * size[1] * size[2]


def _overlap(at: Point, size: Size, other_at: Point, other_size: Size) -> bool:
    return all(
        one < other + width and other < one + own
        for one, own, other, width in zip(at, size, other_at, other_size, strict=True)
    )


def _inside(point: Point, at: Point, size: Size) -> bool:
    return all(corner <= value < corner + side for value, corner, side in zip(point, at, size, strict=True))
