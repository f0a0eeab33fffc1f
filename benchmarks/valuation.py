"""valuation.moves: a million moves in and out are valued from nothing, then a day's few more."""

from __future__ import annotations

from decimal import Decimal
from time import perf_counter

from django.db import transaction

from apps.core import clock
from apps.core.invariants import check_invariants
from apps.ledger.operations import Move, Place, post
from apps.ledger.operations.seal import LARGEST
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.valuation.models import CostEntry, CostRule
from apps.valuation.operations import WINDOW, value_next
from benchmarks.ground import Ground, Raw, first, ground, make_items, owner_connection, settle
from benchmarks.history import bare, share, sized
from benchmarks.measure import Line

MOVES = 1_000_000
LINES = 10
"""Of a posting."""
ITEMS = 5_000
MORE = 100
"""Postings of a few minutes."""

# Two receipts of an item, then three shipments that take most of both: layers are begun, split and used up.
STATEMENTS = (
    (
        "insert into ledger_stocktransaction (warehouse_id, kind, document, reason, occurred_at, recorded_at, by_id,"
        " actor, xid) select %(warehouse)s, case when n / %(groups)s %% 5 < 2 then 'receive' else 'ship' end,"
        " 'D-' || n, '', moment, moment, %(by)s, 'bench', pg_current_xact_id()"
        " from (select n, now() - interval '1 second' * (%(postings)s - n) moment"
        " from generate_series(0, %(postings)s - 1) n) each order by n"
    ),
    (
        "insert into ledger_stockmove (transaction_id, warehouse_id, item_id, quantity, source_id, source_status,"
        " target_id, target_status, unit_cost, recorded_at) select posting.id, %(warehouse)s,"
        " (%(items)s::bigint[])[1 + (n %% %(groups)s) * %(lines)s + line],"
        " case kind when 'receive' then 30 else 19 end,"
        " case kind when 'receive' then %(supplier)s else %(bin)s end, 'available',"
        " case kind when 'receive' then %(bin)s else %(customer)s end, 'available',"
        " case kind when 'receive' then round((1 + (n * 7 + line * 13) %% 1000 / 37.0)::numeric, 6) end, recorded_at"
        " from (select *, row_number() over (order by id) - 1 n from ledger_stocktransaction) posting,"
        " generate_series(0, %(lines)s - 1) line order by posting.id, line"
    ),
    (
        "insert into ledger_stockbalance (warehouse_id, item_id, location_id, status, on_hand, reserved, last_move_id)"
        " select %(warehouse)s, item_id, %(bin)s, 'available',"
        " sum(case when target_id = %(bin)s then quantity else -quantity end), 0, max(id)"
        " from ledger_stockmove group by item_id"
    ),
)


def measure_moves(name: str) -> list[Line]:
    """Seconds for all of them, first in first out and by average; milliseconds for what comes in a few minutes."""
    moves = int(MOVES * share())
    floor, items = ground(bins=1), make_items(ITEMS)
    _build(floor, items, moves)
    fifo = _valued(floor)
    if CostEntry.objects.count() != moves or check_invariants(only="I27"):
        message = "the book is not what the ledger says"
        raise AssertionError(message)
    _post_more(floor, items)
    start = perf_counter()
    _value(floor)
    few = (perf_counter() - start) * 1000
    return [
        Line(name=sized(name), ours=fifo, unit="s", most=60),
        Line(name=f"{sized(name)}[{MORE} postings more]", ours=few, unit="ms", most=1000),
    ]


def _build(floor: Ground, items: list[int], moves: int) -> None:
    CostRule.objects.update(method="fifo")
    virtual = {
        kind: Location.objects.virtual(floor.warehouse, kind).pk
        for kind in (LocationKind.SUPPLIER, LocationKind.CUSTOMER)
    }
    given = {
        "warehouse": floor.warehouse.pk,
        "by": floor.by.user.pk,
        "items": items,
        "bin": floor.bins[0],
        "supplier": virtual[LocationKind.SUPPLIER],
        "customer": virtual[LocationKind.CUSTOMER],
        "postings": moves // LINES,
        "groups": ITEMS // LINES,
        "lines": LINES,
    }
    with owner_connection() as raw, bare(raw):
        for statement in STATEMENTS:
            raw.execute(statement, given)
    settle()
    with owner_connection() as raw:
        _seal(raw)
    settle()


def _seal(raw: Raw) -> None:
    while first(raw, "select ledger_seal(%s, false)", (LARGEST,)) is not None:
        raw.commit()


def _valued(floor: Ground) -> float:
    """Seconds until nothing is left to value."""
    start = perf_counter()
    _value(floor)
    return perf_counter() - start


def _value(floor: Ground) -> None:
    done = WINDOW
    while done == WINDOW:
        with transaction.atomic():
            done = value_next(by=floor.by, at=clock.now())


def _post_more(floor: Ground, items: list[int]) -> None:
    supplier = Place(location_id=Location.objects.virtual(floor.warehouse, LocationKind.SUPPLIER).pk)
    for n in range(MORE):
        with transaction.atomic():
            post(
                [
                    Move(
                        item_id=item,
                        quantity=Decimal(5),
                        source=supplier,
                        target=Place(location_id=floor.bins[0]),
                        unit_cost=Decimal("4.20"),
                    )
                    for item in items[n * LINES : (n + 1) * LINES]
                ],
                warehouse_id=floor.warehouse.pk,
                kind=TransactionKind.RECEIVE,
                by=floor.by,
                at=clock.now(),
                document=f"MORE-{n}",
            )
    with owner_connection() as raw:
        _seal(raw)
