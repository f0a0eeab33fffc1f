"""Whatever is typed or converted, a quantity is exact or refused."""

import math
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.decimals import plain
from apps.core.errors import InvalidQuantity
from apps.core.quantities import DIGITS, LIMIT, PLACES, at_scale, convert, parse_quantity

scales = st.integers(0, PLACES)
amounts = st.decimals(min_value=0, max_value=LIMIT, allow_nan=False, places=PLACES).filter(lambda value: value < LIMIT)
factors = st.builds(Fraction, st.integers(1, 10_000), st.integers(1, 10_000))


@given(amounts.filter(bool))
def test_what_is_written_plainly_is_read_back(value):
    assert parse_quantity(plain(value)) == value
    assert "E" not in plain(value).upper()


@given(st.text() | st.floats() | st.integers() | st.decimals() | st.booleans() | st.none(), scales)
def test_whatever_is_typed_is_a_quantity_that_fits_its_column_or_refused(text, scale):
    try:
        value = parse_quantity(text, scale=scale)
    except InvalidQuantity:
        return
    assert 0 < value < LIMIT
    assert value.is_finite()
    assert value.as_tuple().exponent == -scale
    assert len(value.as_tuple().digits) <= DIGITS


@pytest.mark.parametrize("value", [1.0, 0.1, math.inf, math.nan, True])
def test_a_float_is_refused_even_when_it_looks_whole(value):
    with pytest.raises(InvalidQuantity):
        parse_quantity(value)


@given(amounts, scales)
def test_a_scale_never_rounds(value, scale):
    try:
        scaled = at_scale(value, scale)
    except InvalidQuantity:
        assert value * 10**scale != int(value * 10**scale)
    else:
        assert scaled == value


@given(st.integers(0, 10**9).map(D), factors, scales)
def test_a_conversion_is_exact_or_refused(quantity, factor, scale):
    exact = Fraction(quantity) * factor
    try:
        converted = convert(quantity, factor, scale=scale)
    except InvalidQuantity:
        assert (exact * 10**scale).denominator != 1
    else:
        assert Fraction(converted) == exact


@given(st.integers(0, 10**9).map(D), st.integers(1, 10_000))
def test_whole_packs_come_back_whole(quantity, pack):
    units = convert(quantity, Fraction(pack), scale=0)

    assert convert(units, Fraction(1, pack), scale=0) == quantity
