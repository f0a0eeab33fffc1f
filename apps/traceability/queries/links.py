"""Which goods went into which, as the records say it: links between lots, serial numbers and goods with neither."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum
from typing import Any, NamedTuple

from django.db import connection

from apps.core.arrays import numbers


class Goods(IntEnum):
    """What a node of a genealogy is."""

    LOT = 1
    SERIAL = 2
    ITEM = 3
    """Goods with neither lot nor serial number: one heap an item."""
    WORK = 4
    """A line of an assembly order of which it is not known which of its issues went into which output."""
    SHIPMENT = 5


class Node(NamedTuple):
    """Goods that are told apart from others, by what they are and their key."""

    goods: int
    id: int


class Link(NamedTuple):
    """Goods went into others. Moves say when: the part went in by one and what was made came out by the other.

    What leads to a line's unclear work has no output and no moves: it may have gone in at any time.
    """

    part: Node
    made: Node
    is_certain: bool
    went_in: int | None
    came_out: int | None
    output_id: int | None


# A serial number is one unit, whatever lot it is of; goods of a lot without one are all alike.
_ISSUES = """(
        select * from assembly_assemblyissue where r.goods = 1 and lot_id = r.id and serial_id is null
        union all
        select * from assembly_assemblyissue where r.goods = 2 and serial_id = r.id
        union all
        select * from assembly_assemblyissue
        where r.goods = 3 and item_id = r.id and lot_id is null and serial_id is null
    )"""
_OUTPUTS = """(
        select * from assembly_assemblyoutput where r.goods = 1 and lot_id = r.id and serial_id is null
        union all
        select * from assembly_assemblyoutput where r.goods = 2 and serial_id = r.id
        union all
        select output.* from assembly_assemblyline line
        join assembly_assemblyoutput output on output.line_id = line.id
        where r.goods = 3 and line.item_id = r.id and output.lot_id is null and output.serial_id is null
    )"""
_ISSUED = """
        case when issue.serial_id is not null then 2 when issue.lot_id is not null then 1 else 3 end,
        coalesce(issue.serial_id, issue.lot_id, issue.item_id)"""
_MADE = """
        case when output.serial_id is not null then 2 when output.lot_id is not null then 1 else 3 end,
        coalesce(output.serial_id, output.lot_id,
                 (select line.item_id from assembly_assemblyline line where line.id = output.line_id))"""
_UP = f"""
    select {_MADE}, held.is_certain, held.input_move_id, output.move_id, output.id
    from {_ISSUES} issue
    join assembly_assemblygenealogy held on held.issue_id = issue.id
    join assembly_assemblyoutput output on output.id = held.output_id
    union all
    select 4, issue.line_id, false, null::bigint, null::bigint, null::bigint
    from {_ISSUES} issue where issue.is_mixed and issue.quantity > issue.returned + issue.scrapped
    union all
    select {_MADE}, false, null, output.move_id, output.id
    from assembly_assemblyissue issue
    join assembly_assemblygenealogy held on held.issue_id = issue.id and not held.is_certain
    join assembly_assemblyoutput output on output.id = held.output_id
    where r.goods = 4 and issue.line_id = r.id
"""  # noqa: S608 - our own words, the values are bound
_DOWN = f"""
    select {_ISSUED}, held.is_certain, held.input_move_id, output.move_id, output.id
    from {_OUTPUTS} output
    join assembly_assemblygenealogy held on held.output_id = output.id
    join assembly_assemblyissue issue on issue.id = held.issue_id
    union all
    select 4, issue.line_id, false, null, output.move_id, output.id
    from {_OUTPUTS} output
    join assembly_assemblygenealogy held on held.output_id = output.id and not held.is_certain
    join assembly_assemblyissue issue on issue.id = held.issue_id
    union all
    select {_ISSUED}, false, null::bigint, null::bigint, null::bigint
    from assembly_assemblyissue issue
    where r.goods = 4 and issue.line_id = r.id and issue.is_mixed and issue.quantity > issue.returned + issue.scrapped
