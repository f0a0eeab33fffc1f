"""What the book reads: the sealed ledger between two positions, what was said, and the piles as they were left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

import psycopg
from django.db import connection

from apps.core.arrays import numbers
from apps.locations.choices import VIRTUAL, LocationKind
from apps.locations.models import Location
from apps.valuation.rules.money import ZERO
from apps.valuation.rules.piles import Layer, Pile
from apps.valuation.rules.terms import Crossing, Hints, Said, Valued
from apps.valuation.states import CostMethod

AT_ONCE = 20_000
"""Items asked for at a time."""

# Between stock and outside; goods of other owners are not ours to value. Goods between places of ours cross nothing.
CROSSINGS = """
select seal.position, move.id, move.item_id, move.lot_id, move.serial_id, move.quantity, move.unit_cost,
       case when move.source_id = any(%(outside)s::bigint[]) then move.source_id else move.target_id end,
       move.source_id = any(%(outside)s::bigint[]), move.transaction_id, posting.document,
       posting.reverses_id is not null, move.recorded_at::text, move.warehouse_id
from ledger_sealedtransaction seal
join ledger_stocktransaction posting on posting.id = seal.transaction_id
join ledger_stockmove move on move.transaction_id = seal.transaction_id
where seal.position > %(after)s and seal.position <= %(upto)s and move.owner_id is null
  and (move.source_id = any(%(outside)s::bigint[])) <> (move.target_id = any(%(outside)s::bigint[]))
"""
# What was said and not applied yet. It counts after its position, and not before the goods that it is about.
SAID = """
select event.id, greatest(event.position, coalesce(seal.position, 0)), event.kind, event.item_id, event.at::text,
       event.move_id, move.quantity, event.amount, event.unit_cost, event.method, event.document, move.warehouse_id,
       event.corrects
from valuation_costevent event
left join ledger_stockmove move on move.id = event.move_id
left join ledger_sealedtransaction seal on seal.transaction_id = move.transaction_id
where not event.applied and (event.move_id is null or seal.position is not null)
  and greatest(event.position, coalesce(seal.position, 0)) <= %(upto)s
order by 2, 1
"""
MIRRORS = """
with undone as (select id, reverses_id from ledger_stocktransaction where id = any(%(postings)s::bigint[])),
back as (
    select move.id, undone.reverses_id posting, row_number() over (partition by undone.id order by move.id) place
    from undone join ledger_stockmove move on move.transaction_id = undone.id),
there as (
    select move.id, undone.reverses_id posting, row_number() over (partition by undone.id order by move.id) place
    from undone join ledger_stockmove move on move.transaction_id = undone.reverses_id)
select back.id, there.id, entry.quantity, entry.value, entry.variance
from back join there using (posting, place)
left join valuation_costentry entry on entry.move_id = there.id and entry.event_id is null
"""
SALES_OF = """
select link.posting_id, link.sale_id, move.item_id, sum(entry.quantity), sum(entry.value)
from valuation_saleofreturn link
left join ledger_stockmove move on move.transaction_id = link.sale_id
left join valuation_costentry entry on entry.move_id = move.id and entry.kind = 'sold'
where link.posting_id = any(%(postings)s::bigint[])
group by 1, 2, 3
order by 1, 2, 3
"""
LAST_SALES = """
select wanted.item, wanted.lot, wanted.serial, sale.quantity, sale.value
from unnest(%(items)s::bigint[], %(lots)s::bigint[], %(serials)s::bigint[]) wanted(item, lot, serial)
cross join lateral (
    select entry.quantity, entry.value from valuation_costentry entry
    where entry.item_id = wanted.item and entry.kind = 'sold'
      and (wanted.lot is null or entry.lot_id = wanted.lot)
      and (wanted.serial is null or entry.serial_id = wanted.serial)
    order by entry.id desc limit 1) sale
