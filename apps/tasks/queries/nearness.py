"""The best next task for a worker: urgent first, and of those about as urgent the nearest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import connection

from apps.accounts.models import User
from apps.locations.models.place import ZONE_STRIDE
from apps.tasks.models import TaskPolicy
from apps.tasks.rules import Choice, Spot, by_nearness
from apps.tasks.states import TaskKind

FEW = 8
"""So many tasks ahead on the walk, and so many behind, are weighed."""
RECENTLY = timedelta(hours=2)
"""After that nobody knows where a worker is."""

FREE = """task.warehouse_id = %(site)s and task.kind = any(%(kinds)s)
    and (task.state = 'ready' or (task.state = 'assigned' and task.lease_until <= %(at)s))
    and task.bundle = '' and task.not_for_id is distinct from %(worker)s
    and (task.skill_id is null or task.skill_id in (select tasks_skills_of(%(worker)s, %(site)s, %(at)s)))
    and (task.equipment_id is null
        or (task.equipment_id = %(equipment)s or %(equipment)s::bigint is null) and task.equipment_id in
            (select tasks_equipment_of(%(worker)s, %(site)s, %(at)s)))
    and task.source_id not in (select location_id from workplace_closedplace)
    and coalesce(task.target_id, 0) not in (select location_id from workplace_closedplace)"""
"""Claimable and in no bundle that is claimed as a whole; not kept from this worker, and for what they have learned, may
use by a certificate in force, and have at hand; with no equipment and at no place that is out of service."""

URGENT = "task.urgency >= (select urgency from top) - (select near_within from policy)"

PARTS = f"""
with policy as (
    select coalesce(max(near_within), %(near)s) near_within, coalesce(max(lease_minutes), %(lease)s) lease_minutes
    from tasks_taskpolicy where warehouse_id = %(site)s
), free as not materialized (
    select task.* from tasks_warehousetask task where {FREE}
), own as (
    select task.id, task.urgency, task.start, task.sequence, task.source_id from tasks_warehousetask task
    where task.warehouse_id = %(site)s and task.kind = any(%(kinds)s) and task.state = 'assigned'
        and task.assigned_to_id = %(worker)s and task.lease_until > %(at)s
    order by task.bundle = '', task.bundle, case when task.bundle = '' then task.urgency end desc,
        task.sequence, task.id limit 1
), top as (
    select task.urgency from free task
    order by task.urgency desc, task.sequence, task.id limit 1
)"""  # noqa: S608 - put together of what stands above; values are parameters
"""What both searches begin with: the site's policy, what is free, what is the worker's own, how urgent the best is."""

# One statement, because a worker asks after every task: each part reads a few rows along an index. What was done last
# says where the worker is; picked goods go along in the tote, so a picker is still at the bin. A bundle was claimed to
# be walked as it was planned, however urgent one of its tasks is.
# `free` is written once and not made: the planner puts it in where it stands, and the driver keeps what it has read of
# a statement of up to 4,096 characters. How many are weighed stands in the statement itself: of a limit that it is told
# only later the server expects a tenth of all tasks, takes no plan that it has kept to be good enough for that, and
# plans anew at every call, which takes several times as long as the search.
BEST = f"""{PARTS}, last as (
    select task.kind, task.sequence,
        case when task.kind = %(pick)s or task.target_id is null then task.source_id else task.target_id end place_id
    from (
        select * from tasks_warehousetask
        where done_by_id = %(worker)s and state = 'done' and done_at > %(recently)s order by done_at desc limit 1
    ) task where task.warehouse_id = %(site)s and %(place)s::bigint is null
), here as (
    select coalesce(zone.pick_sequence, 0)::bigint * %(stride)s + place.pick_sequence walk, place.x_mm, place.y_mm
    from locations_location place left join locations_zone zone on zone.id = place.zone_id
    where place.id = coalesce(%(place)s::bigint, (select place_id from last))
), onward as (
    select task.id, task.urgency, task.start, task.sequence, task.source_id from free task
    where task.urgency = (select urgency from top) and task.kind = %(pick)s
        and (select kind from last) = %(pick)s and task.sequence >= (select sequence from last)
    order by task.sequence, task.id limit {{few}}
), ahead as (
    select task.id, task.urgency, task.start, task.sequence, task.source_id from free task
    where {URGENT} and task.start >= (select walk from here) order by task.start, task.id limit {{few}}
), behind as (
    select task.id, task.urgency, task.start, task.sequence, task.source_id from free task
    where {URGENT} and task.start < (select walk from here) order by task.start desc, task.id desc limit {{few}}
), anywhere as (
    select task.id, task.urgency, task.start, task.sequence, task.source_id from free task
    order by task.urgency desc, task.sequence, task.id limit {{twice}}
)
select found.part, found.id, found.urgency, found.start, found.sequence, place.x_mm, place.y_mm,
    here.walk, here.x_mm, here.y_mm, policy.lease_minutes
