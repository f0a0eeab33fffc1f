"""What hazards and temperatures mean for storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from apps.safety.choices import Apart


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ApartRule:
    """Two hazard classes and what their goods may not share, with where the rule is from."""

    codes: tuple[str, str]
    apart: str
    source: str
    is_verified: bool

    def __str__(self) -> str:
        """The source, and whether anybody stands for it here."""
        return self.source if self.is_verified else f"{self.source} (not verified)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segregation:
    """The rules of a day, by the pair of classes; a pair without one may stand together."""

    rules: Mapping[frozenset[int], ApartRule] = field(default_factory=dict)

    @property
    def reaches_zones(self) -> bool:
        """Whether any pair may not share a zone."""
        return any(rule.apart == Apart.ZONE for rule in self.rules.values())

    def between(self, first: str, second: str) -> ApartRule | None:
        """The rule that keeps two classes apart, by their codes; None without one, or where it lets them together."""
        pair = {first, second}
        rule = next((rule for rule in self.rules.values() if set(rule.codes) == pair), None)
        return None if rule is None or rule.apart == Apart.TOGETHER else rule

    def against(self, hazard: int | None, *, bin_: Collection[int], zone: Collection[int]) -> ApartRule | None:
        """The rule that keeps a class away from those in the bin, or in its zone; None without one."""
        if hazard is None:
            return None
        for others, kept in ((bin_, (Apart.BIN, Apart.ZONE)), (zone, (Apart.ZONE,))):
            for other in sorted(others):
                rule = self.rules.get(frozenset((hazard, other)))
                if rule is not None and rule.apart in kept:
                    return rule
        return None


NONE_APART = Segregation()
"""Where nothing is hazardous."""
