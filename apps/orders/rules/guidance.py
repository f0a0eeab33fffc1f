"""Outbound rules of a warehouse: which of them are about an order or a line, and why the others are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from apps.orders.choices import AllocationStrategy, PickKind, ReleaseWay, RuleAbout

WEIGHTS = {"item": 16, "category": 8, "customer": 4, "channel": 2, "zone": 1}
"""Who names an item is more to the point than who names all the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Orders and lines that are like this; what is empty does not matter."""

    code: str
    name: str
    about: RuleAbout
    priority: int
    item: int | None = None
    categories: frozenset[int] = frozenset()
    """A category with all below it."""
    customer: int | None = None
    channel: int | None = None
    zone: int | None = None
    names: tuple[tuple[str, str], ...] = ()
    """What it names and how that reads: `("item", "BOLT")`."""
    strategy: AllocationStrategy = AllocationStrategy.FEFO
    not_zones: frozenset[int] = frozenset()
    release: ReleaseWay = ReleaseWay.WAVE
    hours_before_due: int | None = None
    task_priority: int | None = None
    pick_kind: PickKind = PickKind.SINGLE
    instructions: str = ""

    @property
    def turn(self) -> tuple[int, int, str]:
        """Higher priority first, then what names more, then by code."""
        return -self.priority, -sum(WEIGHTS[what] for what, _ in self.names), self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """An order or a line: what a rule names must be among these."""

    customer: int
    channel: int
    items: frozenset[int]
    categories: frozenset[int]
    zones: frozenset[int] = frozenset()
    """Where goods for it stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a rule decides, and if not, why."""

    guide: Guide
    misses: tuple[str, ...]
    """What it names and the order or line is not: `("item",)`."""
    beaten_by: str = ""
    """The rule that matches too and goes first."""

    @property
    def decides(self) -> bool:
        """Whether it is followed."""
        return not self.misses and not self.beaten_by

    @property
    def sentence(self) -> str:
        """The reason in words."""
        if self.misses:
            wanted = (f"{what} {name}" for what, name in self.guide.names if what in self.misses)
            return f"Only for {' and '.join(wanted)}."
        if self.beaten_by:
            return f"Matches, but {self.beaten_by} goes first."
        named = " and ".join(f"{what} {name}" for what, name in self.guide.names)
        return f"Decides: for {named}." if named else "Decides: for everything."


def misses(guide: Guide, facts: Facts) -> tuple[str, ...]:
    """What a rule names and the order or line is not."""
    missed = []
    if guide.item is not None and guide.item not in facts.items:
        missed.append("item")
    if guide.categories and not guide.categories & facts.categories:
        missed.append("category")
    if guide.customer not in {None, facts.customer}:
        missed.append("customer")
    if guide.channel not in {None, facts.channel}:
        missed.append("channel")
    if guide.zone is not None and guide.zone not in facts.zones:
        missed.append("zone")
    return tuple(missed)


def verdicts(guides: Iterable[Guide], facts: Facts, *, about: RuleAbout) -> list[Verdict]:
    """All rules about it in the order in which they are asked. Of packing instructions all that match are followed."""
    found: list[Verdict] = []
    first = ""
    for guide in sorted((each for each in guides if each.about == about), key=lambda each: each.turn):
        missed = misses(guide, facts)
        found.append(Verdict(guide=guide, misses=missed, beaten_by="" if missed else first))
        if not missed and about != RuleAbout.PACK:
            first = first or guide.code
    return found


def decides(guides: Iterable[Guide], facts: Facts) -> Guide | None:
    """The first rule that matches, of those given, sorted by their turn."""
    return next((guide for guide in guides if not misses(guide, facts)), None)
