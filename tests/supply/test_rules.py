"""What can be promised by which day, and what would change it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.supply.rules import Inbound, OnHand, Position, Promised, answer, by_day, shares

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

    told = answer(D(10), TODAY, here, [*elsewhere, ("NORTH", Position())])

    assert (told.now, told.missing, told.earliest_on) == (D(4), D(6), day(9))
    assert [(each.inbound.document, each.days, each.gain) for each in told.earlier] == [
        ("PO-1", 7, D(3)),
        ("PO-2", 9, D(6)),
    ]
    assert told.elsewhere == (("WEST", D(9)), ("EAST", D(2)))


def test_where_all_can_be_promised_nothing_needs_to_change():
    told = answer(D(4), TODAY, Position(stock=[OnHand(quantity=D(4))], inbound=[inbound(3, 7)]), [("EAST", Position())])

    assert (told.now, told.missing, told.earlier, told.elsewhere) == (D(4), D(0), (), ())


def test_more_promised_than_there_is_offers_nothing():
    told = answer(D(4), TODAY, Position(promised=[promised(6)], inbound=[inbound(8, 1)]))

    assert (told.available, told.now, told.missing, told.earliest_on) == (D(-6), D(0), D(4), None)
    assert [each.gain for each in told.earlier] == [D(2)]


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ([(D(100), D(0))], [D(10)]),
        ([(D(100), D(3))], [D(7)]),
        ([(D(50), D(0)), (D(50), D(4))], [D(5), D(3)]),
        ([(D(100), D(0)), (D(100), D(0))], [D(5), D(5)]),
        ([(D(100), D(0)), (D(100), D(0)), (D(100), D(0))], [D(3), D(3), D(3)]),
        ([(D(30), D(0))], [D(3)]),
        ([(D(100), D(30))], [D(0)]),
    ],
)
def test_channels_share_what_is_there(wanted, told):
    assert shares(D(10), wanted, scale=0) == told


@given(
    available=st.decimals(0, 10**6, places=3),
    wanted=st.lists(st.tuples(st.decimals(0, 100, places=2), st.decimals(0, 1000, places=3)), min_size=1, max_size=8),
    scale=st.integers(0, 3),
)
def test_all_channels_together_are_never_told_more_than_there_is(available, wanted, scale):
    told = shares(available, wanted, scale=scale)

    assert sum(told) <= available
    assert all(each >= 0 for each in told)
