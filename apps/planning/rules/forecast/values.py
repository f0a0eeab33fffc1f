"""Tables of demand: how they lie in memory, what they may hold, and how a method walks through them once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What a method would have said at each origin, from the periods before it alone."""

    ahead: Table
    """Origins x series x periods ahead, in units of demand a period; NaN where the method was not ready."""
    parameters: Table
    """Series x parameters, as chosen on all the history: the least squared one-step error."""


class Method(Protocol):
    """One recursion for many series and many candidate parameters at once: arrays of candidates x series."""

    grid: Table
    """Candidates x parameters."""
    warmup: int
    """So many observations it takes before it forecasts."""

    def begin(self, history: Table) -> None:
        """Take the history (periods x series) to size the states by."""

    def following(self) -> Table:
        """The forecast of the period to come: candidates x series."""

    def learn(self, actual: Table, seen: Flags, error: Table) -> None:
        """Take in a period; where it was not seen, time goes by and nothing is learnt."""

    def ahead(self, best: Whole, horizon: int) -> Table:
        """Forecasts of the next periods with each series' best candidate: series x horizon."""


def cleaned(demand: Table) -> tuple[Table, Whole]:
    """The history with what is below zero as zero, and of each series how many periods that were.

    A period in which more came back than went out is no demand to plan for; NaN stays: nothing is known of the period.
    An infinite demand, or a table that is not series x periods, is a ValueError.
    """
    table = np.asarray(demand, dtype=np.float64)
    if table.ndim != 2:  # noqa: PLR2004 - series and periods
        raise ValueError("Demand is a table of series x periods.")
    if np.isinf(table).any():
        raise ValueError("Demand is finite.")
    below = table < 0
    return np.where(below, 0.0, table), below.sum(axis=1)


def walk(method: Method, demand: Table, *, horizon: int, origins: Sequence[int] | None = None) -> Fit:
    """Run a method once over demand (series x periods) and say what it forecast at each origin.

    An origin is a number of periods that are known; without any the end of the history is the only one. At each the
    candidate is used that had the least squared one-step error until then.
    """
    history = np.ascontiguousarray(demand.T)
    periods, series = history.shape
    wanted = set(origins if origins is not None else (periods,))
    method.begin(history)
    squared = np.zeros((len(method.grid), series))
    count = np.zeros(series)
    told = []
    for period in range(periods + 1):
        if period in wanted:
            ahead = method.ahead(squared.argmin(axis=0), horizon)
            told.append(np.where((count >= method.warmup)[:, None], ahead, np.nan))
        if period == periods:
            break
        actual = history[period]
        seen = ~np.isnan(actual)
        error = np.where(seen, actual - method.following(), 0.0)
        squared += np.where(count >= method.warmup, error * error, 0.0)
        count += seen
        method.learn(actual, seen, error)
    return Fit(ahead=np.array(told), parameters=method.grid[squared.argmin(axis=0)])


def picked(states: Table, best: Whole) -> Table:
    """Of states (candidates x series) those of each series' best candidate."""
    return states[best, np.arange(states.shape[1])]


def column(grid: Table, index: int) -> Table:
    """A parameter of all candidates, to be spread over series."""
    return grid[:, index : index + 1]


def grid_of(*values: Sequence[float]) -> Table:
    """Every combination of the parameters' values: candidates x parameters."""
    return np.stack([axis.ravel() for axis in np.meshgrid(*values, indexing="ij")], axis=1)
