"""What hazards and temperatures mean for storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

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


Classes = tuple[str, ...]
"""The codes of all hazard classes of goods, the chief one first; empty when they have none."""


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
    """The rules of a day, by the codes of both classes; a pair without one may stand together."""

    rules: Mapping[frozenset[str], ApartRule] = field(default_factory=dict)

    @property
    def reaches_zones(self) -> bool:
        """Whether any pair may not share a zone."""
        return any(rule.apart == Apart.ZONE for rule in self.rules.values())

    def between(self, goods: Classes, others: Classes) -> ApartRule | None:
        """The strictest rule that keeps two goods apart, by any class of one and of the other; None without one.

        A subsidiary hazard counts as the chief one does. Goods of the very same classes are apart only where the rule
        of their chief class says so of itself: nothing is kept from its like for a hazard that both have.
        """
        pairs = [(goods[0], others[0])] if goods and goods == others else product(goods, others)
        found = (self.rules.get(frozenset(pair)) for pair in pairs)
        apart = [rule for rule in found if rule is not None and rule.apart != Apart.TOGETHER]
        return max(apart, key=lambda rule: STRICTNESS[rule.apart], default=None)

    def against(
        self, goods: Classes, *, bin_: Collection[Classes], zone: Collection[Classes]
    ) -> tuple[ApartRule, Classes] | None:
        """The rule that keeps goods away from some in the bin, or in its zone, and their classes; None without one."""
        if not goods or not self.rules:
            return None
        for there, kept in ((bin_, (Apart.BIN, Apart.ZONE)), (zone, (Apart.ZONE,))):
            for others in sorted(there):
                rule = self.between(goods, others)
                if rule is not None and rule.apart in kept:
                    return rule, others
        return None


STRICTNESS = {apart: rank for rank, apart in enumerate(Apart.values)}
NONE_APART = Segregation()
"""Where nothing is hazardous."""
