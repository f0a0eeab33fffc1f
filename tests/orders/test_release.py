"""Waves: picks in walking order, of what is really reserved, where it really stands."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed
from apps.journal.models import OutboxMessage
from apps.ledger.models import Reservation
from apps.ledger.operations import Move, Place, hold_lots, post
from apps.ledger.states import HoldReason, TransactionKind
from apps.orders.errors import NoOrders, NotAllocated, OtherWarehouse
from apps.orders.models import Allocation, Pick, Wave
from apps.orders.operations import release_wave
from apps.orders.queries import progress_of
from apps.supply.models import Promise
from apps.tasks.models import WarehouseTask
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import a_sales_order, allocated, pick_all, released


def go(floor, *orders, **more):
    arguments = {"warehouse_id": floor.warehouse.pk, "order_ids": [order.pk for order in orders]}
    return release_wave(**arguments | {"by": floor.boss, "at": clock.now()} | more)


def walk(wave):
    return [
        (pick.task.source.code, pick.allocation.line.item.number, pick.quantity)
        for pick in wave.picks.select_related("task__source", "allocation__line__item").order_by("task__sequence", "pk")
    ]


def test_picks_of_all_orders_come_in_one_walk(floor):
    stock(floor.nut, floor.far, 10)
    stock(floor.bolt, floor.near, 3)
    stock(floor.bolt, floor.face, 4)
    first = allocated(a_sales_order(floor.warehouse, (floor.nut, 2), (floor.bolt, 5)))
    second = allocated(a_sales_order(floor.warehouse, (floor.nut, 1), (floor.bolt, 2)))

    wave = go(floor, second, first)

    assert walk(wave) == [
        ("N-01", "BOLT", D(4)),
        ("N-02", "BOLT", D(1)),
        ("N-02", "BOLT", D(2)),
        ("F-01", "NUT", D(2)),
        ("F-01", "NUT", D(1)),
    ]
    tasks = WarehouseTask.objects.in_walking_order()
    assert [task.pick.number for task in tasks] == sorted(pick.number for pick in wave.picks.all())
    assert {task.document for task in tasks} == {first.number, second.number}
    assert {task.kind for task in tasks} == {"pick"}
    for order in (first, second):
        order.refresh_from_db()
        assert order.state == "released"
    (message,) = OutboxMessage.objects.filter(job="orders.print_pick_list")
    assert message.arguments == {"wave": wave.number, "user_id": floor.boss.user.pk}


def test_a_wave_takes_as_many_statements_for_twenty_lines_as_for_two(floor):
    items = [ItemFactory() for _ in range(20)]
    for item in items:
        stock(item, floor.near, 50)
    counts = []
    assert floor.boss.user.roles  # read once a request
    for lines in (2, 20):
        order = allocated(a_sales_order(floor.warehouse, *[(item, 1) for item in items[:lines]]))
        with CaptureQueriesContext(connection) as captured:
            go(floor, order)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_only_allocated_orders_of_the_warehouse_are_released(floor):
    stock(floor.bolt, floor.face, 3)
    order = allocated(a_sales_order(floor.warehouse, (floor.bolt, 3)))
    waiting = a_sales_order(floor.warehouse, (floor.bolt, 3))

    with pytest.raises(NoOrders):
        go(floor)
    with pytest.raises(IllegalTransition):
        go(floor, order, waiting)
    with pytest.raises(OtherWarehouse) as refusal:
        go(floor, order, warehouse_id=WarehouseFactory().pk)
    with pytest.raises(NotAllowed):
        go(floor, order, by=an_actor())

    assert refusal.value.facts == {"order": order.number, "warehouse": "MAIN"}
    assert not Wave.objects.exists()
    assert not WarehouseTask.objects.exists()
    order.refresh_from_db()
    assert order.state == "allocated"


def test_what_a_hold_took_away_is_not_picked_and_is_owed_again(floor):
    today = floor.warehouse.local_date(clock.now())
    bad = LotFactory(item=floor.milk, number="BAD", expires_on=today + timedelta(days=30))
    good = LotFactory(item=floor.milk, number="GOOD", expires_on=today + timedelta(days=60))
    stock(floor.milk, floor.near, 4, lot=bad)
    stock(floor.milk, floor.near, 4, lot=good)
    order = allocated(a_sales_order(floor.warehouse, (floor.milk, 6)))
    hold_lots([bad.pk], reason=HoldReason.QUALITY, by=floor.boss)

    wave = go(floor, order)

    assert [(pick.task.lot.number, pick.quantity) for pick in wave.picks.all()] == [("GOOD", D(2))]
    assert list(Promise.objects.values_list("quantity", "allocated")) == [(D(6), D(2))]


def test_an_order_that_lost_everything_to_a_hold_is_not_released(floor):
    lot = LotFactory(item=floor.milk, number="BAD")
    stock(floor.milk, floor.near, 4, lot=lot)
    order = allocated(a_sales_order(floor.warehouse, (floor.milk, 4)))
    hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.boss)

    with pytest.raises(NotAllocated) as refusal:
        go(floor, order)

    assert refusal.value.facts == {"order": order.number}
    assert not Wave.objects.exists()


def moved(floor, quantity):
    """Somebody tidies reserved bolts from the pick face to the far bin."""
    post(
        [
            Move(
                item_id=floor.bolt.pk,
                quantity=D(quantity),
                source=Place(location_id=floor.face.pk),
                target=Place(location_id=floor.far.pk),
            )
        ],
        warehouse_id=floor.warehouse.pk,
        kind=TransactionKind.MOVE,
        by=floor.picker,
        at=clock.now(),
    )


def test_reserved_goods_that_were_moved_are_picked_where_they_stand_now(floor):
    stock(floor.bolt, floor.face, 5)
    order = allocated(a_sales_order(floor.warehouse, (floor.bolt, 5)))
    moved(floor, 2)
    (line,) = progress_of([order.pk])[order.pk]
    assert line.allocated == D(5)

    wave = go(floor, order)

    assert walk(wave) == [("N-01", "BOLT", D(3)), ("F-01", "BOLT", D(2))]
    assert sum(allocation.quantity for allocation in Allocation.objects.all()) == D(5)
    pick_all(wave, floor.tote)
    order.refresh_from_db()
    assert order.state == "picked"
    assert not Reservation.objects.pending().exists()


def test_goods_moved_after_the_release_are_taken_where_they_stand(floor):
    stock(floor.bolt, floor.face, 5)
    wave = released(a_sales_order(floor.warehouse, (floor.bolt, 5)))
    moved(floor, 5)

    (pick,) = pick_all(wave, floor.tote)

    assert (pick.picked, pick.transaction.moves.get().source) == (D(5), floor.far)
    assert Pick.objects.get().state == "picked"
