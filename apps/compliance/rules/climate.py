"""Excursions and mean kinetic temperature: what a sensor's readings say of a band and of a window; pure.

A reading holds until the next one. Instants are in UTC, in which neither a change of clocks nor the end of a year makes
anything longer or shorter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from apps.compliance.states import ClimateVerdict

ACTIVATION_BY_GAS_CONSTANT = 83.144 / 0.0083144
"""Kelvin: the activation energy in kJ/mol by the gas constant in kJ/(mol K), as USP <1079.2> has them."""
KELVIN = 273.15
GAP = 2
"""Intervals without a reading after which nothing is known."""
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Within what readings are to be, both ends included; an end that is None has no limit."""

    low: Decimal | None
    high: Decimal | None

    @property
    def is_open(self) -> bool:
        """Whether anything at all is within it."""
        return self.low is None and self.high is None

    def holds(self, value: Decimal) -> bool:
        """Whether the value is within."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Sample:
    """A value at an instant."""

    at: datetime
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Readings beyond the band with none within it between them."""

    first_at: datetime
    last_at: datetime
    ended_at: datetime | None
    """The first reading within the band again; None while there is none."""
    lowest: Decimal
    highest: Decimal

    def overlaps(self, first_at: datetime, last_at: datetime) -> bool:
        """Whether both have an instant in common."""
        return self.first_at <= last_at and first_at <= self.last_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The rule by which an excursion is judged; °C."""

    window: timedelta
    most: Decimal
    lowest: Decimal
    highest: Decimal
    spike: Decimal
    spike_lasts: timedelta
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What a window's readings say."""

    verdict: ClimateVerdict
    because: str
    mean_kinetic: Decimal | None = None


def runs_of(samples: Sequence[Sample], band: Band) -> list[Run]:
    """The excursions among readings in order of time."""
    runs: list[Run] = []
    beyond: list[Sample] = []
    for sample in samples:
        if not band.holds(sample.value):
            beyond.append(sample)
        elif beyond:
            runs.append(_run(beyond, ended_at=sample.at))
            beyond = []
    if beyond:
        runs.append(_run(beyond, ended_at=None))
    return runs


def mean_kinetic(samples: Sequence[Sample], *, until: datetime) -> Decimal:
    """The mean kinetic temperature in °C of readings in order of time, each weighted by how long it held; 0.01 °C.

    USP <1079.2>: the temperature at which goods would have decayed as much as they did. Raises `ValueError` where no
    reading lasts any time.
    """
    spans = _spans(samples, until)
    whole = sum(seconds for _, seconds in spans)
    if whole <= 0:
        message = "A mean is taken over some time."
        raise ValueError(message)
    decay = sum(seconds * math.exp(-ACTIVATION_BY_GAS_CONSTANT / (float(value) + KELVIN)) for value, seconds in spans)
    kelvin = ACTIVATION_BY_GAS_CONSTANT / -math.log(decay / whole)
    return Decimal(kelvin - KELVIN).quantize(HUNDREDTH)


def gaps_of(
    samples: Sequence[Sample], *, interval: timedelta, since: datetime, until: datetime
) -> list[tuple[datetime, datetime]]:
    """From when until when nothing is known between two instants: more than two intervals without a reading."""
    instants = [since, *(each.at for each in samples if since < each.at < until), until]
    if samples and samples[0].at < since:
        instants[0] = max(each.at for each in samples if each.at <= since)
    pairs = pairwise(instants)
    return [(max(before, since), after) for before, after in pairs if after - before > GAP * interval]


def assess(samples: Sequence[Sample], limits: Limits, *, interval: timedelta, until: datetime) -> Assessment:
    """Judge the window that ends at `until`; with a gap in it nothing can be said, and that is never `within`.

    `samples` are in order of time and may begin before the window: the last before it holds into it.
    """
    since = until - limits.window
    before = [each for each in samples if each.at <= since]
    inside = [each for each in samples if since < each.at <= until]
    known = [*before[-1:], *inside]
    gaps = gaps_of(known, interval=interval, since=since, until=until)
    held = [Sample(max(each.at, since), each.value) for each in known]
    beyond = _beyond(held, limits, until, most_held=GAP * interval)
    if beyond:
        # What was read condemns, whatever was not read.
        mean = None if gaps else mean_kinetic(held, until=until)
        return Assessment(verdict=ClimateVerdict.BEYOND, because=beyond, mean_kinetic=mean)
    if gaps:
        first, last = gaps[0]
        more = f", and {len(gaps) - 1} more" if len(gaps) > 1 else ""
        because = f"No reading from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC{more}."
        return Assessment(verdict=ClimateVerdict.NOT_EVALUABLE, because=because)
    mean = mean_kinetic(held, until=until)
    hours = int(limits.window / timedelta(hours=1))
    said = f"Mean kinetic temperature {mean} °C over {hours} h, at most {limits.most} °C: {limits.source}"
    marked = said if limits.is_verified else f"{said} (not verified)"
    verdict = ClimateVerdict.WITHIN if mean <= limits.most else ClimateVerdict.BEYOND
    return Assessment(verdict=verdict, because=f"{marked}.", mean_kinetic=mean)


def _beyond(held: Sequence[Sample], limits: Limits, until: datetime, *, most_held: timedelta) -> str:
    """What no mean excuses; into a gap a reading holds no longer than is known."""
    values = [each.value for each in held]
    if not values:
        return ""
    if min(values) < limits.lowest:
        return f"{min(values)} °C was read; never below {limits.lowest} °C."
    if max(values) > limits.spike:
        return f"{max(values)} °C was read; never above {limits.spike} °C."
    longest = most_held.total_seconds()
    above = sum(min(seconds, longest) for value, seconds in _spans(held, until) if value > limits.highest)
    if above > limits.spike_lasts.total_seconds():
        hours = Decimal(above / 3600).quantize(Decimal("0.1"))
        most = int(limits.spike_lasts / timedelta(hours=1))
        return f"{hours} h above {limits.highest} °C; at most {most} h."
    return ""


def _spans(samples: Sequence[Sample], until: datetime) -> list[tuple[Decimal, float]]:
    """Each value with the seconds that it held."""
    ends = [*(each.at for each in samples[1:]), until]
    return [(each.value, (end - each.at).total_seconds()) for each, end in zip(samples, ends, strict=True)]


def _run(beyond: Sequence[Sample], *, ended_at: datetime | None) -> Run:
    values = [each.value for each in beyond]
    return Run(first_at=beyond[0].at, last_at=beyond[-1].at, ended_at=ended_at, lowest=min(values), highest=max(values))
