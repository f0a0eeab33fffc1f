"""Which method a series is forecast by: all are run, and held to what then happened, from several origins.

The score is the squared error and never the absolute one: of demand that is mostly zero the median is zero, so absolute
errors would choose to forecast nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from apps.planning.rules.forecast import intermittent, seasonal, smoothing
from apps.planning.rules.forecast.values import Fit, Flags, Table, Whole

COMBINED: Final = ("theta", "sba", "tsb")
"""What the combinations are of: one for drifting and two for intermittent demand, none that runs away. Chosen on spare
parts' demand with the last 12 and 18 months taken off; the floor of the smoothing weights was settled with the figures
of the last six months seen too, so these are not wholly untouched."""
METHODS: Final = (
    *("naive", "mean", "ses", "holt", "damped", "theta", "croston", "sba", "tsb"),
    *("combined_mean", "combined_median"),
    *("seasonal_naive", "holt_winters", "holt_winters_multiplicative"),
)
"""Those for seasons last: without two whole seasons they are not run."""
PLAIN: Final = METHODS[:11]
USUAL: Final = METHODS.index("combined_median")
"""What a series is forecast by unless another is clearly better: combinations err less than what they are made
of (Bates, Granger 1969), and the best of many on little evidence is often the luckiest."""
CERTAIN: Final = 2.0
"""Another is clearly better when its squared error is lower by so many standard errors of the difference between
origins (the rule of one standard error, Breiman and others 1984)."""
BIASED: Final = 0.25
"""Of mean demand: a method that is out by more on average, and by more than chance would have it (two standard errors),
is not chosen while another is within."""
WORTH: Final = 0.05
"""And lower by such a share of the scale: where hardly anything happened, hardly anything was learnt."""
LEAST_ERRORS: Final = 6
"""With fewer errors to judge by there is no choice: the mean of what is known."""
ROUNDS: Final = 24
COLD: Final = METHODS.index("mean")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From where the past is forecast again: numbers of periods known then, and how many ahead are compared."""

    origins: tuple[int, ...]
    horizon: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How the methods did in the past, and what they say now."""

    ahead: Table
    """Methods x series x periods ahead, never below zero; NaN where a method may not be used."""
    errors: Table
    """Methods x origins x series x periods ahead: actual less forecast."""
    squared: Table
    """Series x methods: mean squared error; NaN where a method may not be used."""
    drift: Table
    """Series x methods: mean of forecast less actual."""
    counted: Whole
    """By series: errors that each method is judged by."""
    parameters: tuple[Table, ...]
    """By method: series x parameters, of a combination none."""


def window(periods: int, *, horizon: int, rounds: int = ROUNDS) -> Window:
    """The last origins that leave the horizon to compare with and at least half of the history to learn from.

    With a short history fewer periods ahead are compared, with a very short one nothing is.
    """
    ahead = max(min(horizon, periods // 4), 1)
    last = periods - ahead
    first = max(last - rounds + 1, periods // 2, 2)
    return Window(origins=tuple(range(first, last + 1)), horizon=ahead)


def tried(demand: Table, *, horizon: int, season: int, rounds: int = ROUNDS) -> Trial:
    """Run every method over demand (series x periods, cleaned) from each origin and from the end."""
    series, periods = demand.shape
    past = window(periods, horizon=horizon, rounds=rounds)
    stops = (*past.origins, periods)
    fits = {name: method(demand, horizon=horizon, origins=stops) for name, method in _PLAIN.items()}
    fits |= _combinations(fits)
    if season > 1 and periods >= 2 * season:
        fits |= _seasonal(demand, horizon=horizon, season=season, origins=stops)
    seasoned = (~np.isnan(demand)).sum(axis=1) >= 2 * season
    ahead = np.full((len(METHODS), len(stops), series, horizon), np.nan)
    for index, name in enumerate(METHODS):
        if name in fits:
            allowed = seasoned[:, None] | (name in PLAIN)
            ahead[index] = np.where(allowed, np.maximum(fits[name].ahead, 0.0), np.nan)
    actual = np.stack([demand[:, origin : origin + past.horizon] for origin in past.origins]) if past.origins else None
    errors = np.full((len(METHODS), len(past.origins), series, past.horizon), np.nan)
    if actual is not None:
        errors = actual[None] - ahead[:, :-1, :, : past.horizon]
    known = ~np.isnan(errors)
    count = known.sum(axis=(1, 3)).T
    # All are judged by the same errors: whoever could not forecast all that the mean could is out.
    counted = count[:, COLD]
    usable = (count == counted[:, None]) & (counted > 0)[:, None]
    of = np.where(usable, counted[:, None], 1)
    squared = np.where(known, errors**2, 0.0).sum(axis=(1, 3)).T / of
    drift = -np.where(known, errors, 0.0).sum(axis=(1, 3)).T / of
    return Trial(
        ahead=ahead[:, -1],
        errors=errors,
        squared=np.where(usable, squared, np.nan),
        drift=np.where(usable, drift, np.nan),
        counted=counted,
        parameters=tuple(fits[name].parameters if name in fits else np.empty((series, 0)) for name in METHODS),
    )


def scale_of(demand: Table, *, until: int) -> Table:
    """What squared errors are measured by: the mean squared change from period to period before the first origin.

    Where demand never changed there, that over all the history; where it never changed at all NaN: there is no score.
    """
    scales = []
    for history in (demand[:, :until], demand):
        changes = np.diff(history, axis=1) ** 2
        known = ~np.isnan(changes)
        total, count = np.where(known, changes, 0.0).sum(axis=1), known.sum(axis=1)
        scales.append(np.where(total > 0, total / np.maximum(count, 1), np.nan))
    return np.where(np.isnan(scales[0]), scales[1], scales[0])


def chosen(trial: Trial, *, mean_demand: Table, scale: Table) -> Whole:
    """By series the place in METHODS of what it is forecast by.

    The usual one, unless it is biased or another that is not is clearly better. Without enough errors, the mean.
    """
    usable = ~np.isnan(trial.squared)
    fair = usable & ~biased(trial, mean_demand=mean_demand, scale=scale)
    some: Flags = np.any(fair, axis=1)
    pool = np.where(some[:, None], fair, usable)
    best = np.where(pool, trial.squared, np.inf).argmin(axis=1)
    keep = pool[:, USUAL] & ~_clearly_better(trial, best, scale)
    return np.where(trial.counted < LEAST_ERRORS, COLD, np.where(keep, USUAL, best))


def biased(trial: Trial, *, mean_demand: Table, scale: Table) -> Flags:
    """Series x methods: out by more than the bound on average; nothing is where nothing was ever asked for."""
    drift = np.abs(np.nan_to_num(trial.drift))
    # Windows overlap: of as many as there are periods ahead one tells something new.
    apart = max(trial.errors.shape[1] / max(trial.errors.shape[3], 1), 2.0)
    # Half the scale is the variance of demand that changes by chance: quiet periods are no proof of certainty.
    noise = np.maximum(np.nan_to_num(trial.squared) - drift**2, np.nan_to_num(scale)[:, None] / 2)
    chance = np.sqrt(noise / (apart - 1))
    bound = BIASED * np.where(mean_demand > 0, mean_demand, np.inf)[:, None]
    out: Flags = (drift > bound) & (drift > CERTAIN * chance)
    return out


def _clearly_better(trial: Trial, best: Whole, scale: Table) -> Flags:
    series = np.arange(len(best))
    usual = trial.errors[USUAL] ** 2
    other = trial.errors[best, :, series].transpose(1, 0, 2) ** 2
    known = ~np.isnan(usual) & ~np.isnan(other)
    count = known.sum(axis=2)
    gains = np.where(known, usual - other, 0.0).sum(axis=2) / np.maximum(count, 1)
    rounds = (count > 0).sum(axis=0)
    gain = gains.sum(axis=0) / np.maximum(rounds, 1)
    spread = np.where(count > 0, gains - gain, 0.0)
    # Windows overlap: of as many as there are periods ahead one tells something new.
    apart = np.maximum(rounds / trial.errors.shape[3], 1)
    deviation = np.sqrt((spread**2).sum(axis=0) / np.maximum(rounds - 1, 1) / apart)
    clear: Flags = (gain > CERTAIN * deviation) & (gain > WORTH * np.nan_to_num(scale))
    return clear


def _combinations(fits: dict[str, Fit]) -> dict[str, Fit]:
    parts = np.maximum(np.stack([fits[name].ahead for name in COMBINED]), 0.0)
    none = np.empty((parts.shape[2], 0))
    # A plain sum: what is not ready yet leaves nothing to combine.
    average = parts.sum(axis=0) / len(COMBINED)
    middle = np.where(np.isnan(average), np.nan, np.sort(parts, axis=0)[len(COMBINED) // 2])
    return {"combined_mean": Fit(ahead=average, parameters=none), "combined_median": Fit(ahead=middle, parameters=none)}


def _seasonal(demand: Table, *, horizon: int, season: int, origins: tuple[int, ...]) -> dict[str, Fit]:
    fits = {
        "seasonal_naive": seasonal.seasonal_naive(demand, horizon=horizon, season=season, origins=origins),
        "holt_winters": seasonal.holt_winters(demand, horizon=horizon, season=season, origins=origins),
    }
    positive = ~(demand <= 0).any(axis=1)
    if positive.any():
        some = seasonal.holt_winters(
            demand[positive], horizon=horizon, season=season, origins=origins, multiplicative=True
        )
        ahead = np.full((len(origins), len(demand), horizon), np.nan)
        ahead[:, positive] = some.ahead
        parameters = np.full((len(demand), some.parameters.shape[1]), np.nan)
        parameters[positive] = some.parameters
        fits["holt_winters_multiplicative"] = Fit(ahead=ahead, parameters=parameters)
    return fits


_PLAIN: Final[dict[str, Callable[..., Fit]]] = {
    "naive": smoothing.naive,
    "mean": smoothing.mean,
    "ses": smoothing.ses,
    "holt": smoothing.holt,
    "damped": smoothing.damped,
    "theta": smoothing.theta,
    "croston": intermittent.croston,
    "sba": intermittent.sba,
    "tsb": intermittent.tsb,
}