"""
SHARES = "select move_id, share from valuation_outputshare where move_id = any(%(moves)s::bigint[])"


def outside() -> dict[int, str]:
    """The places that hold no stock, and what each is."""
    return dict(Location.objects.filter(kind__in=VIRTUAL).values_list("pk", "kind"))


def crossings(places: dict[int, str], *, after: int, upto: int) -> list[Crossing]:
    """The moves between two positions, in the order of the sealed ledger."""
    raw = cast("psycopg.Connection[tuple[Any, ...]]", connection.connection)
    with raw.cursor(binary=True) as cursor:
        cursor.execute(f"{CROSSINGS} order by 1, 2", {"after": after, "upto": upto, "outside": list(places)})
        return [Crossing._make((*row[:7], places[row[7]], *row[8:])) for row in cursor]


def what_was_said(*, upto: int) -> list[Said]:
    """In the order in which it counts. What is about goods that are not sealed yet waits for them."""
    return [Said._make(row) for row in _ask(SAID, {"upto": upto})]


def hints(moves: Sequence[Crossing]) -> Hints:
    """What the postings themselves do not say."""
    found = Hints()
    undone = {move.transaction for move in moves if move.is_reversal}
    returned = [move for move in moves if move.inward and move.outside == LocationKind.CUSTOMER]
    made = [move.move for move in moves if move.inward and move.outside == LocationKind.PRODUCTION]
    if made:
        found.shares = dict(_ask(SHARES, {"moves": made}))
    if undone:
        mirrors = {}
        for back, there, quantity, value, variance in _ask(MIRRORS, {"postings": list(undone)}):
            mirrors[back] = there
            if value is not None:
                found.entries[there] = Valued(quantity, value, variance)
        found.mirrors = mirrors
    if returned:
        _note_sales(found, returned)
    return found


def _note_sales(found: Hints, returned: Sequence[Crossing]) -> None:
    """What returned goods left with, as far as the book knows it already."""
    sales_of: dict[int, set[int]] = defaultdict(set)
    for posting, sale, item, quantity, value in _ask(SALES_OF, {"postings": [move.transaction for move in returned]}):
        sales_of[posting].add(sale)
        if quantity is not None:
            found.sold[sale, item] = Valued(-quantity, value, ZERO)
    found.sales_of = {posting: tuple(sorted(sales)) for posting, sales in sales_of.items()}
    wanted = {
        key
        for move in returned
        for key in ((move.item, move.lot, move.serial), (move.item, move.lot, None), (move.item, None, None))
    }
    columns = [list(column) for column in zip(*wanted, strict=True)]
    rows = _ask(LAST_SALES, dict(zip(("items", "lots", "serials"), columns, strict=True)))
    found.sales = {row[:3]: Valued(-row[3], row[4], ZERO) for row in rows}


def piles(items: Sequence[int]) -> dict[int, Pile]:
    """The piles of these items as the book left them; of items that it does not know yet, none."""
    known = {}
    for start in range(0, len(items), AT_ONCE):
        part = numbers(items[start : start + AT_ONCE])
        rows = _ask(
            "select item_id, method, standard, last_cost from valuation_itemcost where item_id = any(%s::bigint[])",
            [part],
        )
        for item, method, standard, last_cost in rows:
            known[item] = Pile(item, method, standard, last_cost)
            known[item].changed = False
        rows = _ask(
            "select item_id, position, move_id, lot_id, serial_id, received, base, worth, rest, value, id"
            " from valuation_costlayer where item_id = any(%s::bigint[]) order by item_id, position, move_id",
            [part],
        )
        for item, position, move, lot, serial, received, base, worth, rest, value, row in rows:
            known[item].load(
                Layer(
                    position=position,
                    move=move,
                    lot=lot,
                    serial=serial,
                    received=received,
                    base=base,
                    worth=worth,
                    rest=rest,
                    value=value,
                    row=row,
                    changed=False,
                )
            )
    return known


def methods_of(items: Sequence[int]) -> dict[int, tuple[str, Decimal | None]]:
    """By the rule of the nearest category, how an item is valued from its first goods on, and its standard cost."""
    rules: dict[int | None, str] = dict(_ask("select category_id, method from valuation_costrule", None))
    parents: dict[int, int | None] = dict(_ask("select id, parent_id from catalog_category", None))
    default = rules.get(None, CostMethod.FIFO)

    def rule(category: int | None) -> str:
        while category is not None:
            if category in rules:
                return rules[category]
            category = parents.get(category)
        return default

    found: dict[int, tuple[str, Decimal | None]] = {}
    for start in range(0, len(items), AT_ONCE):
        rows = _ask(
            "select id, category_id, standard_cost from catalog_item where id = any(%s::bigint[])",
            [numbers(items[start : start + AT_ONCE])],
        )
        found |= {item: (rule(category), standard) for item, category, standard in rows}
    return found


def work_in_progress() -> dict[str, Decimal]:
    """What documents have consumed and not made anything of."""
    return dict(_ask("select document, value from valuation_workinprogress", None))


def _ask(query: str, given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return list(cursor.fetchall())
