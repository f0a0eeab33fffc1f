"""What the book had of what is counted, at the moment at which each thing was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from apps.counting.models import CountLine, CycleCount
from apps.counting.rules import ZERO, BookLine, CountedLine
from apps.counting.rules.rewinding import Step, rewound
from apps.counting.states import CountScope
from apps.ledger.models import StockBalance

STEPS = """
select balance.id, move.id, move.recorded_at,
       case when move.target_id = balance.location_id and move.target_status = balance.status
             and coalesce(move.target_unit_id, 0) = coalesce(balance.unit_id, 0) then move.quantity else 0 end
       - case when move.source_id = balance.location_id and move.source_status = balance.status
             and coalesce(move.source_unit_id, 0) = coalesce(balance.unit_id, 0) then move.quantity else 0 end change
from ledger_stockbalance balance
join ledger_stockmove move on move.item_id = balance.item_id and move.recorded_at > %(since)s
    and move.id <= balance.last_move_id and balance.location_id in (move.source_id, move.target_id)
    and coalesce(move.lot_id, 0) = coalesce(balance.lot_id, 0)
    and coalesce(move.serial_id, 0) = coalesce(balance.serial_id, 0)
    and coalesce(move.owner_id, 0) = coalesce(balance.owner_id, 0)
where balance.id = any(%(balances)s)
order by move.id
"""
EARLIER = """
select balance.id, max(move.id) from ledger_stockbalance balance
join ledger_stockmove move on move.item_id = balance.item_id and move.recorded_at <= %(since)s
    and coalesce(move.lot_id, 0) = coalesce(balance.lot_id, 0)
    and coalesce(move.serial_id, 0) = coalesce(balance.serial_id, 0)
    and coalesce(move.owner_id, 0) = coalesce(balance.owner_id, 0)
    and ((move.target_id = balance.location_id and move.target_status = balance.status
          and coalesce(move.target_unit_id, 0) = coalesce(balance.unit_id, 0))
      or (move.source_id = balance.location_id and move.source_status = balance.status
          and coalesce(move.source_unit_id, 0) = coalesce(balance.unit_id, 0)))
where balance.id = any(%(balances)s) group by balance.id
"""


def within(count: CycleCount) -> Q:
    """The balances that a count is about."""
    here = Q(location_id=count.location_id)
    if count.scope == CountScope.ITEM:
        return here & Q(item_id=count.item_id)
    if count.scope == CountScope.UNIT:
        return here & Q(unit_id=count.unit_id)
    return here


def book_seen(count: CycleCount, lines: Sequence[CountedLine], *, told_at: datetime) -> list[BookLine]:
    """What the book had when each thing was seen; of what nobody named, the least that it had during the count.

    The count ended when it was told, or (a late one) when the device says it was done; it began when the first line
    was scanned. What came or left in between, before or after a thing was looked at, is no difference.
    """
    moments = {line.goods: told_at - timedelta(seconds=line.seconds_ago) for line in lines}
    began = min(moments.values(), default=told_at)
    empty = Q(item_id__in={line.item_id for line in lines}, owner=None)
    empty &= Q(unit_id=count.unit_id) if count.scope == CountScope.UNIT else Q(unit=None)
    # Balances that have emptied since tell of the moment too: those of the last day are looked at.
    balances = list(
        StockBalance.objects.filter(within(count))
        .filter(Q(on_hand__gt=0) | empty | Q(last_move__recorded_at__gt=began))
        .order_by("pk")
    )
    now = {
        each.pk: BookLine(
            goods=(each.item_id, each.lot_id, each.serial_id, each.status),
            quantity=each.on_hand,
            owner_id=each.owner_id,
            unit_id=each.unit_id,
            position_id=each.last_move_id,
        )
        for each in balances
    }
    steps = _steps([each.pk for each in balances], {each.pk: each.last_move_id for each in balances}, began)
    if not steps:
        return list(now.values())
    first = _before(list(steps), began)
    return [
        _seen(line, steps.get(pk, []), first.get(pk), moments.get(line.goods), began, told_at)
        for pk, line in now.items()
    ]


def _seen(
    line: BookLine,
    steps: Sequence[Step],
    first: int | None,
    seen_at: datetime | None,
    began: datetime,
    ended: datetime,
) -> BookLine:
    if seen_at is not None:
        return rewound(line, steps, at=seen_at, before=first)
    moments = [began, *(step.at for step in steps if began < step.at <= ended), ended]
    return min((rewound(line, steps, at=moment, before=first) for moment in moments), key=lambda each: each.quantity)


def _steps(balances: list[int], last: Mapping[int, int | None], since: datetime) -> dict[int, list[Step]]:
    """The moves of the balances after a moment, up to the one that each was read with."""
    found: dict[int, list[Step]] = {}
    with connection.cursor() as cursor:
        cursor.execute(STEPS, {"balances": balances, "since": since})
        for balance, move, at, change in cursor.fetchall():
            until = last[balance]
            if change and until is not None and move <= until:
                found.setdefault(balance, []).append(Step(move=move, at=at, change=change))
    return found


def _before(balances: Iterable[int], since: datetime) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(EARLIER, {"balances": list(balances), "since": since})
        return dict(cursor.fetchall())


def losses_below_reserved(count: CycleCount) -> list[CountLine]:
    """Lines whose loss the ledger would refuse now: less of the goods is free than is missing."""
    lost = [line for line in count.lines.select_related("item") if line.round == count.round and line.variance < 0]
    balances = StockBalance.objects.filter(location_id=count.location_id, item_id__in={line.item_id for line in lost})
    free = {_key(balance): balance.free for balance in balances}
    return [line for line in lost if free.get(_key(line), ZERO) < -line.variance]


def _key(row: StockBalance | CountLine) -> tuple[object, ...]:
    return row.item_id, row.lot_id, row.serial_id, row.status, row.owner_id, row.unit_id
