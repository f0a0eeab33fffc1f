"""ledger.item_stock, as_of, check_full, check_changed: what reading two million moves costs."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from statistics import median
from time import perf_counter

from apps.catalog.models import Item
from apps.core import clock
from apps.core.invariants import check_invariants
from apps.ledger.models import StockBalance
from apps.ledger.queries.as_of import stock_as_of
from apps.ledger.queries.position import seen_now
from benchmarks.clients import move_one
from benchmarks.ground import owner_connection
from benchmarks.history import BINS, DAYS, found, sized
from benchmarks.measure import Line, interleaved

ROUNDS = 5
MOST_FULL = 60.0
MOST_CHANGED = 1.0
CHANGES = 200


def measure_item_stock(name: str) -> Line:
    """Stock of an item over all places now, as whoever works there reads it, against the bare SQL."""
    past = found()
    item, user = past.items[0], past.floor.by.user

    def ours() -> None:
        rows = StockBalance.objects.for_user(user).on_hand().filter(item=item)
        _must_be_all(list(rows.values_list("location__code", "status", "on_hand", "reserved")))

    with owner_connection() as raw:

        def reference() -> None:
            rows = raw.execute(
                "select place.code, b.status, b.on_hand, b.reserved from ledger_stockbalance b"
                " join locations_location place on place.id = b.location_id where b.item_id = %s and b.on_hand > 0",
                (item,),
            )
            _must_be_all(rows.fetchall())
            raw.commit()

        rates = interleaved(ours, reference, rounds=ROUNDS, times=100)
    return Line(name=sized(name), ours=rates[0], reference=rates[1], unit="/s", bar=0.5)


def measure_as_of(name: str) -> Line:
    """The same half of the history ago, rows with all that a page shows, against the bare SQL."""
    past = found()
    then = clock.now() - timedelta(days=DAYS // 2)
    item = Item.objects.get(pk=past.items[0])

    def ours() -> None:
        page = stock_as_of(past.floor.by.user, at=then, item=item, limit=2 * BINS)
        _must_be_all(page.rows)

    with owner_connection() as raw:

        def reference() -> None:
            rows = raw.execute(
                "select place.code, lot.number, status, serial.number, owner.number, unit.number, quantity from ("
                " select place_id, lot_id, status, serial_id, owner_id, unit_id, sum(quantity) quantity from ("
                " select source_id place_id, lot_id, source_status status, serial_id, owner_id, source_unit_id unit_id,"
                " -quantity quantity from ledger_stockmove where item_id = %(item)s and recorded_at <= %(then)s"
                " union all select target_id, lot_id, target_status, serial_id, owner_id, target_unit_id, quantity"
                " from ledger_stockmove where item_id = %(item)s and recorded_at <= %(then)s) part"
                " group by place_id, lot_id, status, serial_id, owner_id, unit_id having sum(quantity) <> 0) stood"
                " join locations_location place on place.id = place_id and place.kind = 'storage'"
                " left join ledger_lot lot on lot.id = lot_id left join ledger_serialnumber serial on"
                " serial.id = serial_id left join catalog_party owner on owner.id = owner_id"
                " left join ledger_handlingunit unit on unit.id = unit_id",
                {"item": item.pk, "then": then},
            )
            _must_be_all(rows.fetchall())
            raw.commit()

        rates = interleaved(ours, reference, rounds=ROUNDS, times=10)
    return Line(name=sized(name), ours=rates[0], reference=rates[1], unit="/s", bar=0.5)


def _must_be_all(rows: Sequence[object]) -> None:
    if len(rows) != BINS:
        message = f"{len(rows)} places of {BINS} hold the item"
        raise AssertionError(message)


def measure_check_full(name: str) -> Line:
    """Seconds of every rule over the whole history."""
    taken = _seconds(lambda: _must_hold(len(check_invariants())))
    return Line(name=sized(name), ours=taken, unit="s", most=MOST_FULL)


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _must_hold(broken: int) -> None:
    if broken:
        message = f"{broken} rules are broken"
        raise AssertionError(message)


def measure_check_changed(name: str) -> Line:
    """Seconds of the check that beat makes each five minutes, of 200 postings since; the median."""
    past = found()
    chance = random.Random(1)  # noqa: S311 - the same walk in every run
    taken = []
    for _ in range(ROUNDS):
        since = seen_now()
        for _ in range(CHANGES):
            move_one(past, chance)
        taken.append(_seconds(lambda: _must_hold(len(check_invariants(everything=False, changed=since.changed)))))  # noqa: B023 - at once
    return Line(name=sized(name), ours=median(taken), unit="s", most=MOST_CHANGED)
