"""Unpicking: from the tote back to a bin, owed again, once."""

from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.orders.errors import NotABin, NothingToUnpick
from apps.orders.models import Pick, SalesOrder
from apps.orders.operations import allocate_order, unpick
from apps.orders.queries import progress_of, unpacked_picks
from apps.supply.models import Promise
from tests.factories.ledger import an_actor, stands, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import a_sales_order, a_supervisor, packed, pick, refusing, released


@pytest.fixture
def one(floor):
    """A pick of five bolts of ten on hand, picked."""
    stock(floor.bolt, floor.face, 10)
    return pick(released(a_sales_order(floor.warehouse, (floor.bolt, 5))).picks.get(), 5, floor.tote)


def back(one, target, **more):
    return unpick(pick_id=one.pk, target_id=target.pk, by=more.pop("by", an_actor()), at=clock.now(), **more)


def test_picked_goods_go_back_to_a_bin_and_the_order_waits_again(floor, one):
    returned = back(one, floor.near)

    assert returned.returned == D(5)
    assert stands(floor.bolt) == {"N-01": D(5), "N-02": D(5)}
    order = SalesOrder.objects.get()
    assert (order.state, Promise.objects.get().allocated) == ("confirmed", D(0))
    (line,) = progress_of([order.pk])[order.pk]
    assert (line.picked, line.back_ordered) == (D(0), D(5))
    assert not Pick.objects.unpacked().exists()
    assert allocate_order(order_id=order.pk, by=a_supervisor(), at=clock.now()).state == "allocated"


def test_a_part_goes_back_and_the_rest_is_packed(floor, one):
    back(one, floor.face, quantity=D(2))

    assert stands(floor.bolt) == {"N-01": D(7), "TOTE-1": D(3)}
    assert SalesOrder.objects.get().state == "picked"
    assert unpacked_picks(SalesOrder.objects.get().pk).get().unpacked == D(3)
    assert Promise.objects.get().allocated == D(3)


def test_nothing_goes_back_twice_or_from_a_carton(floor, one):
    with refusing(NothingToUnpick) as refusal:
        back(one, floor.face, quantity=D(6))
    assert refusal.value.facts == {"pick": one.number, "unpacked": D(5), "quantity": D(6)}
    packed(SalesOrder.objects.get())

    with refusing(NothingToUnpick) as refusal:
        back(one, floor.face)

    assert refusal.value.facts == {"pick": one.number, "unpacked": D(0), "quantity": D(0)}


def test_goods_go_back_to_a_bin_of_the_warehouse(floor, one):
    elsewhere = LocationFactory(warehouse=WarehouseFactory())

    for place in (floor.door, floor.tote):
        with refusing(NotABin):
            back(one, place)
    with refusing(NotABin) as refusal:
        back(one, elsewhere)

    assert refusal.value.facts == {"location": "Nothing", "warehouse": "MAIN"}  # what stands elsewhere is not told
    assert stands(floor.bolt) == {"N-01": D(5), "TOTE-1": D(5)}
