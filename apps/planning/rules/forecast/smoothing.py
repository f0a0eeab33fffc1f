"""Methods for demand that comes in most periods: levels and trends, smoothed.

A weight is never below one over the number of observations, so that a short history is averaged and the first
observation has no say beyond its share.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from apps.planning.rules.forecast.values import Fit, Flags, Table, Whole, column, grid_of, picked, walk

LEVELS = (0.1, 0.15, 0.2, 0.3, 0.5, 0.8)
TREND_LEVELS = (0.1, 0.3, 0.6)
TRENDS = (0.02, 0.1, 0.3)
DAMPING = (0.8, 0.9)


class Level:
    """A level that moves by a share of each error."""

    warmup = 1

    def __init__(self, alphas: Sequence[float]) -> None:
        self.grid = grid_of(alphas)

    def begin(self, history: Table) -> None:
        """Start at nothing: the first observation has the whole weight."""
        self.count = np.zeros(history.shape[1])
        self.level = np.zeros((len(self.grid), history.shape[1]))

    def following(self) -> Table:
        """The level."""
        return self.level

    def learn(self, actual: Table, seen: Flags, error: Table) -> None:  # noqa: ARG002 - the error says it
        """Move the level."""
        self.count += seen
        self.level = self.level + np.maximum(column(self.grid, 0), 1 / np.maximum(self.count, 1)) * error

    def ahead(self, best: Whole, horizon: int) -> Table:
        """The level, in every period."""
        return np.repeat(picked(self.level, best)[:, None], horizon, axis=1)


class Trend:
    """A level and a trend that fades by a share a period (1: it does not), started by the first two observations."""

    warmup = 2

    def __init__(self, alphas: Sequence[float], betas: Sequence[float], phis: Sequence[float]) -> None:
        self.grid = grid_of(alphas, betas, phis)

    def begin(self, history: Table) -> None:
        """Start at nothing."""
        self.count = np.zeros(history.shape[1])
        self.level = np.zeros((len(self.grid), history.shape[1]))
        self.trend = np.zeros_like(self.level)

    def following(self) -> Table:
        """The level and a faded trend."""
        return self.level + column(self.grid, 2) * self.trend

    def learn(self, actual: Table, seen: Flags, error: Table) -> None:  # noqa: ARG002 - the error says it
        """Move both; the second observation makes the trend."""
        self.count += seen
        alpha, beta, phi = (column(self.grid, each) for each in range(3))
        faded = phi * self.trend
        self.level = self.level + faded + np.where(self.count <= self.warmup, 1.0, alpha) * error
        share = np.where(self.count <= 1, 0.0, np.where(self.count <= self.warmup, 1.0, alpha * beta))
        self.trend = faded + share * error

    def ahead(self, best: Whole, horizon: int) -> Table:
        """The level, and the trend as it adds up."""
        fading = np.cumsum(self.grid[best, 2][:, None] ** np.arange(1, horizon + 1), axis=1)
        told: Table = picked(self.level, best)[:, None] + picked(self.trend, best)[:, None] * fading
        return told


class ThetaLine(Level):
    """A smoothed level, with half the slope of the straight line through the history as its drift."""

    warmup = 3

    def begin(self, history: Table) -> None:
        """Start the sums that the line is drawn by."""
        super().begin(history)
        self.period = 0
        self.sums = np.zeros((4, history.shape[1]))

    def learn(self, actual: Table, seen: Flags, error: Table) -> None:
        """Move the level, and add to the sums of time, demand, their product and time squared."""
        super().learn(actual, seen, error)
        self.period += 1
        known = np.where(seen, actual, 0.0)
        self.sums[0] += seen * self.period
        self.sums[1] += known
        self.sums[2] += known * self.period
        self.sums[3] += seen * float(self.period * self.period)

    def ahead(self, best: Whole, horizon: int) -> Table:
        """The level, half the slope for each period after the first, and what the level lags behind."""
        time, demand, product, square = self.sums
        count = np.maximum(self.count, 1)
        spread = square - time * time / count
        slope = (product - time * demand / count) / np.where(spread > 0, spread, np.inf)
        alpha = self.grid[best, 0]
        lag = (1 - (1 - alpha) ** count) / alpha
        steps = np.arange(horizon) + lag[:, None]
        told: Table = picked(self.level, best)[:, None] + slope[:, None] / 2 * steps
        return told


def naive(demand: Table, *, horizon: int, origins: Sequence[int] | None = None) -> Fit:
    """The last observation, in every period to come: a random walk's best forecast (Hyndman, Athanasopoulos 2021)."""
    return walk(Level([1.0]), demand, horizon=horizon, origins=origins)


def mean(demand: Table, *, horizon: int, origins: Sequence[int] | None = None) -> Fit:
    """The average of all observations, in every period to come."""
    return walk(Level([0.0]), demand, horizon=horizon, origins=origins)


def ses(demand: Table, *, horizon: int, origins: Sequence[int] | None = None, alphas: Sequence[float] = LEVELS) -> Fit:
    """Simple exponential smoothing: the level moves by alpha of each error (Brown 1959)."""
    return walk(Level(alphas), demand, horizon=horizon, origins=origins)


def holt(
    demand: Table,
    *,
    horizon: int,
    origins: Sequence[int] | None = None,
    alphas: Sequence[float] = TREND_LEVELS,
    betas: Sequence[float] = TRENDS,
) -> Fit:
    """Holt's linear trend: level and trend are smoothed, the trend goes on for ever (Holt 1957)."""
    return walk(Trend(alphas, betas, (1.0,)), demand, horizon=horizon, origins=origins)


def damped(
    demand: Table,
    *,
    horizon: int,
    origins: Sequence[int] | None = None,
    alphas: Sequence[float] = TREND_LEVELS,
    betas: Sequence[float] = TRENDS,
    phis: Sequence[float] = DAMPING,
) -> Fit:
    """Damped trend: as Holt's, but of the trend a share phi is left from period to period (Gardner, McKenzie 1985)."""
    return walk(Trend(alphas, betas, phis), demand, horizon=horizon, origins=origins)


def theta(
    demand: Table, *, horizon: int, origins: Sequence[int] | None = None, alphas: Sequence[float] = LEVELS
) -> Fit:
    """Theta: exponential smoothing with half the regression's slope as drift, without taking seasons out first.

    Assimakopoulos and Nikolopoulos 2000, in the form of Hyndman and Billah 2003.
    """
    return walk(ThetaLine(alphas), demand, horizon=horizon, origins=origins)
