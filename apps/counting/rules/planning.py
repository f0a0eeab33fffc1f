"""Which bins are worth counting first: by the error that a minute of counting is expected to remove.

    worth = chance of an error x weight of an error / minutes of work

*Chance*: of the bin's past counts so many were wrong, beside a prior of one in twenty; over as many quarters of a year
as have passed since. Each doubt that was raised since then halves what speaks for the bin. *Weight*: grows with the
logarithm of what the goods are worth, doubled for items of class B and trebled for A; of an empty bin it is small.
*Minutes*: for each record of the book, and for the way there, as counts took here.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from apps.counting.states import DoubtKind, ProgramKind

PRIOR_ERRORS, PRIOR_COUNTS = 1, 20
QUARTER = 90
NEVER = 365
"""Days that a bin which was never counted is taken to have waited."""
HASTE = {"A": 3.0, "B": 2.0, "C": 1.0, "": 1.0}
SPEED = {"A": 1.0, "B": 0.5, "C": 0.1, "": 0.0}
HOLDS, EMPTY = 2.0, 0.5
MANY_SHORTS, MANY_EMPTIES = 3, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """What is known of a bin that nobody counts now."""

    pk: int
    zone_id: int | None = None
    records: int = 0
    value: float = 0
    velocity: str = ""
    days: int | None = None
    """Since its last approved count; None: never."""
    counts: int = 0
    errors: int = 0
    last_varied: bool = False
    doubts: Mapping[str, int] = field(default_factory=dict)
    """Since its last count, by kind."""
    moved: int = 0
    """The last move of goods there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Of what a risk is put together; only their proportions matter."""

    value: int = 0
    velocity: int = 0
    variance: int = 0
    short: int = 0
    empty: int = 0
    age: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One reason to count."""

    pk: int
    kind: str
    abc_class: str = ""
    zone_id: int | None = None
    interval_days: int = 90
    sample_size: int = 0
    seed: str = ""
    events: Collection[str] = ()
    weights: Weights = Weights()
    threshold: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A bin to count, why, and what it should bring and take."""

    pk: int
    program_id: int
    worth: float
    minutes: float


def error_chance(bin_: Bin) -> float:
    """How likely the book of the bin is wrong now."""
    rate = (bin_.errors + PRIOR_ERRORS) / (bin_.counts + PRIOR_COUNTS)
    days = NEVER if bin_.days is None else max(bin_.days, 1)
    right: float = (1 - rate) ** (days / QUARTER)
    return 1 - right * 0.5 ** sum(bin_.doubts.values())


def weight(bin_: Bin) -> float:
    """What an error there matters."""
    if not bin_.records:
        return EMPTY
    return (HOLDS + math.log1p(max(bin_.value, 0))) * HASTE[bin_.velocity]


def minutes_of(bin_: Bin, *, a_record: float) -> float:
    """How long it should take to count it."""
    return a_record * (bin_.records + 1)


def worth(bin_: Bin, *, a_record: float) -> float:
    """The error that a minute of counting it is expected to remove."""
    return error_chance(bin_) * weight(bin_) / minutes_of(bin_, a_record=a_record)


def risk(bin_: Bin, weights: Weights, *, typical_value: float) -> float:
    """From 0 to 100."""
    doubts = bin_.doubts
    days = NEVER if bin_.days is None else bin_.days
    parts = (
        (weights.value, bin_.value / (bin_.value + typical_value) if bin_.value > 0 else 0),
        (weights.velocity, SPEED[bin_.velocity]),
        (weights.variance, float(bin_.last_varied)),
        (weights.short, min(doubts.get(DoubtKind.SHORT_PICK, 0) / MANY_SHORTS, 1)),
        (weights.empty, min(doubts.get(DoubtKind.EMPTY_BIN, 0) / MANY_EMPTIES, 1)),
        (weights.age, min(days / NEVER, 1)),
    )
    total = sum(each for each, _ in parts)
    return 100 * sum(each * part for each, part in parts) / total if total else 0


def due_by(bins: Sequence[Bin], programs: Iterable[Program], *, day: str) -> dict[int, int]:
    """The bins that any program wants counted on the day, each with the first program that does."""
    values = [each.value for each in bins if each.value > 0]
    typical = sum(values) / len(values) if values else 1.0
    due: dict[int, int] = {}
    for program in programs:
        for pk in _due(bins, program, day, typical):
            due.setdefault(pk, program.pk)
    return due


def _due(bins: Sequence[Bin], program: Program, day: str, typical: float) -> Iterator[int]:
    match program.kind:
        case ProgramKind.RANDOM:
            drawn = sorted(bins, key=lambda each: lot_of(each.pk, seed=program.seed, day=day))
            yield from (each.pk for each in drawn[: program.sample_size])
        case ProgramKind.EVENT:
            yield from (each.pk for each in bins if any(each.doubts.get(kind) for kind in program.events))
        case ProgramKind.RISK:
            aged = (each for each in bins if _aged(each, program))
            yield from (
                each.pk for each in aged if risk(each, program.weights, typical_value=typical) >= program.threshold
            )
        case ProgramKind.ZONE:
            yield from (each.pk for each in bins if each.zone_id == program.zone_id and _aged(each, program))
        case ProgramKind.CLASS:
            yield from (each.pk for each in bins if program.abc_class in {"", each.velocity} and _aged(each, program))


def _aged(bin_: Bin, program: Program) -> bool:
    return bin_.days is None or bin_.days >= program.interval_days


def lot_of(pk: int, *, seed: str, day: str) -> bytes:
    """What the bin draws on the day: the same for the same seed, and nobody can tell it without."""
    return hashlib.sha256(f"{seed} {day} {pk}".encode()).digest()


def choose(bins: Sequence[Bin], due: Mapping[int, int], *, minutes: float, a_record: float) -> list[Chosen]:
    """The due bins that fit into the minutes, the most worth first; of equal worth where goods moved last."""
    ranked = sorted(
        ((worth(each, a_record=a_record), each) for each in bins if each.pk in due),
        key=lambda pair: (-pair[0], -pair[1].moved, pair[1].pk),
    )
    chosen = []
    for gain, each in ranked:
        takes = minutes_of(each, a_record=a_record)
        if takes > minutes:
            continue
        minutes -= takes
        chosen.append(Chosen(pk=each.pk, program_id=due[each.pk], worth=gain, minutes=takes))
    return chosen
