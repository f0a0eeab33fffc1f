"""How much work was done, by whom, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from apps.accounts.models import User
from apps.core.clock import day_bounds
from apps.core.errors import NotFound
from apps.core.querysets import storable
from apps.locations.models import Warehouse
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskState

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labour:
    """What one worker did of one kind of work; minutes are of the `timed` tasks, those taken before they were done.

    `usual_minutes` is what the site's rules say those take, None where they say nothing.
    """

    worker: str
    kind: str
    tasks: int
    timed: int
    minutes: Decimal
    usual_minutes: Decimal | None


def labour_of(warehouse: Warehouse, *, since: date, until: date, worker: User | None = None) -> list[Labour]:
    """The work of these days (both of them too, in the warehouse's zone), by worker and kind, or one worker's own.

    One query.
    """
    begin, end = day_bounds(since, warehouse.timezone)[0], day_bounds(until, warehouse.timezone)[1]
    timed = Q(started_at__isnull=False)
    done = WarehouseTask.objects.filter(
        warehouse=warehouse, state=TaskState.DONE, done_at__gte=begin, done_at__lt=end, done_by__isnull=False
    )
    rows = (
        (done if worker is None else done.filter(done_by=worker))
        .order_by("done_by__username", "kind")
        .values_list("done_by__username", "kind")
        .annotate(
            tasks=Count("pk"),
            timed=Count("pk", filter=timed),
            took=Sum(F("done_at") - F("started_at"), filter=timed),
            usual=Sum("minutes", filter=timed),
        )
    )
    return [
        Labour(worker=worker, kind=kind, tasks=tasks, timed=timed, minutes=_minutes(took), usual_minutes=usual)
        for worker, kind, tasks, timed, took, usual in rows
    ]


def _minutes(took: timedelta | None) -> Decimal:
    return (Decimal(took.total_seconds() if took is not None else 0) / 60).quantize(CENT)


def worker_at(warehouse_id: int, username: str) -> User:
    """Who works at a warehouse under this name. Raises `NotFound`: nobody learns who works elsewhere."""
    here = User.objects.filter(warehouse_access__warehouse=warehouse_id, username=storable(username))
    worker = here.first()
    if worker is None:
        raise NotFound(kind="worker", number=username)
    return worker
