"""What may come back and what inspection may decide: pure rules on values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.ledger.states import StockStatus
from apps.returns.states import Disposition
from apps.safety.rules import TemperatureRange

ZERO = Decimal(0)

STATUS_AFTER: Mapping[str, StockStatus] = {
    Disposition.RESTOCK: StockStatus.AVAILABLE,
    Disposition.DAMAGED: StockStatus.DAMAGED,
    Disposition.QUARANTINE: StockStatus.BLOCKED,
}
"""The status that inspection gives goods that stay; scrapped ones are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedGoods:
    """So much (base units) of an order's line comes back; named by lot or serial number where there were several."""

    order_line: int
    quantity: Decimal
    lot_id: int | None = None
    serial_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmatchedGoods:
    """So much (base units) of an item comes back without an order to hold it against."""

    item_id: int
    quantity: Decimal
    lot_id: int | None = None
    serial_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedGoods:
    """So much (base units) of a line of the return is here."""

    line: int
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What went to customers, and what of it is back or announced to come."""

    shipped: Decimal = ZERO
    returned: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What may still come back."""
        return self.shipped - self.returned


def is_controlled(needed: TemperatureRange | None) -> bool:
    """Whether goods need a temperature; a condition without bounds (ambient) asks for none."""
    return needed is not None and (needed.low is not None or needed.high is not None)
