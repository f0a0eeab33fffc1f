"""What moves demand from outside on dated periods: promotions, prices, holidays, and what a user knows of.

A driver's effect is estimated by ridge regression beside a level and a straight trend, and kept for a series only where
forecasts of the past got better by it. Demand without the kept effects is forecast as any, and they are put on top.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from apps.planning.rules.forecast.choice import ROUNDS, window
from apps.planning.rules.forecast.smoothing import ses
from apps.planning.rules.forecast.values import Flags, Table, cleaned

RIDGE: Final = 1.0
"""Weight of the penalty on effects (Hoerl, Kennard 1970): a period's worth of evidence that there is none."""
BETTER: Final = 0.95
"""Kept when the squared error of the backtest comes down to less than this share: chance alone makes a hundredth."""
MONTHS: Final = 12
LARGEST: Final = 3.0
"""Of an effect that multiplies, in logarithms: twenty times as much, or a twentieth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """One thing that is known for the periods behind and for those ahead."""

    name: str
    values: Table
    """Series (or one, for all alike) x periods behind and ahead x columns, without gaps; columns are kept together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a driver is kept for each series, by the root mean squared error of the backtest in units of demand."""

    name: str
    kept: Flags
    without: Table
    """By series, with the drivers kept before; NaN where nothing could be compared."""
    having: Table
    """By series, with this driver as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What the kept drivers do."""

    adjusted: Table
    """Series x periods behind: demand as it would have been without them."""
    ahead: Table
    """Series x periods ahead: what they add, or multiply with."""
    multiplied: Flags
    """By series: above zero in every known period, so that effects multiply; they add for the others."""
    verdicts: tuple[Verdict, ...]

    def applied(self, expected: Table) -> Table:
        """A forecast of the adjusted demand (series x periods ahead) with the effects on top, never below zero."""
        return np.maximum(np.where(self.multiplied[:, None], expected * self.ahead, expected + self.ahead), 0.0)


def effects_of(demand: Table, drivers: Sequence[Driver], *, horizon: int, rounds: int = ROUNDS) -> Effects:
    """Take drivers one by one, in the order given, and keep each where the backtest gets better by a twentieth or more.

    The effects at an origin are estimated from the periods before it alone. A driver that is not known for all periods
    behind and ahead, or not a number, is a ValueError.
    """
    table, _ = cleaned(demand)
    series, periods = table.shape
    known = ~np.isnan(table)
    multiplied = np.any(known, axis=1) & ~np.any(table <= 0, axis=1)
    scaled = np.where(multiplied[:, None], np.log(np.where(table > 0, table, 1.0)), table)
    scaled = np.where(known, scaled, np.nan)
    past = window(periods, horizon=horizon, rounds=rounds)
    columns = np.zeros((series, periods + horizon, 0))
    least = _backtest(table, scaled, multiplied, columns, past.origins, past.horizon)
    verdicts = []
    for driver in drivers:
        own = _checked(driver, series, periods + horizon)
        wider = np.concatenate([columns, own], axis=2)
        having = _backtest(table, scaled, multiplied, wider, past.origins, past.horizon)
        kept = having < least * BETTER
        verdicts.append(Verdict(name=driver.name, kept=kept, without=np.sqrt(least), having=np.sqrt(having)))
        # A column of noughts has no effect: so it is left out of a series that does not keep it.
        columns = np.concatenate([columns, own * kept[:, None, None]], axis=2)
        least = np.where(kept, having, least)
    effect = _effect(scaled, columns, multiplied)
    behind, ahead = effect[:, :periods], effect[:, periods:]
    adjusted = np.where(multiplied[:, None], table / np.where(multiplied[:, None], behind, 1.0), table - behind)
    return Effects(adjusted=adjusted, ahead=ahead, multiplied=multiplied, verdicts=tuple(verdicts))


def calendar(starts: Sequence[date], *, days: int, holidays: Collection[date] = ()) -> tuple[Driver, Driver]:
    """The months and the holidays of periods that begin on these dates and last so many days.

    Of each month the share of the period that lies in it, but for the first, which the others are told against; and how
    many holidays the period has.
    """
    months = np.zeros((1, len(starts), MONTHS))
    feasts = np.zeros((1, len(starts), 1))
    for period, start in enumerate(starts):
        for day in (start + timedelta(days=each) for each in range(days)):
            months[0, period, day.month - 1] += 1 / days
            feasts[0, period, 0] += day in holidays
    return Driver(name="months", values=months[:, :, 1:]), Driver(name="holidays", values=feasts)


def _checked(driver: Driver, series: int, periods: int) -> Table:
    values = np.asarray(driver.values, dtype=np.float64)
    if values.ndim != 3 or values.shape[0] not in {1, series} or values.shape[1] != periods:  # noqa: PLR2004 - its axes
        raise ValueError(f"{driver.name} is to be known for every period behind and ahead.")
    if not np.isfinite(values).all():
        raise ValueError(f"{driver.name} is to be a number in every period.")
    return np.broadcast_to(values, (series, *values.shape[1:]))


def _backtest(
    table: Table, scaled: Table, multiplied: Flags, columns: Table, origins: Sequence[int], horizon: int
) -> Table:
    """Mean squared error by series of exponential smoothing with the effects of these columns; NaN without errors."""
    total, count = np.zeros(len(table)), np.zeros(len(table))
    for origin in origins:
        effect = _effect(scaled[:, :origin], columns[:, : origin + horizon], multiplied)
        behind, ahead = effect[:, :origin], effect[:, origin:]
        many = multiplied[:, None]
        history = np.where(many, table[:, :origin] / np.where(many, behind, 1.0), table[:, :origin] - behind)
        level = ses(history, horizon=horizon).ahead[-1]
        told = np.maximum(np.where(many, level * ahead, level + ahead), 0.0)
        errors = table[:, origin : origin + horizon] - told
        there = ~np.isnan(errors)
        total += np.where(there, errors**2, 0.0).sum(axis=1)
        count += there.sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _effect(scaled: Table, columns: Table, multiplied: Flags) -> Table:
    """What the columns add (or multiply with) in each of their periods, estimated where demand is known."""
    series, periods = scaled.shape
    wide = columns.shape[2]
    if not wide:
        return np.where(multiplied[:, None], 1.0, np.zeros((series, columns.shape[1])))
    known = ~np.isnan(scaled)
    base = np.stack([np.ones(periods), np.linspace(-1.0, 1.0, periods)], axis=1)
    given = np.concatenate([np.broadcast_to(base, (series, periods, 2)), columns[:, :periods]], axis=2)
    given = np.where(known[:, :, None], given, 0.0)
    turned = given.transpose(0, 2, 1)
    # The level and the trend hardly bear a penalty: just enough that a history of one period can be solved.
    penalty = np.diag([1e-6, 1e-6, *([RIDGE] * wide)])
    target = np.where(known, scaled, 0.0)[:, :, None]
    solved = np.linalg.solve(turned @ given + penalty, turned @ target)[:, 2:, 0]
    effect = (columns @ solved[:, :, None])[:, :, 0]
    return np.where(multiplied[:, None], np.exp(np.clip(effect, -LARGEST, LARGEST)), effect)
