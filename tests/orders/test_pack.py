"""Packing and shipping an order: nothing is packed twice, and nothing held leaves."""

from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.core.errors import IllegalTransition, InvalidQuantity
from apps.journal.models import AuditEntry, OutboxMessage
from apps.ledger.errors import LotOnHold
from apps.ledger.models import StockBalance
from apps.ledger.operations import hold_lots, release_holds
from apps.ledger.states import HoldReason
from apps.locations.models import Location
from apps.orders.errors import (
    NoOrderBehind,
    NotAllPacked,
    NothingInCarton,
    NothingToPack,
    OverPack,
    PickOfOtherOrder,
    ShipmentOpen,
)
from apps.orders.models import PackedPick, SalesOrder
from apps.orders.operations import (
    PackLine,
    complete_packing,
    open_carton,
    open_shipment,
    pack_picks,
    ship_order_shipment,
)
from apps.orders.queries import progress_of
from apps.shipping.errors import CartonClosed, NoPackingBench
from apps.shipping.models import Carton, Shipment
from apps.shipping.operations import close_carton, load_carton, start_shipment
from tests.factories.ledger import LotFactory, stock
from tests.factories.orders import a_sales_order, packed, pick_all, refusing, released


@pytest.fixture
def picked(floor):
    """An order with five bolts in a tote; its pick."""
    stock(floor.bolt, floor.face, 10)
    (one,) = pick_all(released(a_sales_order(floor.warehouse, (floor.bolt, 5))), floor.tote)
    return one


def order_of(pick):
    return SalesOrder.objects.get(lines__allocations__pick=pick)


def on_the_bench(floor, order):
    shipment = open_shipment(order_id=order.pk, by=floor.picker, at=clock.now())
    return shipment, open_carton(shipment_id=shipment.pk, by=floor.picker, at=clock.now())


def put(floor, carton, *contents):
    lines = [PackLine(pick_id=pick.pk, quantity=D(quantity)) for pick, quantity in contents]
    return pack_picks(carton_id=carton.pk, contents=lines, by=floor.picker, at=clock.now())


def close(floor, carton):
    return close_carton(carton_id=carton.pk, by=floor.picker, at=clock.now())


def complete(floor, shipment):
    return complete_packing(shipment_id=shipment.pk, by=floor.picker, at=clock.now())


def load(floor, shipment):
    for carton in shipment.cartons.all():
        load_carton(carton_id=carton.pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())


def ship(floor, shipment):
    return ship_order_shipment(shipment_id=shipment.pk, by=floor.picker, at=clock.now())


def places(item):
    rows = StockBalance.objects.filter(item=item).on_hand().select_related("location", "unit").order_by("pk")
    return [(row.location.code, row.unit.number if row.unit else None, row.on_hand) for row in rows]


def test_a_shipment_takes_the_orders_address_and_one_is_packed_at_a_time(floor, picked):
    order = order_of(picked)

    shipment = open_shipment(order_id=order.pk, by=floor.picker, at=clock.now())
    with pytest.raises(ShipmentOpen) as refusal:
        open_shipment(order_id=order.pk, by=floor.picker, at=clock.now())

    assert (shipment.document, shipment.party, shipment.ship_to) == (order.number, order.customer, order.ship_to)
    assert refusal.value.facts == {"order": order.number, "shipment": shipment.number}
    assert Shipment.objects.count() == 1


def test_there_is_nothing_to_pack_before_the_picks_are_done_and_after_all_is_packed(floor):
    stock(floor.bolt, floor.face, 10)
    order = a_sales_order(floor.warehouse, (floor.bolt, 5))

    def refused():
        with pytest.raises(NothingToPack) as refusal:
            open_shipment(order_id=order.pk, by=floor.picker, at=clock.now())
        return refusal.value.facts

    assert refused() == {"order": order.number, "state": "confirmed"}
    wave = released(order)
    assert refused() == {"order": order.number, "state": "released"}
    pick_all(wave, floor.tote)
    packed(order)
    assert refused() == {"order": order.number, "state": "picked"}


def test_goods_go_from_the_tote_into_the_carton_on_the_bench(floor, picked):
    shipment, carton = on_the_bench(floor, order_of(picked))

    put(floor, carton, (picked, 2))
    put(floor, carton, (picked, 2), (picked, 1))

    sscc = carton.unit.number
    assert places(floor.bolt) == [("N-01", None, D(5)), ("BENCH", sscc, D(5))]
    assert list(PackedPick.objects.values_list("pick", "carton", "quantity", "transaction__document")) == [
        (picked.pk, carton.pk, D(2), shipment.number),
        (picked.pk, carton.pk, D(3), shipment.number),
    ]


def test_no_more_is_packed_than_was_picked(floor, picked):
    _, carton = on_the_bench(floor, order_of(picked))
    put(floor, carton, (picked, 3))

    with pytest.raises(OverPack) as refusal:
        put(floor, carton, (picked, 2), (picked, 1))

    assert refusal.value.facts == {"pick": picked.number, "unpacked": D(2), "quantity": D(3)}
    assert places(floor.bolt)[1:] == [("TOTE-1", None, D(2)), ("BENCH", carton.unit.number, D(3))]
    put(floor, carton, (picked, 2))
    with pytest.raises(OverPack):
        put(floor, carton, (picked, 1))
    assert PackedPick.objects.count() == 2


