"""Whether two hazardous goods may ride on one vehicle by highway: 49 CFR 177.848, with what its table does not show.

What is not known of the goods is taken at its worst, and said. "No row" is never "safe": it is told as not covered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from apps.safety.choices import HazardZone, PackingGroup, TransportMark


class Verdict(IntEnum):
    """What may be done with two goods on one vehicle; the stricter the higher."""

    TOGETHER = 0
    NOT_COVERED = 1
    """The table has no row for one of them: nothing is said, which is not that it is safe."""
    SEPARATED = 2
    """Only as the rule's condition says; whoever loads them says how it is met."""
    NEVER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """What of goods the rules of transport look at."""

    code: str
    """Class or division, as 3 or 5.1; of explosives without the group."""
    name: str = ""
    un_number: str = ""
    packing_group: str = ""
    zone: str = ""
    is_liquid: bool | None = None
    group: str = ""
    """Compatibility group of an explosive."""
    subsidiary: tuple[str, ...] = ()
    is_acid: bool = False
    is_cyanide: bool = False
    is_limited_quantity: bool = False

    @property
    def classes(self) -> tuple[str, ...]:
        """All its hazard classes, the chief one first, each once."""
        return tuple(dict.fromkeys((self.code, *self.subsidiary)))

    def __str__(self) -> str:
        return " ".join(part for part in (self.un_number, self.name, f"({self.code}{self.group})") if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRule:
    """A cell of a table, with where it is from."""

    mark: str
    source: str
    is_verified: bool

    def __str__(self) -> str:
        return self.source if self.is_verified else f"{self.source} (not verified)"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportRules:
    """The tables in force on a day, by the pair of rows; a pair of one row with itself is a set of one."""

    classes: Mapping[frozenset[str], TableRule] = field(default_factory=dict)
    explosives: Mapping[frozenset[str], TableRule] = field(default_factory=dict)

    @property
    def rows(self) -> frozenset[str]:
        """The classes that the table has a row for."""
        return frozenset().union(*self.classes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixing:
    """The answer on two goods: the strictest rule that fits, why, and what was taken at its worst."""

    verdict: Verdict
    because: str
    source: str = ""
    assumed: tuple[str, ...] = ()

    def __str__(self) -> str:
        unknown = f" Taken at its worst: {', '.join(self.assumed)}." if self.assumed else ""
        source = f" {self.source}." if self.source else ""
        return f"{self.because}{source}{unknown}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of the table for one hazard of the goods; none where the table does not cover it."""

    name: str | None
    code: str
    is_primary: bool
    assumed: str = ""


EXPLOSIVES = {"1.1": "1.1/1.2", "1.2": "1.1/1.2", "1.3": "1.3", "1.4": "1.4", "1.5": "1.5", "1.6": "1.6"}
PLAIN = ("2.1", "2.2", "3", "4.1", "4.2", "4.3", "5.1", "5.2", "7")
POISON_A = "6.1 I zone A"
CORROSIVE = "8 liquid"
AMMONIUM_NITRATE = "UN1942"
ALL_BEST = Mixing(verdict=Verdict.TOGETHER, because="The table puts no restriction on them.")
FLAMMABLE_OR_OXIDIZING = frozenset({"4.1", "4.2", "4.3", "5.1", "5.2"})


def rows_of(hazard: Hazard) -> tuple[_Row, ...]:
    """The table's rows for the goods' class and for each subsidiary hazard."""
    return tuple(_row(hazard, code, is_primary=index == 0) for index, code in enumerate(hazard.classes))


def _row(hazard: Hazard, code: str, *, is_primary: bool) -> _Row:
    name: str | None = None
    assumed = ""
    if code in PLAIN:
        name = code
    elif code in EXPLOSIVES:
        name = EXPLOSIVES[code]
    elif code == "2.3" and hazard.zone in {"", HazardZone.A, HazardZone.B}:
        name = "2.3 zone B" if hazard.zone == HazardZone.B else "2.3 zone A"
        assumed = "" if hazard.zone else "hazard zone A"
    elif code == "6.1" and _may_be_poison_a(hazard):
        name = POISON_A
        assumed = "" if hazard.packing_group and hazard.is_liquid else "a liquid of packing group I, zone A"
    elif code == "8" and hazard.is_liquid is not False:
        name = CORROSIVE
        assumed = "" if hazard.is_liquid else "a liquid"
    return _Row(name=name, code=code, is_primary=is_primary, assumed=assumed)


def _may_be_poison_a(hazard: Hazard) -> bool:
    """A poison is of the worst row unless its packing group, its zone or its form says that it is not."""
    if hazard.is_liquid is False:
        return False
    if not hazard.packing_group:
        return hazard.zone in {"", HazardZone.A}
    return hazard.packing_group == PackingGroup.I and hazard.zone == HazardZone.A


def may_load_together(first: Hazard, second: Hazard, rules: TransportRules) -> Mixing:
    """What 49 CFR 177.848 says of two goods on one vehicle: the strictest of all that applies, and why.

    Beside the table: (a) goods that need no label, (c) cyanides and acids, (e)(3) what is not loaded above or beside,
    (e)(5) note A, (e)(6) subsidiary hazards, (f) and (g) explosives by compatibility group.
    """
    if first == second and first.group != "L":
        return Mixing(verdict=Verdict.TOGETHER, because="They are the same goods.")
    if first.is_limited_quantity or second.is_limited_quantity:
        return Mixing(
            verdict=Verdict.TOGETHER,
            because="A limited quantity needs no label, so the table does not apply to it.",
            source="49 CFR 177.848(a), 172.400a(b)",
        )
    cells = [_cell(first, one, second, other, rules) for one in rows_of(first) for other in rows_of(second)]
    found = [_cyanide_and_acid(first, second), *cells]
    return max((each for each in found if each is not None), key=lambda each: each.verdict, default=ALL_BEST)


def _cyanide_and_acid(first: Hazard, second: Hazard) -> Mixing | None:
    if not ((first.is_cyanide and second.is_acid) or (first.is_acid and second.is_cyanide)):
        return None
    return Mixing(
        verdict=Verdict.NEVER,
        because="Cyanides do not ride with acids: together they make hydrogen cyanide.",
        source="49 CFR 177.848(c)",
    )


def _cell(first: Hazard, one: _Row, second: Hazard, other: _Row, rules: TransportRules) -> Mixing | None:
    assumed = tuple(f"{hazard} is {row.assumed}" for hazard, row in ((first, one), (second, other)) if row.assumed)
    if one.name is None or other.name is None:
        return _not_covered(one, other)
    rule = rules.classes.get(frozenset((one.name, other.name)))
    if rule is None:
        because = f"No table in force says anything of {one.name} with {other.name}."
        return Mixing(verdict=Verdict.NOT_COVERED, because=because)
    if rule.mark == TransportMark.BY_GROUP:
        return _by_group(first, second, rules)
    if _is_note_a(first, one, second, other) or rule.mark == TransportMark.NONE:
        return None
    mixing = _of_mark(rule, one, other, assumed)
    if first.code == second.code and not (one.is_primary and other.is_primary):
        return _of_one_class(mixing)
    return mixing


def _not_covered(one: _Row, other: _Row) -> Mixing:
    names = " and ".join(dict.fromkeys(row.code for row in (one, other) if row.name is None))
    return Mixing(
        verdict=Verdict.NOT_COVERED,
        because=f"The segregation table has no row for {names}, of this form and packing group.",
        source="49 CFR 177.848(d)",
    )


def _of_mark(rule: TableRule, one: _Row, other: _Row, assumed: tuple[str, ...]) -> Mixing:
    pair = f"{one.name} and {other.name}" if one.name != other.name else f"{one.name} and other goods of it"
    worse = "" if one.is_primary and other.is_primary else " by a subsidiary hazard"
    if rule.mark == TransportMark.NEVER:
        because = f"{pair} are not loaded on one vehicle{worse}."
        return Mixing(verdict=Verdict.NEVER, because=because, source=str(rule), assumed=assumed)
    beside = " and never above or beside each other" if _corrosive_beside({one.name, other.name}) else ""
    because = f"{pair} ride together only apart, so that what leaks cannot mix{beside}{worse}."
    return Mixing(verdict=Verdict.SEPARATED, because=because, source=str(rule), assumed=assumed)


def _corrosive_beside(rows: set[str | None]) -> bool:
    """(e)(3): however separated, class 8 liquids are not loaded above or beside classes 4 and 5."""
    return CORROSIVE in rows and bool(rows & FLAMMABLE_OR_OXIDIZING)


def _is_note_a(first: Hazard, one: _Row, second: Hazard, other: _Row) -> bool:
    """(e)(5): ammonium nitrate, UN1942, may ride with divisions 1.1 and 1.5, not with 1.2."""
    return (first.un_number == AMMONIUM_NITRATE and other.code in {"1.1", "1.5"}) or (
        second.un_number == AMMONIUM_NITRATE and one.code in {"1.1", "1.5"}
    )


def _of_one_class(mixing: Mixing) -> Mixing:
    """(e)(6): goods of one class may ride together in spite of a subsidiary hazard, if they do not react."""
    return Mixing(
        verdict=min(mixing.verdict, Verdict.SEPARATED),
        because=f"{mixing.because} Being of one class, they may if they cannot react dangerously with each other.",
        source=f"{mixing.source}; 49 CFR 177.848(e)(6)",
        assumed=mixing.assumed,
    )


def _by_group(first: Hazard, second: Hazard, rules: TransportRules) -> Mixing:
    unknown = [str(hazard) for hazard in (first, second) if not hazard.group]
    rule = rules.explosives.get(frozenset((first.group, second.group)))
    if unknown or rule is None:
        who = ", ".join(unknown) or f"groups {first.group} and {second.group}"
        return Mixing(
            verdict=Verdict.NEVER,
            because=f"Explosives ride together by compatibility group only; nothing is known of {who}.",
            source="49 CFR 177.848(f)",
        )
    pair = f"Explosives of compatibility groups {first.group} and {second.group}"
    mark = TransportMark(rule.mark)
    if mark == TransportMark.NONE:
        return _as_lower(first, second, pair, rule)
    if mark == TransportMark.IDENTICAL:
        same = bool(first.un_number) and first.un_number == second.un_number
        verdict = Verdict.TOGETHER if same else Verdict.NEVER
        return Mixing(verdict=verdict, because=f"{pair}: {mark.label.lower()}.", source=str(rule))
    verdict = MARKED[mark]
    return Mixing(verdict=verdict, because=f"{pair}: {mark.label.lower()}.", source=str(rule))


MARKED = {
    TransportMark.NEVER: Verdict.NEVER,
    TransportMark.DETONATORS: Verdict.NEVER,
    TransportMark.AS_E: Verdict.TOGETHER,
    TransportMark.AS_D: Verdict.TOGETHER,
    TransportMark.FIREWORKS: Verdict.SEPARATED,
    TransportMark.ARTICLES: Verdict.SEPARATED,
}
"""What the marks of (f) come to; a mark with a condition is for whoever loads to answer for."""


def _as_lower(first: Hazard, second: Hazard, pair: str, rule: TableRule) -> Mixing:
    """(h): explosives of one group ride as if all were of the lowest division; (i): 1.2D with 1.5D as 1.1D."""
    if first.code == second.code:
        return Mixing(verdict=Verdict.TOGETHER, because=f"{pair} ride together.", source=str(rule))
    lower = "1.1" if {first.code, second.code} == {"1.2", "1.5"} else min(first.code, second.code)
    because = f"{pair} ride together, all as division {lower}."
    return Mixing(verdict=Verdict.TOGETHER, because=because, source=str(rule))
