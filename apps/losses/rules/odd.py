"""Which adjustments are odd, by robust statistics, each with the figures that say so.

The modified z-score of Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993): 0.6745 (x - median) / MAD, where
MAD is the median of the distances to the median; with a MAD of nought, as with many equal values, (x - median) /
(1.253314 MeanAD) instead. Medians are not moved by the very losses that are looked for, as means are. Values are
compared by their logarithm, since losses are many small ones and a few large. Stated from memory, not verified.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from math import log
from statistics import fmean, median

from apps.core.decimals import plain
from apps.losses.rules.shifts import OFF_SHIFT
from apps.losses.rules.shrinkage import Loss
from apps.losses.states import Oddity

NORMAL = 0.6745
MEAN = 1.253314


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far off is odd, and among how many."""

    score: float
    fewest: int
    repeats: int
    match: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """An adjustment and why it is odd, in a sentence with its figures; without a score where none is reckoned."""

    loss: Loss
    kind: Oddity
    because: str
    score: float | None = None


def score_of(value: float, among: Sequence[float]) -> float | None:
    """The modified z-score of a value; None where all are equal, so that nothing can be far off."""
    middle = median(among)
    distances = [abs(each - middle) for each in among]
    spread = median(distances)
    if spread:
        return NORMAL * (value - middle) / spread
    mean = fmean(distances)
    return (value - middle) / (MEAN * mean) if mean else None


def odd_among(losses: Iterable[Loss], limits: Limits, *, has_shifts: Callable[[str], bool]) -> list[Odd]:
    """What is odd among the adjustments of some days, by site, the latest first.

    Only what was written off and not scrapped is odd; what was found serves to tell what was only misplaced.
    """
    sites: defaultdict[str, list[Loss]] = defaultdict(list)
    for loss in losses:
        if not loss.is_explained:
            sites[loss.warehouse].append(loss)
    found: list[Odd] = []
    for site, rows in sites.items():
        off = [loss for loss in rows if loss.quantity > 0]
        found += _by_value(off, limits)
        found += _by_person(off, limits)
        found += _by_repeats(off, limits)
        found += _by_hours(off) if has_shifts(site) else []
        found += _matched(off, [loss for loss in rows if loss.quantity < 0], limits)
    return sorted(found, key=lambda odd: (odd.loss.at, odd.loss.move_id, odd.kind), reverse=True)


def _by_value(off: Sequence[Loss], limits: Limits) -> Iterable[Odd]:
    worth: Mapping[int, float] = {
        loss.move_id: log(float(loss.value)) for loss in off if loss.value is not None and loss.value > 0
    }
    if len(worth) < limits.fewest:
        return
    middle = median(float(loss.value) for loss in off if loss.value is not None and loss.value > 0)
    for loss in off:
        score = score_of(worth[loss.move_id], list(worth.values())) if loss.move_id in worth else None
        if score is not None and score >= limits.score:
            because = f"Worth {loss.value:.2f}; the median of {len(worth)} write-offs here is {middle:.2f}"
            yield Odd(loss=loss, kind=Oddity.VALUE, score=score, because=f"{because} (score {score:.1f}).")


def _by_person(off: Sequence[Loss], limits: Limits) -> Iterable[Odd]:
    """Of each person who stands out the latest write-off tells it."""
    times = Counter(loss.told_by for loss in off)
    if len(times) < limits.fewest:
        return
    middle = median(times.values())
    latest = {loss.told_by: loss for loss in sorted(off, key=lambda loss: (loss.at, loss.move_id))}
    for who, number in times.items():
        score = score_of(number, list(times.values()))
        if score is not None and score >= limits.score:
            because = f"{who} told {number} write-offs; the median of {len(times)} people here is {middle:g}"
            yield Odd(loss=latest[who], kind=Oddity.PERSON, score=score, because=f"{because} (score {score:.1f}).")


def _by_repeats(off: Sequence[Loss], limits: Limits) -> Iterable[Odd]:
    places: defaultdict[tuple[str, str], list[Loss]] = defaultdict(list)
    for loss in off:
        places[loss.place, loss.item].append(loss)
    for (place, item), rows in places.items():
        if len(rows) >= limits.repeats:
            total = sum((loss.quantity for loss in rows), Decimal(0))
            because = f"{item} was written off {len(rows)} times at {place}, {plain(total)} {rows[0].unit} in all."
            yield Odd(loss=max(rows, key=lambda loss: loss.at), kind=Oddity.REPEAT, because=because)


def _by_hours(off: Sequence[Loss]) -> Iterable[Odd]:
    for loss in off:
        if loss.shift == OFF_SHIFT:
            because = f"Missed at {loss.at:%a %H:%M}, when no shift works."
            yield Odd(loss=loss, kind=Oddity.HOURS, because=because)


def _matched(off: Sequence[Loss], on: Sequence[Loss], limits: Limits) -> Iterable[Odd]:
    appeared: defaultdict[tuple[str, str, Decimal], list[Loss]] = defaultdict(list)
    for other in on:
        appeared[other.item, other.lot, -other.quantity].append(other)
    for loss in off:
        for other in appeared[loss.item, loss.lot, loss.quantity]:
            if other.place != loss.place and abs(other.at - loss.at) <= limits.match:
                as_much = f"As much, {plain(loss.quantity)} {loss.unit},"
                because = f"{as_much} was found at {other.place} on {other.at:%d %b %H:%M}."
                yield Odd(loss=loss, kind=Oddity.MATCHED, because=because)
                break
