"""Reservations, picks and freezes at the same moment: a promise is given once and ends once."""

import threading
import time
from decimal import Decimal as D
from functools import partial

import pytest
from django.db import transaction

from apps.core import clock
from apps.ledger.errors import InsufficientStock, LotOnHold, ReservationEnded
from apps.ledger.models import Hold, Reservation, StockBalance
from apps.ledger.operations import Claim, Move, Place, candidates, hold_lots, post, release, reserve
from apps.ledger.states import HoldReason, ReservationState, TransactionKind
from tests.concurrency import crowd
from tests.concurrency.crowd import PATIENCE, persist, together
from tests.factories.ledger import LotFactory, stock


def claim(floor, place, quantity, document="SO-1"):
    row = StockBalance.objects.get(location=place, on_hand__gt=0)
    (pk,) = reserve(
        [Claim(balance_id=row.pk, quantity=D(quantity))], warehouse_id=floor.warehouse.pk, document=document
    )
    return pk


def pick(floor, item, claim_id, quantity, lot=None):
    return post(
        [
            Move(
                item_id=item.pk,
                lot_id=lot and lot.pk,
                quantity=D(quantity),
                source=Place(location_id=floor.a.pk),
                target=Place(location_id=floor.tote.pk),
                consumes=claim_id,
            )
        ],
        warehouse_id=floor.warehouse.pk,
        kind=TransactionKind.PICK,
        by=floor.by,
        at=clock.now(),
    )


def allocate(floor, item, quantity, document):
    """As an order is allocated: lock what there is, choose, claim."""
    wanted, claims = D(quantity), []
    for candidate in candidates(warehouse_id=floor.warehouse.pk, item_ids=[item.pk]):
        taken = min(candidate.free, wanted)
        if taken:
            claims.append(Claim(balance_id=candidate.balance_id, quantity=taken))
            wanted -= taken
    return reserve(claims, warehouse_id=floor.warehouse.pk, document=document)


def test_of_twenty_who_want_ten_units_ten_get_one(floor):
    stock(floor.item, floor.a, 10)

    results = together(*(partial(claim, floor, floor.a, 1, f"SO-{n}") for n in range(20)))

    assert sum(isinstance(result, int) for result in results) == 10
    assert sum(isinstance(result, InsufficientStock) for result in results) == 10
    row = StockBalance.objects.get(location=floor.a)
    assert (row.on_hand, row.reserved) == (D(10), D(10))


def test_twenty_orders_that_lock_before_they_choose_share_two_bins_without_a_refusal(floor):
    stock(floor.item, floor.a, 7)
    stock(floor.item, floor.b, 8)

    results = together(*(partial(allocate, floor, floor.item, 2, f"SO-{n}") for n in range(20)))

    assert all(isinstance(result, list) for result in results), results
    assert crowd.retried == []
    assert sum(len(result) > 0 for result in results) == 8
    assert sum(row.reserved for row in StockBalance.objects.all()) == D(15)


def test_a_reservation_ends_once_whether_picked_or_let_go(floor):
    stock(floor.item, floor.a, 10)
    mine = claim(floor, floor.a, 4)

    results = together(
        *[partial(pick, floor, floor.item, mine, 4)] * 3,
        *[partial(release, [mine], reason="cancelled")] * 3,
    )

    assert sum(isinstance(result, ReservationEnded) for result in results) == 5
    row = StockBalance.objects.get(location=floor.a)
    ended = Reservation.objects.get(pk=mine)
    left = D(6) if ended.state == ReservationState.CONSUMED else D(10)
    assert (row.on_hand, row.reserved) == (left, D(0))


def test_a_freeze_and_reservations_of_the_lot_leave_nothing_reserved(floor):
    lot = LotFactory()
    stock(lot.item, floor.a, 50, lot=lot)

    results = together(
        *(partial(claim, floor, floor.a, 1, f"SO-{n}") for n in range(8)),
        partial(hold_lots, [lot.pk], reason=HoldReason.RECALL, by=floor.by),
        *(partial(claim, floor, floor.a, 1, f"SO-{n}") for n in range(8, 16)),
    )

    assert isinstance(results[8], list)
    assert {type(result) for result in results} <= {int, list, LotOnHold}
    assert StockBalance.objects.get(location=floor.a).reserved == D(0)
    assert not Reservation.objects.pending().exists()


def test_a_freeze_waits_for_a_pick_at_work_and_the_next_pick_is_refused(floor):
    lot = LotFactory()
    stock(lot.item, floor.a, 10, lot=lot)
    first, second = claim(floor, floor.a, 2, "SO-1"), claim(floor, floor.a, 3, "SO-2")
    picked, frozen = threading.Event(), threading.Event()

    def pick_slowly():
        pick(floor, lot.item, first, 2, lot)
        picked.set()
        # The freeze must be waiting for this posting's lots, not passing it.
        assert not frozen.wait(0.3)

    def freeze():
        assert picked.wait(PATIENCE)
        holds = hold_lots([lot.pk], reason=HoldReason.RECALL, by=floor.by)
        frozen.set()
        return holds

    results = together(pick_slowly, freeze)

    assert results == [None, [Hold.objects.get().pk]]
    assert Reservation.objects.get(pk=first).state == ReservationState.CONSUMED
    assert Reservation.objects.get(pk=second).state == ReservationState.RELEASED
    with pytest.raises(LotOnHold), transaction.atomic():
        pick(floor, lot.item, second, 3, lot)


def test_a_freeze_is_not_refused_because_a_reservation_ends_at_the_same_moment(floor):
    lot = LotFactory()
    stock(lot.item, floor.a, 10, lot=lot)
    mine = claim(floor, floor.a, 2)
    released = threading.Event()

    def let_go():
        release([mine], reason="cancelled")
        released.set()
        time.sleep(0.2)

    def freeze():
        assert released.wait(PATIENCE)
        return hold_lots([lot.pk], reason=HoldReason.RECALL, by=floor.by)

    results = together(let_go, freeze)

    assert results == [None, [Hold.objects.get().pk]]
    assert Reservation.objects.get(pk=mine).end_reason == "cancelled"


def test_reserved_goods_move_while_their_reservations_end_without_a_circle_of_waiting(floor):
    stock(floor.item, floor.a, 40)
    claims = [claim(floor, floor.a, 2, f"SO-{n}") for n in range(20)]

    def tidy(source, target):
        moved = 0
        for _ in range(20):
            row = StockBalance.objects.get(location=source)
            if row.on_hand == 0:
                continue
            move = Move(
                item_id=floor.item.pk,
                quantity=min(row.on_hand, D(3)),
                source=Place(location_id=source.pk),
                target=Place(location_id=target.pk),
            )
            try:
                persist(
                    lambda move=move: post(
                        [move],
                        warehouse_id=floor.warehouse.pk,
                        kind=TransactionKind.MOVE,
                        by=floor.by,
                        at=clock.now(),
                    )
                )
                moved += 1
            except InsufficientStock:
                continue
        return moved

    stock(floor.item, floor.b, 1)

    def let_go():
        return [persist(partial(release, [pk], reason="cancelled")) for pk in claims]

    results = together(partial(tidy, floor.a, floor.b), partial(tidy, floor.b, floor.a), let_go, in_transaction=False)

    assert results[2] == [1] * 20, results
    assert crowd.retried == []
    assert not Reservation.objects.pending().filter(pk__in=claims).exists()
