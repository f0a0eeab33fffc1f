"""What can be promised by which day, and what would change it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.supply.rules import Inbound, Listed, OnHand, Position, Promised, answer, by_day, told

TODAY = date(2027, 1, 10)
NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)


def day(number):
    return TODAY + timedelta(days=number)


def inbound(quantity, due, document="PO-1"):
    return Inbound(document=document, line=1, due_on=day(due), quantity=D(quantity))


def promised(quantity, order=1, document="SO-1"):
    return Promised(document=document, quantity=D(quantity), due_on=TODAY, rank=(NOON, order))


def test_stock_that_keeps_and_what_comes_in_time_less_every_promise():
    position = Position(
        stock=[OnHand(quantity=D(5)), OnHand(quantity=D(3), lot="L", expires_on=day(2))],
        inbound=[inbound(10, 4)],
        promised=[promised(2)],
    )

    assert [available for _, available in by_day(position, TODAY, 6)] == [D(6), D(6), D(3), D(3), D(13), D(13)]
    assert position.earliest(D(6), since=TODAY) == TODAY
    assert position.earliest(D(7), since=TODAY) == day(4)
    assert position.earliest(D(14), since=TODAY) is None


def test_whoever_was_promised_later_does_not_stand_before():
    position = Position(stock=[OnHand(quantity=D(5))], promised=[promised(4), promised(4, 2, "SO-2")])

    assert position.available(TODAY) == D(-3)
    assert position.before((NOON, 2), without="SO-2").available(TODAY) == D(1)
    assert position.before((NOON, 1), without="SO-1").available(TODAY) == D(5)


def test_the_answer_says_what_would_change_it():
    here = Position(stock=[OnHand(quantity=D(4))], inbound=[inbound(3, 7), inbound(20, 9, "PO-2")])
    elsewhere = [("EAST", Position(stock=[OnHand(quantity=D(2))])), ("WEST", Position(stock=[OnHand(quantity=D(9))]))]

    found = answer(D(10), TODAY, here, [*elsewhere, ("NORTH", Position())])

    assert (found.now, found.missing, found.earliest_on) == (D(4), D(6), day(9))
    assert [(each.inbound.document, each.days, each.gain) for each in found.earlier] == [
        ("PO-1", 7, D(3)),
        ("PO-2", 9, D(6)),
    ]
    assert found.elsewhere == (("WEST", D(9)), ("EAST", D(2)))


def test_where_all_can_be_promised_nothing_needs_to_change():
    found = answer(
        D(4), TODAY, Position(stock=[OnHand(quantity=D(4))], inbound=[inbound(3, 7)]), [("EAST", Position())]
    )

    assert (found.now, found.missing, found.earlier, found.elsewhere) == (D(4), D(0), (), ())


def test_more_promised_than_there_is_offers_nothing():
    found = answer(D(4), TODAY, Position(promised=[promised(6)], inbound=[inbound(8, 1)]))

    assert (found.available, found.now, found.missing, found.earliest_on) == (D(-6), D(0), D(4), None)
    assert [each.gain for each in found.earlier] == [D(2)]


def listed(*channels):
    return [
        Listed(key=number, share=D(share), buffer=D(buffer), **more)
        for number, (share, buffer, more) in enumerate(channels)
    ]


@pytest.mark.parametrize(
    ("channels", "answer"),
    [
        ([(100, 0, {})], [10]),
        ([(100, 3, {})], [7]),
        ([(50, 0, {}), (50, 4, {})], [5, 3]),
        ([(100, 0, {}), (100, 0, {})], [5, 5]),
        ([(100, 0, {}), (100, 0, {}), (100, 0, {})], [3, 3, 3]),
        ([(30, 0, {})], [3]),
        ([(100, 30, {})], [0]),
        ([(100, 0, {"maximum": D(6)})], [6]),
        ([(100, 0, {"minimum": D(11)})], [0]),
        ([(100, 0, {"sites": frozenset({1})}), (50, 0, {})], [2, 4]),
    ],
)
def test_channels_share_what_is_there(channels, answer):
    there = {1: D(4), 2: D(6), 3: D(-5)}

    assert list(told(there, listed(*channels), scale=0).values()) == answer


SITES = st.frozensets(st.integers(1, 4), max_size=3)


@given(
    there=st.dictionaries(st.integers(1, 4), st.decimals(-100, 10**6, places=3)),
    channels=st.lists(
        st.tuples(st.decimals(0, 100, places=2), st.decimals(0, 1000, places=3), SITES), min_size=1, max_size=8
    ),
    scale=st.integers(0, 3),
)
def test_all_channels_together_are_never_told_more_than_there_is(there, channels, scale):
    wanted = listed(*((share, buffer, {"sites": sites}) for share, buffer, sites in channels))

    answer = told(there, wanted, scale=scale)

    assert sum(answer.values()) <= sum(max(quantity, D(0)) for quantity in there.values())
    assert all(each >= 0 for each in answer.values())
    for site in there:
        only = [each.key for each in wanted if each.sites == {site}]
        assert sum(answer[key] for key in only) <= max(there[site], D(0))
