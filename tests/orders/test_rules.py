"""Who gets which goods, in plain values."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from apps.orders.rules import (
    Demand,
    Offer,
    Take,
    after,
    choose,
    in_fefo_order,
    in_packs,
    is_usable,
    keeps_until,
    room_for,
)

TODAY = date(2026, 11, 22)
DAWN = datetime(2026, 11, 22, 6, tzinfo=UTC)


def offer(pk, free=10, *, expires_in=None, **more):
    expires_on = None if expires_in is None else TODAY + timedelta(days=expires_in)
    return Offer(balance_id=pk, free=D(free), expires_on=expires_on, **more)


def demand(quantity, *, keeps=1, place=0):
    return Demand(quantity=D(quantity), keeps_until=TODAY + timedelta(days=keeps), rank=(DAWN, place))


def taken(takes):
    return [(take.balance_id, take.quantity) for take in takes]


def test_goods_must_outlive_the_due_date_by_the_customers_days():
    due_on = TODAY + timedelta(days=3)

    assert keeps_until(due_on=due_on, today=TODAY, min_remaining_days=30) == TODAY + timedelta(days=33)
    assert keeps_until(due_on=due_on, today=TODAY, min_remaining_days=0) == TODAY + timedelta(days=4)


def test_a_late_order_is_judged_by_today():
    assert keeps_until(due_on=date(1997, 1, 1), today=TODAY, min_remaining_days=0) == TODAY + timedelta(days=1)


def test_a_lot_that_expires_on_the_day_asked_for_will_do_and_the_day_before_will_not():
    until = TODAY + timedelta(days=30)

    assert is_usable(offer(1, expires_in=30), until)
    assert not is_usable(offer(1, expires_in=29), until)
    assert is_usable(offer(1), until)


def test_first_expired_then_first_in_then_pick_face_then_pick_sequence():
    late, early = DAWN, DAWN - timedelta(days=5)
    never = offer(1, first_in=early)
    later = offer(2, expires_in=90, first_in=early)
    young = offer(3, expires_in=60, first_in=late)
    reserve = offer(4, expires_in=60, first_in=early)
    far_face = offer(5, expires_in=60, first_in=early, is_pick_face=True, pick_sequence=9)
    near_face = offer(6, expires_in=60, first_in=early, is_pick_face=True, pick_sequence=2)
    loose = offer(7)

    ordered = in_fefo_order([loose, never, later, young, reserve, far_face, near_face])

    assert [each.balance_id for each in ordered] == [6, 5, 4, 3, 2, 1, 7]


def test_a_demand_takes_as_much_as_it_needs_in_that_order():
    offers = [offer(1, 4, expires_in=90), offer(2, 3, expires_in=60), offer(3, 5, expires_in=0)]

    assert taken(choose(offers, demand(5))) == [(2, D(3)), (1, D(2))]
    assert taken(choose(offers, demand(50))) == [(2, D(3)), (1, D(4))]
    assert taken(choose(offers, demand(5, keeps=365))) == []
    assert choose([], demand(5)) == []


def test_what_was_promised_earlier_stays_and_what_is_promised_later_does_not():
    offers = [offer(1, 10)]
    earlier, later = demand(7, place=1), demand(7, place=3)

    assert taken(choose(offers, demand(5, place=2), [earlier, later])) == [(1, D(3))]
    assert taken(choose(offers, demand(5, place=4), [earlier, later])) == []


def test_an_earlier_promise_keeps_only_goods_that_it_could_use():
    offers = [offer(1, 10, expires_in=20), offer(2, 4, expires_in=400)]
    picky = demand(10, keeps=365, place=1)

    assert room_for(offers, demand(1, place=2), [picky]) == D(10)
    assert taken(choose(offers, demand(12, place=2), [picky])) == [(1, D(10))]


def test_an_earlier_promise_is_served_from_goods_that_a_picky_customer_cannot_take():
    offers = [offer(1, 10, expires_in=20), offer(2, 10, expires_in=400)]
    easy = demand(12, place=1)

    assert taken(choose(offers, demand(10, keeps=365, place=2), [easy])) == [(2, D(8))]


def test_what_is_taken_is_gone_for_the_next():
    left = after([offer(1, 4), offer(2, 3)], [Take(balance_id=1, quantity=D(3)), Take(balance_id=1, quantity=D(1))])

    assert [(each.balance_id, each.free) for each in left] == [(1, D(0)), (2, D(3))]
    assert taken(choose(left, demand(5))) == [(2, D(3))]


def test_a_quantity_reads_as_packs_and_loose_units():
    packs = {"EA": D(1), "CS": D(12), "PAL": D(480)}

    assert in_packs(D(27), packs) == "2 CS + 3"
    assert in_packs(D(480), packs) == "1 PAL"
    assert in_packs(D(500), packs) == "1 PAL + 20"
    assert in_packs(D(11), packs) == ""
    assert in_packs(D("12.5"), packs) == "1 CS + 0.5"
    assert in_packs(D(5), {}) == ""


quantities = st.integers(1, 20)
offers_of_lots = st.lists(st.tuples(quantities, st.one_of(st.none(), st.integers(-5, 60))), max_size=6)
promises = st.lists(st.tuples(quantities, st.integers(1, 60)), min_size=1, max_size=6)


def serve(offers, demands):
    """How much each demand can get when they are served in turn, the most demanding first."""
    left = list(offers)
    got = D(0)
    for each in sorted(demands, key=lambda each: each.keeps_until, reverse=True):
        takes = choose(left, each)
        left = after(left, takes)
        got += sum((take.quantity for take in takes), D(0))
    return got


@given(offers_of_lots, promises)
def test_whatever_the_last_in_the_queue_takes_all_before_it_get_no_less(lots, queue):
    offers = [offer(pk, free, expires_in=days) for pk, (free, days) in enumerate(lots)]
    demands = [demand(quantity, keeps=days, place=place) for place, (quantity, days) in enumerate(queue)]
    *earlier, last = demands

    takes = choose(offers, last, earlier)

    assert serve(after(offers, takes), earlier) == serve(offers, earlier)
    assert sum(take.quantity for take in takes) <= last.quantity
    usable = {each.balance_id: each.free for each in offers if is_usable(each, last.keeps_until)}
    assert all(take.quantity <= usable[take.balance_id] for take in takes)


@given(offers_of_lots, promises)
def test_the_last_in_the_queue_gets_all_that_the_others_cannot_use_anyway(lots, queue):
    offers = [offer(pk, free, expires_in=days) for pk, (free, days) in enumerate(lots)]
    demands = [demand(quantity, keeps=days, place=place) for place, (quantity, days) in enumerate(queue)]
    *earlier, last = demands

    takes = choose(offers, last, earlier)

    together = serve(offers, earlier) + sum(take.quantity for take in takes)
    assert together >= serve(offers, demands)
