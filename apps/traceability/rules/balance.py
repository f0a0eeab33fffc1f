"""The mass balance of a lot: what came in is still here or left by a known way (21 CFR 7.53 asks for it)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from apps.locations.choices import LocationKind

NONE = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flowed:
    """A quantity crossed the border between our places and a virtual one, perhaps to undo an earlier crossing."""

    source: LocationKind
    target: LocationKind
    quantity: Decimal
    reversal: bool = False
    opening: bool = False
    """It stood here on the first day, or that was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MassBalance:
    """Opening stock, received, made and returned, against on hand and every way out; base units."""

    opening: Decimal
    received: Decimal
    made: Decimal
    """Produced here: assembled, or taken out of something."""
    returned: Decimal
    on_hand: Decimal
    shipped: Decimal
    scrapped: Decimal
    adjusted: Decimal
    """Written off less found in counts."""
    consumed: Decimal
    sent_back: Decimal

    @property
    def difference(self) -> Decimal:
        """What came in and is not accounted for."""
        out = self.shipped + self.scrapped + self.adjusted + self.consumed + self.sent_back
        return self.came - self.on_hand - out

    @property
    def came(self) -> Decimal:
        """All that came in."""
        return self.opening + self.received + self.made + self.returned

    @property
    def percent_reconciled(self) -> Decimal:
        """What is accounted for, in per cent of what came in, to four decimals; 100 where nothing came."""
        return round((self.came - self.difference) * HUNDRED / self.came, 4) if self.came else HUNDRED

    @property
    def balances(self) -> bool:
        """Whether every unit is accounted for."""
        return not self.difference


_IN = {
    LocationKind.SUPPLIER: "received",
    LocationKind.PRODUCTION: "made",
    LocationKind.CUSTOMER: "returned",
    LocationKind.ADJUSTMENT: "adjusted",
    LocationKind.SCRAP: "scrapped",
}
_OUT = {
    LocationKind.CUSTOMER: "shipped",
    LocationKind.SCRAP: "scrapped",
    LocationKind.ADJUSTMENT: "adjusted",
    LocationKind.PRODUCTION: "consumed",
    LocationKind.SUPPLIER: "sent_back",
}
_BOTH_WAYS = {"adjusted", "scrapped"}
"""One figure for out less in."""


def weigh(flows: Iterable[Flowed], *, on_hand: Decimal) -> MassBalance:
    """Add up a lot's crossings. A reversal takes back the crossing it mirrors; it is no return and no receipt."""
    totals = dict.fromkeys({"opening", *_IN.values(), *_OUT.values()}, NONE)
    for flow in flows:
        sign = -1 if flow.reversal else 1
        if flow.opening:
            totals["opening"] += sign * flow.quantity
            continue
        source, target = (flow.target, flow.source) if flow.reversal else (flow.source, flow.target)
        if source in _IN:
            name = _IN[source]
            totals[name] += -sign * flow.quantity if name in _BOTH_WAYS else sign * flow.quantity
        if target in _OUT:
            totals[_OUT[target]] += sign * flow.quantity
    return MassBalance(on_hand=on_hand, **totals)
