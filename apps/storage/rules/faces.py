"""Filling up a pick face: what to bring from where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from apps.ledger.rules import Turn, first_expired
from apps.storage.rules.bins import Bin, obstacle, room
from apps.storage.rules.goods import NOTHING, Load


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What waits for an item: for picks that were released and fall short, and what other orders are owed."""

    released: Decimal = NOTHING
    promised: Decimal = NOTHING

    def __bool__(self) -> bool:
        return self.total > 0

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.released + self.promised

    @property
    def turn(self) -> int:
        """What was released pulls first, then promises, then what only lies below its minimum."""
        return 0 if self.released > 0 else 1 if self.promised > 0 else 2


NO_DEMAND = Demand()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Goods in the reserve that a pick face could be filled from."""

    location_id: int
    code: str
    free: Decimal
    walk: int = 0
    lot_id: int | None = None
    lot: str = ""
    serial_id: int | None = None
    unit_id: int | None = None
    expires_on: date | None = None
    first_in: datetime | None = None

    @property
    def turn(self) -> tuple[Turn, Decimal, int]:
        """First expired first out, then first in first out; of the same lot the smallest rest, which frees its bin."""
        return first_expired(self.expires_on, self.first_in), self.free, self.walk


def fill_up(load: Load, face: Bin, reserves: Iterable[Reserve], *, today: date) -> list[tuple[Reserve, Decimal]]:
    """What to bring to a pick face from where, so that it holds its maximum: first expired first.

    `load` says what its item's units weigh and need; its own lot and quantity do not count. Expired goods stay where
    they are; so does a lot that the face may not hold beside what is in it, and what it has no room for.
    """
    steps = []
    need = face.faces[load.item_id] - face.of(load.item_id)
    for each in sorted(reserves, key=lambda reserve: reserve.turn):
        if need <= 0:
            break
        if each.expires_on is not None and each.expires_on <= today:
            continue
        lot = replace(load, lot_id=each.lot_id, quantity=min(need, each.free), source_id=each.location_id)
        if lot.quantity <= 0 or obstacle(lot, face) is not None:
            continue
        takes = room(lot, face)
        if takes > 0:
            steps.append((each, takes))
            face = face.with_load(lot, takes)
            need -= takes
    return steps
