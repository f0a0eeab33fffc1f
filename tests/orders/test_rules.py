"""Who gets which goods, in plain values."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from apps.orders.choices import AllocationStrategy
from apps.orders.rules import (
    Demand,
    Offer,
    Shelf,
    Take,
    WhyNot,
    in_packs,
    keeps,
    keeps_until,
    why_not,
)

TODAY = date(2026, 11, 22)
TOMORROW = TODAY + timedelta(days=1)
DAWN = datetime(2026, 11, 22, 6, tzinfo=UTC)
DAY = timedelta(days=1)


def offer(pk, free=10, *, expires_in=None, **more):
    expires_on = None if expires_in is None else TODAY + timedelta(days=expires_in)
    return Offer(balance_id=pk, free=D(free), expires_on=expires_on, **more)


def demand(quantity, *, keeps=1, place=0, **more):
    return Demand(quantity=D(quantity), keeps_until=TODAY + timedelta(days=keeps), rank=(DAWN, place), **more)


def taken(offers, asked, earlier=(), packs=()):
    return [(take.balance_id, take.quantity) for take in Shelf(offers, earlier, packs=packs).take(asked)]


def test_goods_must_outlive_the_due_date_by_the_customers_days():
    due_on = TODAY + timedelta(days=3)

    assert keeps_until(due_on=due_on, today=TODAY, min_remaining_days=30) == TODAY + timedelta(days=33)
    assert keeps_until(due_on=due_on, today=TODAY, min_remaining_days=0) == TODAY + timedelta(days=4)


def test_a_late_order_is_judged_by_today():
    assert keeps_until(due_on=date(1997, 1, 1), today=TODAY, min_remaining_days=0) == TODAY + timedelta(days=1)


def test_a_lot_that_expires_on_the_day_asked_for_will_do_and_the_day_before_will_not():
    until = TODAY + timedelta(days=30)

    assert keeps(offer(1, expires_in=30), until)
    assert not keeps(offer(1, expires_in=29), until)
    assert keeps(offer(1), until)


def test_first_expired_then_first_in_then_pick_face_then_pick_sequence():
    late, early = DAWN, DAWN - timedelta(days=5)
    never = offer(1, first_in=early)
    later = offer(2, expires_in=90, first_in=early)
    young = offer(3, expires_in=60, first_in=late)
    reserve = offer(4, expires_in=60, first_in=early)
    far_face = offer(5, expires_in=60, first_in=early, is_pick_face=True, pick_sequence=9)
    near_face = offer(6, expires_in=60, first_in=early, is_pick_face=True, pick_sequence=2)
    loose = offer(7)

    takes = Shelf([loose, never, later, young, reserve, far_face, near_face]).take(demand(100))

    assert [take.balance_id for take in takes] == [6, 5, 4, 3, 2, 1, 7]


def test_a_demand_takes_as_much_as_it_needs_in_that_order():
    offers = [offer(1, 4, expires_in=90), offer(2, 3, expires_in=60), offer(3, 5, expires_in=0)]

    assert taken(offers, demand(5)) == [(2, D(3)), (1, D(2))]
    assert taken(offers, demand(50)) == [(2, D(3)), (1, D(4))]
    assert taken(offers, demand(5, keeps=365)) == []
    assert taken([], demand(5)) == []


def test_what_is_not_eligible_says_why():
    asked = demand(5, keeps=30, not_zones=frozenset({7}))
    goods = [
        offer(1, expires_in=30),
        offer(2, expires_in=29),
        offer(3, zone_id=7),
        offer(4, owner_id=9),
        offer(5, barred=WhyNot.HELD),
        offer(6, zone_id=8),
    ]

    assert [why_not(each, asked) for each in goods] == [
        None,
        WhyNot.EXPIRES,
        WhyNot.ZONE,
        WhyNot.OWNER,
        WhyNot.HELD,
        None,
    ]
    for strategy in AllocationStrategy:
        assert {pk for pk, _ in taken(goods, replace(asked, quantity=D(99), strategy=strategy))} == {1, 6}


def test_what_was_promised_earlier_stays_and_what_is_promised_later_does_not():
    offers = [offer(1, 10)]
    earlier, later = demand(7, place=1), demand(7, place=3)

    assert taken(offers, demand(5, place=2), [earlier, later]) == [(1, D(3))]
    assert taken(offers, demand(5, place=4), [earlier, later]) == []


def test_an_earlier_promise_keeps_only_goods_that_it_could_use():
    offers = [offer(1, 10, expires_in=20), offer(2, 4, expires_in=400)]
    picky = demand(10, keeps=365, place=1)

    assert Shelf(offers, [picky]).room_for(demand(1, place=2)) == D(10)
    assert taken(offers, demand(12, place=2), [picky]) == [(1, D(10))]


def test_an_earlier_promise_is_served_from_goods_that_a_picky_customer_cannot_take():
    offers = [offer(1, 10, expires_in=20), offer(2, 10, expires_in=400)]
    easy = demand(12, place=1)

    assert taken(offers, demand(10, keeps=365, place=2), [easy]) == [(2, D(8))]


def test_last_in_first_out_leaves_fresh_goods_to_whoever_was_promised_them_before():
    offers = [offer(1, 10, expires_in=20, first_in=DAWN), offer(2, 10, expires_in=400, first_in=DAWN + DAY)]
    picky = demand(8, keeps=365, place=1)

    takes = taken(offers, demand(10, place=2, strategy=AllocationStrategy.LIFO), [picky])

    assert takes == [(2, D(2)), (1, D(8))]


def test_an_earlier_promise_that_may_not_go_to_a_zone_keeps_what_is_elsewhere():
    offers = [offer(1, 5, zone_id=1), offer(2, 5, zone_id=2)]
    stays_near = demand(5, place=1, not_zones=frozenset({2}))

    assert taken(offers, demand(8, place=2), [stays_near]) == [(2, D(5))]


def test_what_is_taken_is_gone_for_the_next():
    shelf = Shelf([offer(1, 4), offer(2, 3)])

    shelf.take(demand(4))

    assert shelf.left == {1: D(0), 2: D(3)}
    assert shelf.take(demand(5)) == [Take(balance_id=2, quantity=D(3))]
    assert shelf.offers[0].free == D(4)


def test_first_in_first_out_goes_by_arrival_and_not_by_expiry():
    offers = [
        offer(1, 4, expires_in=30, first_in=DAWN + DAY),
        offer(2, 4, expires_in=90, first_in=DAWN),
        offer(3, 4, expires_in=60, first_in=DAWN - DAY),
    ]

    assert taken(offers, demand(9, strategy=AllocationStrategy.FIFO)) == [(3, D(4)), (2, D(4)), (1, D(1))]
    assert taken(offers, demand(9, strategy=AllocationStrategy.LIFO)) == [(1, D(4)), (2, D(4)), (3, D(1))]


def test_goods_without_lots_go_by_when_something_last_came_into_their_bin():
    offers = [offer(1, 4, came=30), offer(2, 4, came=10), offer(3, 4, came=20)]

    assert taken(offers, demand(5, strategy=AllocationStrategy.FIFO)) == [(2, D(4)), (3, D(1))]
    assert taken(offers, demand(5, strategy=AllocationStrategy.LIFO)) == [(1, D(4)), (3, D(1))]


def test_the_fewest_bins_are_the_fullest_and_last_the_one_that_is_just_enough():
    offers = [offer(pk, free, location_id=pk) for pk, free in ((1, 2), (2, 9), (3, 4), (4, 5))]

    assert taken(offers, demand(12, strategy=AllocationStrategy.LEAST_BINS)) == [(2, D(9)), (3, D(3))]
    assert taken(offers, demand(4, strategy=AllocationStrategy.LEAST_BINS)) == [(3, D(4))]


def test_two_lots_in_one_bin_are_one_way_to_go():
    offers = [offer(1, 5, location_id=1), offer(2, 3, location_id=2), offer(3, 3, location_id=2)]

    assert taken(offers, demand(6, strategy=AllocationStrategy.LEAST_BINS)) == [(2, D(3)), (3, D(3))]


def test_whole_pallets_go_first_then_cases_then_loose_units_from_what_is_open():
    offers = [
        offer(1, 480, is_whole_unit=True),
        offer(2, 480, is_whole_unit=True),
        offer(3, 60),
        offer(4, 7, is_pick_face=True),
    ]

    takes = taken(offers, demand(511, strategy=AllocationStrategy.WHOLE_UNITS), packs=[D(12)])

    assert takes == [(1, D(480)), (3, D(24)), (4, D(7))]


def test_a_pallet_larger_than_the_need_is_broken_only_when_nothing_else_is_left():
    offers = [offer(1, 480, is_whole_unit=True), offer(2, 24)]

    assert taken(offers, demand(24, strategy=AllocationStrategy.WHOLE_UNITS), packs=[D(12)]) == [(2, D(24))]
    assert taken(offers, demand(30, strategy=AllocationStrategy.WHOLE_UNITS), packs=[D(12)]) == [(2, D(24)), (1, D(6))]


def test_a_quantity_reads_as_packs_and_loose_units():
    packs = {"EA": D(1), "CS": D(12), "PAL": D(480)}

    assert in_packs(D(27), packs) == "2 CS + 3"
    assert in_packs(D(480), packs) == "1 PAL"
    assert in_packs(D(500), packs) == "1 PAL + 20"
    assert in_packs(D(11), packs) == ""
    assert in_packs(D("12.5"), packs) == "1 CS + 0.5"
    assert in_packs(D(5), {}) == ""


quantities = st.integers(1, 20)
days_left = st.one_of(st.none(), st.integers(-5, 60))
zones = st.integers(1, 3)
strategies = st.sampled_from(AllocationStrategy)
some_goods = st.lists(st.tuples(quantities, days_left, zones, st.booleans(), st.integers(1, 4)), max_size=6)
promises = st.lists(
    st.tuples(quantities, st.integers(1, 60), strategies, st.sets(zones, max_size=1)), min_size=1, max_size=5
)
packs_of_item = st.sampled_from([(), (D(4),), (D(3), D(9))])


def offers_of(goods):
    return [
        offer(pk, free, expires_in=days, zone_id=zone, is_whole_unit=whole, location_id=place, first_in=DAWN + pk * DAY)
        for pk, (free, days, zone, whole, place) in enumerate(goods)
    ]


def demands_of(queue):
    return [
        demand(quantity, keeps=days, place=place, strategy=strategy, not_zones=frozenset(without))
        for place, (quantity, days, strategy, without) in enumerate(queue)
    ]


def most(offers, demands, left=None):
    """How much demands can get together at most, by the least cut: the demands that go without, the goods used up."""
    left = left or {each.balance_id: each.free for each in offers}
    cuts = []
    for go_without in product((False, True), repeat=len(demands)):
        served = [each for each, without in zip(demands, go_without, strict=True) if not without]
        reach = {o.balance_id for o in offers for each in served if why_not(o, each) is None}
        cuts.append(
            sum(each.quantity for each in demands if each not in served) + sum(left[balance] for balance in reach)
        )
    return min(cuts)


@given(some_goods, promises, packs_of_item)
def test_whoever_comes_last_takes_from_nobody_before_and_gets_all_that_they_leave(goods, queue, packs):
    offers, demands = offers_of(goods), demands_of(queue)
    *earlier, last = demands
    shelf = Shelf(offers, earlier, packs=packs)

    takes = shelf.take(last)

    for n in range(len(earlier) + 1):
        assert most(offers, earlier[:n], shelf.left) == most(offers, earlier[:n])
    assert most(offers, earlier) + sum(take.quantity for take in takes) == most(offers, demands)


@given(some_goods, promises, packs_of_item)
def test_never_more_than_is_free_nor_than_is_asked_and_only_what_is_eligible(goods, queue, packs):
    offers = offers_of(goods)
    shelf = Shelf(offers, packs=packs)
    taken_of = dict.fromkeys(shelf.left, D(0))

    for each in demands_of(queue):
        could_have = shelf.eligible(each)
        takes = shelf.take(each)
        assert sum((take.quantity for take in takes), D(0)) == min(each.quantity, could_have)
        assert len({take.balance_id for take in takes}) == len(takes)
        for take in takes:
            assert take.quantity > 0
            assert why_not(offers[take.balance_id], each) is None
            taken_of[take.balance_id] += take.quantity

    assert all(taken_of[o.balance_id] <= o.free for o in offers)
    assert shelf.left == {o.balance_id: o.free - taken_of[o.balance_id] for o in offers}


@given(some_goods, quantities, st.sampled_from([AllocationStrategy.FIFO, AllocationStrategy.FEFO]))
def test_what_goes_first_is_used_up_before_the_next_is_touched(goods, quantity, strategy):
    offers = offers_of(goods)
    shelf = Shelf(offers)

    takes = shelf.take(demand(quantity, strategy=strategy))

    key = (lambda o: o.first_in) if strategy == AllocationStrategy.FIFO else (lambda o: o.expires_on or date.max)
    order = [key(offers[take.balance_id]) for take in takes]
    assert order == sorted(order)
    assert all(shelf.left[take.balance_id] == 0 for take in takes[:-1])


@given(some_goods, quantities)
def test_no_choice_goes_to_fewer_bins(goods, quantity):
    offers = offers_of(goods)
    asked = demand(quantity, strategy=AllocationStrategy.LEAST_BINS)
    shelf = Shelf(offers)
    wanted = min(asked.quantity, shelf.eligible(asked))

    bins = {offers[take.balance_id].location_id for take in shelf.take(asked)}

    free: dict[int, D] = {}
    for each in offers:
        if why_not(each, asked) is None:
            free[each.location_id] = free.get(each.location_id, D(0)) + each.free
    enough = (
        len(chosen)
        for size in range(len(free) + 1)
        for chosen in combinations(free, size)
        if sum((free[place] for place in chosen), D(0)) >= wanted
    )
    assert len(bins) == next(enough)


@given(some_goods, quantities)
def test_of_whole_units_only_the_last_is_broken(goods, quantity):
    offers = offers_of(goods)
    shelf = Shelf(offers)

    takes = shelf.take(demand(quantity, strategy=AllocationStrategy.WHOLE_UNITS))

    broken = [take for take in takes if offers[take.balance_id].is_whole_unit and shelf.left[take.balance_id]]
    loose_left = [o for o in offers if not o.is_whole_unit and shelf.left[o.balance_id] and keeps(o, TOMORROW)]
    assert len(broken) <= 1
    assert not (broken and loose_left)