from (
    select 'own' part, * from own union all select 'onward', * from onward
    union all select 'near', * from ahead{{unless}} union all select 'near', * from behind{{unless}}
    union all select 'anywhere', * from anywhere{{unless}}
) found join locations_location place on place.id = found.source_id cross join policy left join here on true
"""  # noqa: S608 - put together of what stands above; values are parameters

# A server sets up all of a statement's plan before it runs any of it: what the whole search would find of a walk takes
# it a third of the time alone.
WALK = f"""{PARTS}, onward as (
    select task.id, task.sequence from free task
    where task.urgency = (select urgency from top) and task.kind = %(pick)s and task.sequence >= %(sequence)s
    order by task.sequence, task.id limit {FEW}
)
select found.part, found.id, found.sequence, policy.lease_minutes
from (select 'own' part, id, sequence from own union all select 'onward', * from onward) found cross join policy
"""  # noqa: S608 - as above


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """What a worker could do next, by id: the task that is theirs already, else the free ones, the best first."""

    own: int | None
    free: Sequence[int]
    lease: timedelta
    """For how long it would be theirs, as the warehouse's policy says."""


def next_on_walk(
    *,
    warehouse_id: int,
    kinds: Collection[TaskKind],
    worker: User,
    at: datetime,
    sequence: int,
    equipment_id: int | None = None,
) -> Best | None:
    """What `next_best` finds for a worker whose last task was a pick at this place of the walk; None to ask that.

    It finds what is theirs already, and the picks that go on from there.
    """
    rows = _asked(WALK, _parameters(warehouse_id, kinds, worker, at, equipment_id) | {"sequence": sequence})
    return _best(rows, [pk for _, pk, _, _ in sorted(rows, key=itemgetter(2, 1))]) if rows else None


def next_best(
    *,
    warehouse_id: int,
    kinds: Collection[TaskKind],
    worker: User,
    at: datetime,
    place_id: int | None = None,
    equipment_id: int | None = None,
    few: int = FEW,
) -> Best:
    """What of a warehouse's tasks is best for this worker; of the free ones some more, for when the best is taken.

    Of the free ones the most urgent, and those less urgent by no more than the policy says; of them the next on the
    walk that the worker is on, else the nearest to where they stand, else, where nobody knows that, the first on the
    walk. One query, however many tasks there are.
    """
    where = {"recently": at - RECENTLY, "place": place_id, "stride": ZONE_STRIDE}
    rows = _asked(_best_of(few), _parameters(warehouse_id, kinds, worker, at, equipment_id) | where)
    return _best(rows, _in_order(rows))


def _parameters(
    warehouse_id: int, kinds: Collection[TaskKind], worker: User, at: datetime, equipment_id: int | None
) -> dict[str, Any]:
    """What both searches ask by."""
    usual = TaskPolicy()
    return {
        "site": warehouse_id,
        "kinds": [kind.value for kind in kinds],
        "pick": TaskKind.PICK.value,
        "worker": worker.pk,
        "at": at,
        "equipment": equipment_id,
        "near": usual.near_within,
        "lease": usual.lease_minutes,
    }


def _asked(search: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(search, parameters)
        return list(cursor.fetchall())


def _best(rows: Sequence[tuple[Any, ...]], in_order: Sequence[int]) -> Best:
    """Of what a search found: each row begins with its part and its task, and ends with how long a lease lasts."""
    own = next((pk for part, pk, *_ in rows if part == "own"), None)
    minutes = rows[0][-1] if rows else TaskPolicy().lease_minutes
    return Best(own=own, free=() if own is not None else in_order, lease=timedelta(minutes=minutes))


@cache
def _best_of(few: int) -> str:
    # Whoever walks on takes the next of the walk: what is elsewhere is sought when others take all of that.
    unless = " where not exists (select from onward)" if few == FEW else ""
    return BEST.format(few=few, twice=2 * few, unless=unless)


def _in_order(rows: Sequence[tuple[Any, ...]]) -> list[int]:
    """The free ones among what was found, the best first."""
    onward = sorted((sequence, pk) for part, pk, _, _, sequence, *_ in rows if part == "onward")
    near = [
        Choice(task_id=pk, start=Spot(walk=start, x_mm=x, y_mm=y), sequence=sequence)
        for part, pk, _, start, sequence, x, y, *_ in rows
        if part == "near"
    ]
    # A picker walks on, from where they have come to, before they turn to what is nearer. Where others take all of
    # that, whatever else is free will do.
    others = sorted(((-urgency, sequence), pk) for part, pk, urgency, _, sequence, *_ in rows if part == "anywhere")
    nearest = by_nearness(_here(rows), near) if near else []
    found = [*(pk for _, pk in onward), *(choice.task_id for choice in nearest), *(pk for _, pk in others)]
    return list(dict.fromkeys(found))


def _here(rows: Sequence[tuple[Any, ...]]) -> Spot:
    walk, x, y = rows[0][7:10]
    return Spot(walk=walk, x_mm=x, y_mm=y)
