"""What was counted is shared out over the balances of the same goods."""

from decimal import Decimal as D

from apps.counting.rules import BookLine, CountedLine, compare

GOODS = (1, None, None, "available")


def book(quantity, **more):
    return BookLine(goods=GOODS, quantity=D(quantity), **more)


def counted(quantity):
    return CountedLine(item_id=1, quantity=D(quantity))


def shares(lines, *counts):
    return [(each.book.unit_id, each.counted, each.variance) for each in compare(lines, counts)]


def test_what_is_as_the_book_says_has_no_variance():
    assert shares([book(5)], counted(5)) == [(None, D(5), D(0))]


def test_what_nobody_named_is_not_there():
    assert shares([book(5)]) == [(None, D(0), D(-5))]


def test_what_the_book_lacks_is_found():
    assert shares([], counted(3)) == [(None, D(3), D(3))]


def test_a_zero_of_what_the_book_lacks_is_nothing():
    assert shares([], counted(0)) == []
    assert shares([book(0)], counted(0)) == []


def test_what_is_missing_is_missing_of_the_loose_goods_first():
    assert shares([book(4, unit_id=7), book(5)], counted(3)) == [(None, D(0), D(-5)), (7, D(3), D(-1))]


def test_what_is_too_much_is_added_to_the_loose_goods():
    assert shares([book(4, unit_id=7), book(5)], counted(11)) == [(None, D(7), D(2)), (7, D(4), D(0))]


def test_what_is_too_much_of_a_pallets_goods_is_added_to_the_pallet():
    assert shares([book(0), book(4, unit_id=7)], counted(6)) == [(7, D(6), D(2))]
