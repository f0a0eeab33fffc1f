"""What hazards and temperatures mean for storage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """Two hazard classes and what their goods may not share, or how far apart they are, with where the rule is from."""

    codes: tuple[str, str]
    apart: str
    metres: Decimal | None = None
    source: str
    is_verified: bool

    def __str__(self) -> str:
        """The source, and whether anybody stands for it here."""
        told = self.source if self.metres is None else f"{self.source}, {self.metres} m apart"
        return told if self.is_verified else f"{told} (not verified)"

    @property
    def keeps_apart(self) -> bool:
        """Whether it asks for anything."""
        return self.apart != Apart.TOGETHER or self.metres is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """The dangerous goods near a place, each told by its classes."""

    shared: Mapping[Apart, frozenset[Classes]] = field(default_factory=dict)
    """What is in the same bin, bay, zone or fire area."""
    away: frozenset[tuple[Classes, Decimal | None]] = frozenset()
    """How many metres off each is, None where that is not known; kept where a rule asks for a distance."""

    @property
    def around(self) -> Mapping[Apart, frozenset[Classes]]:
        """What is in the same bay, zone or fire area, without what is in the very bin."""
        return {scope: goods for scope, goods in self.shared.items() if scope != Apart.BIN}

    def also(self, classes: Classes, scopes: Iterable[Apart], away: Iterable[Decimal | None] = ()) -> Near:
        """And goods of these classes, with which the place has so much in common, so many metres off."""
        shared = {**self.shared, **{scope: self.shared.get(scope, frozenset()) | {classes} for scope in scopes}}
        return Near(shared=shared, away=self.away | {(classes, metres) for metres in away})


@dataclass(frozen=True, slots=True, kw_only=True)
class Segregation:
    """The rules of a day, by the codes of both classes; a pair without one may stand together."""

    rules: Mapping[frozenset[str], ApartRule] = field(default_factory=dict)

    @property
    def reach(self) -> Apart:
        """How far away goods may matter at most: a distance may cross any border."""
        if self.has_distances:
            return Apart.AREA
        return max(
            (Apart(rule.apart) for rule in self.rules.values()), key=STRICTNESS.__getitem__, default=Apart.TOGETHER
        )

    @property
    def has_distances(self) -> bool:
        """Whether any rule asks for metres."""
        return any(rule.metres is not None for rule in self.rules.values())

    def without(self, rule: ApartRule) -> Segregation:
        """As if there were no rule of the two classes."""
        return Segregation(rules={pair: each for pair, each in self.rules.items() if each != rule})

    def between(self, goods: Classes, others: Classes) -> list[ApartRule]:
        """The rules that keep two goods apart, by any class of one and of the other, the strictest first.

        A subsidiary hazard counts as the chief one does. Goods of the very same classes are apart only where the rule
        of their chief class says so of itself: nothing is kept from its like for a hazard that both have.
        """
        pairs = [(goods[0], others[0])] if goods and goods == others else product(goods, others)
        found = (self.rules.get(frozenset(pair)) for pair in pairs)
        return sorted(
            (rule for rule in found if rule is not None and rule.keeps_apart),
            key=lambda rule: (-STRICTNESS[Apart(rule.apart)], rule.codes),
        )

    def against(self, goods: Classes, near: Near) -> tuple[ApartRule, Classes] | None:
        """The rule that keeps goods away from some that are near, and the classes of those; None without one."""
        if not goods or not self.rules:
            return None
        for scope, rank in STRICTNESS.items():
            for others in sorted(near.shared.get(scope, ())):
                for rule in self.between(goods, others):
                    if STRICTNESS[Apart(rule.apart)] >= rank:
                        return rule, others
        for others, metres in sorted(near.away, key=lambda each: (each[0], each[1] or 0)):
            for rule in self.between(goods, others):
                if rule.metres is not None and (metres is None or metres < rule.metres):
                    return rule, others
        return None


STRICTNESS: Mapping[Apart, int] = {apart: rank for rank, apart in enumerate(Apart)}
NONE_APART = Segregation()
"""Where nothing is hazardous."""
