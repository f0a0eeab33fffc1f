"""Quantities are exact: nothing is rounded, and what is no number never enters."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.decimals import plain
from apps.core.errors import InvalidQuantity
from apps.core.quantities import LIMIT, PLACES, at_scale, convert, parse_quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", "1"),
        (" 2.5 ", "2.5"),
        ("+3", "3"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("12E-1", "1.2"),
        (7, "7"),
        (D("4.25"), "4.25"),
        ("999999999999.999999", "999999999999.999999"),
    ],
    ids=repr,
)
def test_a_number_is_read_exactly(text, value):
    assert parse_quantity(text) == D(value)
    assert parse_quantity(text).as_tuple().exponent == -PLACES


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (1.5, "send it as text or a whole number, not as a float"),
        (float("nan"), "send it as text or a whole number, not as a float"),
        (True, "send it as text or a whole number, not as a float"),
        ("", "it is not a number"),
        ("ten", "it is not a number"),
        ("1_0", "it is not a number"),
        ("\u0661", "it is not a number"),
        ("NaN", "it is not a number"),
        ("Infinity", "it is not a number"),
        (D("NaN"), "it is not finite"),
        (D("-Infinity"), "it is not finite"),
        ("0", "it must be more than zero"),
        ("-1", "it must be more than zero"),
        ("1e999", "it is too large"),
        ("1000000000000", "it is too large"),
        ("1e-7", "at most 6 decimals are allowed"),
        ("1e-400000", "at most 6 decimals are allowed"),
        ("0.0000001", "at most 6 decimals are allowed"),
        ("0." + "3" * 5000, "at most 6 decimals are allowed"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_no_quantity_is_refused_with_the_reason(text, reason):
    with pytest.raises(InvalidQuantity) as refusal:
        parse_quantity(text)

    assert refusal.value.reason == reason
    assert len(refusal.value.quantity) <= 40
    assert refusal.value.status == 400


def test_zero_is_allowed_where_it_is_asked_for():
    assert parse_quantity("0", zero=True) == 0
    with pytest.raises(InvalidQuantity):
        parse_quantity("-0.1", zero=True)


def test_an_items_scale_binds():
    assert parse_quantity("1.50", scale=1) == D("1.5")
    with pytest.raises(InvalidQuantity, match="at most 0 decimals"):
        parse_quantity("1.5", scale=0)


def test_a_conversion_leaves_no_residue():
    assert convert(D(5), Fraction(12), scale=0) == D(60)
    assert convert(D("0.5"), Fraction(1, 4), scale=3) == D("0.125")
    with pytest.raises(InvalidQuantity, match="no exact number of base units"):
        convert(D(1), Fraction(1, 3), scale=6)


@given(
    st.decimals(min_value="0.000001", max_value="999999", places=6),
    st.integers(min_value=1, max_value=10_000),
    st.integers(min_value=1, max_value=10_000),
)
def test_there_and_back_is_where_one_was(quantity, numerator, denominator):
    factor = Fraction(numerator, denominator)
    try:
        there = convert(quantity, factor, scale=PLACES)
    except InvalidQuantity:
        return
    assert convert(there, 1 / factor, scale=PLACES) == quantity


@given(st.decimals(min_value=0, max_value=LIMIT - 1, places=PLACES))
def test_what_is_written_is_read_as_it_was(value):
    assert D(plain(value)) == value
    assert "E" not in plain(value)
    assert at_scale(D(plain(value)), PLACES) == value


@pytest.mark.parametrize(("value", "written"), [("10", "10"), ("1E+2", "100"), ("0.500", "0.5"), ("0.000000", "0")])
def test_quantities_are_written_as_people_do(value, written):
    assert plain(D(value)) == written
