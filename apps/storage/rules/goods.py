"""Goods that want a home, as bins see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.ledger.states import StockStatus
from apps.locations.choices import PICKABLE, LocationKind
from apps.safety.rules import Classes, TemperatureRange
from apps.storage.rules.guidance import LOOSE, PlaceRule

NOTHING = Decimal(0)

HOMES: Mapping[str, tuple[str, ...]] = {
    StockStatus.AVAILABLE: PICKABLE,
    # Goods that somebody will look at may wait in staging when quarantine has no room.
    StockStatus.INSPECTION: (LocationKind.QUARANTINE, LocationKind.STAGING),
    StockStatus.RETURNED: (LocationKind.QUARANTINE, LocationKind.STAGING),
    StockStatus.DAMAGED: (LocationKind.QUARANTINE,),
    StockStatus.BLOCKED: (LocationKind.QUARANTINE,),
}
"""Which kinds of place goods of a status are put away to, the better first."""

STRICTEST_FIRST = (
    StockStatus.DAMAGED,
    StockStatus.BLOCKED,
    StockStatus.RETURNED,
    StockStatus.INSPECTION,
    StockStatus.AVAILABLE,
)


def strictest(statuses: Iterable[str]) -> str:
    """Of the statuses of what is on one unit the one whose home the whole unit goes to."""
    return min(statuses, key=lambda status: STRICTEST_FIRST.index(StockStatus(status)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A quantity (base units) that stands somewhere and wants a home; each is a load of its own, as a pallet is.

    Goods with a `unit_id` stand on that handling unit, which is put away whole with all that is on it.
    """

    item_id: int
    quantity: Decimal
    source_id: int
    lot_id: int | None = None
    serial_id: int | None = None
    status: str = StockStatus.AVAILABLE
    unit_id: int | None = None
    unit_kind: str = LOOSE
    """What the outermost unit is, as the ledger knows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Goods as bins see them: how much, how heavy and large a unit is, and the temperature they need."""

    item_id: int
    lot_id: int | None
    status: str
    quantity: Decimal
    scale: int = 0
    weight_g: Decimal | None = None
    volume_mm3: int | None = None
    needs: TemperatureRange | None = None
    hazards: Classes = ()
    """Its hazard classes, the chief one first."""
    may_burn: bool = False
    """Whether it might be a flammable liquid."""
    source_id: int = 0
    """Where it stands now; 0 where it comes from outside."""
    category: int | None = None
    condition: int | None = None
    comes_on: str = LOOSE
    """The kind of handling unit that it stands on."""
    velocity: str = ""
    """How fast its item moves in this warehouse, where that is known."""
    rules: tuple[PlaceRule, ...] = ()
    """The putaway rules of the warehouse that are about it."""
    parks: bool = False
    """Only waits in staging, since no home has room for it."""

    @property
    def hazard(self) -> str:
        """Its chief hazard class; empty when it has none."""
        return self.hazards[0] if self.hazards else ""

    @property
    def homes(self) -> tuple[str, ...]:
        """The kinds of place that it may go to, the better first."""
        return (LocationKind.STAGING,) if self.parks else HOMES[self.status]

    @property
    def loads(self) -> tuple[Load, ...]:
        """Itself: a load may be split, a whole unit may not."""
        return (self,)

    def each(self, change: Callable[[Load], Load]) -> Load:
        """The load, changed."""
        return change(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All that is on a handling unit, by item and lot: it goes to one bin that may hold all of it, or to none."""

    loads: tuple[Load, ...]

    def each(self, change: Callable[[Load], Load]) -> Whole:
        """The unit with each of its loads changed."""
        return Whole(loads=tuple(map(change, self.loads)))

    @property
    def status(self) -> str:
        """Of all its loads the same: the strictest of what is on it."""
        return self.loads[0].status

    @property
    def quantity(self) -> Decimal:
        """Base units of all items together."""
        return sum((load.quantity for load in self.loads), NOTHING)
