"""Measuring: rounds of ours and of the reference take turns, and medians are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed measure; `ratio` is our speed over the reference's, higher is better.

    `bar` is the least ratio. A measure of a time has `most` instead, the longest it may take, and less is better; one
    of a rate alone has `least`.
    """

    name: str
    ours: float
    unit: str
    reference: float | None = None
    bar: float | None = None
    most: float | None = None
    least: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours over the reference, None without one."""
        if self.reference is None:
            return None
        return self.ours / self.reference if self.most is None else self.reference / self.ours

    @property
    def verdict(self) -> str:
        """`short` when a bar is not reached; a measure without a bar is only told."""
        if self.most is not None:
            return "short" if self.ours > self.most else "ok"
        if self.least is not None:
            return "short" if self.ours < self.least else "ok"
        return "short" if self.bar is not None and (self.ratio or 0) < self.bar else "ok"

    def __str__(self) -> str:
        reference = "-" if self.reference is None else f"{self.reference:.1f}{self.unit}"
        ratio = "-" if self.ratio is None else f"{self.ratio:.2f}"
        bar = "-" if self.bar is None else f"{self.bar:.2f}"
        if self.most is not None:
            bar = f"<={self.most:.1f}{self.unit}"
        if self.least is not None:
            bar = f">={self.least:.1f}{self.unit}"
        return (
            f"BENCH {self.name} ours={self.ours:.1f}{self.unit} reference={reference} "
            f"ratio={ratio} bar={bar} {self.verdict}"
        )


def rate(work: Callable[[], object], times: int) -> float:
    """How often a second the work is done, over that many times."""
    start = perf_counter()
    for _ in range(times):
        work()
    return times / (perf_counter() - start)


def p95(times: Sequence[float]) -> float:
    """How long 95 of 100 took at most."""
    return quantiles(times, n=20)[-1]


def interleaved(
    ours: Callable[[], object], reference: Callable[[], object], *, rounds: int, times: int
) -> tuple[float, float]:
    """Median rates of both, taking turns so that a busy moment hits both; the first round warms up."""
    rates: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        rates[0].append(rate(ours, times))
        rates[1].append(rate(reference, times))
    return median(rates[0][1:]), median(rates[1][1:])
