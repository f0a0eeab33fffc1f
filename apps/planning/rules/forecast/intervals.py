"""How far demand may be from its forecast: quantiles by the errors of the past.

Errors of each length (a period ahead, or a sum over several) are divided by their own root mean square and pooled, so
that few origins still show the shape of lumpy demand. A level that the errors are too few for is taken from the normal
distribution, never nearer than the errors themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import Final

import numpy as np

from apps.planning.rules.forecast.values import Table

LEAST: Final = 20
"""With fewer errors the normal distribution alone is used."""


def spread_of(errors: Table, otherwise: Table) -> Table:
    """Root mean squared error by length: series x lengths, of errors (series x origins x lengths; NaN: not known).

    Of a series without errors it is what is told otherwise for one period (by series), as by periods of one's own.
    """
    known = ~np.isnan(errors)
    count = known.sum(axis=1)
    squared = np.where(known, errors**2, 0.0).sum(axis=1)
    own = np.sqrt(squared / np.maximum(count, 1))
    return np.where(count > 0, own, otherwise[:, None])


def around(expected: Table, errors: Table, spread: Table, levels: Sequence[float]) -> Table:
    """Quantiles of demand, never below zero: series x lengths x levels.

    `expected` and `spread` are series x lengths, `errors` (actual less forecast) series x origins x lengths. A level is
    above 0 and below 1 (ValueError); a higher one never has less demand.
    """
    if not all(0 < level < 1 for level in levels):
        raise ValueError("A level is above 0 and below 1.")
    own = np.where(spread > 0, spread, 1.0)[:, None, :]
    lengths = min(errors.shape[2], expected.shape[1])
    shape = np.sort((errors[:, :, :lengths] / own[:, :, :lengths]).reshape(len(errors), -1), axis=1)
    count = (~np.isnan(shape)).sum(axis=1)
    told = [_quantile(shape, count, level) for level in levels]
    steps = np.stack(told, axis=1)[:, None, :]
    quantiles: Table = np.maximum(expected[:, :, None] + spread[:, :, None] * steps, 0.0)
    return quantiles


def _quantile(shape: Table, count: Table, level: float) -> Table:
    """The level's quantile of each row's known errors (Weibull's plotting position), or the normal one."""
    normal = NormalDist().inv_cdf(level)
    if not shape.shape[1]:
        return np.full(len(shape), normal)
    rows = np.arange(len(shape))
    last = np.maximum(count - 1, 0)
    place = level * (count + 1) - 1
    low = np.clip(np.floor(place).astype(np.int64), 0, last)
    high = np.minimum(low + 1, last)
    below, above = shape[rows, low], shape[rows, high]
    within = below + (above - below) * np.clip(place - low, 0.0, 1.0)
    beyond = np.where(place > last, np.maximum(within, normal), np.where(place < 0, np.minimum(within, normal), within))
    return np.where(count >= LEAST, beyond, normal)
