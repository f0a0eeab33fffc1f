"""A day of a sensor's readings as a drawing: server-side SVG without script, its band behind the line."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from apps.compliance.rules.climate import GAP, Band, Sample

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 10, 26
PLOT_WIDTH, PLOT_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
MARKS = 6
"""Hours between two marks below a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A level with its figure, or an hour with its name."""

    at: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClimateChart:
    """Where everything stands; `lines` are broken where nothing was read for long."""

    sensor: str
    unit: str
    words: str
    lines: tuple[str, ...]
    gaps: tuple[tuple[float, float], ...]
    """Where a gap begins and how wide it is."""
    beyond: tuple[tuple[float, float], ...]
    """Readings beyond the band."""
    band: tuple[float, float] | None
    """The upper edge of the band and how high it is."""
    levels: tuple[Line, ...]
    hours: tuple[Line, ...]

    width, height = WIDTH, HEIGHT
    left, upper = LEFT, TOP
    right, lower = WIDTH - RIGHT, HEIGHT - BOTTOM
    plot_width, plot_height = PLOT_WIDTH, PLOT_HEIGHT
    hour_line = HEIGHT - 8


def chart_of(
    samples: Sequence[Sample],
    band: Band,
    *,
    sensor: str,
    unit: str,
    since: datetime,
    until: datetime,
    interval: timedelta,
    zone: str,
) -> ClimateChart:
    """Draw what was read between two instants; the last reading before may be among the samples."""
    inside = [each for each in samples if since <= each.at <= until]
    low, high = _scale([each.value for each in inside], band)

    def x(at: datetime) -> float:
        return round(LEFT + PLOT_WIDTH * ((at - since) / (until - since)), 1)

    def y(value: Decimal) -> float:
        return round(TOP + PLOT_HEIGHT * float((high - value) / (high - low)), 1)

    pieces: list[list[Sample]] = [[]]
    gaps = []
    edges = [since, *(each.at for each in inside), until]
    for before, after in pairwise(edges):
        if after - before > GAP * interval:
            gaps.append((x(before), round(x(after) - x(before), 1)))
    for each in inside:
        if pieces[-1] and each.at - pieces[-1][-1].at > GAP * interval:
            pieces.append([])
        pieces[-1].append(each)
    top = TOP if band.high is None else y(band.high)
    bottom = HEIGHT - BOTTOM if band.low is None else y(band.low)
    beyond = [each for each in inside if not band.holds(each.value)]
    return ClimateChart(
        sensor=sensor,
        unit=unit,
        words=_words(inside, beyond, gaps, unit),
        lines=tuple(" ".join(f"{x(each.at)},{y(each.value)}" for each in piece) for piece in pieces if piece),
        gaps=tuple(gaps),
        beyond=tuple((x(each.at), y(each.value)) for each in beyond),
        band=None if band.is_open else (top, round(bottom - top, 1)),
        levels=tuple(Line(at=y(level), words=f"{level:g}") for level in _levels(low, high)),
        hours=tuple(_hours(since, until, zone, x)),
    )


def _words(inside: Sequence[Sample], beyond: Sequence[Sample], gaps: Sequence[object], unit: str) -> str:
    """The drawing for who cannot see it."""
    if not inside:
        return "Nothing was read."
    values = [each.value for each in inside]
    read = "1 reading of" if len(values) == 1 else f"{len(values):,} readings between {min(values):g} and"
    said = f"{read} {max(values):g} {unit}, {len(beyond):,} beyond the band"
    word = "gap" if len(gaps) == 1 else "gaps"
    return f"{said}; {len(gaps)} {word} of more than two intervals without a reading." if gaps else f"{said}."


def _scale(values: Sequence[Decimal], band: Band) -> tuple[Decimal, Decimal]:
    """The lowest and the highest level: all readings and the band, with a little air, in whole steps."""
    known = [*values, *(edge for edge in (band.low, band.high) if edge is not None)] or [Decimal(0)]
    step = _step(max(known) - min(known))
    low = (min(known) // step - 1) * step
    high = (max(known) // step + 2) * step
    return low, high


def _step(span: Decimal) -> Decimal:
    return next((Decimal(step) for step in (1, 2, 5, 10, 20) if span <= 5 * step), Decimal(50))


def _levels(low: Decimal, high: Decimal) -> list[Decimal]:
    step = _step(high - low)
    first = -(-low // step) * step
    return [first + n * step for n in range(int((high - first) // step) + 1)]


def _hours(since: datetime, until: datetime, zone: str, x: Callable[[datetime], float]) -> list[Line]:
    """Every six hours by the clock on the wall; where it changes, the marks stand nearer or wider apart."""
    local = zoneinfo.ZoneInfo(zone)
    hours = []
    at = since.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    while at < until:
        here = at.astimezone(local)
        if here.hour % MARKS == 0:
            words = here.strftime("%H:%M") if here.hour else here.strftime("%-d %b")
            hours.append(Line(at=x(at), words=words))
        at += timedelta(hours=1)
    return hours
