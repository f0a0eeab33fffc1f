"""What came is matched with what is on the road: by the carton, lot and serial number named, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheRoad:
    """So much of an item's lot or serial number in a carton is on the road."""

    balance_id: int
    item_id: int
    quantity: Decimal
    unit_id: int
    lot_id: int | None = None
    serial_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """So much (base units) of an item as somebody names it; what is not named may be any."""

    item_id: int
    quantity: Decimal
    unit_id: int | None = None
    lot_id: int | None = None
    serial_id: int | None = None
    damaged: bool = False
    reason: str = ""

    def may_be(self, goods: OnTheRoad) -> bool:
        """Whether those goods are what is named."""
        return (
            goods.item_id == self.item_id
            and self.unit_id in {None, goods.unit_id}
            and self.lot_id in {None, goods.lot_id}
            and self.serial_id in {None, goods.serial_id}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """So much of goods on the road is what was named."""

    named: Named
    goods: OnTheRoad
    quantity: Decimal


def lots_of(named: Named, road: Sequence[OnTheRoad]) -> set[int | None]:
    """The lots that are on the road of what is named."""
    return {goods.lot_id for goods in road if named.may_be(goods)}


def matched(named: Sequence[Named], road: Sequence[OnTheRoad]) -> tuple[list[Taken], list[tuple[Named, Decimal]]]:
    """What is taken of which goods, and what of the named is more than there is, with how much there was for it.

    What is named closest, by serial number, lot and carton, takes first, so that none is given away that only it fits.
    """
    left = {goods.balance_id: goods.quantity for goods in road}
    taken: list[Taken] = []
    over: list[tuple[Named, Decimal]] = []
    for each in sorted(named, key=_looseness):
        wanted = each.quantity
        for goods in road:
            amount = min(wanted, left[goods.balance_id]) if each.may_be(goods) else NONE
            if amount > NONE:
                left[goods.balance_id] -= amount
                wanted -= amount
                taken.append(Taken(named=each, goods=goods, quantity=amount))
        if wanted:
            over.append((each, each.quantity - wanted))
    return taken, over


def _looseness(named: Named) -> tuple[bool, bool, bool]:
    return named.serial_id is None, named.lot_id is None, named.unit_id is None
