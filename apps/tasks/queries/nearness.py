"""The best next task for a worker: urgent first, and of those about as urgent the nearest."""

from __future__ import annotations

from datetime import datetime, timedelta

from apps.accounts.models import User
from apps.locations.models import Location
from apps.tasks.models import TaskPolicy, TaskQuerySet, WarehouseTask
from apps.tasks.rules import Choice, Spot, by_nearness
from apps.tasks.states import TaskKind, TaskState

FEW = 8
"""So many tasks ahead on the walk, and so many behind, are weighed; with more workers at one spot than that they look
again."""
RECENTLY = timedelta(hours=2)
"""After that nobody knows where a worker is."""


def next_best(
    free: TaskQuerySet, *, policy: TaskPolicy, worker: User, at: datetime, place_id: int | None = None
) -> list[int]:
    """The best tasks of a warehouse's free ones for this worker, by id, the best first; some more for when it is taken.

    Four queries, however many tasks there are.
    """
    top = free.in_walking_order().values_list("urgency", flat=True).first()
    if top is None:
        return []
    urgent = free.filter(urgency__gte=top - policy.near_within)
    last = _last_done(worker, policy.warehouse_id, at) if place_id is None else None
    if last is not None and last.kind == TaskKind.PICK:
        # A walk that was begun goes on, from where the picker has come to, before it is left for what is nearer.
        onward = urgent.filter(document=last.document, sequence__gte=last.sequence).order_by("sequence", "pk")
        if found := list(onward.values_list("pk", flat=True)[:FEW]):
            return found
    here = _whereabouts(last, place_id)
    if here is None:
        return list(urgent.in_walking_order().values_list("pk", flat=True)[: 2 * FEW])
    shown = ("pk", "start", "sequence", "source__x_mm", "source__y_mm")
    ahead = urgent.filter(start__gte=here.walk).order_by("start", "pk").values_list(*shown)
    behind = urgent.filter(start__lt=here.walk).order_by("-start", "-pk").values_list(*shown)
    choices = [
        Choice(task_id=pk, start=Spot(walk=start, x_mm=x, y_mm=y), sequence=sequence)
        for pk, start, sequence, x, y in ahead[:FEW].union(behind[:FEW], all=True)
    ]
    return [choice.task_id for choice in by_nearness(here, choices)]


def _last_done(worker: User, warehouse_id: int, at: datetime) -> WarehouseTask | None:
    """The task that the worker confirmed last, if that was here and not long ago."""
    done = WarehouseTask.objects.filter(state=TaskState.DONE, done_by=worker, done_at__gt=at - RECENTLY)
    last = done.select_related("source__zone", "target__zone").order_by("-done_at").first()
    return last if last is not None and last.warehouse_id == warehouse_id else None


def _whereabouts(last: WarehouseTask | None, place_id: int | None) -> Spot | None:
    """Where the worker is: at the place they scanned, or where their last task ended; None when nobody knows."""
    if place_id is not None:
        return _spot(Location.objects.select_related("zone").get(pk=place_id))
    if last is None:
        return None
    # Picked goods go along in the tote: the picker is still at the bin.
    return _spot(last.target if last.target is not None and last.kind != TaskKind.PICK else last.source)


def _spot(place: Location) -> Spot:
    return Spot(walk=place.walking_place, x_mm=place.x_mm, y_mm=place.y_mm)
