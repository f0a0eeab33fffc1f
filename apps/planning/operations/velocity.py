"""How fast items move, from what was picked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.choices import Velocity
from apps.locations.models import Warehouse
from apps.orders.models import Pick
from apps.planning.operations.reorder import check_may_plan
from apps.planning.rules import pareto
from apps.storage.models import ItemVelocity

LOOKS_BACK = timedelta(days=90)
"""A season's picks: long enough for slow movers to show, short enough to follow what changes."""


def rate_velocities(*, warehouse_id: int, by: Actor, at: datetime) -> list[ItemVelocity]:
    """Say how fast items move in a warehouse by the pick lines of the last 90 days; the ratings that changed.

    What was said by hand stays, and what is near the border of its class stays in it. An item that was rated and is
    picked no more is slow; one that never was gets no rating. A second call changes nothing. Raises `NotAllowed`.
    """
    check_may_plan(by, "have velocities rated")
    warehouse = Warehouse.objects.lock_one(warehouse_id)
    picked = (
        Pick.objects.filter(wave__warehouse=warehouse_id, picked__gt=0, task__done_at__gt=at - LOOKS_BACK)
        .order_by()
        .values_list("allocation__line__item")
        .annotate(lines=Count("pk"))
    )
    known = {row.item_id: row for row in ItemVelocity.objects.filter(warehouse=warehouse_id)}
    rated = pareto(dict(picked), before={item: row.velocity for item, row in known.items()})
    changed = []
    for item, row in sorted(known.items()):
        now = rated.get(item, Velocity.C)
        if not row.is_fixed and row.velocity != now:
            row.velocity = now
            changed.append(row)
    bulk_update_with_history(changed, ItemVelocity, ["velocity"], default_user=by.user, default_date=at)
    fresh = [
        ItemVelocity(warehouse=warehouse, item_id=item, velocity=velocity, is_fixed=False)
        for item, velocity in sorted(rated.items())
        if item not in known
    ]
    made = bulk_create_with_history(fresh, ItemVelocity, default_user=by.user, default_date=at) if fresh else []
    ratings = [*changed, *made]
    if ratings:
        record(
            "rated",
            kind="velocities",
            number=warehouse.code,
            by=by,
            at=at,
            warehouse_code=warehouse.code,
            changed=len(changed),
            added=len(made),
        )
    return ratings
