"""What is made of what: explosion and where-used, to any depth, in one statement each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection

from apps.catalog.choices import BillKind
from apps.catalog.errors import NoBill
from apps.catalog.models import BillLine, BillOfMaterials, Item
from apps.catalog.rules import Edge, enough, indented, levels_from, rounded_up, total_needs, total_uses

_IN_FORCE = (
    "bill.state = 'active' and bill.valid_from <= %(on)s::date"
    " and (bill.valid_to is null or bill.valid_to >= %(on)s::date)"
)
# `offset 0` keeps the steps in this order: the planner thinks that few bills are in force, and would begin with all.
_DOWN = f"""
with recursive reached(bill_id) as (
    select %(bill)s::bigint
    union
    select bill.id
    from reached
    cross join lateral (
        select line.item_id from catalog_billline line
        where line.bill_id = reached.bill_id and line.role = 'component'
        offset 0
    ) part
    cross join lateral (
        select each.id from catalog_billofmaterials each
        where each.item_id = part.item_id and {_IN_FORCE.replace("bill.", "each.")} and each.kind = any(%(kinds)s)
        offset 0
    ) bill
)
select bill.item_id, line.item_id, bill.quantity, line.quantity, line.scrap_percent, line.line
from reached
join catalog_billofmaterials bill on bill.id = reached.bill_id
join catalog_billline line on line.bill_id = reached.bill_id and line.role = 'component'
"""  # noqa: S608 - our own words, the values are bound
_UP = f"""
with recursive used(item_id) as (
    select %(item)s::bigint
    union
    select bill.item_id
    from used
    join catalog_billline line on line.item_id = used.item_id and line.role = 'component'
    join catalog_billofmaterials bill on bill.id = line.bill_id and {_IN_FORCE}
)
select bill.item_id, line.item_id, bill.quantity, line.quantity, line.scrap_percent, line.line
from used
join catalog_billline line on line.item_id = used.item_id and line.role = 'component'
join catalog_billofmaterials bill on bill.id = line.bill_id and {_IN_FORCE}
"""  # noqa: S608 - our own words, the values are bound
_BELOW = """
with recursive part as (
    select bill.item_id parent, each.item_id part
    from catalog_billofmaterials bill
    join catalog_billline line on line.bill_id = bill.id and line.role = 'component'
    cross join lateral (
        select line.item_id
        union all
        select other.item_id from catalog_billalternative other where other.line_id = line.id
    ) each
    where bill.item_id = any(%(items)s::bigint[]) and bill.id <> %(bill)s::bigint and bill.state <> 'discarded'
      and (bill.valid_to is null or bill.valid_to >= %(first)s::date)
      and (%(last)s::date is null or bill.valid_from <= %(last)s::date)
    union
    select bill.item_id, each.item_id
    from part
    join catalog_billofmaterials bill on bill.item_id = part.part and bill.id <> %(bill)s::bigint
    join catalog_billline line on line.bill_id = bill.id and line.role = 'component'
    cross join lateral (
        select line.item_id
        union all
        select other.item_id from catalog_billalternative other where other.line_id = line.id
    ) each
    where bill.state <> 'discarded'
      and (bill.valid_to is null or bill.valid_to >= %(first)s::date)
      and (%(last)s::date is null or bill.valid_from <= %(last)s::date)
)
select parent, part from part
"""
EVERY_KIND = (BillKind.STOCKED.value, BillKind.PHANTOM.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part on a level of what it goes into; the whole's need in base units, rounded up to what can be had."""

    level: int
    line: int
    parent: Item
    item: Item
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How much of an item is needed in all, and whether it is made of others itself."""

    item: Item
    quantity: Decimal
    is_made: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explosion:
    """What so much of an item is made of: as parts stand in each other, and each part's total."""

    bill: BillOfMaterials
    quantity: Decimal
    parts: tuple[Part, ...]
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An item that a part goes into, so many levels up at least, and how much of the part one of it holds."""

    item: Item
    level: int
    quantity: Decimal


def bills_in_force(item_ids: Collection[int], *, on: date, kind: BillKind | None = None) -> dict[int, BillOfMaterials]:
    """The version of each of these items' bills that is in force on a day; of one kind, or of any."""
    rows = BillOfMaterials.objects.in_force(on).filter(item__in=item_ids)
    return {row.item_id: row for row in (rows if kind is None else rows.filter(kind=kind)).select_related("item")}


