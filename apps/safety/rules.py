"""Pure rules on hazard and temperature."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TemperatureRange:
    """A band in °C; None is open at that end."""

    low: Decimal | None
    high: Decimal | None

    def within(self, other: TemperatureRange) -> bool:
        """Whether every temperature of this band lies in the other."""
        low_ok = other.low is None or (self.low is not None and self.low >= other.low)
        high_ok = other.high is None or (self.high is not None and self.high <= other.high)
        return low_ok and high_ok


def keeps(offered: TemperatureRange | None, needed: TemperatureRange | None) -> bool:
    """Whether a place that keeps `offered` suits goods that need `needed`.

    Goods without a need go anywhere; goods with one only where the place's band lies within theirs.
    """
    if needed is None:
        return True
    return offered is not None and offered.within(needed)
