"""Lot sizes by textbook answers, by hand, and by trying every plan."""

from itertools import product
from math import isclose, nan, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.planning.rules.levels import poisson
from apps.planning.rules.lots import (
    critical_ratio,
    discounted_order_quantity,
    economic_order_quantity,
    economic_production_quantity,
    is_steady,
    kanban_cards,
    newsvendor,
    silver_meal,
    wagner_whitin,
)

YEAR_OF_1958 = (69, 29, 36, 61, 61, 26, 34, 67, 45, 67, 79, 56)
ORDERS_OF_1958 = (85, 102, 102, 101, 98, 114, 105, 86, 119, 110, 98, 114)


def test_harris_s_quantity_and_its_cost():
    # 3,120 pencils a year, 12 an order, a quarter of 0.02 a year to keep one (Nahmias): 3,870.
    lot = economic_order_quantity(3120, 12, 0.005)
    assert lot.quantity == pytest.approx(3869.88, abs=0.01)
    assert lot.cost == pytest.approx(12 * 3120 / lot.quantity + 0.005 * lot.quantity / 2)
    assert economic_order_quantity(0, 12, 0.005).quantity == 0


def test_goods_that_come_in_while_they_go_out_come_in_larger_lots():
    # 2,500 a year at a rate of 10,000, 50 a run, 30 % of 2 to keep one (Nahmias): 745.
    assert economic_production_quantity(2500, 10_000, 50, 0.6).quantity == pytest.approx(745.36, abs=0.01)
    assert economic_production_quantity(2500, 1e12, 50, 0.6).quantity == pytest.approx(sqrt(2 * 2500 * 50 / 0.6))
    with pytest.raises(ValueError, match="more than"):
        economic_production_quantity(10, 10, 1, 1)


def test_a_discount_is_taken_where_it_saves_more_than_it_costs_to_keep():
    # 600 a year, 8 an order, 20 % (Nahmias): 0.30 each, 0.29 from 500, 0.28 from 1,000. It is cheapest at 500.
    lot = discounted_order_quantity(600, 8, 0.20, [(0, 0.30), (500, 0.29), (1000, 0.28)])

    assert (lot.quantity, lot.price) == (500, 0.29)
    assert lot.cost == pytest.approx(198.1)
    # Without its discount nobody orders so many; with a rate next to nothing it pays to take the last.
    assert discounted_order_quantity(600, 8, 0.20, [(0, 0.30)]).quantity == pytest.approx(400)
    assert discounted_order_quantity(600, 8, 0.01, [(0, 0.30), (500, 0.29), (1000, 0.28)]).price == 0.28
    assert discounted_order_quantity(0, 8, 0.2, [(0, 0.3)]).quantity == 0


@given(
    demand=st.floats(1, 5000),
    cost=st.floats(0.1, 500),
    rate=st.floats(0.01, 1),
    prices=st.lists(st.floats(0.1, 50), min_size=1, max_size=4, unique=True),
)
def test_no_quantity_that_was_tried_is_cheaper_than_the_discounted_one(demand, cost, rate, prices):
    breaks = [(100.0 * place, price) for place, price in enumerate(sorted(prices, reverse=True))]
    found = discounted_order_quantity(demand, cost, rate, breaks)

    for quantity in [*range(1, 600, 7), *(begin for begin, _ in breaks if begin)]:
        price = next(each for begin, each in reversed(breaks) if quantity >= begin)
        tried = demand * price + cost * demand / quantity + rate * price * quantity / 2
        assert found.cost <= tried * (1 + 1e-9)


def test_the_plan_of_three_periods_by_hand():
    # 20, 50, 10 at 100 an order and 1 to keep: all at once costs 100 + 50 + 20, the last alone 100 more.
    plan = wagner_whitin([20, 50, 10], 100, 1)
    assert (list(plan.quantities), plan.cost) == ([80, 0, 0], 170)
    assert list(wagner_whitin([20, 150, 10], 100, 1).quantities) == [20, 160, 0]
    assert list(wagner_whitin([], 1, 1).quantities) == []
    assert wagner_whitin([0, 0], 1, 1) == silver_meal([0, 0], 1, 1)
    assert list(wagner_whitin([0, 5, 0], 1, 1).quantities) == [0, 5, 0]


def test_the_heuristic_by_hand():
    # 18, 30, 42, 5, 20 at 80 an order and 2 to keep (Nahmias): orders in the first, third and fifth period.
    plan = silver_meal([18, 30, 42, 5, 20], 80, 2)
    assert list(plan.quantities) == [48, 0, 47, 0, 20]
    assert plan.cost == 3 * 80 + 2 * (30 + 5)


def plan_costs(demands, orders, order_cost, holding_cost):
    """What every plan costs that orders in these periods just what lasts until the next order."""
    cost, last = 0.0, None
    for period, (demand, is_ordered) in enumerate(zip(demands, orders, strict=True)):
        if is_ordered:
            cost, last = cost + order_cost, period
        if demand:
            if last is None:
                return None
            cost += holding_cost * (period - last) * demand
    return cost


