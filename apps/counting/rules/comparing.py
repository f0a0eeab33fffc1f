"""What a count found against what the book had: pure arithmetic on values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)

Goods = tuple[int, int | None, int | None, str]
"""What a counter can tell apart: item, lot, serial number, status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """So much of these goods is there, in base units: the whole of it, not a difference."""

    item_id: int
    quantity: Decimal
    lot_id: int | None = None
    serial_id: int | None = None
    status: str = "available"
    seconds_ago: int = 0
    """Before it was told, by the clock of the device: how far it runs wrong does not matter."""

    @property
    def goods(self) -> Goods:
        """What was counted."""
        return self.item_id, self.lot_id, self.serial_id, self.status


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that the book cannot name, as it was scanned or read."""

    kind: str
    text: str
    quantity: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """What one balance says, and the last move that it knows of."""

    goods: Goods
    quantity: Decimal = ZERO
    owner_id: int | None = None
    unit_id: int | None = None
    position_id: int | None = None

    @property
    def turn(self) -> tuple[bool, bool, bool]:
        """Of the same goods, those that are there, stand loose and are ours come first."""
        return self.quantity == ZERO, self.unit_id is not None, self.owner_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A balance beside what was counted of it."""

    book: BookLine
    counted: Decimal

    @property
    def variance(self) -> Decimal:
        """Counted less book: what is too much, or (negative) missing."""
        return self.counted - self.book.quantity


def compare(book: Iterable[BookLine], counted: Iterable[CountedLine], *, unit_id: int | None = None) -> list[Compared]:
    """Each balance with what was counted of it. What nobody named is not there; what the book lacks is found.

    A counter does not tell balances of the same goods apart (another owner, a pallet): what is missing is missing of
    the loose goods first, what is too much is added to the first of them. What is found on a unit stands on it.
    """
    of_goods: dict[Goods, list[BookLine]] = {}
    for line in book:
        of_goods.setdefault(line.goods, []).append(line)
    totals = {line.goods: line.quantity for line in counted}
    found: list[Compared] = []
    for goods in dict.fromkeys([*of_goods, *totals]):
        lines = sorted(of_goods.get(goods, [BookLine(goods=goods, unit_id=unit_id)]), key=lambda line: line.turn)
        found += _share(lines, totals.get(goods, ZERO))
    return [each for each in found if each.book.quantity or each.counted]


def _share(lines: Sequence[BookLine], counted: Decimal) -> Iterator[Compared]:
    over = counted - sum((line.quantity for line in lines), ZERO)
    missing = max(-over, ZERO)
    for index, line in enumerate(lines):
        lost = min(line.quantity, missing)
        missing -= lost
        more = max(over, ZERO) if index == 0 else ZERO
        yield Compared(book=line, counted=line.quantity - lost + more)
