"""What is known of a site's bins when the day's counts are planned."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, Sum

from apps.core.clock import day_bounds
from apps.counting.models import CycleCount
from apps.counting.rules.planning import Bin
from apps.counting.states import UNDER_WAY, CountScope, CountState, DoubtKind
from apps.locations.choices import PICKABLE
from apps.locations.models import Warehouse
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind, TaskState

MEASURED_DAYS = 90
MEASURED = 10
"""Fewer timed counts than these say little: the plan's own figure is taken."""

LATEST_COST = """
select item.id item_id, cost.unit_cost
from (select distinct item_id id from ledger_stockbalance where warehouse_id = %(site)s and on_hand > 0) item
join lateral (
    select move.unit_cost from ledger_stockmove move
    where move.item_id = item.id and move.unit_cost is not null order by move.recorded_at desc, move.id desc limit 1
) cost on true
"""
"""What an item cost when it last came in, in the company's currency; one that never had a cost is worth nothing."""

FACTS = f"""
with cost as materialized ({LATEST_COST}),
stock as (
    select balance.location_id, count(*) records, max(balance.last_move_id) moved, min(speed.velocity) velocity,
           coalesce(sum(balance.on_hand * cost.unit_cost), 0)::float8 worth
    from ledger_stockbalance balance
    left join cost on cost.item_id = balance.item_id
    left join storage_itemvelocity speed
        on speed.item_id = balance.item_id and speed.warehouse_id = balance.warehouse_id
    where balance.warehouse_id = %(site)s and balance.on_hand > 0
    group by balance.location_id
), counted as (
    select location_id, max(counted_at) counted_at, count(*) counts, count(transaction_id) errors,
           (array_agg(transaction_id is not null order by counted_at desc))[1] varied
    from counting_cyclecount
    where warehouse_id = %(site)s and state = %(approved)s and scope = any(%(whole)s)
    group by location_id
), doubt as (
    select doubt.location_id,
           count(*) filter (where doubt.kind = %(short)s) shorts,
           count(*) filter (where doubt.kind = %(empty)s) empties,
           count(*) filter (where doubt.kind = %(wrong)s) wrongs
    from counting_countdoubt doubt
    left join counted on counted.location_id = doubt.location_id
    where doubt.warehouse_id = %(site)s and doubt.seen_at > coalesce(counted.counted_at, '-infinity')
    group by doubt.location_id
)
select bin.id, bin.zone_id, coalesce(stock.records, 0), coalesce(stock.worth, 0), coalesce(stock.velocity, ''),
       counted.counted_at, coalesce(counted.counts, 0), coalesce(counted.errors, 0), coalesce(counted.varied, false),
       coalesce(doubt.shorts, 0), coalesce(doubt.empties, 0), coalesce(doubt.wrongs, 0), coalesce(stock.moved, 0)
from locations_location bin
left join stock on stock.location_id = bin.id
left join counted on counted.location_id = bin.id
left join doubt on doubt.location_id = bin.id
where bin.warehouse_id = %(site)s and bin.is_active and bin.kind = any(%(kinds)s)
  and not exists (select 1 from counting_cyclecount other
                  where other.location_id = bin.id and other.state = any(%(under_way)s))
order by bin.pick_sequence, bin.id
"""  # noqa: S608 - put together of constants


def bins_of(warehouse: Warehouse, *, on: date) -> list[Bin]:
    """The bins in use that nobody counts now, with what their risk is judged by. One statement."""
    until = day_bounds(on, warehouse.timezone)[1]
    with connection.cursor() as cursor:
        cursor.execute(
            FACTS,
            {
                "site": warehouse.pk,
                "kinds": [kind.value for kind in PICKABLE],
                "under_way": [state.value for state in UNDER_WAY],
                "approved": CountState.APPROVED.value,
                "whole": [CountScope.PLACE.value, CountScope.EMPTY.value],
                "short": DoubtKind.SHORT_PICK.value,
                "empty": DoubtKind.EMPTY_BIN.value,
                "wrong": DoubtKind.WRONG_PLACE.value,
            },
        )
        return [_bin(row, until, warehouse) for row in cursor.fetchall()]


def _bin(row: tuple[Any, ...], until: datetime, warehouse: Warehouse) -> Bin:
    pk, zone, records, value, velocity, counted_at, counts, errors, varied, shorts, empties, wrongs, moved = row
    return Bin(
        pk=pk,
        zone_id=zone,
        records=records,
        value=value,
        velocity=velocity,
        days=None if counted_at is None else _days(counted_at, until, warehouse),
        counts=counts,
        errors=errors,
        last_varied=varied,
        doubts={
            kind: number
            for kind, number in (
                (DoubtKind.SHORT_PICK.value, shorts),
                (DoubtKind.EMPTY_BIN.value, empties),
                (DoubtKind.WRONG_PLACE.value, wrongs),
            )
            if number
        },
        moved=moved,
    )


def _days(counted_at: datetime, until: datetime, warehouse: Warehouse) -> int:
    """By the calendar of the warehouse: a bin that was counted in the evening is due in the morning."""
    return (warehouse.local_date(until - timedelta(microseconds=1)) - warehouse.local_date(counted_at)).days


def minutes_a_record(warehouse: Warehouse, *, usual: Decimal, at: datetime) -> float:
    """How long a record of the book takes here, the way to the bin counted as one: as measured, else as usual."""
    done = CycleCount.objects.filter(
        warehouse=warehouse,
        task__state=TaskState.DONE,
        task__done_at__gt=at - timedelta(days=MEASURED_DAYS),
        task__started_at__isnull=False,
    ).annotate(records=Count("lines"), took=F("task__done_at") - F("task__started_at"))
    rows = list(done.values_list("records", "took"))
    if len(rows) < MEASURED:
        return float(usual) / 2
    minutes: float = sum(took.total_seconds() for _, took in rows) / 60
    records: int = sum(lines + 1 for lines, _ in rows)
    return max(minutes / records, 0.01)


def minutes_waiting(warehouse: Warehouse, *, usual: Decimal) -> Decimal:
    """Of work in counts that wait to be counted: today's minutes are for them first."""
    waiting = WarehouseTask.objects.open().filter(Q(kind=TaskKind.COUNT), warehouse=warehouse)
    told = waiting.aggregate(known=Sum("minutes"), unknown=Count("pk", filter=Q(minutes=None)))
    known: Decimal = told["known"] or Decimal(0)
    unknown: int = told["unknown"]
    return known + unknown * usual
