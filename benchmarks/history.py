"""A warehouse with years behind it: so many moves among 10,000 balances, sealed, and every rule of the ledger true.

Written by the owner in a few statements, as posting them one by one would take half an hour.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.ledger.operations.seal import LARGEST
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from benchmarks.ground import EACH, Ground, Raw, an_actor, first, ground, make_items, owner_connection, settle

BINS = 100
ITEMS = 100
DAYS = 180
MOVES = {"short": 200_000, "long": 2_000_000}
"""By the name of the ground. `STILLAGE_BENCH_SHARE=0.1` builds a tenth, and every line says so."""


def share() -> float:
    """How much of the history is built; 1 but where somebody is in a hurry."""
    return float(os.environ.get("STILLAGE_BENCH_SHARE", "1"))


def moves_in(name: str) -> int:
    """How many moves the ground has."""
    return int(MOVES[name] * share())


def sized(name: str) -> str:
    """The measure's name, with the size where it is not the full one."""
    return name if share() == 1 else f"{name}@{share():g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What was built, as a measure finds it."""

    floor: Ground
    items: list[int]


def build(name: str) -> None:
    """Bins, items, an opening receipt of everything everywhere, and one move a posting ever since."""
    floor, items = ground(bins=BINS), make_items(ITEMS)
    supplier = Location.objects.virtual(floor.warehouse, LocationKind.SUPPLIER).pk
    given = {
        "warehouse": floor.warehouse.pk,
        "by": floor.by.user.pk,
        "items": items,
        "bins": floor.bins,
        "supplier": supplier,
        "each": EACH,
        "days": DAYS,
        "moves": moves_in(name),
    }
    with owner_connection() as raw, bare(raw):
        for statement in STATEMENTS:
            raw.execute(statement, given)
    settle()
    with owner_connection() as raw:
        while first(raw, "select ledger_seal(%s, false)", (LARGEST,)) is not None:
            raw.commit()
    settle()


def found() -> Past:
    """The ground in this database."""
    warehouse = Warehouse.objects.get(code="BENCH")
    bins = Location.objects.filter(warehouse=warehouse, kind=LocationKind.STORAGE)
    return Past(
        floor=Ground(
            warehouse=warehouse,
            by=an_actor(User.objects.get(username="bench").username),
            bins=list(bins.order_by("pk").values_list("pk", flat=True)),
        ),
        items=list(Item.objects.filter(number__startswith="BENCH-").order_by("pk").values_list("pk", flat=True)),
    )


STATEMENTS = (
    (
        "insert into ledger_stocktransaction (warehouse_id, kind, document, reason, occurred_at, recorded_at, by_id,"
        " actor, xid) select %(warehouse)s, case n when 0 then 'receive' else 'move' end, 'HISTORY', '', moment,"
        " moment, %(by)s, 'bench', pg_current_xact_id() from (select n, now() - interval '1 day' * (%(days)s::float8"
        " * (%(moves)s::float8 + 1 - n) / (%(moves)s::float8 + 1)) moment"
        " from generate_series(0, %(moves)s::int) n) each order by n"
    ),
    (
        "insert into ledger_stockmove (transaction_id, warehouse_id, item_id, quantity, source_id, source_status,"
        " target_id, target_status, recorded_at) select first.id, %(warehouse)s, item, %(each)s, %(supplier)s,"
        " 'available', bin, 'available', first.recorded_at from unnest(%(items)s::bigint[]) item,"
        " unnest(%(bins)s::bigint[]) bin,"
        " (select id, recorded_at from ledger_stocktransaction order by id limit 1) first"
    ),
    "select setseed(0.5)",
    (
        "insert into ledger_stockmove (transaction_id, warehouse_id, item_id, quantity, source_id, source_status,"
        " target_id, target_status, recorded_at) select id, %(warehouse)s, (%(items)s::bigint[])[1 + item], 1,"
        " (%(bins)s::bigint[])[1 + source], 'available',"
        " (%(bins)s::bigint[])[1 + (source + step) %% cardinality(%(bins)s::bigint[])], 'available', recorded_at"
        " from (select id, recorded_at, floor(random() * cardinality(%(items)s::bigint[]))::int item,"
        " floor(random() * cardinality(%(bins)s::bigint[]))::int source,"
        " 1 + floor(random() * (cardinality(%(bins)s::bigint[]) - 1))::int step"
        " from ledger_stocktransaction where kind = 'move' order by id) each order by id"
    ),
    (
        "insert into ledger_stockbalance (warehouse_id, item_id, location_id, status, on_hand, reserved, last_move_id)"
        " select %(warehouse)s, item_id, place, 'available', sum(quantity), 0, max(id) from ("
        " select id, item_id, source_id place, -quantity quantity from ledger_stockmove"
        " where source_id <> %(supplier)s union all"
        " select id, item_id, target_id, quantity from ledger_stockmove) part group by item_id, place"
    ),
)


@contextmanager
def bare(raw: Raw) -> Iterator[None]:
    """Without foreign keys and indexes while rows are written, and with all of them checked and built afterwards."""
    keys = raw.execute(
        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint where contype = 'f'"
        " and conrelid in ('ledger_stockmove'::regclass, 'ledger_stocktransaction'::regclass)"
    ).fetchall()
    indexes = raw.execute(
        "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i where i.indrelid in"
        " ('ledger_stockmove'::regclass, 'ledger_stocktransaction'::regclass)"
        " and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)"
    ).fetchall()
    for table, name, _ in keys:
        raw.execute(f'alter table {table} drop constraint "{name}"')
    for name, _ in indexes:
        raw.execute(f"drop index {name}")
    yield
    raw.execute("set local maintenance_work_mem = '256MB'")
    for _, definition in indexes:
        raw.execute(definition)
    for table, name, definition in keys:
        raw.execute(f'alter table {table} add constraint "{name}" {definition}')
