"""Putaway rules of a warehouse: which goods go nowhere but there, or there rather than elsewhere.

A rule narrows what the other hard rules allow and never lifts one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from apps.locations.choices import Velocity

if TYPE_CHECKING:
    from apps.storage.rules.bins import Bin
    from apps.storage.rules.goods import Load

LOOSE = "loose"
"""Comes on no handling unit."""
SAME_PACE, NEXT_PACE = 25, 10
"""What it is worth that a zone is meant for items that move as fast, or nearly."""
PACES = list(Velocity)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRule:
    """Goods that are like this go to places that are like that; what is empty does not matter."""

    code: str
    name: str
    priority: int
    only: bool
    points: int = 0
    item: int | None = None
    categories: frozenset[int] = frozenset()
    """A category with all below it."""
    hazard: str = ""
    condition: int | None = None
    status: str = ""
    comes_on: str = ""
    velocity: str = ""
    zone_id: int | None = None
    zone: str = ""
    kind: str = ""
    kind_label: str = ""

    def is_about(self, load: Load) -> bool:
        """Whether the goods are such as it speaks of."""
        asked = (
            (self.item, load.item_id),
            (self.hazard, load.hazard),
            (self.condition, load.condition),
            (self.status, load.status),
            (self.comes_on, load.comes_on),
            (self.velocity, load.velocity),
        )
        return all(not wanted or wanted == has for wanted, has in asked) and (
            not self.categories or load.category in self.categories
        )

    def says(self, *, kind: str, zone_id: int | None) -> bool:
        """Whether a place is such as it sends goods to."""
        return (not self.kind or self.kind == kind) and (self.zone_id is None or self.zone_id == zone_id)

    @property
    def where(self) -> str:
        """The places in words."""
        return " in ".join(filter(None, (self.kind_label.lower(), self.zone and f"zone {self.zone}")))

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"Rule {self.code} ({self.name}): {'only' if self.only else 'rather'} {self.where}."


def with_rules(load: Load, rules: Sequence[PlaceRule]) -> Load:
    """The load with the rules that are about it, the first to be followed first.

    Of those that say *only*, just the ones of the highest priority bind.
    """
    if not rules and not load.rules:
        return load
    about = sorted((rule for rule in rules if rule.is_about(load)), key=lambda rule: (-rule.priority, rule.code))
    if not about and not load.rules:
        return load
    highest = max((rule.priority for rule in about if rule.only), default=0)
    return replace(load, rules=tuple(rule for rule in about if not rule.only or rule.priority == highest))


def allowed(rules: Sequence[PlaceRule], *, kind: str, zone_id: int | None) -> bool:
    """Whether any rule that says *only* says this place, or there is none."""
    binding = [rule for rule in rules if rule.only]
    return not binding or any(rule.says(kind=kind, zone_id=zone_id) for rule in binding)


def speaking_for(load: Load, bin_: Bin) -> PlaceRule | None:
    """The rule by which goods would rather be here: the first that says so."""
    said = (rule for rule in load.rules if not rule.only and rule.says(kind=bin_.kind, zone_id=bin_.zone_id))
    return next(said, None)


def binding_to(load: Load, bin_: Bin) -> PlaceRule | None:
    """The rule by which goods may be nowhere but in such a place."""
    said = (rule for rule in load.rules if rule.only and rule.says(kind=bin_.kind, zone_id=bin_.zone_id))
    return next(said, None)


def pace(load: Load, bin_: Bin) -> int:
    """What it is worth how near an item's velocity is to its zone's."""
    if not load.velocity or not bin_.zone_velocity:
        return 0
    apart = abs(PACES.index(Velocity(load.velocity)) - PACES.index(Velocity(bin_.zone_velocity)))
    return (SAME_PACE, NEXT_PACE, 0)[apart]
