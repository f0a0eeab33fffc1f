"""Methods for demand with seasons; a season is a number of periods (52 weeks, 12 months).

The first whole season after an item's first period starts the states; before that nothing is forecast.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from apps.planning.rules.forecast.values import Fit, Flags, Table, Whole, column, grid_of, picked, walk

LEVELS = (0.05, 0.2, 0.5)
TRENDS = (0.0, 0.05)
SEASONS = (0.05, 0.2)
TINY = 1e-9


class SameSeason:
    """What was asked for in the same part of the last season that is known."""

    def __init__(self, season: int) -> None:
        self.grid = np.array([[float(season)]])
        self.season = self.warmup = season

    def begin(self, history: Table) -> None:
        """Nothing is known of any part."""
        self.period = 0
        self.last = np.full((self.season, history.shape[1]), np.nan)

    def following(self) -> Table:
        """The same part."""
        part: Table = np.nan_to_num(self.last[self.period % self.season])
        return part[None]

    def learn(self, actual: Table, seen: Flags, error: Table) -> None:  # noqa: ARG002 - nothing is smoothed
        """Keep it where it was seen."""
        part = self.period % self.season
        self.last[part] = np.where(seen, actual, self.last[part])
        self.period += 1

    def ahead(self, best: Whole, horizon: int) -> Table:  # noqa: ARG002 - one candidate
        """The same parts, one after the other."""
        return self.last[(self.period + np.arange(horizon)) % self.season].T


class HoltWinters:
    """Level, trend and a figure for each part of the season, added to the level or multiplied with it."""

    def __init__(
        self,
        season: int,
        alphas: Sequence[float],
        betas: Sequence[float],
        gammas: Sequence[float],
        *,
        multiplicative: bool,
    ) -> None:
        self.grid = grid_of(alphas, betas, gammas)
        self.season = self.warmup = season
        self.multiplicative = multiplicative

    def begin(self, history: Table) -> None:
        """Level: the first season's mean; parts: the distance from it, or the ratio to it; no trend."""
        periods, series = history.shape
        known = ~np.isnan(history)
        self.starts = np.where(known.any(axis=0), known.argmax(axis=0), periods) + self.season
        part = (self.starts - self.season) + np.arange(self.season)[:, None]
        first = np.where(part < periods, np.take_along_axis(history, np.minimum(part, periods - 1), axis=0), np.nan)
        there = ~np.isnan(first)
        level = np.where(there, first, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
        if self.multiplicative:
            level = np.maximum(level, TINY)
            parts = np.where(there, first / level, 1.0)
        else:
            parts = np.where(there, first - level, 0.0)
        ordered = np.empty_like(parts)
        np.put_along_axis(ordered, part % self.season, parts, axis=0)
        shape = (len(self.grid), series)
        self.period = 0
        self.level = np.broadcast_to(level, shape)
        self.trend = np.zeros(shape)
        self.parts = np.repeat(ordered[:, None, :], len(self.grid), axis=1)

    def following(self) -> Table:
        """Level and trend, with the part's figure."""
        base, part = self.level + self.trend, self.parts[self.period % self.season]
        told: Table = base * part if self.multiplicative else base + part
        return told

    def learn(self, actual: Table, seen: Flags, error: Table) -> None:  # noqa: ARG002 - the error says it
        """Move all three, from the second season on."""
        alpha, beta, gamma = (column(self.grid, each) for each in range(3))
        running = self.period >= self.starts
        part = self.parts[self.period % self.season]
        error = np.where(running, error, 0.0)
        base = self.level + self.trend
        if self.multiplicative:
            pull = error / np.maximum(part, TINY)
            self.parts[self.period % self.season] = part + gamma * error / np.maximum(base, TINY)
        else:
            pull = error
            self.parts[self.period % self.season] = part + gamma * error
        self.level = np.where(running, base + alpha * pull, self.level)
        self.trend = self.trend + alpha * beta * pull
        self.period += 1

    def ahead(self, best: Whole, horizon: int) -> Table:
        """The trend goes on, the parts come again; nothing before the first season is whole."""
        steps = np.arange(1, horizon + 1)
        base = picked(self.level, best)[:, None] + picked(self.trend, best)[:, None] * steps
        series = np.arange(self.level.shape[1])
        rows = (self.period + np.arange(horizon)) % self.season
        parts = self.parts[rows[None, :], best[:, None], series[:, None]]
        told = base * parts if self.multiplicative else base + parts
        return np.where((self.period >= self.starts)[:, None], told, np.nan)


def seasonal_naive(demand: Table, *, horizon: int, season: int, origins: Sequence[int] | None = None) -> Fit:
    """What was asked for in the same part of the last season (Hyndman, Athanasopoulos 2021)."""
    return walk(SameSeason(season), demand, horizon=horizon, origins=origins)


def holt_winters(
    demand: Table,
    *,
    horizon: int,
    season: int,
    origins: Sequence[int] | None = None,
    multiplicative: bool = False,
    alphas: Sequence[float] = LEVELS,
    betas: Sequence[float] = TRENDS,
    gammas: Sequence[float] = SEASONS,
) -> Fit:
    """Holt-Winters: level, trend and seasons, each smoothed (Winters 1960).

    Seasons are multiplied only where all demand is above zero: other series have no forecast then (NaN).
    """
    method = HoltWinters(season, alphas, betas, gammas, multiplicative=multiplicative)
    if not multiplicative:
        return walk(method, demand, horizon=horizon, origins=origins)
    refused: Flags = np.any(demand <= 0, axis=1)
    fit = walk(method, np.where(refused[:, None], 1.0, demand), horizon=horizon, origins=origins)
    return Fit(ahead=np.where(refused[None, :, None], np.nan, fit.ahead), parameters=fit.parameters)
