"""Many hands on the same bins: nothing is lost, nothing goes below zero, and nobody waits in a circle."""

import random
from decimal import Decimal as D
from functools import partial

import pytest
from django.db.models import Sum

from apps.core import clock
from apps.ledger.errors import InsufficientStock, NotReversible, SerialElsewhere
from apps.ledger.models import StockBalance, StockMove, StockTransaction
from apps.ledger.operations import Move, Place, post, reverse
from apps.ledger.states import TransactionKind
from tests.concurrency import crowd
from tests.concurrency.crowd import persist, together
from tests.factories.ledger import LotFactory, SerialFactory, stock
from tests.factories.locations import LocationFactory

HANDS = 8
ROUNDS = 25


def carry(floor, item, quantity, *pairs):
    """One posting with a move for each (from, to)."""
    return post(
        [
            Move(
                item_id=item.pk,
                quantity=D(quantity),
                source=Place(location_id=source.pk),
                target=Place(location_id=target.pk),
            )
            for source, target in pairs
        ],
        warehouse_id=floor.warehouse.pk,
        kind=TransactionKind.MOVE,
        by=floor.by,
        at=clock.now(),
    )


def test_moves_between_the_same_bins_in_opposite_orders_lose_nothing(floor):
    bins = [floor.a, floor.b, *(LocationFactory(warehouse=floor.warehouse) for _ in range(4))]
    for place in bins:
        stock(floor.item, place, 100)

    def work(seed):
        chance = random.Random(seed)  # noqa: S311 - the same choices every time
        done = 0
        for _ in range(ROUNDS):
            first, second, third = chance.sample(bins, 3)
            try:
                persist(partial(carry, floor, floor.item, chance.randint(1, 30), (first, second), (third, first)))
                done += 1
            except InsufficientStock:
                continue
        return done

    results = together(*(partial(work, seed) for seed in range(HANDS)), in_transaction=False)

    assert crowd.retried == []
    assert StockMove.objects.exclude(source=floor.supplier).count() == 2 * sum(results)
    assert sum(results) > 0
    assert StockBalance.objects.aggregate(total=Sum("on_hand")) == {"total": D(600)}


def test_the_last_unit_goes_to_one(floor):
    stock(floor.item, floor.a, 5)

    results = together(*[lambda: carry(floor, floor.item, 3, (floor.a, floor.b))] * HANDS)

    refused = [result for result in results if isinstance(result, InsufficientStock)]
    assert len(refused) == HANDS - 1
    assert {refusal.available for refusal in refused} == {D(2)}
    assert StockBalance.objects.get(location=floor.b).on_hand == D(3)


def test_goods_that_were_never_here_get_one_balance_each_however_many_bring_them(floor):
    lots = [LotFactory(item__number=f"NEW-{n}") for n in range(4)]

    def bring(shift):
        order = lots[shift:] + lots[:shift]
        return post(
            [
                Move(
                    item_id=lot.item_id,
                    lot_id=lot.pk,
                    quantity=D(1),
                    source=Place(location_id=floor.supplier.pk),
                    target=Place(location_id=place.pk),
                )
                for lot in order
                for place in (floor.a, floor.b)
            ],
            warehouse_id=floor.warehouse.pk,
            kind=TransactionKind.RECEIVE,
            by=floor.by,
            at=clock.now(),
        )

    results = together(*(partial(bring, n % len(lots)) for n in range(HANDS)))

    assert all(isinstance(result, int) for result in results), results
    assert crowd.retried == []
    assert list(StockBalance.objects.values_list("on_hand", flat=True)) == [D(HANDS)] * 8


def test_a_serial_number_comes_in_once(floor):
    serial = SerialFactory()

    results = together(
        lambda: stock(serial.item, floor.a, 1, serial=serial, by=floor.by),
        lambda: stock(serial.item, floor.b, 1, serial=serial, by=floor.by),
    )

    assert {type(result) for result in results} == {int, SerialElsewhere}
    assert StockBalance.objects.get(on_hand=1).serial == serial


def test_of_two_who_reverse_a_posting_one_wins(floor):
    stock(floor.item, floor.a, 20)
    stock(floor.item, floor.b, 20)
    first = carry(floor, floor.item, 4, (floor.a, floor.b))

    results = together(*[lambda: reverse(first, by=floor.by, at=clock.now(), reason="wrong bin")] * HANDS)

    assert sum(isinstance(result, int) for result in results) == 1
    assert sum(isinstance(result, NotReversible) for result in results) == HANDS - 1
    assert StockTransaction.objects.get(reverses=first).moves.count() == 1
    assert StockBalance.objects.get(location=floor.a).on_hand == D(20)


@pytest.mark.parametrize("hands", [2, HANDS])
def test_ids_within_a_balance_follow_the_order_of_posting(floor, hands):
    stock(floor.item, floor.a, 100)

    together(*[lambda: carry(floor, floor.item, 1, (floor.a, floor.b))] * hands)

    moves = StockMove.objects.filter(target=floor.b).order_by("pk")
    assert [move.recorded_at for move in moves] == sorted(move.recorded_at for move in moves)
    assert StockBalance.objects.get(location=floor.b).last_move_id == moves.latest("pk").pk