def test_what_does_not_belong_into_the_carton_is_refused(floor, picked):
    stock(floor.nut, floor.near, 5)
    (other,) = pick_all(released(a_sales_order(floor.warehouse, (floor.nut, 5))), floor.tote)
    _, carton = on_the_bench(floor, order_of(picked))

    with pytest.raises(PickOfOtherOrder) as refusal:
        put(floor, carton, (picked, 1), (other, 1))
    with pytest.raises(NothingInCarton):
        put(floor, carton)
    with pytest.raises(InvalidQuantity):
        put(floor, carton, (picked, 0))
    with pytest.raises(InvalidQuantity):
        put(floor, carton, (picked, "0.5"))

    assert refusal.value.facts == {"pick": other.number, "order": order_of(picked).number}
    assert not PackedPick.objects.exists()


def test_a_closed_carton_takes_nothing_more(floor, picked):
    _, carton = on_the_bench(floor, order_of(picked))
    put(floor, carton, (picked, 3))
    close(floor, carton)

    with pytest.raises(CartonClosed):
        put(floor, carton, (picked, 2))

    assert PackedPick.objects.count() == 1


def test_without_a_bench_nothing_is_packed(floor, picked):
    Location.objects.filter(pk=floor.bench.pk).update(is_active=False)
    _, carton = on_the_bench(floor, order_of(picked))

    with pytest.raises(NoPackingBench) as refusal:
        put(floor, carton, (picked, 5))

    assert refusal.value.facts == {"warehouse": "MAIN"}


def test_packing_is_complete_when_nothing_picked_is_left(floor, picked):
    shipment, carton = on_the_bench(floor, order_of(picked))
    put(floor, carton, (picked, 3))
    close(floor, carton)

    with pytest.raises(NotAllPacked) as refusal:
        complete(floor, shipment)

    assert refusal.value.facts == {
        "order": order_of(picked).number,
        "picks": [{"pick": picked.number, "unpacked": D(2)}],
    }
    second = open_carton(shipment_id=shipment.pk, by=floor.picker, at=clock.now())
    put(floor, second, (picked, 2))
    close(floor, second)
    assert complete(floor, shipment).state == "packed"
    with pytest.raises(IllegalTransition):
        put(floor, carton, (picked, 1))


def test_shipping_ends_the_order_and_prints_the_slip(floor, picked):
    order = order_of(picked)
    shipment = packed(order)
    with pytest.raises(IllegalTransition):
        ship(floor, shipment)
    load(floor, shipment)

    shipment = ship(floor, shipment)

    order.refresh_from_db()
    assert (order.state, order.shipped_at, shipment.state) == ("shipped", shipment.shipped_at, "shipped")
    assert places(floor.bolt) == [("N-01", None, D(5))]
    assert (shipment.transaction.kind, shipment.transaction.document) == ("ship", shipment.number)
    (message,) = OutboxMessage.objects.filter(job="orders.print_packing_slip")
    assert message.arguments == {"shipment": shipment.number, "user_id": floor.picker.user.pk}
    assert AuditEntry.objects.get(verb="ship").number == shipment.number


def test_a_held_lot_in_a_carton_does_not_leave(floor):
    lot = LotFactory(item=floor.milk, number="BAD")
    stock(floor.milk, floor.face, 5, lot=lot)
    order = a_sales_order(floor.warehouse, (floor.milk, 5))
    pick_all(released(order), floor.tote)
    shipment = packed(order)
    load(floor, shipment)
    (hold_id,) = hold_lots([lot.pk], reason=HoldReason.RECALL, by=floor.boss)

    with refusing(LotOnHold):
        ship(floor, shipment)

    shipment.refresh_from_db()
    order.refresh_from_db()
    assert (shipment.state, order.state) == ("loaded", "picked")
    assert places(floor.milk) == [("DOOR-1", shipment.cartons.get().unit.number, D(5))]
    release_holds([hold_id], by=floor.boss, at=clock.now())
    assert ship(floor, shipment).state == "shipped"


def test_a_lot_held_in_the_tote_stays_behind_and_ships_when_it_is_free(floor):
    lot = LotFactory(item=floor.milk, number="BAD")
    stock(floor.milk, floor.face, 5, lot=lot)
    stock(floor.bolt, floor.face, 5)
    order = a_sales_order(floor.warehouse, (floor.milk, 5), (floor.bolt, 5))
    milk, bolt = sorted(pick_all(released(order), floor.tote), key=lambda pick: pick.allocation.line.line)
    (hold_id,) = hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.boss)
    shipment, carton = on_the_bench(floor, order)
    with refusing(LotOnHold):
        put(floor, carton, (milk, 5), (bolt, 5))
    assert not PackedPick.objects.exists()

    put(floor, carton, (bolt, 5))
    close(floor, carton)
    complete(floor, shipment)
    load(floor, shipment)
    ship(floor, shipment)

    order.refresh_from_db()
    assert order.state == "part_shipped"
    release_holds([hold_id], by=floor.boss, at=clock.now())
    second = packed(order)
    load(floor, second)
    ship(floor, second)
    order.refresh_from_db()
    assert order.state == "shipped"
    assert [each.shipped for each in progress_of([order.pk])[order.pk]] == [D(5), D(5)]


def test_a_shipment_of_no_order_is_not_packed_from_picks(floor, picked):
    shipment = start_shipment(
        warehouse_id=floor.warehouse.pk,
        document="TR-1",
        party_id=floor.customer.pk,
        ship_to="Elsewhere",
        address=floor.customer,
        carrier_id=None,
        at=clock.now(),
    )
    carton = open_carton(shipment_id=shipment.pk, by=floor.picker, at=clock.now())

    with pytest.raises(NoOrderBehind):
        put(floor, carton, (picked, 1))
    with pytest.raises(NoOrderBehind):
        complete(floor, shipment)
    with pytest.raises(NoOrderBehind):
        ship(floor, shipment)

    assert Carton.objects.get().closed_at is None
