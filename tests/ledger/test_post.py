"""Posting: what moves, what is refused, and that a refusal moves nothing."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, connection, transaction

from apps.core import clock
from apps.ledger.errors import (
    AlreadyPosted,
    InsufficientStock,
    LotExpired,
    LotOnHold,
    MoveRefused,
    NotReversible,
    ReservationEnded,
    SerialElsewhere,
    UnitElsewhere,
)
from apps.ledger.models import HandlingUnit, Reservation, StockBalance, StockMove, StockTransaction
from apps.ledger.operations import (
    Claim,
    Move,
    Place,
    hold_lots,
    move_units,
    open_units,
    post,
    release,
    release_holds,
    reserve,
    reverse,
)
from apps.ledger.states import HoldReason, ReservationState, StockStatus, TransactionKind, UnitKind
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory


def balance(location, item, **key):
    row = StockBalance.objects.filter(location=location, item=item, **key).first()
    return (row.on_hand, row.reserved) if row else None


def go(floor, *moves, kind=TransactionKind.MOVE, by=None, **more):
    return post(list(moves), warehouse_id=floor.warehouse.pk, kind=kind, by=by or floor.by, at=clock.now(), **more)


def a_to_b(floor, quantity, **more):
    return Move(
        item_id=floor.item.pk,
        quantity=D(quantity),
        source=Place(location_id=floor.a.pk),
        target=Place(location_id=floor.b.pk),
        **more,
    )


def test_a_receipt_comes_from_the_supplier_and_stands_in_the_bin(floor):
    stock(floor.item, floor.a, 10)

    assert balance(floor.a, floor.item) == (D(10), D(0))
    assert not StockBalance.objects.filter(location=floor.supplier).exists()


def test_a_move_takes_from_one_bin_and_adds_to_the_other(floor):
    stock(floor.item, floor.a, 10)

    transaction_id = go(floor, a_to_b(floor, 4), document="T-1", reason="tidy")

    assert balance(floor.a, floor.item) == (D(6), D(0))
    assert balance(floor.b, floor.item) == (D(4), D(0))
    header = StockTransaction.objects.get(pk=transaction_id)
    assert (header.document, header.reason, header.by, header.kind) == ("T-1", "tidy", floor.by.user, "move")
    assert header.xid > 0
    move = header.moves.get()
    assert set(StockBalance.objects.filter(item=floor.item).values_list("last_move", flat=True)) == {move.pk}


def test_more_than_is_there_is_refused_and_moves_nothing(floor):
    stock(floor.item, floor.a, 5)

    with pytest.raises(InsufficientStock) as refusal, transaction.atomic():
        go(floor, a_to_b(floor, 6))

    assert refusal.value.facts == {
        "item": "BOLT",
        "location": "A",
        "available": D(5),
        "requested": D(6),
        "lot": "",
        "serial": "",
    }
    assert balance(floor.a, floor.item) == (D(5), D(0))
    assert StockMove.objects.count() == 1


def test_moves_of_one_posting_are_netted_before_they_are_judged(floor):
    stock(floor.item, floor.a, 5)
    back = Move(
        item_id=floor.item.pk,
        quantity=D(3),
        source=Place(location_id=floor.b.pk),
        target=Place(location_id=floor.a.pk),
    )

    go(floor, a_to_b(floor, 5), back)

    assert balance(floor.a, floor.item) == (D(3), D(0))
    assert balance(floor.b, floor.item) == (D(2), D(0))


def test_a_place_that_never_held_the_item_has_nothing_free(floor):
    with pytest.raises(InsufficientStock) as refusal, transaction.atomic():
        go(floor, a_to_b(floor, 1))

    assert refusal.value.available == 0


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "0.5", "1e12"])
def test_what_is_no_quantity_of_the_item_is_refused_by_the_database(floor, quantity):
    stock(floor.item, floor.a, 5)

    with pytest.raises(MoveRefused, match="quantity"), transaction.atomic():
        go(floor, a_to_b(floor, quantity))

    assert balance(floor.a, floor.item) == (D(5), D(0))


def test_a_lot_is_named_exactly_when_the_item_is_tracked(floor):
    lot = LotFactory()

    with pytest.raises(MoveRefused, match="lot"), transaction.atomic():
        stock(lot.item, floor.a, 5)
    with pytest.raises(MoveRefused, match="lot"), transaction.atomic():
        stock(floor.item, floor.a, 5, lot=lot)
    with pytest.raises(MoveRefused, match="another item"), transaction.atomic():
        stock(LotFactory().item, floor.a, 5, lot=lot)


def test_a_place_of_another_warehouse_is_refused(floor):
    elsewhere = LocationFactory(warehouse=WarehouseFactory())
    stock(floor.item, floor.a, 5)

    with pytest.raises(MoveRefused, match="another warehouse"), transaction.atomic():
        go(
            floor,
            Move(
                item_id=floor.item.pk,
                quantity=D(1),
                source=Place(location_id=floor.a.pk),
                target=Place(location_id=elsewhere.pk),
            ),
        )


def test_a_move_to_where_it_is_changes_nothing_and_is_refused_by_the_database(floor):
    stock(floor.item, floor.a, 5)
    place = Place(location_id=floor.a.pk)

    with pytest.raises(DatabaseError, match="stock_move_goes_somewhere"), transaction.atomic():
        go(floor, Move(item_id=floor.item.pk, quantity=D(1), source=place, target=place))


def test_a_change_of_status_stays_in_place(floor):
    stock(floor.item, floor.a, 5)

    go(
        floor,
        Move(
            item_id=floor.item.pk,
            quantity=D(2),
            source=Place(location_id=floor.a.pk),
            target=Place(location_id=floor.a.pk, status=StockStatus.DAMAGED),
        ),
        kind=TransactionKind.STATUS,
    )

    assert balance(floor.a, floor.item, status="available") == (D(3), D(0))
    assert balance(floor.a, floor.item, status="damaged") == (D(2), D(0))


def test_a_serial_number_stands_in_one_place(floor):
    serial = SerialFactory()
    stock(serial.item, floor.a, 1, serial=serial)

    with pytest.raises(SerialElsewhere), transaction.atomic():
        stock(serial.item, floor.b, 1, serial=serial)
    for source, target in ((floor.a, floor.b), (floor.b, floor.a)):
        go(
            floor,
            Move(
                item_id=serial.item_id,
                serial_id=serial.pk,
                quantity=D(1),
                source=Place(location_id=source.pk),
                target=Place(location_id=target.pk),
            ),
        )
        assert balance(target, serial.item) == (D(1), D(0))


def test_a_key_posts_once(floor):
    stock(floor.item, floor.a, 5)
    by = an_actor(key="k1")
    go(floor, a_to_b(floor, 1), by=by)

    with pytest.raises(AlreadyPosted), transaction.atomic():
        go(floor, a_to_b(floor, 1), by=by)

    assert balance(floor.b, floor.item) == (D(1), D(0))


def reserve_in(location, item, quantity, document="SO-1"):
    row = StockBalance.objects.get(location=location, item=item)
    (pk,) = reserve([Claim(balance_id=row.pk, quantity=D(quantity))], warehouse_id=row.warehouse_id, document=document)
    return pk


def to_tote(floor, quantity, **more):
    return Move(
        item_id=floor.item.pk,
        quantity=D(quantity),
        source=Place(location_id=floor.a.pk),
        target=Place(location_id=floor.tote.pk),
        **more,
    )


def test_reserved_stock_is_not_available_to_a_rival(floor):
    stock(floor.item, floor.a, 5)
    reserve_in(floor.a, floor.item, 4)

    with pytest.raises(InsufficientStock) as refusal, transaction.atomic():
        reserve_in(floor.a, floor.item, 2)
    assert (refusal.value.available, refusal.value.requested) == (D(1), D(2))
    with pytest.raises(InsufficientStock), transaction.atomic():
        go(floor, to_tote(floor, 2), kind=TransactionKind.PICK)
    assert balance(floor.a, floor.item) == (D(5), D(4))


def test_a_pick_consumes_its_reservation_in_the_same_posting(floor):
    stock(floor.item, floor.a, 5)
    claim = reserve_in(floor.a, floor.item, 4)

    go(floor, to_tote(floor, 4, consumes=claim), kind=TransactionKind.PICK)

    assert balance(floor.a, floor.item) == (D(1), D(0))
    assert Reservation.objects.get(pk=claim).state == ReservationState.CONSUMED
    with pytest.raises(ReservationEnded), transaction.atomic():
        go(floor, to_tote(floor, 1, consumes=claim), kind=TransactionKind.PICK)


def test_a_part_of_a_reservation_leaves_the_rest_pending(floor):
    stock(floor.item, floor.a, 5)
    claim = reserve_in(floor.a, floor.item, 4)

    go(floor, to_tote(floor, 3, consumes=claim), kind=TransactionKind.PICK)

    rest = Reservation.objects.get(origin=claim)
    assert (rest.state, rest.quantity) == (ReservationState.PENDING, D(1))
    assert balance(floor.a, floor.item) == (D(2), D(1))
    release([rest.pk], reason="short")
    assert balance(floor.a, floor.item) == (D(2), D(0))
    with pytest.raises(ReservationEnded), transaction.atomic():
        release([rest.pk], reason="again")


def test_a_reservation_is_consumed_only_from_its_own_bin(floor):
    stock(floor.item, floor.a, 5)
    stock(floor.item, floor.b, 5)
    claim = reserve_in(floor.b, floor.item, 4)

    with pytest.raises(ReservationEnded), transaction.atomic():
        go(floor, to_tote(floor, 4, consumes=claim), kind=TransactionKind.PICK)

    assert balance(floor.b, floor.item) == (D(5), D(4))


def test_moving_reserved_stock_takes_its_claims_along_split_where_needed(floor):
    stock(floor.item, floor.a, 10)
    early = reserve_in(floor.a, floor.item, 4, "SO-1")
    late = reserve_in(floor.a, floor.item, 4, "SO-2")

    go(floor, a_to_b(floor, 7))

    assert balance(floor.a, floor.item) == (D(3), D(3))
    assert balance(floor.b, floor.item) == (D(7), D(5))
    at_b = StockBalance.objects.get(location=floor.b)
    assert Reservation.objects.get(pk=late).balance == at_b
    assert Reservation.objects.get(pk=early).quantity == D(3)
    split = Reservation.objects.get(origin=early)
    assert (split.balance, split.quantity, split.document) == (at_b, D(1), "SO-1")


def test_reserved_stock_does_not_go_where_it_could_not_be_picked(floor):
    stock(floor.item, floor.a, 5)
    reserve_in(floor.a, floor.item, 5)

    with pytest.raises(InsufficientStock), transaction.atomic():
        go(floor, to_tote(floor, 1))

    assert balance(floor.a, floor.item) == (D(5), D(5))


def lot_move(floor, lot, quantity, target, **more):
    return Move(
        item_id=lot.item_id,
        lot_id=lot.pk,
        quantity=D(quantity),
        source=Place(location_id=floor.a.pk),
        target=Place(location_id=target.pk),
        **more,
    )


def test_a_hold_frees_what_was_reserved_and_nothing_leaves_until_it_ends(floor):
    lot = LotFactory()
    stock(lot.item, floor.a, 5, lot=lot)
    claim = reserve_in(floor.a, lot.item, 2)

    (hold,) = hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.by, source="QC-1")

    assert Reservation.objects.get(pk=claim).state == ReservationState.RELEASED
    assert balance(floor.a, lot.item) == (D(5), D(0))
    with pytest.raises(LotOnHold) as refusal, transaction.atomic():
        reserve_in(floor.a, lot.item, 1)
    assert refusal.value.facts == {"item": lot.item.number, "lot": lot.number, "reason": "quality"}
    with pytest.raises(LotOnHold), transaction.atomic():
        go(floor, lot_move(floor, lot, 1, floor.customer))
    go(floor, lot_move(floor, lot, 1, floor.b))

    release_holds([hold], by=floor.by, at=clock.now(), note="passed")
    reserve_in(floor.a, lot.item, 1)


def test_an_expired_lot_is_neither_reserved_nor_shipped(floor):
    lot = LotFactory(expires_on=clock.now().date())
    stock(lot.item, floor.a, 5, lot=lot)

    with pytest.raises(LotExpired), transaction.atomic():
        reserve_in(floor.a, lot.item, 1)
    with pytest.raises(LotExpired), transaction.atomic():
        go(floor, lot_move(floor, lot, 1, floor.customer))
    go(floor, lot_move(floor, lot, 1, floor.scrap), kind=TransactionKind.SCRAP)
    lot.expires_on = clock.now().date() + timedelta(days=2)
    lot.save()
    reserve_in(floor.a, lot.item, 1)


def test_a_handling_unit_is_placed_by_its_goods_and_moves_with_them(floor):
    stock(floor.item, floor.a, 5)
    (carton,) = open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.CARTON, sscc=["340123450000000005"])
    go(
        floor,
        Move(
            item_id=floor.item.pk,
            quantity=D(2),
            source=Place(location_id=floor.a.pk),
            target=Place(location_id=floor.dock.pk, unit_id=carton),
        ),
    )
    assert HandlingUnit.objects.get(pk=carton).location == floor.dock

    with pytest.raises(UnitElsewhere), transaction.atomic():
        go(
            floor,
            Move(
                item_id=floor.item.pk,
                quantity=D(1),
                source=Place(location_id=floor.a.pk),
                target=Place(location_id=floor.b.pk, unit_id=carton),
            ),
        )
    shipped = move_units(
        [carton],
        warehouse_id=floor.warehouse.pk,
        target_id=floor.customer.pk,
        kind=TransactionKind.SHIP,
        by=floor.by,
        at=clock.now(),
    )
    assert balance(floor.dock, floor.item) == (D(0), D(0))
    assert HandlingUnit.objects.get(pk=carton).location == floor.customer
    with pytest.raises(UnitElsewhere), transaction.atomic():
        move_units(
            [carton],
            warehouse_id=floor.warehouse.pk,
            target_id=floor.dock.pk,
            kind=TransactionKind.MOVE,
            by=floor.by,
            at=clock.now(),
        )

    reverse(shipped, by=floor.by, at=clock.now(), reason="wrong door")
    assert balance(floor.dock, floor.item) == (D(2), D(0))
    assert HandlingUnit.objects.get(pk=carton).location == floor.dock


def test_a_posting_is_reversed_once_by_its_mirror(floor):
    stock(floor.item, floor.a, 5)
    first = go(floor, a_to_b(floor, 2))

    mirror = reverse(first, by=floor.by, at=clock.now(), reason="wrong bin")

    assert balance(floor.a, floor.item) == (D(5), D(0))
    assert StockTransaction.objects.get(pk=mirror).reverses_id == first
    for pk in (first, mirror):
        with pytest.raises(NotReversible), transaction.atomic():
            reverse(pk, by=floor.by, at=clock.now(), reason="again")


def test_goods_that_moved_on_block_a_reversal(floor):
    stock(floor.item, floor.a, 5)
    first = go(floor, a_to_b(floor, 5))
    go(
        floor,
        Move(
            item_id=floor.item.pk,
            quantity=D(1),
            source=Place(location_id=floor.b.pk),
            target=Place(location_id=floor.scrap.pk),
        ),
        kind=TransactionKind.SCRAP,
    )

    with pytest.raises(InsufficientStock), transaction.atomic():
        reverse(first, by=floor.by, at=clock.now(), reason="too late")


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_stockmove set quantity = 1",
        "delete from ledger_stockmove",
        "truncate ledger_stockmove",
        "update ledger_stocktransaction set reason = ''",
        "delete from ledger_stocktransaction",
        "update ledger_stockbalance set on_hand = 100",
        "insert into ledger_stockbalance select * from ledger_stockbalance",
        "update ledger_reservation set state = 'released'",
        "delete from ledger_hold",
        "update ledger_handlingunit set location_id = null",
        "delete from ledger_lot",
        "select ledger_refuse('SL001', '{}')",
        "create table mine (id int)",
        "alter table ledger_stockmove disable trigger all",
    ],
)
def test_the_application_may_not_write_the_ledger_past_its_functions(floor, statement):
    stock(floor.item, floor.a, 5)

    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize("table", ["ledger_stockmove", "ledger_stocktransaction"])
@pytest.mark.parametrize("statement", ["update {} set warehouse_id = 1", "delete from {}", "truncate {} cascade"])
def test_history_is_not_rewritten_by_its_owner_either(transactional_db, owner_connection, table, statement):
    item, place = LotFactory().item, LocationFactory()
    stock(item, place, 1, lot=item.lots.get())

    with pytest.raises(Exception, match="only grows"):
        owner_connection.execute(statement.format(table))
