"""Reservations at their edges: a posting may not take what nobody reserved for it, nor take it twice."""

from decimal import Decimal as D

import pytest
from django.db import transaction
from django.db.models import Sum

from apps.core import clock
from apps.core.errors import InvalidQuantity
from apps.ledger.errors import InsufficientStock, MoveRefused, NotReversible, ReservationEnded
from apps.ledger.models import Reservation, StockBalance, StockMove
from apps.ledger.operations import Claim, Move, Place, hold_lots, post, release, reserve, reverse
from apps.ledger.states import HoldReason, StockStatus, TransactionKind
from tests.factories.ledger import stock


def balance(location, item):
    row = StockBalance.objects.get(location=location, item=item)
    return row.on_hand, row.reserved


def claim(location, item, quantity, document="SO-1"):
    row = StockBalance.objects.get(location=location, item=item)
    (pk,) = reserve([Claim(balance_id=row.pk, quantity=D(quantity))], warehouse_id=row.warehouse_id, document=document)
    return pk


def move(floor, quantity, source, target, **more):
    return Move(
        item_id=floor.item.pk,
        quantity=D(quantity),
        source=Place(location_id=source.pk),
        target=Place(location_id=target.pk),
        **more,
    )


def go(floor, *moves, kind=TransactionKind.MOVE):
    return post(list(moves), warehouse_id=floor.warehouse.pk, kind=kind, by=floor.by, at=clock.now())


def pending(floor):
    return Reservation.objects.pending().filter(balance__item=floor.item).aggregate(total=Sum("quantity"))["total"]


def test_a_pick_against_a_reservation_that_does_not_exist_is_refused(floor):
    stock(floor.item, floor.a, 5)
    kept = claim(floor.a, floor.item, 5)

    with pytest.raises(ReservationEnded) as refusal, transaction.atomic():
        go(floor, move(floor, 2, floor.a, floor.tote, consumes=kept + 1000), kind=TransactionKind.PICK)

    assert refusal.value.state == "unknown"
    assert balance(floor.a, floor.item) == (D(5), D(5))
    assert pending(floor) == D(5)


def test_two_moves_of_one_posting_may_share_a_reservation_but_not_take_more_than_it_holds(floor):
    stock(floor.item, floor.a, 10)
    claim(floor.a, floor.item, 4, "SO-1")
    mine = claim(floor.a, floor.item, 4, "SO-2")

    with pytest.raises(ReservationEnded), transaction.atomic():
        go(
            floor,
            move(floor, 3, floor.a, floor.tote, consumes=mine),
            move(floor, 3, floor.a, floor.dock, consumes=mine),
            kind=TransactionKind.PICK,
        )
    assert balance(floor.a, floor.item) == (D(10), D(8))

    go(
        floor,
        move(floor, 1, floor.a, floor.tote, consumes=mine),
        move(floor, 2, floor.a, floor.dock, consumes=mine),
        kind=TransactionKind.PICK,
    )
    assert balance(floor.a, floor.item) == (D(7), D(5))
    assert pending(floor) == D(5)
    assert Reservation.objects.get(pk=mine).quantity == D(3)
    assert Reservation.objects.get(origin=mine).quantity == D(1)


def test_reserved_goods_do_not_pass_through_a_bin_to_where_they_cannot_be_picked(floor):
    stock(floor.item, floor.a, 5)
    claim(floor.a, floor.item, 5)

    with pytest.raises(InsufficientStock), transaction.atomic():
        go(floor, move(floor, 5, floor.a, floor.b), move(floor, 5, floor.b, floor.scrap))

    assert balance(floor.a, floor.item) == (D(5), D(5))
    assert StockMove.objects.count() == 1


def test_no_more_decimals_are_reserved_than_the_item_allows(floor):
    stock(floor.item, floor.a, 5)

    with pytest.raises(InvalidQuantity) as refusal, transaction.atomic():
        claim(floor.a, floor.item, "0.5")

    assert refusal.value.quantity == "0.5"
    assert balance(floor.a, floor.item) == (D(5), D(0))


def test_nothing_to_reserve_or_to_hold_is_nothing_done(floor):
    assert reserve([], warehouse_id=floor.warehouse.pk, document="SO-1") == []
    assert hold_lots([], reason=HoldReason.QUALITY, by=floor.by) == []
    assert release([], reason="nothing") == 0


def test_an_unknown_posting_is_not_reversible(floor):
    with pytest.raises(NotReversible), transaction.atomic():
        reverse(0, by=floor.by, at=clock.now(), reason="typo")


def test_only_available_goods_go_to_a_customer(floor):
    stock(floor.item, floor.a, 5, status=StockStatus.DAMAGED)
    source = Place(location_id=floor.a.pk, status=StockStatus.DAMAGED)
    out = Move(item_id=floor.item.pk, quantity=D(1), source=source, target=Place(location_id=floor.customer.pk))

    with pytest.raises(MoveRefused, match="only available goods go to a customer"), transaction.atomic():
        go(floor, out, kind=TransactionKind.SHIP)

    assert balance(floor.a, floor.item) == (D(5), D(0))


def test_one_call_speaks_for_the_goods_of_many_documents(floor):
    stock(floor.item, floor.a, 5)
    stock(floor.item, floor.b, 5)
    first, second = (StockBalance.objects.get(location=place) for place in (floor.a, floor.b))
    claims = [(first, 2, "SO-1"), (second, 4, "SO-2"), (first, 3, "SO-2")]

    made = reserve(
        [Claim(balance_id=row.pk, quantity=D(quantity)) for row, quantity, _ in claims],
        warehouse_id=floor.warehouse.pk,
        document=[document for _, _, document in claims],
    )

    rows = Reservation.objects.order_by("pk").values_list("pk", "balance", "quantity", "document")
    assert list(rows) == [
        (pk, row.pk, D(quantity), document) for pk, (row, quantity, document) in zip(made, claims, strict=True)
    ]
    assert balance(floor.a, floor.item) == (D(5), D(5))
    assert balance(floor.b, floor.item) == (D(5), D(4))


def test_what_one_document_cannot_have_none_of_the_call_gets(floor):
    stock(floor.item, floor.a, 5)
    row = StockBalance.objects.get()

    with pytest.raises(InsufficientStock), transaction.atomic():
        reserve(
            [Claim(balance_id=row.pk, quantity=D(3)), Claim(balance_id=row.pk, quantity=D(3))],
            warehouse_id=floor.warehouse.pk,
            document=["SO-1", "SO-2"],
        )

    assert balance(floor.a, floor.item) == (D(5), D(0))
    assert not Reservation.objects.exists()
