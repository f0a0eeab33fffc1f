"""The forecast of many items at once: history in, and out comes what to expect, how sure it is, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import isnan

import numpy as np

from apps.planning.rules.forecast.choice import (
    COLD,
    LEAST_ERRORS,
    METHODS,
    ROUNDS,
    USUAL,
    biased,
    chosen,
    scale_of,
    tried,
    window,
)
from apps.planning.rules.forecast.intervals import around, spread_of
from apps.planning.rules.forecast.values import Flags, Table, Whole, cleaned

CHUNK = 1024
"""Series that are worked on at a time: so many stay near the processor, and memory does not grow with their number."""
NONE = -1
"""Of a series without any history: by no method."""
NAMES = {
    "naive": "naive",
    "mean": "mean",
    "ses": "SES",
    "holt": "Holt",
    "damped": "damped trend",
    "theta": "Theta",
    "croston": "Croston",
    "sba": "SBA",
    "tsb": "TSB",
    "combined_mean": "mean of Theta, SBA and TSB",
    "combined_median": "median of Theta, SBA and TSB",
    "seasonal_naive": "seasonal naive",
    "holt_winters": "Holt-Winters",
    "holt_winters_multiplicative": "multiplicative Holt-Winters",
}
PARAMETERS = {
    "ses": ("alpha",),
    "holt": ("alpha", "beta", "phi"),
    "damped": ("alpha", "beta", "phi"),
    "theta": ("alpha",),
    "croston": ("alpha",),
    "sba": ("alpha",),
    "tsb": ("alpha", "beta"),
    "seasonal_naive": ("season",),
    "holt_winters": ("alpha", "beta", "gamma"),
    "holt_winters_multiplicative": ("alpha", "beta", "gamma"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a method did in the backtest of one series; None is n/a."""

    method: str
    rmsse: float | None
    """Root of the mean squared error over that of the naive in the history before."""
    bias: float | None
    """Mean of forecast less actual, over mean demand."""
    is_biased: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Why a series is forecast as it is."""

    method: str | None
    """None: nothing is known of the item."""
    parameters: dict[str, float]
    scores: tuple[Score, ...]
    """Of the methods that could be judged."""
    origins: int
    periods: int
    clipped: int
    """Periods with less than no demand, which were taken as none."""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecasts:
    """Of all series, in the order they were given."""

    expected: Table
    """Series x periods ahead; NaN of a series without any history."""
    chosen: Whole
    """By series the place in METHODS, or NONE."""
    rmsse: Table
    """Series x METHODS; NaN is n/a."""
    bias: Table
    """Series x METHODS: mean of forecast less actual, over mean demand; NaN is n/a."""
    is_biased: Flags
    """Series x METHODS."""
    parameters: Table
    """Series x 3: of the chosen method, NaN where it has fewer."""
    errors: Table
    """Series x origins x periods ahead: actual less what the chosen method had said; NaN is n/a."""
    noise: Table
    """By series the standard deviation of a period, for those without errors: of the history, or of Poisson demand."""
    periods: Whole
    """By series the periods that are known."""
    clipped: Whole
    """By series the periods with less than no demand."""

    def quantiles(self, levels: Sequence[float]) -> Table:
        """Demand of each period ahead at each level: series x periods ahead x levels."""
        horizon = self.expected.shape[1]
        spread = _reaching(spread_of(self.errors, self.noise), horizon)
        return around(self.expected, self.errors, spread, levels)

    def over(self, periods: int, levels: Sequence[float]) -> Table:
        """Demand of the next periods together, as over a lead time, at each level: series x levels.

        As many periods as were forecast at most (ValueError). A sum longer than the backtest looked is spread as the
        longest that it did, times the root of how many times as long it is.
        """
        if not 1 <= periods <= self.expected.shape[1]:
            raise ValueError("A sum is over a period at least and the horizon at most.")
        expected = np.cumsum(self.expected, axis=1)[:, :periods]
        errors = np.cumsum(self.errors[:, :, :periods], axis=2)
        reach = errors.shape[2]
        spread = spread_of(errors, self.noise)
        grown = np.sqrt(np.arange(1, reach + 1))
        unknown = np.isnan(errors).all(axis=1)
        spread = np.where(unknown, self.noise[:, None] * grown, spread)
        if periods > reach:
            longer = np.sqrt(np.arange(reach + 1, periods + 1) / reach)
            spread = np.concatenate([spread, spread[:, -1:] * longer], axis=1)
        return around(expected[:, -1:], errors[:, :, -1:], spread[:, -1:], levels)[:, 0]

    def record(self, series: int) -> Record:
        """Why this series is forecast as it is."""
        place = int(self.chosen[series])
        scores = tuple(
            Score(
                method=name,
                rmsse=_figure(self.rmsse[series, index]),
                bias=_figure(self.bias[series, index]),
                is_biased=bool(self.is_biased[series, index]),
            )
            for index, name in enumerate(METHODS)
            if not isnan(self.rmsse[series, index])
        )
        method = None if place == NONE else METHODS[place]
        names = PARAMETERS.get(method or "", ())
        origins = int((~np.isnan(self.errors[series])).any(axis=1).sum())
        clipped = int(self.clipped[series])
        judged = bool((~np.isnan(self.errors[series])).sum() >= LEAST_ERRORS)
        return Record(
            method=method,
            parameters={name: float(self.parameters[series, index]) for index, name in enumerate(names)},
            scores=scores,
            origins=origins,
            periods=int(self.periods[series]),
            clipped=clipped,
            sentence=_sentence(method, scores if judged else (), origins, int(self.periods[series]), clipped),
        )


def forecast(demand: Table, *, horizon: int, season: int = 1, rounds: int = ROUNDS, chunk: int = CHUNK) -> Forecasts:
    """Forecast each series by the method that its own past speaks for.

    Demand is series x periods of equal length, in units, NaN where nothing is known (before the item existed, or out of
    stock); `season` is in periods, 1: none. What is below zero counts as zero. At least a series and a period, and a
    horizon of at least one (ValueError). How the table is divided changes nothing.
    """
    if horizon < 1 or season < 1 or rounds < 1 or chunk < 1:
        raise ValueError("Horizon, season, rounds and chunk are at least 1.")
    table, clipped = cleaned(demand)
    if not table.size:
        raise ValueError("There is no history to forecast from.")
    parts = [
        _part(table[at : at + chunk], clipped[at : at + chunk], horizon, season, rounds)
        for at in range(0, len(table), chunk)
    ]
    return Forecasts(
        **{each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Forecasts)}
    )


def _part(demand: Table, clipped: Whole, horizon: int, season: int, rounds: int) -> Forecasts:
    trial = tried(demand, horizon=horizon, season=season, rounds=rounds)
    series, length = demand.shape
    known = ~np.isnan(demand)
    periods = known.sum(axis=1)
    mean = np.where(known, demand, 0.0).sum(axis=1) / np.maximum(periods, 1)
    origins = window(length, horizon=horizon, rounds=rounds).origins
    scale = scale_of(demand, until=origins[0] if origins else length)
    choice = chosen(trial, mean_demand=mean, scale=scale)
    # Where the mean is forecast for want of evidence the other methods have nothing to say.
    choice = np.where(periods == 0, NONE, choice)
    place = np.where(choice == NONE, COLD, choice)
    rows = np.arange(series)
    variance = np.where(known, (demand - mean[:, None]) ** 2, 0.0).sum(axis=1) / np.maximum(periods - 1, 1)
    parameters = np.full((series, 3), np.nan)
    for index, figures in enumerate(trial.parameters):
        mine = place == index
        parameters[mine, : figures.shape[1]] = figures[mine]
    return Forecasts(
        expected=trial.ahead[place, rows],
        chosen=choice,
        rmsse=np.sqrt(trial.squared / scale[:, None]),
        bias=trial.drift / np.where(mean > 0, mean, np.nan)[:, None],
        is_biased=biased(trial, mean_demand=mean, scale=scale),
        parameters=parameters,
        errors=trial.errors[place, :, rows],
        noise=np.sqrt(np.where(variance > 0, variance, mean)),
        periods=periods,
        clipped=clipped,
    )


def _reaching(spread: Table, horizon: int) -> Table:
    """As far as the horizon: what was not compared is as uncertain as the farthest that was."""
    missing = horizon - spread.shape[1]
    return np.concatenate([spread, np.repeat(spread[:, -1:], missing, axis=1)], axis=1) if missing > 0 else spread


def _figure(value: float) -> float | None:
    return None if isnan(value) else float(value)


def _sentence(method: str | None, scores: tuple[Score, ...], origins: int, periods: int, clipped: int) -> str:
    if method is None:
        return "No history: nothing can be told."
    below = f"; {clipped} periods below zero taken as none" if clipped else ""
    by_method = {score.method: score for score in scores}
    name = NAMES[method]
    name = name[0].upper() + name[1:]
    own = by_method.get(method)
    if own is None or own.rmsse is None:
        return f"{name} of {periods} periods: too little changed or is known for a choice{below}."
    others = [score for score in scores if score.method != method]
    usual = by_method.get(METHODS[USUAL])
    rival = (
        usual if usual is not None and method != METHODS[USUAL] else min(others, key=lambda score: score.rmsse or 0.0)
    )
    bias = "n/a" if own.bias is None else f"{own.bias:+.2f}"
    return (
        f"{name} chosen of {len(scores)}: RMSSE {own.rmsse:.2f} against {rival.rmsse:.2f} of {NAMES[rival.method]} "
        f"over {origins} origins; bias {bias}{below}."
    )
