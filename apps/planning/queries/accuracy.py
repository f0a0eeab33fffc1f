"""How kept forecasts turned out: what was expected of a week just before it began, beside what was asked for in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isnan

import numpy as np

from apps.locations.models import Warehouse
from apps.planning.models import ItemForecast
from apps.planning.queries.demand import NOTHING, demand_in, weeks_before
from apps.planning.rules.forecast import measures

LOOKED_AT = 13
"""The last weeks that are over: a quarter."""
RUNS_OFF = 4.0
"""Beyond so much a tracking signal says that the forecast leans to one side, and not that demand varies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The weeks of an item that were forecast and are over, the latest first, and how far off they were."""

    weeks: tuple[tuple[date, Decimal, Decimal], ...]
    """Monday, expected, asked for; base units."""
    wape: float | None
    """Sum of errors, whichever way, over demand; None is n/a."""
    bias: float | None
    """Forecast less demand, over demand: above nought too much was expected."""
    signal: float | None
    """Tracking signal: the sum of forecast less demand, over the mean error."""

    @property
    def runs_off(self) -> bool:
        """It leans to one side."""
        return self.signal is not None and abs(self.signal) > RUNS_OFF


def outcome_of(site: Warehouse, item_id: int, at: datetime) -> Outcome:
    """How the forecasts of an item turned out in the last 13 whole weeks; three statements.

    A week counts where a forecast was made that began with it; nobody asking for anything is a demand of nought.
    """
    mondays = weeks_before(site.local_date(at), LOOKED_AT)
    kept = ItemForecast.objects.filter(warehouse=site, item=item_id, made_on__in=mondays)
    expected = {each.made_on: each.expected[0] for each in kept}
    demand = demand_in(site, mondays, item_id=item_id).get(item_id)
    asked = dict(zip(mondays, demand.weeks if demand is not None else [NOTHING] * len(mondays), strict=True))
    weeks = tuple((monday, expected[monday], asked[monday]) for monday in reversed(mondays) if monday in expected)
    actual = np.array([[float(each[2]) for each in weeks]])
    forecast = np.array([[float(each[1]) for each in weeks]])
    return Outcome(
        weeks=weeks,
        wape=_known(measures.wape(actual, forecast)),
        bias=_known(measures.bias(actual, forecast)),
        signal=_known(measures.tracking_signal(actual, forecast)),
    )


def _known(measure: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float | None:
    value = float(measure[0])
    return None if isnan(value) else value
