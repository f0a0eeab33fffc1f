"""What of all the goods on one vehicle does not simply ride together: 49 CFR 177.848, pair by pair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain, combinations, product

from apps.safety.rules.transport import (
    AMMONIUM_NITRATE,
    EXPLOSIVES,
    Hazard,
    Mixing,
    TransportRules,
    Verdict,
    may_load_together,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two goods that do not simply ride together."""

    first: Hazard
    second: Hazard
    mixing: Mixing


def what_rides_together(
    hazards: Iterable[Hazard],
    rules: TransportRules,
    *,
    beside: Iterable[Hazard] = (),
    least: Verdict = Verdict.NOT_COVERED,
) -> list[Pair]:
    """Every pair of different goods, among these and of these with those `beside`, that comes to `least` or stricter.

    The strictest come first. Goods that differ in nothing that the rules look at are judged once.
    """
    new = list(dict.fromkeys(hazards))
    known = set(new)
    there = [hazard for hazard in dict.fromkeys(beside) if hazard not in known]
    numbered: dict[Hazard, int] = {}
    kinds = {id(hazard): numbered.setdefault(_kind(hazard), len(numbered)) for hazard in (*new, *there)}
    judged: dict[tuple[int, int], Verdict] = {}
    found = []
    for one, other in chain(combinations(new, 2), product(new, there)):
        key = kinds[id(one)], kinds[id(other)]
        verdict = judged.get(key)
        if verdict is None:
            verdict = judged[key] = may_load_together(one, other, rules).verdict
        if verdict >= least and verdict > Verdict.TOGETHER:
            found.append(Pair(first=one, second=other, mixing=may_load_together(one, other, rules)))
    return sorted(found, key=lambda pair: -pair.mixing.verdict)


def _kind(hazard: Hazard) -> Hazard:
    """All that the rules look at: names they do not, numbers only of explosives and of what note A names."""
    explosive = not EXPLOSIVES.keys().isdisjoint((hazard.code, *hazard.subsidiary))
    numbered = explosive or hazard.un_number == AMMONIUM_NITRATE
    return replace(hazard, name="", un_number=hazard.un_number if numbered else "")
