"""Orders on carts: within what a cart carries, and walked as little as can be found."""

import random
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.locations.routing import Corner, Layout, Stop, shortest_walk
from apps.orders.batching import Basket, Capacity, put_on_carts
from apps.orders.errors import NoRoomOnCart

HALL = Layout(xs=tuple(5 * aisle for aisle in range(6)), crosses=(0, 20), depot=Corner(0, 0))


def length(stops):
    return shortest_walk(HALL, sorted(stops)).length


def baskets(*orders, **more):
    return [Basket(order_id=number, places=frozenset(stops), **more) for number, stops in enumerate(orders, start=1)]


def total(carts, orders):
    places = {basket.order_id: basket.places for basket in orders}
    return sum(length(frozenset().union(*(places[order] for order in cart))) for cart in carts)


def every_way(orders):
    """All ways to put orders on carts."""
    if not orders:
        yield []
        return
    first, *rest = orders
    for way in every_way(rest):
        yield [[first], *way]
        for number, cart in enumerate(way):
            yield [*way[:number], [first, *cart], *way[number + 1 :]]


def shortest_of_all(orders, totes):
    return min(
        total([[basket.order_id for basket in cart] for cart in way], orders)
        for way in every_way(orders)
        if all(sum(basket.totes for basket in cart) <= totes for cart in way)
    )


def drawn_orders(chance, count):
    return baskets(
        *[{Stop(chance.randrange(6), chance.randint(1, 19)) for _ in range(chance.randint(1, 4))} for _ in range(count)]
    )


def test_orders_of_the_same_aisles_go_together():
    orders = baskets([Stop(0, 5)], [Stop(5, 5)], [Stop(0, 7)], [Stop(5, 9)])

    assert put_on_carts(orders, Capacity(totes=2), length) == [(1, 3), (2, 4)]


def test_a_cart_takes_no_more_totes_than_it_has_room_for():
    orders = baskets([Stop(0, 5)], [Stop(0, 5)], [Stop(0, 5)], totes=2)

    assert put_on_carts(orders, Capacity(totes=5), length) in ([(1, 2), (3,)], [(1, 3), (2,)], [(1,), (2, 3)])


@pytest.mark.parametrize(
    "capacity", [Capacity(totes=9, weight_g=D(1000)), Capacity(totes=9, volume_mm3=D(1000))], ids=["weight", "volume"]
)
def test_a_cart_takes_no_more_than_it_carries(capacity):
    orders = baskets([Stop(0, 5)], [Stop(0, 5)], [Stop(0, 5)], weight_g=D(500), volume_mm3=D(500))

    assert sorted(map(len, put_on_carts(orders, capacity, length))) == [1, 2]


def test_an_order_that_is_too_much_for_any_cart_has_its_own():
    orders = [*baskets([Stop(0, 5)], [Stop(0, 6)]), Basket(order_id=3, places=frozenset([Stop(0, 7)]), totes=9)]

    assert put_on_carts(orders, Capacity(totes=4), length) == [(1, 2), (3,)]


def test_a_cart_without_room_is_refused():
    with pytest.raises(NoRoomOnCart) as refusal:
        put_on_carts([], Capacity(totes=0), length)

    assert refusal.value.facts == {"totes": 0}


def test_no_orders_need_no_cart():
    assert put_on_carts([], Capacity(totes=4), length) == []


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6))
def test_all_orders_are_on_one_cart_each_and_walked_no_further_than_one_by_one(seed):
    orders = drawn_orders(random.Random(seed), 8)  # noqa: S311 - drawn, no secret

    carts = put_on_carts(orders, Capacity(totes=3), length)

    assert sorted(order for cart in carts for order in cart) == [basket.order_id for basket in orders]
    assert max(map(len, carts)) <= 3
    assert total(carts, orders) <= sum(length(basket.places) for basket in orders)


def test_small_days_are_within_three_hundredths_of_the_best_of_all_ways():
    chance = random.Random(1)  # noqa: S311 - the same days each time
    found = best = alone = 0
    for _ in range(12):
        orders = drawn_orders(chance, 6)
        found += total(put_on_carts(orders, Capacity(totes=3), length), orders)
        best += shortest_of_all(orders, 3)
        alone += sum(length(basket.places) for basket in orders)

    assert best <= found <= 1.03 * best
    assert found < 0.6 * alone


def test_many_orders_are_put_together_with_their_neighbours_and_few_walks_are_tried():
    chance = random.Random(2)  # noqa: S311 - the same day each time
    orders = sorted(drawn_orders(chance, 60), key=lambda basket: min(basket.places))
    tried = 0

    def counted(places):
        nonlocal tried
        tried += 1
        return length(places)

    carts = put_on_carts(orders, Capacity(totes=6), counted)

    assert tried < 5000
    assert total(carts, orders) < 0.4 * sum(length(basket.places) for basket in orders)
