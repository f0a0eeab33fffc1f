"""ledger.post_one, post_hundred, reserve, serials, history10x: what writing stock costs."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from statistics import median
from time import perf_counter

from django.db import transaction

from apps.catalog.choices import Tracking
from apps.core import clock
from apps.ledger.models import Lot, SerialNumber
from apps.ledger.operations import Candidate, Claim, Move, Place, candidates, post, reserve
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from benchmarks.clients import crowd, minimum
from benchmarks.ground import Raw, first, ground, make_items, owner_connection, receive, settle
from benchmarks.history import found, sized
from benchmarks.measure import Line, interleaved

CLIENTS = (1, 2, 4)
ROUNDS = 5
HISTORY_ROUNDS = 9
HUNDRED = 100
LOTS = 50
SERIALS = 15_000
FEWER_SERIALS = 1_000
ONE = Decimal(1)
SHORT = "STILLAGE_BENCH_SHORT"
"""Names the database with the short history, for the measure that compares."""


def measure_post_one(name: str) -> list[Line]:
    """One move a transaction, several clients, 200,000 moves behind; the bar is that of four clients."""
    past, lines = found(), []
    with crowd(max(CLIENTS)) as ours:
        for clients in CLIENTS:
            rates = [(ours.rate(clients), minimum(past, clients)) for _ in range(ROUNDS + 1)][1:]
            lines.append(
                Line(
                    name=f"{sized(name)}[{clients}]",
                    ours=median(rate for rate, _ in rates),
                    reference=median(rate for _, rate in rates),
                    unit="/s",
                    bar=0.40 if clients == max(CLIENTS) else None,
                )
            )
    return lines


def measure_history10x(name: str) -> Line:
    """The same with ten times the history, one client, against itself with less; nine rounds that take turns."""
    with crowd(1) as long, crowd(1, os.environ[SHORT]) as short:
        rates = [(long.rate(1), short.rate(1)) for _ in range(HISTORY_ROUNDS + 1)][1:]
    return Line(
        name=sized(name),
        ours=median(rate for rate, _ in rates),
        reference=median(rate for _, rate in rates),
        unit="/s",
        bar=0.85,
    )


def measure_post_hundred(name: str) -> Line:
    """Postings of 100 moves a second, against set-based SQL that locks in order."""
    past = found()
    floor, chance = past.floor, random.Random(1)  # noqa: S311 - the same walk in every run

    def moves() -> list[tuple[int, int, int]]:
        chosen = []
        for _ in range(HUNDRED):
            source, target = chance.sample(floor.bins, 2)
            chosen.append((chance.choice(past.items), source, target))
        return chosen

    def ours() -> None:
        goods = [
            Move(item_id=item, quantity=ONE, source=Place(location_id=source), target=Place(location_id=target))
            for item, source, target in moves()
        ]
        with transaction.atomic():
            post(goods, warehouse_id=floor.warehouse.pk, kind=TransactionKind.MOVE, by=floor.by, at=clock.now())

    with owner_connection() as raw:

        def reference() -> None:
            _raw_hundred(raw, floor.warehouse.pk, floor.by.user.pk, moves())

        rates = interleaved(ours, reference, rounds=ROUNDS, times=40)
    return Line(name=sized(name), ours=rates[0], reference=rates[1], unit="/s", bar=0.80)


def _raw_hundred(raw: Raw, warehouse: int, user: int, moves: list[tuple[int, int, int]]) -> None:
    """Lock the balances in order, insert a header and its moves, update each balance by its sum, commit."""
    items, sources, targets = (list(column) for column in zip(*moves, strict=True))
    places = {"site": warehouse, "by": user, "items": items, "sources": sources, "targets": targets}
    raw.execute(
        "select b.id from ledger_stockbalance b where b.warehouse_id = %(site)s and (b.item_id, b.location_id) in"
        " (select * from unnest(%(items)s::bigint[], %(sources)s::bigint[])"
        "  union select * from unnest(%(items)s::bigint[], %(targets)s::bigint[]))"
        " and b.lot_id is null and b.status = 'available' order by b.id for no key update",
        places,
    )
    header = first(
        raw,
        "insert into ledger_stocktransaction (warehouse_id, kind, document, reason, occurred_at, recorded_at, by_id,"
        " actor, xid) values (%s, 'move', '', '', now(), now(), %s, 'bench', pg_current_xact_id()) returning id",
        (warehouse, user),
    )
    raw.execute(
        "with moved as (insert into ledger_stockmove (transaction_id, warehouse_id, item_id, quantity, source_id,"
        " source_status, target_id, target_status, recorded_at) select %(header)s, %(site)s, item, 1, source,"
        " 'available', target, 'available', now()"
        " from unnest(%(items)s::bigint[], %(sources)s::bigint[], %(targets)s::bigint[]) m(item, source, target)"
        " returning id, item_id, source_id, target_id)"
        " update ledger_stockbalance b set on_hand = b.on_hand + d.delta, last_move_id = d.move from ("
        " select item_id, place, sum(delta) delta, max(id) move from ("
        " select id, item_id, source_id place, -1 delta from moved"
        " union all select id, item_id, target_id, 1 from moved) part group by item_id, place) d"
        " where b.warehouse_id = %(site)s and b.item_id = d.item_id and b.location_id = d.place"
        " and b.lot_id is null and b.status = 'available'",
        places | {"header": header},
    )
    raw.commit()


def measure_reserve(name: str) -> Line:
    """One line a transaction, first expired first out among 50 lots, against select for update, update and insert."""
    floor, (item,) = ground(bins=LOTS), make_items(1, tracking=Tracking.LOT, expires=True)
    today = floor.warehouse.local_date(clock.now())
    lots = Lot.objects.bulk_create(
        Lot(item_id=item, number=f"L-{n}", expires_on=today + timedelta(days=100 + n), created_at=clock.now())
        for n in range(LOTS)
    )
    receive(floor, [(item, place, lot.pk) for place, lot in zip(floor.bins, lots, strict=True)])
    settle()
    orders = count()

    def ours() -> None:
        with transaction.atomic():
            best = min(candidates(warehouse_id=floor.warehouse.pk, item_ids=[item]), key=_expiry)
            claim = Claim(balance_id=best.balance_id, quantity=ONE)
            reserve([claim], warehouse_id=floor.warehouse.pk, document=f"SO-{next(orders)}")

    with owner_connection() as raw:
        rates = interleaved(
            ours, lambda: _raw_reserve(raw, floor.warehouse.pk, item, f"SO-{next(orders)}"), rounds=ROUNDS, times=100
        )
    return Line(name=name, ours=rates[0], reference=rates[1], unit="/s", bar=0.40)


def _expiry(candidate: Candidate) -> tuple[object, int]:
    return candidate.expires_on, candidate.balance_id


def _raw_reserve(raw: Raw, warehouse: int, item: int, document: str) -> None:
    """Lock what could be taken, take the first to expire, count and insert the reservation, commit."""
    rows = raw.execute(
        "select lot.expires_on, b.id from ledger_stockbalance b join ledger_lot lot on lot.id = b.lot_id"
        " where b.warehouse_id = %s and b.item_id = %s and b.status = 'available' and b.on_hand > b.reserved"
        " order by b.id for no key update of b",
        (warehouse, item),
    ).fetchall()
    _, balance = min(rows)
    raw.execute("update ledger_stockbalance set reserved = reserved + 1 where id = %s", (balance,))
    raw.execute(
        "insert into ledger_reservation (warehouse_id, balance_id, quantity, state, document, reserved_at, end_reason)"
        " values (%s, %s, 1, 'pending', %s, now(), '')",
        (warehouse, balance, document),
    )
    raw.commit()


def measure_serials(name: str) -> list[Line]:
    """Serial numbers a second, 15,000 in one document, against multi-row inserts; and how far that is linear."""
    floor, (item,) = ground(bins=1), make_items(1, tracking=Tracking.SERIAL)
    supplier = Location.objects.virtual(floor.warehouse, LocationKind.SUPPLIER).pk
    batches = count()
    settle()

    def numbers(each: int) -> Iterator[SerialNumber]:
        batch, at = next(batches), clock.now()
        return (SerialNumber(item_id=item, number=f"SN-{batch}-{n}", created_at=at) for n in range(each))

    def ours(each: int) -> None:
        with transaction.atomic():
            made = SerialNumber.objects.bulk_create(numbers(each))
            bin_, origin = Place(location_id=floor.bins[0]), Place(location_id=supplier)
            post(
                [Move(item_id=item, serial_id=serial.pk, quantity=ONE, source=origin, target=bin_) for serial in made],
                warehouse_id=floor.warehouse.pk,
                kind=TransactionKind.RECEIVE,
                by=floor.by,
                at=clock.now(),
                document="BENCH",
            )

    with owner_connection() as raw:
        given = {"site": floor.warehouse.pk, "by": floor.by.user.pk, "item": item, "place": floor.bins[0]}

        def reference(each: int) -> None:
            _raw_serials(raw, given | {"origin": supplier, "numbers": [serial.number for serial in numbers(each)]})

        taken: dict[str, list[float]] = {"ours": [], "fewer": [], "reference": []}
        for _ in range(3):
            taken["fewer"].append(_speed(partial(ours, FEWER_SERIALS), FEWER_SERIALS))
            taken["ours"].append(_speed(partial(ours, SERIALS), SERIALS))
            taken["reference"].append(_speed(partial(reference, SERIALS), SERIALS))
    ours_rate, fewer, raw_rate = (median(taken[key]) for key in ("ours", "fewer", "reference"))
    return [
        Line(name=name, ours=ours_rate, reference=raw_rate, unit="/s", bar=0.30),
        # Twice the time a serial number would be quadratic's beginning.
        Line(name=f"{name}[linear]", ours=ours_rate, reference=fewer, unit="/s", bar=0.80),
    ]


def _speed(work: partial[None], each: int) -> float:
    start = perf_counter()
    work()
    return each / (perf_counter() - start)


def _raw_serials(raw: Raw, given: dict[str, object]) -> None:
    """The numbers, a header, their moves and their balances: four inserts."""
    raw.execute(
        "insert into ledger_serialnumber (item_id, number, created_at) select %(item)s, n, now()"
        " from unnest(%(numbers)s::text[]) n",
        given,
    )
    header = first(
        raw,
        "insert into ledger_stocktransaction (warehouse_id, kind, document, reason, occurred_at, recorded_at, by_id,"
        " actor, xid) values (%s, 'receive', '', '', now(), now(), %s, 'bench', pg_current_xact_id()) returning id",
        (given["site"], given["by"]),
    )
    raw.execute(
        "with moved as (insert into ledger_stockmove (transaction_id, warehouse_id, item_id, serial_id, quantity,"
        " source_id, source_status, target_id, target_status, recorded_at) select %(header)s, %(site)s, %(item)s, id,"
        " 1, %(origin)s, 'available', %(place)s, 'available', now() from ledger_serialnumber"
        " where item_id = %(item)s and number = any(%(numbers)s::text[]) returning id, serial_id)"
        " insert into ledger_stockbalance (warehouse_id, item_id, location_id, serial_id, status, on_hand, reserved,"
        " last_move_id) select %(site)s, %(item)s, %(place)s, serial_id, 'available', 1, 0, id from moved",
        given | {"header": header},
    )
    raw.commit()
