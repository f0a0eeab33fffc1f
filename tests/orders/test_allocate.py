"""Allocation: who gets which lot, and what an order may not take."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core import clock
from apps.core.errors import IllegalTransition
from apps.journal.models import AuditEntry
from apps.ledger.models import Reservation, StockBalance
from apps.ledger.operations import Move, Place, hold_lots, post
from apps.ledger.states import HoldReason, StockStatus, TransactionKind
from apps.orders.errors import NothingToAllocate
from apps.orders.models import Allocation
from apps.orders.operations import allocate_order, allocate_orders, cancel_sales_order
from apps.orders.queries import progress_of
from apps.supply.models import Promise
from apps.supply.queries import available_to_promise
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import LotFactory, SerialFactory, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import CustomerFactory, a_sales_order, allocated


def a_lot(floor, number, days, quantity=10, place=None):
    today = floor.warehouse.local_date(clock.now())
    lot = LotFactory(item=floor.milk, number=number, expires_on=today + timedelta(days=days))
    if quantity:
        stock(floor.milk, place or floor.near, quantity, lot=lot)
    return lot


def goods(order):
    rows = Allocation.objects.filter(line__order=order).order_by("pk")
    return [
        (row.reservation.balance.lot.number if row.reservation.balance.lot else None, row.quantity)
        for row in rows.select_related("reservation__balance__lot")
    ]


def go(floor, *orders):
    return allocate_orders(order_ids=[order.pk for order in orders], by=floor.boss, at=clock.now())


def test_only_eligible_lots_are_taken_in_expiry_order(floor):
    hold_lots([a_lot(floor, "HELD", 40).pk], reason=HoldReason.QUALITY, by=floor.boss)
    a_lot(floor, "EXPIRED", 0)
    a_lot(floor, "SHORT-LIFE", 31)
    a_lot(floor, "SECOND", 90)
    a_lot(floor, "FIRST", 32, 4)
    damaged = LotFactory(item=floor.milk, number="DAMAGED", expires_on=clock.now().date() + timedelta(days=50))
    stock(floor.milk, floor.near, 10, lot=damaged, status=StockStatus.DAMAGED)
    a_lot(floor, "ON-DOCK", 45, place=floor.door)
    theirs = a_lot(floor, "THEIRS", 50, quantity=0)
    owner = PartyFactory(is_owner=True)
    supplier = floor.warehouse.locations.get(kind="supplier")
    post(
        [
            Move(
                item_id=floor.milk.pk,
                lot_id=theirs.pk,
                owner_id=owner.pk,
                quantity=D(10),
                source=Place(location_id=supplier.pk),
                target=Place(location_id=floor.near.pk),
            )
        ],
        warehouse_id=floor.warehouse.pk,
        kind=TransactionKind.RECEIVE,
        by=floor.picker,
        at=clock.now(),
    )

    order = allocated(a_sales_order(floor.warehouse, (floor.milk, 20), min_remaining_days=30))

    assert goods(order) == [("FIRST", D(4)), ("SECOND", D(10))]
    (line,) = progress_of([order.pk])[order.pk]
    assert (order.state, line.allocated, line.back_ordered) == ("allocated", D(14), D(6))
    assert list(Promise.objects.values_list("quantity", "allocated")) == [(D(20), D(14))]


def test_a_line_that_lacks_stock_does_not_stop_the_others(floor):
    items = [ItemFactory() for _ in range(50)]
    for item in items[1:]:
        stock(item, floor.near, 5)

    order = allocated(a_sales_order(floor.warehouse, *[(item, 5) for item in items]))

    assert order.state == "allocated"
    assert [each.allocated for each in progress_of([order.pk])[order.pk]] == [D(0)] + [D(5)] * 49
    assert list(Promise.objects.open().values_list("line", flat=True)) == [1]


def test_an_order_of_200_lines_gets_all_of_them(floor):
    items = [ItemFactory() for _ in range(200)]
    for item in items:
        stock(item, floor.near, 3)

    order = allocated(a_sales_order(floor.warehouse, *[(item, 3) for item in items]))

    assert Reservation.objects.pending().filter(document=order.number).count() == 200
    assert not Promise.objects.open().exists()


def test_allocating_takes_as_many_statements_for_twenty_lines_as_for_two(floor):
    items = [ItemFactory() for _ in range(20)]
    for item in items:
        stock(item, floor.near, 50)
        stock(item, floor.far, 50)
    counts = []
    allocated(a_sales_order(floor.warehouse, (items[0], 1)), floor.boss)
    for lines in (2, 20):
        order = a_sales_order(floor.warehouse, *[(item, 60) for item in items[:lines]])
        with CaptureQueriesContext(connection) as captured:
            allocate_order(order_id=order.pk, by=floor.boss, at=clock.now())
        counts.append(len(captured))
        cancel_sales_order(order_id=order.pk, reason="again", by=floor.boss, at=clock.now())

    assert counts[0] == counts[1]
    assert counts[0] <= 22


def test_allocating_takes_as_many_statements_for_twenty_orders_as_for_two(floor):
    stock(floor.bolt, floor.near, 500)
    stock(floor.nut, floor.far, 500)
    counts = []
    go(floor, a_sales_order(floor.warehouse, (floor.bolt, 1)))
    for many in (2, 20):
        orders = [a_sales_order(floor.warehouse, (floor.bolt, 3), (floor.nut, 2), by=floor.boss) for _ in range(many)]
        with CaptureQueriesContext(connection) as captured:
            served = go(floor, *orders)
        counts.append(len(captured))
        assert served == orders

    assert counts[0] == counts[1]
    assert counts[0] <= 20
    assert AuditEntry.objects.filter(verb="allocate").count() == 23
    assert not Promise.objects.open().exists()


def test_nothing_to_allocate_says_why_for_each_line_and_changes_nothing(floor):
    a_lot(floor, "SOON", 10, 6)
    stock(floor.bolt, floor.face, 5)
    first = a_sales_order(floor.warehouse, (floor.bolt, 5))
    order = a_sales_order(floor.warehouse, (floor.milk, 6), (floor.bolt, 2), (floor.nut, 1), min_remaining_days=30)

    with pytest.raises(NothingToAllocate) as refusal:
        allocate_order(order_id=order.pk, by=floor.boss, at=clock.now())

    facts = [tuple(line.values()) for line in refusal.value.lines]
    assert refusal.value.order == order.number
    assert facts == [
        (1, "MILK", "6", "0", "6", "0"),
        (2, "BOLT", "2", "5", "0", "5"),
        (3, "NUT", "1", "0", "0", "0"),
    ]
    order.refresh_from_db()
    assert order.state == "confirmed"
    assert not Allocation.objects.exists()
    assert goods(allocated(first)) == [(None, D(5))]


def test_an_earlier_promise_keeps_its_goods_until_there_are_enough_for_both(floor):
    stock(floor.bolt, floor.face, 10)
    first = a_sales_order(floor.warehouse, (floor.bolt, 7))
    second = a_sales_order(floor.warehouse, (floor.bolt, 7))

    assert goods(allocated(second)) == [(None, D(3))]
    assert goods(allocated(first)) == [(None, D(7))]

    stock(floor.bolt, floor.face, 10)
    assert goods(allocated(second)) == [(None, D(3)), (None, D(4))]


def test_a_customer_who_wants_fresh_goods_does_not_keep_old_ones_from_others(floor):
    a_lot(floor, "OLD", 20)
    fresh = CustomerFactory(min_remaining_days=180)
    a_sales_order(floor.warehouse, (floor.milk, 10), customer=fresh)

    assert goods(allocated(a_sales_order(floor.warehouse, (floor.milk, 4)))) == [("OLD", D(4))]


def test_orders_allocated_together_are_served_as_they_were_promised(floor):
    stock(floor.bolt, floor.face, 10)
    first, second, third = (a_sales_order(floor.warehouse, (floor.bolt, 6)) for _ in range(3))
    draft = a_sales_order(floor.warehouse, (floor.bolt, 6), confirm=False)

    served = go(floor, third, draft, second, first)

    assert served == [first, second]
    assert [goods(order) for order in (first, second, third)] == [[(None, D(6))], [(None, D(4))], []]
    third.refresh_from_db()
    assert third.state == "confirmed"


def test_orders_of_several_warehouses_are_allocated_each_at_its_own(floor):
    other = WarehouseFactory()
    stock(floor.bolt, floor.face, 5)
    stock(floor.bolt, LocationFactory(warehouse=other), 5)
    here, there = a_sales_order(floor.warehouse, (floor.bolt, 5)), a_sales_order(other, (floor.bolt, 5))

    assert set(go(floor, here, there)) == {here, there}
    claims = Reservation.objects.values_list("document", "warehouse", "quantity")
    assert set(claims) == {(here.number, floor.warehouse.pk, D(5)), (there.number, other.pk, D(5))}


def test_serial_numbers_are_taken_one_by_one(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    for _ in range(3):
        stock(drill, floor.near, 1, serial=SerialFactory(item=drill))

    order = allocated(a_sales_order(floor.warehouse, (drill, 2)))

    assert [quantity for _, quantity in goods(order)] == [D(1), D(1)]


def test_an_allocated_order_takes_what_has_come_since(floor):
    stock(floor.bolt, floor.face, 3)
    order = allocated(a_sales_order(floor.warehouse, (floor.bolt, 5)))
    with pytest.raises(NothingToAllocate):
        allocated(order)
    stock(floor.bolt, floor.near, 9)

    order = allocated(order)

    assert goods(order) == [(None, D(3)), (None, D(2))]
    assert available_to_promise(warehouse_id=floor.warehouse.pk, item_ids=[floor.bolt.pk], by=order.due_on) == {
        floor.bolt.pk: D(7)
    }


def test_what_a_hold_takes_away_is_owed_again_and_allocated_from_another_lot(floor):
    lot = a_lot(floor, "BAD", 30)
    order = allocated(a_sales_order(floor.warehouse, (floor.milk, 6)))
    hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.boss)
    (line,) = progress_of([order.pk])[order.pk]
    assert (line.allocated, line.back_ordered) == (D(0), D(6))
    a_lot(floor, "GOOD", 60, 4)

    later = a_sales_order(floor.warehouse, (floor.milk, 1))
    with pytest.raises(NothingToAllocate):
        allocated(later)
    order = allocated(order)

    assert goods(order) == [("GOOD", D(4))]
    assert list(Promise.objects.filter(document=order.number).values_list("quantity", "allocated")) == [(D(6), D(4))]


def test_an_order_that_a_hold_left_with_nothing_waits_again(floor):
    lot = a_lot(floor, "BAD", 30)
    order = allocated(a_sales_order(floor.warehouse, (floor.milk, 6)))
    hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.boss)

    order = allocated(order)

    assert order.state == "confirmed"
    assert list(Promise.objects.values_list("quantity", "allocated")) == [(D(6), D(0))]
    assert not Allocation.objects.exists()


def test_a_draft_is_not_allocated(floor):
    stock(floor.bolt, floor.face, 3)
    order = a_sales_order(floor.warehouse, (floor.bolt, 3), confirm=False)

    with pytest.raises(IllegalTransition):
        allocated(order)

    assert StockBalance.objects.get().reserved == D(0)


@pytest.mark.parametrize("together", [True, False], ids=["in one round", "one after the other"])
def test_what_ships_complete_and_lacks_something_gets_nothing_and_keeps_its_promise(floor, together):
    stock(floor.bolt, floor.face, 5)
    whole = a_sales_order(floor.warehouse, (floor.bolt, 4), (floor.nut, 1), ship_complete=True)
    later = a_sales_order(floor.warehouse, (floor.bolt, 4))
    rounds = [[whole.pk, later.pk]] if together else [[whole.pk], [later.pk]]

    for order_ids in rounds:
        allocate_orders(order_ids=order_ids, by=floor.boss, at=clock.now())

    assert (goods(whole), goods(later)) == ([], [(None, D(1))])