@given(
    demands=st.lists(st.integers(0, 200), min_size=1, max_size=7),
    order_cost=st.floats(1, 500),
    holding_cost=st.floats(0.1, 10),
)
def test_no_plan_is_cheaper_than_wagner_s_and_whitin_s(demands, order_cost, holding_cost):
    plan = wagner_whitin(demands, order_cost, holding_cost)
    tried = [
        cost
        for orders in product((False, True), repeat=len(demands))
        if (cost := plan_costs(demands, orders, order_cost, holding_cost)) is not None
    ]

    assert isclose(plan.cost, min(tried), abs_tol=1e-6)
    for each in (plan, silver_meal(demands, order_cost, holding_cost)):
        assert sum(each.quantities) == sum(demands)
        ordered = [quantity > 0 for quantity in each.quantities]
        assert isclose(each.cost, plan_costs(demands, ordered, order_cost, holding_cost), abs_tol=1e-6)
        assert each.cost >= plan.cost - 1e-6


def test_the_example_of_1958_with_an_order_cost_of_its_own_each_month_lies_between_the_extremes():
    # Wagner and Whitin's months; the order cost here is one for all, so the answer is that of trying every plan.
    cost = sum(ORDERS_OF_1958) / len(ORDERS_OF_1958)
    plan = wagner_whitin(YEAR_OF_1958, cost, 1)
    tried = (plan_costs(YEAR_OF_1958, orders, cost, 1) for orders in product((False, True), repeat=len(YEAR_OF_1958)))

    assert plan.cost == pytest.approx(min(each for each in tried if each is not None))
    assert silver_meal(YEAR_OF_1958, cost, 1).cost <= plan.cost * 1.1


def test_the_newsvendor_s_quantity():
    # Bought for 0.25, sold for 0.75, 0.10 back (Nahmias): 0.77 of a normal demand of 11.73 give or take 4.74.
    assert critical_ratio(short_cost=0.5, left_cost=0.15) == pytest.approx(0.769, abs=0.001)
    assert newsvendor(short_cost=0.5, left_cost=0.15, mean=11.73, sd=4.74) == pytest.approx(15.2, abs=0.1)
    assert newsvendor(short_cost=1, left_cost=1, mean=7, sd=3) == 7
    assert newsvendor(short_cost=1, left_cost=1000, mean=1, sd=3) == 0
    assert poisson(3).point(critical_ratio(short_cost=9, left_cost=1)) == 5


def test_cards_cover_the_lead_time():
    # 60 an hour, 2 hours, a tenth more, 24 in a container: 5.5, so 6.
    assert kanban_cards(60, 2, 24, safety=0.1) == 6
    assert kanban_cards(60, 2, 24) == 5
    assert kanban_cards(0, 2, 24) == 0
    with pytest.raises(ValueError, match="holds something"):
        kanban_cards(60, 2, 0)


def test_demand_is_steady_while_its_variance_is_below_a_fifth_of_its_squared_mean():
    assert is_steady([10, 12, 8, 10])
    assert not is_steady([0, 0, 40, 0])
    assert not is_steady([0, 0])
    assert not is_steady([])


@pytest.mark.parametrize(
    ("demand", "order_cost", "holding_cost", "said"),
    [
        (-1, 1, 1, "not below nought"),
        (nan, 1, 1, "not below nought"),
        (1, 0, 1, "costs something"),
        (1, 1, 0, "costs something"),
        (1, 1, nan, "costs something"),
    ],
)
def test_what_cannot_be_reckoned_with_is_refused(demand, order_cost, holding_cost, said):
    for reckoned in (
        lambda: economic_order_quantity(demand, order_cost, holding_cost),
        lambda: economic_production_quantity(demand, 10, order_cost, holding_cost),
        lambda: discounted_order_quantity(demand, order_cost, holding_cost, [(0, 1)]),
        lambda: wagner_whitin([demand], order_cost, holding_cost),
        lambda: silver_meal([demand], order_cost, holding_cost),
    ):
        with pytest.raises(ValueError, match=said):
            reckoned()


@pytest.mark.parametrize("breaks", [[], [(0, 0)], [(5, 2), (5, 1)], [(0, 1), (5, 2)], [(-1, 1)]])
def test_prices_that_make_no_list_are_refused(breaks):
    with pytest.raises(ValueError, match="price"):
        discounted_order_quantity(1, 1, 1, breaks)


@pytest.mark.parametrize("wrong", [{"short_cost": 0}, {"left_cost": -1}, {"mean": -1}, {"sd": -1}])
def test_a_newsvendor_without_costs_or_demand_is_refused(wrong):
    with pytest.raises(ValueError, match=r"cost something|not below nought"):
        newsvendor(**{"short_cost": 1, "left_cost": 1, "mean": 1, "sd": 1} | wrong)
