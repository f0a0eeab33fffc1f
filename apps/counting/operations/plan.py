"""The counts of a day: which bins are worth a site's minutes, opened once."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from apps.core.errors import NotAllowed
from apps.counting.errors import NoCountPlan
from apps.counting.models import CountDay, CountPlan, CountProgram, CycleCount
from apps.counting.operations.opening import MAY_DECIDE, NewCount, open_all
from apps.counting.queries.bins import bins_of, minutes_a_record, minutes_waiting
from apps.counting.rules.planning import Program, Weights, choose, due_by
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Location, Warehouse

CENT = Decimal("0.01")


def plan_counts(*, warehouse_id: int, by: Actor, at: datetime, on: date | None = None) -> CountDay:
    """Open the counts of a day: of the bins that a program wants, those that remove the most error by minute of work.

    As many as fit into the plan's minutes beside the counts that wait already. A day is planned once: a second run, or
    one at the same moment, gives the first one's answer and opens nothing. Raises `NotAllowed`, `NoCountPlan`.
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
    programs = [program_of(row) for row in CountProgram.objects.filter(warehouse=warehouse, is_active=True)]
    bins = bins_of(warehouse, on=day)
    due = due_by(bins, programs, day=day.isoformat())
    budget = max(plan.minutes_a_day - minutes_waiting(warehouse, usual=plan.usual_minutes), Decimal(0))
    a_record = minutes_a_record(warehouse, usual=plan.usual_minutes, at=at)
    chosen = {each.pk: each for each in choose(bins, due, minutes=float(budget), a_record=a_record)}
    planned = CountDay.objects.create(
        warehouse=warehouse,
        day=day,
        due=len(due),
        budget=budget.quantize(CENT),
        minutes=Decimal(sum(each.minutes for each in chosen.values())).quantize(CENT),
        planned_at=at,
        planned_by=by.user,
    )
    places = Location.objects.select_related("zone").lock(chosen)
    # Somebody may have asked for one of them before it was locked.
    taken = set(
        CycleCount.objects.under_way()
        .filter(location__among=[place.pk for place in places])
        .values_list("location", flat=True)
    )
    counts = open_all(
        [
            NewCount(location=place, program_id=chosen[place.pk].program_id, worth=chosen[place.pk].worth)
            for place in sorted(places, key=lambda each: -chosen[each.pk].worth)
            if place.pk not in taken
        ],
        by=by,
        at=at,
        day=planned,
    )
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


def program_of(row: CountProgram) -> Program:
    """As the rules read it."""
    return Program(
        pk=row.pk,
        kind=row.kind,
        abc_class=row.abc_class,
        zone_id=row.zone_id,
        interval_days=row.interval_days,
        sample_size=row.sample_size,
        seed=row.seed,
        events=row.events,
        weights=Weights(
            value=row.weight_value,
            velocity=row.weight_velocity,
            variance=row.weight_variance,
            short=row.weight_short,
            empty=row.weight_empty,
            age=row.weight_age,
        ),
        threshold=row.threshold,
    )
