"""Costs follow goods through the ledger: what they came with leaves with them."""

from decimal import Decimal as D

import pytest

from apps.valuation.models import CostLayer, ItemCost
from tests.factories.floor import a_floor
from tests.factories.valuation import entries, found, received, returned, sold, valued

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor():
    return a_floor()


def test_the_oldest_cost_leaves_first(floor):
    received(floor.item, floor.a, 10, "2.00")
    received(floor.item, floor.a, 10, "3.00")
    sold(floor.item, floor.a, 12)

    valued()

    assert entries(floor.item) == [
        ("received", D(10), D("20.00"), D(0)),
        ("received", D(10), D("30.00"), D(0)),
        ("sold", D(-12), D("-26.00"), D(0)),
    ]
    cost = ItemCost.objects.get()
    assert (cost.quantity, cost.value, cost.last_cost) == (D(8), D("24.00"), D(3))
    assert [(layer.rest, layer.value) for layer in CostLayer.objects.all()] == [(D(8), D("24.00"))]


def test_a_return_comes_back_at_what_it_left_with(floor):
    received(floor.item, floor.a, 10, "2.00")
    sold(floor.item, floor.a, 10)
    received(floor.item, floor.a, 10, "3.00")
    returned(floor.item, floor.a, 4)

    valued()

    assert entries(floor.item)[-1] == ("returned", D(4), D("8.00"), D(0))


def test_found_goods_cost_what_such_goods_cost(floor):
    received(floor.item, floor.a, 10, "2.00")
    found(floor.item, floor.a, 5)
    found(floor.item, floor.a, -3)

    valued()

    assert entries(floor.item)[1:] == [("found", D(5), D("10.00"), D(0)), ("lost", D(-3), D("-6.00"), D(0))]
