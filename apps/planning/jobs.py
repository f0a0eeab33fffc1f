"""Beat's jobs of planning: reorders and ratings, each in its warehouse's own morning, and cross-docking all day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from celery import shared_task

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.journal import edge
from apps.locations.models import Location
from apps.locations.queries import sites_from
from apps.planning.operations import Proposed, serve_lanes
from apps.planning.operations import classify_items as classify
from apps.planning.operations import cross_dock as send
from apps.planning.operations import forecast_demand as make_forecasts
from apps.planning.operations import propose_reorders as propose
from apps.planning.operations import rate_velocities as rate
from apps.planning.operations import reckon_policies as reckon

MORNING = 5
"""The hour of a warehouse's day from which its reorders are proposed; a later call makes up for a missed one."""


@shared_task(name="planning.propose_reorders")
def propose_reorders(**_: Any) -> int:
    """Propose reorders, once a day, for each warehouse whose morning has come; for how many it is done."""
    return _each_morning("planning.propose_reorders", propose, every="%Y-%m-%d", render=_numbers, tells_day=True)


@shared_task(name="planning.rate_velocities")
def rate_velocities(**_: Any) -> int:
    """Say how fast items move, once a month, for each warehouse whose morning has come; for how many it is done."""
    return _each_morning("planning.rate_velocities", rate, every="%Y-%m", render=len)


@shared_task(name="planning.classify_items")
def classify_items(**_: Any) -> int:
    """Say which items matter most, once a week, for each warehouse whose morning has come; for how many it is done."""
    return _each_morning("planning.classify_items", classify, every="%G-%V", render=len)


@shared_task(name="planning.forecast_demand")
def forecast_demand(**_: Any) -> int:
    """Forecast the demand of each warehouse whose morning has come, once a week; for how many it is done."""
    return _each_morning("planning.forecast_demand", make_forecasts, every="%G-%V", render=int)


@shared_task(name="planning.reckon_policies")
def reckon_policies(**_: Any) -> int:
    """Reckon policies from service levels, once a day, for each warehouse whose morning has come; for how many."""
    return _each_morning("planning.reckon_policies", reckon, every="%Y-%m-%d", render=len)


@shared_task(name="planning.cross_dock")
def cross_dock(**_: Any) -> int:
    """Send goods that orders wait for to the lanes, and allocate what stands there; how many putaways were changed.

    Safe to run twice or late: what goes to a lane counts as served, and an allocated order waits no more.
    """
    system = User.objects.get(username=SYSTEM)
    sent = 0
    with_lanes = Location.objects.filter(is_cross_dock=True, is_active=True, warehouse__is_active=True).order_by()
    for warehouse_id in sorted(set(with_lanes.values_list("warehouse", flat=True))):
        told: dict[str, Any] = {"by": system, "job": "planning.cross_dock", "render": len, "warehouse_id": warehouse_id}
        edge.run(serve_lanes, **told)
        sent += edge.run(send, **told)
    return sent


def _each_morning(
    job: str, operation: Callable[..., Any], *, every: str, render: Callable[[Any], Any], tells_day: bool = False
) -> int:
    """Do it for each warehouse whose morning has come, once for every day of the warehouse that is written alike."""
    system = User.objects.get(username=SYSTEM)
    done = 0
    for warehouse, today in sites_from(MORNING, at=clock.now()):
        told: dict[str, Any] = {"warehouse_id": warehouse.pk} | ({"on": today} if tells_day else {})
        edge.run(operation, by=system, job=job, key=f"{warehouse.code} {today:{every}}", render=render, **told)
        done += 1
    return done


def _numbers(run: Proposed) -> dict[str, list[str]]:
    return {
        "proposed": [proposal.number for proposal in run.proposed],
        "withdrawn": [proposal.number for proposal in run.withdrawn],
    }