"""  # noqa: S608 - our own words, the values are bound
# The links themselves are gathered, each once, so that nothing is looked up again afterwards and loops end.
_STATEMENT = """
with recursive walked(goods, id, certain, went_in, came_out, output, from_goods, from_id) as (
    select goods, id, false, null::bigint, null::bigint, null::bigint, null::int, null::bigint
    from unnest(%(goods)s::int[], %(ids)s::bigint[]) start(goods, id)
    union
    select step.*, r.goods, r.id from (select distinct goods, id from walked) r
    cross join lateral ({step}) step
)
select from_goods, from_id, goods, id, certain, went_in, came_out, output from walked where from_goods is not null
"""
_UPWARDS = _STATEMENT.format(step=_UP)
_DOWNWARDS = _STATEMENT.format(step=_DOWN)


def links_up(starts: Collection[Node]) -> list[Link]:
    """All links from these goods on to what they went into, however many levels; one statement, loops end."""
    node = _Nodes()
    return [
        Link(node[part, part_id], node[made, made_id], certain, went_in, came_out, output)
        for part, part_id, made, made_id, certain, went_in, came_out, output in _rows(_UPWARDS, starts)
    ]


def links_down(starts: Collection[Node]) -> list[Link]:
    """All links from these goods down to what they were made of, however many levels; one statement, loops end."""
    node = _Nodes()
    return [
        Link(node[part, part_id], node[made, made_id], certain, went_in, came_out, output)
        for made, made_id, part, part_id, certain, went_in, came_out, output in _rows(_DOWNWARDS, starts)
    ]


class _Nodes(dict[tuple[int, int], Node]):
    """Each node once: those of many links are told apart by being the same object, which is fast."""

    def __missing__(self, key: tuple[int, int]) -> Node:
        return self.setdefault(key, Node(*key))


def _rows(statement: str, starts: Collection[Node]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            statement, {"goods": numbers([each.goods for each in starts]), "ids": numbers([each.id for each in starts])}
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


_ENTRIES = """
select output.lot_id, output.id, output.move_id from assembly_assemblyoutput output
where output.lot_id = any(%(lots)s::bigint[]) and output.serial_id is null
union all
select lot.id, null, min(entry.id)
from ledger_lot lot
join ledger_stockmove entry on entry.item_id = lot.item_id and entry.lot_id = lot.id
    and entry.source_id = any(array(select id from locations_location where kind = 'supplier'))
where lot.id = any(%(lots)s::bigint[])
group by lot.id
"""


def entries_of(lots: Collection[int]) -> list[tuple[int, int | None, int]]:
    """By which outputs, and by which first receipt, these lots came in: lot, output (none: a supplier), move."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, {"lots": numbers(lots)})
        rows: list[tuple[int, int | None, int]] = cursor.fetchall()
        return rows


_SHIPMENTS = """
with customers as (select array(select id from locations_location where kind = 'customer') places),
left_by as (
    select 1 goods, move.lot_id id, move.id move, move.transaction_id, move.source_unit_id
    from ledger_stockmove move, customers
    where move.lot_id = any(%(lots)s::bigint[]) and move.serial_id is null and move.target_id = any(customers.places)
    union all
    select 2, move.serial_id, move.id, move.transaction_id, move.source_unit_id from ledger_stockmove move, customers
    where move.serial_id = any(%(serials)s::bigint[]) and move.target_id = any(customers.places)
    union all
    select 3, move.item_id, move.id, move.transaction_id, move.source_unit_id from ledger_stockmove move, customers
    where move.item_id = any(%(items)s::bigint[]) and move.lot_id is null and move.serial_id is null
      and move.target_id = any(customers.places)
)
select left_by.goods, left_by.id, carton.shipment_id, max(left_by.move)
from left_by
join shipping_carton carton on carton.unit_id = left_by.source_unit_id
where not exists (select from ledger_stocktransaction undone where undone.reverses_id = left_by.transaction_id)
group by 1, 2, 3
"""


def shipments_of(goods: Collection[Node]) -> list[Link]:
    """By which shipments these goods left for customers, as links: their last move by each; one statement."""
    given = {
        name: numbers([node.id for node in goods if node.goods == kind])
        for name, kind in (("lots", Goods.LOT), ("serials", Goods.SERIAL), ("items", Goods.ITEM))
    }
    with connection.cursor() as cursor:
        cursor.execute(_SHIPMENTS, given)
        rows = cursor.fetchall()
    return [
        Link(
            part=Node(row[0], row[1]),
            made=Node(Goods.SHIPMENT, row[2]),
            is_certain=True,
            went_in=row[3],
            came_out=row[3],
            output_id=-place,
        )
        for place, row in enumerate(rows, start=1)
    ]
