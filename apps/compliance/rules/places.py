"""From which places goods are taken that stand in several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Goods of one inspection's kind stand here: so much is free, and so much of it waits to be put away for it."""

    location_id: int
    code: str
    kind: str
    free: Decimal
    unit_id: int | None = None
    serial_id: int | None = None
    waiting: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """So much, or one serial unit, becomes of a status."""

    status: str
    quantity: Decimal
    serial_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """So much of what is wanted is taken from here."""

    want: Want
    stand: Stand
    quantity: Decimal


class TooLittle(Exception):
    """Less stands anywhere than is wanted."""

    def __init__(self, want: Want, there: Decimal) -> None:
        super().__init__(want, there)
        self.want, self.there = want, there


def deal(stands: Sequence[Stand], wants: Iterable[Want]) -> list[Part]:
    """Take what is wanted from the stands in their order. Raises `TooLittle`."""
    left = {stand: stand.free for stand in stands}
    of_serial: dict[int | None, list[Stand]] = {}
    for stand in left:
        of_serial.setdefault(stand.serial_id, []).append(stand)
    parts = []
    for want in wants:
        open_ = want.quantity
        for part in _taken(of_serial.get(want.serial_id, []), want, left):
            open_ -= part.quantity
            parts.append(part)
        if open_ > 0:
            raise TooLittle(want, want.quantity - open_)
    return parts


def _taken(stands: Sequence[Stand], want: Want, left: dict[Stand, Decimal]) -> Iterator[Part]:
    open_ = want.quantity
    for stand in stands:
        amount = min(open_, left[stand])
        if amount > 0:
            left[stand] -= amount
            open_ -= amount
            yield Part(want=want, stand=stand, quantity=amount)


def called_off(parts: Iterable[Part]) -> list[tuple[Stand, Decimal]]:
    """How much of each stand's waiting putaways no longer fits what was taken from it."""
    taken: dict[Stand, Decimal] = {}
    for part in parts:
        taken[part.stand] = taken.get(part.stand, ZERO) + part.quantity
    return [(stand, min(stand.waiting, amount)) for stand, amount in taken.items() if stand.waiting > 0]
