"""planning.forecast: every item's demand is forecast anew in the night, each by the method its past speaks for."""

from __future__ import annotations

import resource
from time import perf_counter

import numpy as np

from apps.planning.rules.forecast import Forecasts, forecast
from apps.planning.rules.forecast.smoothing import ses
from apps.planning.rules.forecast.values import Table
from benchmarks.measure import Line

ITEMS, WEEKS, AHEAD, SEASON = 50_000, 104, 13, 52
LEVELS = (0.5, 0.8, 0.9, 0.95, 0.99)
LEAD_WEEKS = 4
MOST_S = 180.0
SEED = 20_261_124


def measure_forecast(name: str) -> Line:
    """Seconds to choose a method for 50,000 items by 104 weeks and to forecast 13 weeks with intervals, one process.

    The reference is exponential smoothing of the same table alone, each item with the best of six weights.
    """
    demand = _demand()
    start = perf_counter()
    made = forecast(demand, horizon=AHEAD, season=SEASON)
    quantiles, lead = made.quantiles(LEVELS), made.over(LEAD_WEEKS, LEVELS)
    ours = perf_counter() - start
    _check(made, quantiles, lead)
    start = perf_counter()
    ses(demand, horizon=AHEAD)
    reference = perf_counter() - start
    most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"      {name}: {most_mb:.0f} MB at most", flush=True)
    return Line(name=name, ours=ours, reference=reference, unit="s", most=MOST_S)


def _demand() -> Table:
    """Half of the items steady, with trends and seasons; half asked for in a fifth of all weeks."""
    chance = np.random.default_rng(SEED)
    steady = ITEMS // 2
    weeks = np.arange(WEEKS)
    level = chance.uniform(5, 200, size=(steady, 1))
    trend = chance.normal(0, 0.002, size=(steady, 1)) * weeks
    wave = chance.uniform(0, 0.4, size=(steady, 1)) * np.sin(2 * np.pi * weeks / SEASON)
    often = chance.poisson(level * np.maximum(1 + trend + wave, 0.05))
    seldom = (chance.random((ITEMS - steady, WEEKS)) < 1 / 5) * chance.geometric(0.3, size=(ITEMS - steady, WEEKS))
    return np.concatenate([often, seldom]).astype(np.float64)


def _check(made: Forecasts, quantiles: Table, lead: Table) -> None:
    whole = not np.isnan(made.expected).any() and not np.isnan(quantiles).any() and not np.isnan(lead).any()
    if not whole or len(set(made.chosen.tolist())) <= 1 or (quantiles < 0).any():
        message = "Some items have no forecast, or all have the same method."
        raise AssertionError(message)
