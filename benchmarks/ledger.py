"""a.post: one move a transaction, through the operation, against the least SQL that does the same."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import product

from django.db import transaction

from apps.core import clock
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from benchmarks.ground import Ground, Raw, first, ground, make_items, owner_connection, receive, settle
from benchmarks.measure import Line, interleaved, rate

BINS = 100
ITEMS = 100
ROUNDS = 5
TIMES = 200
PLACES = 100
ONE = Decimal(1)


def measure_post(name: str) -> Line:
    """Moves a second, one client, random among 10,000 balances."""
    floor, items = ground(bins=BINS), make_items(ITEMS)
    receive(floor, product(items, floor.bins, [None]))
    settle()
    chance = random.Random(1)  # noqa: S311 - the same walk in every run

    def somewhere() -> tuple[int, int, int]:
        source, target = chance.sample(floor.bins, 2)
        return chance.choice(items), source, target

    def ours() -> None:
        item, source, target = somewhere()
        with transaction.atomic():
            post(
                [
                    Move(
                        item_id=item,
                        quantity=ONE,
                        source=Place(location_id=source),
                        target=Place(location_id=target),
                    )
                ],
                warehouse_id=floor.warehouse.pk,
                kind=TransactionKind.MOVE,
                by=floor.by,
                at=clock.now(),
            )

    with owner_connection() as raw:

        def reference() -> None:
            item, source, target = somewhere()
            _raw_move(raw, floor.warehouse.pk, floor.by.user.pk, item, source, target)

        ours_rate, raw_rate = interleaved(ours, reference, rounds=ROUNDS, times=TIMES)
    return Line(name=name, ours=ours_rate, reference=raw_rate, unit="/s")


def raw_moves(floor: Ground, times: int) -> float:
    """Moves a second that the least SQL makes, one client, of an item that nothing else moves."""
    (item,), bins = make_items(1), floor.bins[:PLACES]
    receive(floor, ((item, place, None) for place in bins))
    chance = random.Random(1)  # noqa: S311 - the same walk in every run
    with owner_connection() as raw:
        return rate(lambda: _raw_move(raw, floor.warehouse.pk, floor.by.user.pk, item, *chance.sample(bins, 2)), times)


def _raw_move(raw: Raw, warehouse: int, user: int, item: int, source: int, target: int) -> None:
    """Lock two balances in order, insert header and move, update both balances, commit."""
    key = (warehouse, item, source, target)
    locked = raw.execute(
        "select id, location_id from ledger_stockbalance where warehouse_id = %s and item_id = %s"
        " and location_id in (%s, %s) and lot_id is null and status = 'available' order by id for no key update",
        key,
    ).fetchall()
    balances = {location: pk for pk, location in locked}
    header = first(
        raw,
        "insert into ledger_stocktransaction (warehouse_id, kind, document, reason, occurred_at, recorded_at, by_id,"
        " actor, xid) values (%s, 'move', '', '', now(), now(), %s, 'bench', pg_current_xact_id()) returning id",
        (warehouse, user),
    )
    move = first(
        raw,
        "insert into ledger_stockmove (transaction_id, warehouse_id, item_id, quantity, source_id, source_status,"
        " target_id, target_status, recorded_at) values (%s, %s, %s, 1, %s, 'available', %s, 'available', now())"
        " returning id",
        (header, warehouse, item, source, target),
    )
    for sign, place in ((-1, source), (1, target)):
        raw.execute(
            "update ledger_stockbalance set on_hand = on_hand + %s, last_move_id = %s where id = %s",
            (sign, move, balances[place]),
        )
    raw.commit()
