"""inbound.receive_putaway and inbound.import: what a delivery costs that is brought straight to its places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from statistics import median
from time import perf_counter

from django.db import transaction

from apps.catalog.models import Party
from apps.core import clock
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.purchasing.operations import (
    Arrival,
    OrderLine,
    approve_purchase_order,
    open_receipt,
    raise_purchase_order,
    receive_lines,
    submit_purchase_order,
)
from benchmarks.ground import EACH, Ground, Raw, an_actor, first, ground, make_items, owner_connection, receive, settle
from benchmarks.measure import Line, interleaved
from tests.flows.adventureworks import FOLDER
from tests.flows.adventureworks_play import open_works, take_over

LINES = 1_000
BINS = 100
ROUNDS = 5
ONE = Decimal(1)


def measure_receive_putaway(name: str) -> list[Line]:
    """Lines a second of a receipt of 1,000, places given: a command a line, and all in one, against raw posts."""
    floor, items = ground(bins=BINS), make_items(LINES)
    places = [floor.bins[n % BINS] for n in range(LINES)]
    receive(floor, [(item, place, None) for item, place in zip(items, places, strict=True)])
    receipt = _a_receipt(floor, items)
    settle()
    arrivals = [Arrival(line=number, quantity=ONE, location_id=place) for number, place in enumerate(places, start=1)]
    turns = count()
    supplier = Location.objects.virtual(floor.warehouse, LocationKind.SUPPLIER).pk

    def take_in(some: list[Arrival]) -> None:
        with transaction.atomic():
            receive_lines(receipt_id=receipt, arrivals=some, by=floor.by, at=clock.now())

    with owner_connection() as raw:
        given: dict[str, object] = {"site": floor.warehouse.pk, "by": floor.by.user.pk, "supplier": supplier}

        def post_raw(numbers: range) -> None:
            chosen = {"items": [items[n] for n in numbers], "places": [places[n] for n in numbers]}
            _raw_receipt(raw, {**given, **chosen})

        def one() -> int:
            return next(turns) % LINES

        single = interleaved(
            lambda: take_in([arrivals[one()]]), lambda: post_raw(range(n := one(), n + 1)), rounds=ROUNDS, times=100
        )
        whole = interleaved(lambda: take_in(arrivals), lambda: post_raw(range(LINES)), rounds=ROUNDS, times=3)
    return [
        Line(name=name, ours=single[0], reference=single[1], unit="/s", bar=0.10),
        Line(name=f"{name}[whole]", ours=whole[0] * LINES, reference=whole[1] * LINES, unit="/s", bar=0.40),
    ]


def _a_receipt(floor: Ground, items: list[int]) -> int:
    """An open receipt of an order for very much of each item."""
    supplier = Party.objects.create(number="BENCH", name="Bench supplier", is_supplier=True)
    dock = Location.objects.create(warehouse=floor.warehouse, code="DOCK", kind=LocationKind.DOCK)
    now, another = clock.now(), an_actor("approver")
    with transaction.atomic():
        order = raise_purchase_order(
            warehouse_id=floor.warehouse.pk,
            supplier_id=supplier.pk,
            lines=[OrderLine(item_id=item, quantity=EACH, price=ONE) for item in items],
            due_on=date(2030, 1, 1),
            by=floor.by,
            at=now,
        )
        submit_purchase_order(order_id=order.pk, by=floor.by, at=now)
        approve_purchase_order(order_id=order.pk, by=another, at=now)
        return open_receipt(order_ids=[order.pk], dock_id=dock.pk, by=floor.by, at=now).pk


def _raw_receipt(raw: Raw, given: dict[str, object]) -> None:
    """Lock the balances in order, insert a header and its moves, update the balances, commit."""
    raw.execute(
        "select b.id from ledger_stockbalance b where b.warehouse_id = %(site)s and (b.item_id, b.location_id) in"
        " (select * from unnest(%(items)s::bigint[], %(places)s::bigint[])) and b.lot_id is null"
        " and b.status = 'available' order by b.id for no key update",
        given,
    )
    header = first(
        raw,
        "insert into ledger_stocktransaction (warehouse_id, kind, document, reason, occurred_at, recorded_at, by_id,"
        " actor, xid) values (%(site)s, 'receive', '', '', now(), now(), %(by)s, 'bench', pg_current_xact_id())"
        " returning id",
        given,
    )
    raw.execute(
        "with moved as (insert into ledger_stockmove (transaction_id, warehouse_id, item_id, quantity, source_id,"
        " source_status, target_id, target_status, recorded_at) select %(header)s, %(site)s, item, 1, %(supplier)s,"
        " 'available', place, 'available', now() from unnest(%(items)s::bigint[], %(places)s::bigint[]) m(item, place)"
        " returning id, item_id, target_id)"
        " update ledger_stockbalance b set on_hand = b.on_hand + 1, last_move_id = moved.id from moved"
        " where b.warehouse_id = %(site)s and b.item_id = moved.item_id and b.location_id = moved.target_id"
        " and b.lot_id is null and b.status = 'available'",
        given | {"header": header},
    )
    raw.commit()


def measure_takeover(name: str) -> Line | None:
    """Lines a second of a company's whole buying taken over, one command an order; None without its books."""
    if not FOLDER.is_dir():
        return None
    works = open_works(an_actor("desk"))
    bought = works.books.bought()
    taken = []
    for start in range(0, len(bought), 500):
        batch = bought[start : start + 500]
        begin = perf_counter()
        for order in batch:
            take_over(works, order)
        taken.append(sum(len(order.lines) for order in batch) / (perf_counter() - begin))
    return Line(name=name, ours=median(taken), unit="/s")
