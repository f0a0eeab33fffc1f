"""The counts of a day: which bins are due, opened once."""

from __future__ import annotations

from datetime import date, datetime

from apps.core.errors import NotAllowed
from apps.counting.errors import NoCountPlan
from apps.counting.models import CountDay, CountPlan, CycleCount
from apps.counting.operations.count import MAY_DECIDE, opened
from apps.counting.queries import due_bins
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Location, Warehouse


def plan_counts(*, warehouse_id: int, by: Actor, at: datetime, on: date | None = None) -> CountDay:
    """Open the counts of a day: the bins that are due, the most urgent first, as many as the plan counts on a day.

    A day is planned once: a second run, or one at the same moment, gives the first one's answer and opens nothing.
    Raises `NotAllowed`, `NoCountPlan`.
    """
    if not by.job and not by.user.has_role(*MAY_DECIDE):
        raise NotAllowed(who=by.user.get_username(), act="plan counts")
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    # The plan is what two runs of the same day take turns at.
    for plan in CountPlan.objects.filter(warehouse=warehouse, is_active=True).lock():
        day = on or warehouse.local_date(at)
        planned = CountDay.objects.filter(warehouse=warehouse, day=day).first()
        return planned or _plan(plan, warehouse, day, by, at)
    raise NoCountPlan(warehouse=warehouse.code)


def _plan(plan: CountPlan, warehouse: Warehouse, day: date, by: Actor, at: datetime) -> CountDay:
    due = list(due_bins(warehouse, interval_days=plan.interval_days, on=day).values_list("pk", flat=True))
    planned = CountDay.objects.create(warehouse=warehouse, day=day, due=len(due), planned_at=at, planned_by=by.user)
    places = Location.objects.select_related("zone").lock(due[: plan.bins_a_day])
    # Somebody may have asked for one of them before it was locked.
    taken = set(CycleCount.objects.under_way().filter(location__in=places).values_list("location", flat=True))
    counts = [opened(place, by=by, at=at, day=planned) for place in places if place.pk not in taken]
    record(
        "planned",
        kind="count day",
        number=str(planned),
        by=by,
        at=at,
        warehouse_code=warehouse.code,
        due=len(due),
        counts=[count.number for count in counts],
    )
    return planned
