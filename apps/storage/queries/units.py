"""Handling units that wait to be put away: which is the outermost, and all that is on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from apps.storage.rules import Goods
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind

OUTERMOST = """
with recursive up as (
    select id asked, id, parent_id from ledger_handlingunit where id = any(%(units)s)
    union all
    select up.asked, parent.id, parent.parent_id from ledger_handlingunit parent join up on parent.id = up.parent_id
)
select asked, id from up where parent_id is null
"""

ON_UNITS = """
with recursive tree as (
    select id outermost, kind, id from ledger_handlingunit where id = any(%(units)s)
    union all
    select tree.outermost, tree.kind, child.id from ledger_handlingunit child join tree on child.parent_id = tree.id
)
select tree.outermost, tree.kind, b.location_id, b.item_id, b.lot_id, b.serial_id, b.status, sum(b.on_hand)
from tree join ledger_stockbalance b on b.unit_id = tree.id and b.on_hand > 0
group by 1, 2, 3, 4, 5, 6, 7
order by 1, 4, 5, 6, 7
"""


def outermost_of(unit_ids: Iterable[int]) -> dict[int, int]:
    """For each unit the one that it stands in, or on, and that stands in no other: itself when nothing holds it."""
    with connection.cursor() as cursor:
        cursor.execute(OUTERMOST, {"units": list(unit_ids)})
        return dict(cursor.fetchall())


def goods_on(unit_ids: Iterable[int]) -> dict[int, tuple[Goods, ...]]:
    """All that is on each of these units and in what stands on it, where it stands now; units without goods are out."""
    found: dict[int, list[Goods]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(ON_UNITS, {"units": list(unit_ids)})
        for unit, kind, place, item, lot, serial, status, quantity in cursor.fetchall():
            found[unit].append(
                Goods(
                    item_id=item,
                    lot_id=lot,
                    serial_id=serial,
                    status=status,
                    quantity=quantity,
                    source_id=place,
                    unit_id=unit,
                    unit_kind=kind,
                )
            )
    return {unit: tuple(goods) for unit, goods in found.items()}


def units_on_their_way(unit_ids: Iterable[int]) -> set[int]:
    """Those of the units that an open task puts away already."""
    rows = WarehouseTask.objects.open().filter(kind=TaskKind.PUTAWAY, unit__in=list(unit_ids))
    return set(rows.values_list("unit", flat=True))
