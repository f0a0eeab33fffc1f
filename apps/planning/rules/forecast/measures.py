"""How good a forecast was. All of a table are series x periods; NaN is n/a, and where either is unknown nothing counts.

`by series` measures have one figure a series; pooled ones weigh every unit of demand alike. The error is forecast less
actual: above zero is too much.
"""

from __future__ import annotations

import numpy as np

from apps.planning.rules.forecast.values import Table


def wape(actual: Table, forecast: Table, *, pooled: bool = False) -> Table:
    """Sum of absolute errors over the sum of absolute demand; n/a when nothing was asked for."""
    error, demand = _pairs(actual, forecast, pooled=pooled)
    return _over(np.nansum(np.abs(error), axis=1), np.nansum(np.abs(demand), axis=1))


def bias(actual: Table, forecast: Table, *, pooled: bool = False) -> Table:
    """Sum of forecast less actual, over that of demand: +0.10 is a tenth too much; n/a without demand."""
    error, demand = _pairs(actual, forecast, pooled=pooled)
    return _over(np.nansum(error, axis=1), np.nansum(demand, axis=1))


def tracking_signal(actual: Table, forecast: Table, *, pooled: bool = False) -> Table:
    """Sum of forecast less actual, over the mean absolute error: beyond 4 it runs off; n/a without an error."""
    error, _ = _pairs(actual, forecast, pooled=pooled)
    return _over(np.nansum(error, axis=1), _mean(np.abs(error)))


def mase(actual: Table, forecast: Table, history: Table, *, season: int = 1) -> Table:
    """Mean absolute error over that of the (seasonal) naive within the history (Hyndman, Koehler 2006), by series.

    n/a when the history never changes from season to season, or is no longer than one.
    """
    error, _ = _pairs(actual, forecast, pooled=False)
    return _over(_mean(np.abs(error)), _mean(np.abs(_changes(history, season))))


def rmsse(actual: Table, forecast: Table, history: Table, *, season: int = 1) -> Table:
    """Root of the mean squared error over that of the naive within the history, by series.

    As in the M5 competition (Makridakis, Spiliotis, Assimakopoulos 2022); n/a as MASE.
    """
    error, _ = _pairs(actual, forecast, pooled=False)
    return np.sqrt(_over(_mean(error**2), _mean(_changes(history, season) ** 2)))


def pooled_mean(measure: Table, weights: Table | None = None) -> float:
    """The mean of a measure over series, weighted if told; those that are n/a do not count; NaN when all are."""
    known = ~np.isnan(measure)
    share = np.where(known, 1.0 if weights is None else weights, 0.0)
    return float(_over(np.array((np.where(known, measure, 0.0) * share).sum()), np.array(share.sum())))


def _pairs(actual: Table, forecast: Table, *, pooled: bool) -> tuple[Table, Table]:
    error = forecast - actual
    demand = np.where(np.isnan(error), np.nan, actual)
    return (error.reshape(1, -1), demand.reshape(1, -1)) if pooled else (error, demand)


def _changes(history: Table, season: int) -> Table:
    return history[:, season:] - history[:, :-season]


def _mean(table: Table) -> Table:
    return _over(np.nansum(table, axis=1), (~np.isnan(table)).sum(axis=1).astype(np.float64))


def _over(numerator: Table, denominator: Table) -> Table:
    return np.where(denominator > 0, numerator / np.where(denominator > 0, denominator, 1.0), np.nan)
