"""What the book writes: entries, and what has become of piles and of work in progress; by COPY, however many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

import psycopg
from django.db import connection

from apps.core.arrays import numbers
from apps.valuation.rules.piles import Layer, Pile
from apps.valuation.rules.terms import Entry

ENTRY = (
    "item_id, warehouse_id, position, at, kind, quantity, value, variance, move_id, event_id, lot_id, serial_id,"
    " document, estimated, corrects"
)
LAYER = "item_id, position, move_id, lot_id, serial_id, received, base, worth, rest, value"
ITEM = "item_id, method, standard, last_cost, quantity, value"
DERIVED = ("valuation_costentry", "valuation_costlayer", "valuation_itemcost", "valuation_workinprogress")


def write_entries(entries: Sequence[Entry]) -> None:
    """Entries are only added."""
    _copy("valuation_costentry", ENTRY, entries)


def write_piles(piles: Iterable[Pile]) -> None:
    """What changed of them: layers that are used up go, those that changed are written anew."""
    changed = [pile for pile in piles if pile.changed]
    layers = [(pile.item, layer) for pile in changed for layer in pile.layers() if layer.changed]
    gone = [row for pile in changed for row in pile.closed]
    gone += [layer.row for _, layer in layers if layer.row is not None]
    with connection.cursor() as cursor:
        if gone:
            cursor.execute("delete from valuation_costlayer where id = any(%s::bigint[])", [numbers(gone)])
        items = numbers([pile.item for pile in changed])
        cursor.execute("delete from valuation_itemcost where item_id = any(%s::bigint[])", [items])
    _copy("valuation_costlayer", LAYER, (_layer(item, layer) for item, layer in layers))
    _copy("valuation_itemcost", ITEM, (_item(pile) for pile in changed))


def write_in_progress(values: Mapping[str, Decimal]) -> None:
    """What documents have consumed and not made anything of; of most there is nothing."""
    with connection.cursor() as cursor:
        cursor.execute("delete from valuation_workinprogress where document = any(%s)", [list(values)])
    _copy("valuation_workinprogress", "document, value", [row for row in values.items() if row[1]])


def forget() -> None:
    """Empty the book, so that it is written anew from position 0; what was said is kept."""
    with connection.cursor() as cursor:
        for table in DERIVED:
            cursor.execute(f"delete from {table}")  # noqa: S608 - our own names
        cursor.execute("update valuation_costevent set applied = false where applied")


def mark_applied(events: Sequence[int]) -> None:
    """The book has these."""
    with connection.cursor() as cursor:
        cursor.execute("update valuation_costevent set applied = true where id = any(%s::bigint[])", [numbers(events)])


def _layer(item: int, layer: Layer) -> tuple[object, ...]:
    return (
        item,
        layer.position,
        layer.move,
        layer.lot,
        layer.serial,
        layer.received,
        layer.base,
        layer.worth,
        layer.rest,
        layer.value,
    )


def _item(pile: Pile) -> tuple[object, ...]:
    return pile.item, pile.method, pile.standard, pile.last_cost, pile.quantity, pile.value


def _copy(table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    raw = cast("psycopg.Connection[tuple[Any, ...]]", connection.connection)
    with raw.cursor() as cursor, cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