def bill_in_force(item: Item, *, on: date) -> BillOfMaterials:
    """Raises `NoBill`."""
    bill = bills_in_force([item.pk], on=on).get(item.pk)
    if bill is None:
        raise NoBill(item=item.number, on=on)
    return bill


def edges_below(bill_id: int, *, on: date, kinds: Collection[str] = EVERY_KIND) -> list[Edge]:
    """Every line that a bill leads to, each once; below it only by bills of these kinds in force on the day."""
    return _edges(_DOWN, bill=bill_id, on=on, kinds=list(kinds))


def explosion_of(bill: BillOfMaterials, *, quantity: Decimal, on: date) -> Explosion:
    """So much of what the bill makes, down to what is made of nothing, with the bills in force on that day."""
    edges = edges_below(bill.pk, on=on)
    top, wanted = bill.item_id, quantity
    items = Item.objects.prefetch_related("unit").in_bulk({top, *(edge.part for edge in edges)})
    made = {edge.parent for edge in edges}
    return Explosion(
        bill=bill,
        quantity=quantity,
        parts=tuple(
            Part(
                level=step.level,
                line=step.edge.line,
                parent=items[step.edge.parent],
                item=items[step.edge.part],
                quantity=enough(step.quantity, items[step.edge.part].scale),
            )
            for step in indented(edges, top, wanted)
        ),
        totals=tuple(
            Total(item=items[pk], quantity=enough(needed, items[pk].scale), is_made=pk in made)
            for pk, needed in sorted(
                total_needs(edges, top, wanted).items(), key=lambda row: (row[0] in made, items[row[0]].number)
            )
        ),
    )


def need_of(bill: BillOfMaterials, quantity: Decimal) -> list[tuple[BillLine, Decimal]]:
    """What one level of a bill takes for so much, and what comes out besides; in the order of its lines."""
    lines = bill.lines.select_related("item__unit").prefetch_related("alternatives__item")
    return [(line, rounded_up(Fraction(quantity) * _edge(bill, line).each, line.item.scale)) for line in lines]


def phantom_parts(bill: BillOfMaterials, quantity: Decimal, *, on: date) -> list[tuple[Item, Decimal]]:
    """What leaves the warehouse for so many of a phantom kit: kits within it are opened too; each item once."""
    edges = edges_below(bill.pk, on=on, kinds=[BillKind.PHANTOM.value])
    opened = {edge.parent for edge in edges}
    needs = total_needs(edges, bill.item_id, quantity)
    items = Item.objects.in_bulk(needs)
    order = {
        step.edge.part: place for place, step in reversed(list(enumerate(indented(edges, bill.item_id, Decimal(1)))))
    }
    return [
        (items[pk], enough(needs[pk], items[pk].scale))
        for pk in sorted(needs, key=lambda pk: order.get(pk, len(order)))
        if pk not in opened
    ]


def where_used(item: Item, *, on: date) -> list[Use]:
    """Every item that a part goes into on a day, however far up, the nearest first."""
    edges = _edges(_UP, item=item.pk, on=on)
    levels = levels_from(edges, item.pk, up=True)
    uses = total_uses(edges, item.pk)
    items = Item.objects.select_related("unit").in_bulk(uses)
    rows = [Use(item=items[pk], level=levels[pk], quantity=enough(held, item.scale)) for pk, held in uses.items()]
    return sorted(rows, key=lambda use: (use.level, use.item.number))


def made_of(bill: BillOfMaterials, parts: Iterable[int]) -> list[tuple[int, int]]:
    """What these parts are made of by other bills that are in force, or drafted, while this one is to be."""
    given: dict[str, Any] = {
        "items": list(parts),
        "bill": bill.pk or 0,
        "first": bill.valid_from,
        "last": bill.valid_to,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, given)
        return [(int(parent), int(part)) for parent, part in cursor.fetchall()]


def _edge(bill: BillOfMaterials, line: BillLine) -> Edge:
    return Edge(
        parent=bill.item_id,
        part=line.item_id,
        made=bill.quantity,
        quantity=line.quantity,
        scrap_percent=line.scrap_percent,
        line=line.line,
    )


def _edges(statement: str, **given: Any) -> list[Edge]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [
            Edge(parent=parent, part=part, made=made, quantity=quantity, scrap_percent=scrap, line=line)
            for parent, part, made, quantity, scrap, line in cursor.fetchall()
        ]
