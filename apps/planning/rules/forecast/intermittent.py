"""Methods for demand that comes now and then: how much, apart from how often.

Weights are never below one over the number of observations, as in smoothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from apps.planning.rules.forecast.values import Fit, Flags, Table, Whole, column, grid_of, picked, walk

ALPHAS = (0.1, 0.2, 0.3)
SIZES = (0.1, 0.2, 0.3)
CHANCES = (0.1, 0.15, 0.2, 0.3)


class Intervals:
    """The size of a demand over the periods between two: both move when there is a demand.

    The first interval is counted from the first period that is known. When `corrected`, the rate is
    lowered by a share of alpha / 2.
    """

    warmup = 1

    def __init__(self, alphas: Sequence[float], *, corrected: bool) -> None:
        self.grid = grid_of(alphas)
        self.factor = 1 - column(self.grid, 0) / 2 if corrected else np.ones((len(self.grid), 1))

    def begin(self, history: Table) -> None:
        """Start at nothing, with no demand seen."""
        self.demands = np.zeros(history.shape[1])
        self.waited = np.zeros(history.shape[1])
        self.size = np.zeros((len(self.grid), history.shape[1]))
        self.interval = np.zeros_like(self.size)

    def following(self) -> Table:
        """Size over interval; nothing before the first demand."""
        return self.factor * self.size / np.maximum(self.interval, 1.0)

    def learn(self, actual: Table, seen: Flags, error: Table) -> None:  # noqa: ARG002 - of sizes and intervals
        """Move both where there was a demand."""
        self.waited += seen
        occurs = seen & (actual > 0)
        self.demands += occurs
        weight = np.maximum(column(self.grid, 0), 1 / np.maximum(self.demands, 1)) * occurs
        self.size = self.size + weight * (np.where(occurs, actual, 0.0) - self.size)
        self.interval = self.interval + weight * (self.waited - self.interval)
        self.waited = np.where(occurs, 0.0, self.waited)

    def ahead(self, best: Whole, horizon: int) -> Table:
        """The same rate in every period."""
        return np.repeat(picked(self.following(), best)[:, None], horizon, axis=1)


class Chances:
    """The size of a demand times the chance of one; the chance moves in every period, so that dead stock dies."""

    warmup = 1

    def __init__(self, alphas: Sequence[float], betas: Sequence[float]) -> None:
        self.grid = grid_of(alphas, betas)

    def begin(self, history: Table) -> None:
        """Start at nothing."""
        self.count = np.zeros(history.shape[1])
        self.demands = np.zeros(history.shape[1])
        self.size = np.zeros((len(self.grid), history.shape[1]))
        self.chance = np.zeros_like(self.size)

    def following(self) -> Table:
        """Chance times size."""
        return self.chance * self.size

    def learn(self, actual: Table, seen: Flags, error: Table) -> None:  # noqa: ARG002 - of sizes and chances
        """Move the chance in every period that was seen, the size where there was a demand."""
        self.count += seen
        occurs = seen & (actual > 0)
        self.demands += occurs
        size = np.maximum(column(self.grid, 0), 1 / np.maximum(self.demands, 1)) * occurs
        chance = np.maximum(column(self.grid, 1), 1 / np.maximum(self.count, 1)) * seen
        self.size = self.size + size * (np.where(occurs, actual, 0.0) - self.size)
        self.chance = self.chance + chance * (occurs - self.chance)

    def ahead(self, best: Whole, horizon: int) -> Table:
        """The same rate in every period."""
        return np.repeat(picked(self.following(), best)[:, None], horizon, axis=1)


def croston(
    demand: Table, *, horizon: int, origins: Sequence[int] | None = None, alphas: Sequence[float] = ALPHAS
) -> Fit:
    """Croston: smoothed size of a demand over the smoothed periods between two (Croston 1972). It is biased upwards."""
    return walk(Intervals(alphas, corrected=False), demand, horizon=horizon, origins=origins)


def sba(demand: Table, *, horizon: int, origins: Sequence[int] | None = None, alphas: Sequence[float] = ALPHAS) -> Fit:
    """SBA: Croston's rate times 1 - alpha / 2, which takes most of its bias off (Syntetos, Boylan 2005)."""
    return walk(Intervals(alphas, corrected=True), demand, horizon=horizon, origins=origins)


def tsb(
    demand: Table,
    *,
    horizon: int,
    origins: Sequence[int] | None = None,
    alphas: Sequence[float] = SIZES,
    betas: Sequence[float] = CHANCES,
) -> Fit:
    """TSB: smoothed size times smoothed chance of a demand, moved in every period (Teunter, Syntetos, Babai 2011)."""
    return walk(Chances(alphas, betas), demand, horizon=horizon, origins=origins)
