"""What one worker picked and packed today, and how much of it in an hour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from apps.accounts.models import User
from apps.core.clock import day_bounds
from apps.locations.models import Warehouse
from apps.orders.models import PackedPick, Pick
from apps.orders.rules.pace import time_in_hand
from apps.tasks.states import TaskState

FEWEST = 5
"""Lines; of fewer a rate would be chance."""
SHORTEST = timedelta(minutes=5)
PAUSE = timedelta(minutes=15)
"""Between two cartons' goods; what takes longer was something else."""
HOUR = timedelta(hours=1)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Lines and base units that somebody did today in so many minutes; an hour's are None while there are too few."""

    work: str
    lines: int
    units: Decimal
    minutes: int
    lines_an_hour: Decimal | None
    units_an_hour: Decimal | None


def pace_of(worker: User, warehouse: Warehouse, *, at: datetime) -> list[Pace]:
    """What this worker picked and packed since their warehouse's day began, by their own hands alone. Two queries."""
    begin, _ = day_bounds(warehouse.local_date(at), warehouse.timezone)
    return [_picking(worker, warehouse, begin), _packing(worker, warehouse, begin)]


def _picking(worker: User, warehouse: Warehouse, begin: datetime) -> Pace:
    """By the recorded minutes of their tasks: who confirmed without having taken a task has no time for it."""
    rows = Pick.objects.filter(
        task__warehouse=warehouse,
        task__done_by=worker,
        task__state=TaskState.DONE,
        task__done_at__gte=begin,
        task__started_at__isnull=False,
        picked__gt=0,
    ).values_list("picked", "task__started_at", "task__done_at")
    done = [(picked, (max(started, begin), ended)) for picked, started, ended in rows if started and ended]
    return _rate("pick", (picked for picked, _ in done), time_in_hand(span for _, span in done))


def _packing(worker: User, warehouse: Warehouse, begin: datetime) -> Pace:
    """By when they put goods into cartons: from one time to the next, and what came after a pause has no time."""
    rows = PackedPick.objects.filter(
        transaction__warehouse=warehouse, transaction__by=worker, transaction__recorded_at__gte=begin
    ).order_by("transaction__recorded_at", "pk")
    spent, timed, before = timedelta(0), [], None
    for quantity, moment in rows.values_list("quantity", "transaction__recorded_at"):
        if before is not None and moment - before <= PAUSE:
            spent += moment - before
            timed.append(quantity)
        before = moment
    return _rate("pack", timed, spent)


def _rate(work: str, quantities: Iterable[Decimal], spent: timedelta) -> Pace:
    done = list(quantities)
    units = sum(done, Decimal(0))
    known = len(done) >= FEWEST and spent >= SHORTEST
    hours = Decimal(spent / HOUR) if known else Decimal(1)
    return Pace(
        work=work,
        lines=len(done),
        units=units,
        minutes=int(spent.total_seconds() // 60),
        lines_an_hour=(len(done) / hours).quantize(TENTH) if known else None,
        units_an_hour=(units / hours).quantize(TENTH) if known else None,
    )
