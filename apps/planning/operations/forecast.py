"""What will be asked for, item by item, from the demand of two years; once a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isnan

import numpy as np

from apps.core.quantities import STEPS
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Warehouse
from apps.planning.models import ItemForecast
from apps.planning.operations.reorder import check_may_plan
from apps.planning.queries import WEEK, Demand, demand_in, first_asked, weeks_before
from apps.planning.rules.forecast import METHODS, NONE, Forecasts, forecast

WEEKS = 104
"""Two years: a season is seen twice."""
SEASON = 52
AHEAD = 13
"""A quarter: longer than lead times mostly are."""
LOW, HIGH = 0.05, 0.95
SLICE = 1000
"""So many items at a time: memory does not grow with their number."""
LONGEST = 300
FINEST = STEPS[6]
SHARE = Decimal("0.0001")


def forecast_demand(*, warehouse_id: int, by: Actor, at: datetime) -> int:
    """Forecast the next 13 weeks of each item that customers asked for in the last 104 whole ones; how many items.

    A week before anybody asked for an item is not known, and is not nought. A second call in a week makes the same
    forecast again. Raises `NotAllowed`.
    """
    check_may_plan(by, "have demand forecast")
    site = Warehouse.objects.lock_one(warehouse_id)
    mondays = weeks_before(site.local_date(at), WEEKS)
    demand = demand_in(site, mondays)
    since = first_asked(site, demand)
    items = sorted(demand)
    for start in range(0, len(items), SLICE):
        some = items[start : start + SLICE]
        found = forecast(_table(some, demand, since, mondays), horizon=AHEAD, season=SEASON)
        _keep(found, some, site, mondays[-1] + WEEK, at)
    record("forecast", kind="demand", number=site.code, by=by, at=at, warehouse_code=site.code, items=len(items))
    return len(items)


def _table(
    items: Sequence[int], demand: Mapping[int, Demand], since: Mapping[int, date], mondays: Sequence[date]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    rows = np.array([[float(each) for each in demand[item].weeks] for item in items])
    for place, item in enumerate(items):
        rows[place, : sum(monday + WEEK <= since[item] for monday in mondays)] = np.nan
    return rows


def _keep(found: Forecasts, items: Sequence[int], site: Warehouse, first: date, at: datetime) -> None:
    bounds = found.quantiles([LOW, HIGH])
    rows = []
    for place, item in enumerate(items):
        chosen = int(found.chosen[place])
        if chosen == NONE:
            continue
        rows.append(
            ItemForecast(
                warehouse=site,
                item_id=item,
                made_on=first,
                made_at=at,
                method=METHODS[chosen],
                expected=[_units(each) for each in found.expected[place]],
                low=[_units(each) for each in bounds[place, :, 0]],
                high=[_units(each) for each in bounds[place, :, 1]],
                rmsse=_share(found.rmsse[place, chosen]),
                bias=_share(found.bias[place, chosen]),
                weeks=int(found.periods[place]),
                because=found.record(place).sentence[:LONGEST],
            )
        )
    told = ("made_at", "method", "expected", "low", "high", "rmsse", "bias", "weeks", "because")
    ItemForecast.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["warehouse", "item", "made_on"], update_fields=told
    )


def _units(value: float) -> Decimal:
    return Decimal(value).quantize(FINEST)


def _share(value: float) -> Decimal | None:
    return None if isnan(value) else Decimal(value).quantize(SHARE)
