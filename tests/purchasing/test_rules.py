"""Prices by quantity, and a lot's expiry."""

from datetime import date
from decimal import Decimal as D

import pytest

from apps.purchasing.rules import Break, expiry, price_for, serials_between

BREAKS = [
    Break(minimum=D(100), price=D(3)),
    Break(minimum=D(0), price=D(5)),
    Break(minimum=D(10), price=D(4)),
]


@pytest.mark.parametrize(
    ("quantity", "minimum", "price"),
    [("1", 0, 5), ("9.99", 0, 5), ("10", 10, 4), ("99", 10, 4), ("100", 100, 3), ("500", 100, 3)],
)
def test_the_highest_minimum_that_is_reached_says_the_price(quantity, minimum, price):
    reached = price_for(D(quantity), BREAKS)

    assert reached == Break(minimum=D(minimum), price=D(price))


def test_a_quantity_below_every_minimum_has_no_price():
    assert price_for(D(5), BREAKS[:1]) is None
    assert price_for(D(5), []) is None


@pytest.mark.parametrize(
    ("expires_on", "made_on", "days", "expected"),
    [
        (date(2026, 5, 1), None, None, date(2026, 5, 1)),
        (None, date(2026, 1, 1), 31, date(2026, 2, 1)),
        (date(2026, 5, 1), date(2026, 1, 1), 31, date(2026, 5, 1)),
        (None, date(2026, 1, 1), None, None),
        (None, None, 31, None),
    ],
)
def test_the_label_says_when_a_lot_expires_else_its_making_date_does(expires_on, made_on, days, expected):
    assert expiry(expires_on=expires_on, made_on=made_on, shelf_life_days=days) == expected


@pytest.mark.parametrize(
    ("first", "last", "numbers"),
    [
        ("A-0098", "A-0101", ["A-0098", "A-0099", "A-0100", "A-0101"]),
        ("7", "9", ["7", "8", "9"]),
        ("X1", "X1", ["X1"]),
        ("A1B9", "A1B9", ["A1B9"]),
        ("A-9", "A-10", None),
        ("A-5", "A-4", None),
        ("A-1", "B-2", None),
        ("A", "B", None),
        ("0", "9", None),
        ("\u0663", "\u0665", None),
    ],
)
def test_serial_numbers_between_two(first, last, numbers):
    assert serials_between(first, last, most=9) == numbers
