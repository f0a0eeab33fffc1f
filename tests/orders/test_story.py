"""An order's way from promise to the truck, told once; the other tests look at each step."""

from decimal import Decimal as D

from apps.core import clock
from apps.ledger.models import StockBalance, StockMove
from apps.orders.models import SalesOrder
from apps.orders.operations import ship_order_shipment
from apps.orders.queries import progress_of
from apps.shipping.operations import load_carton
from apps.supply.models import Promise
from tests.factories.ledger import stock
from tests.factories.orders import a_sales_order, allocated, packed, pick, pick_all, released


def figures(order):
    return [
        (each.ordered, each.allocated, each.picked, each.packed, each.shipped, each.short, each.back_ordered)
        for each in progress_of([order.pk])[order.pk]
    ]


def shipped(floor, order):
    shipment = packed(order)
    for carton in shipment.cartons.all():
        load_carton(carton_id=carton.pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())
    return ship_order_shipment(shipment_id=shipment.pk, by=floor.boss, at=clock.now())


def test_an_order_with_a_short_pick_ships_in_two_parts_and_nothing_is_lost(floor):
    stock(floor.bolt, floor.face, 10)
    stock(floor.nut, floor.near, 5)
    order = a_sales_order(floor.warehouse, (floor.bolt, 8), (floor.nut, 5))
    assert figures(order) == [(8, 0, 0, 0, 0, 0, 8), (5, 0, 0, 0, 0, 0, 5)]

    wave = released(order)
    assert figures(order) == [(8, 8, 0, 0, 0, 0, 0), (5, 5, 0, 0, 0, 0, 0)]

    bolts, nuts = wave.picks.order_by("task__sequence")
    pick(bolts, 6, floor.tote, short_reason="bin empty", bin_empty=True)
    pick(nuts, 5, floor.tote)
    order = SalesOrder.objects.get(pk=order.pk)
    assert order.state == "picked"
    wave.refresh_from_db()
    assert wave.state == "done"
    assert figures(order) == [(8, 0, 6, 0, 0, 2, 2), (5, 0, 5, 0, 0, 0, 0)]

    first = shipped(floor, order)
    order.refresh_from_db()
    assert (first.state, order.state) == ("shipped", "part_shipped")
    assert figures(order) == [(8, 0, 6, 6, 6, 2, 2), (5, 0, 5, 5, 5, 0, 0)]
    assert list(Promise.objects.open().values_list("line", "quantity", "allocated")) == [(1, D(8), D(6))]

    pick_all(released(order), floor.tote)
    second = shipped(floor, order)
    order.refresh_from_db()
    assert (second.state, order.state) == ("shipped", "shipped")
    assert figures(order) == [(8, 0, 8, 8, 8, 2, 0), (5, 0, 5, 5, 5, 0, 0)]
    assert not Promise.objects.filter(closed_at=None).exists()
    gone = StockMove.objects.filter(transaction__in=[first.transaction_id, second.transaction_id])
    assert sorted(gone.values_list("item__number", "quantity")) == [("BOLT", D(2)), ("BOLT", D(6)), ("NUT", D(5))]
    left = StockBalance.objects.on_hand().values_list("item__number", "location__code", "on_hand", "reserved")
    assert list(left) == [("BOLT", "N-01", D(2), D(0))]


def test_allocation_takes_the_states_along(floor):
    stock(floor.bolt, floor.face, 10)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))

    order = allocated(order)

    assert order.state == "allocated"
    assert list(Promise.objects.values_list("quantity", "allocated")) == [(D(4), D(4))]
