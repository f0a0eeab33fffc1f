"""Reorder points by demand, lead time and service level, by textbook answers and by counting."""

from math import exp, factorial, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.planning.rules import Outlook
from apps.planning.rules.levels import (
    Counted,
    Normal,
    empirical,
    model_for,
    negative_binomial,
    poisson,
    reorder_point,
    spread_until,
)
from apps.planning.states import DemandModel, ServiceKind

CYCLE, FILL = ServiceKind.CYCLE, ServiceKind.FILL


def outlook(weekly=70.0, error=20.0, sd=20.0, lead=21, spread=0.0, history=()):
    return Outlook(
        expected=(weekly,) * 13, error=error, demand_sd=sd, lead_days=lead, lead_spread_days=spread, history=history
    )


def test_variance_is_that_of_the_weeks_and_that_of_the_lead_time():
    found = spread_until(outlook(spread=7), review_days=7)

    assert (found.weeks, found.mean) == (4, 280)
    assert (found.demand, found.lead, found.forecast) == (4 * 20**2, 70**2, 0)
    assert found.sd == pytest.approx(sqrt(1600 + 4900))
    assert found.shares(65) == pytest.approx((16, 49, 0))


def test_what_the_forecast_is_off_more_than_demand_varies_is_put_down_to_it():
    found = spread_until(outlook(error=25, sd=15, lead=7), review_days=0)

    assert (found.demand, found.forecast) == (225, 400)
    steadier = spread_until(outlook(error=10, sd=15, lead=7), review_days=0)
    assert (steadier.demand, steadier.forecast) == (100, 0)


def test_a_part_of_a_week_counts_as_such_and_beyond_the_forecast_it_goes_on_as_its_mean():
    rising = Outlook(expected=(10, 20), error=0, demand_sd=0, lead_days=10.5)

    assert spread_until(rising, review_days=0).mean == 20
    assert spread_until(Outlook(expected=(10, 20), error=0, demand_sd=0, lead_days=28), review_days=0).mean == 60
    assert spread_until(Outlook(expected=(), error=0, demand_sd=0, lead_days=28), review_days=0).mean == 0


@pytest.mark.parametrize("wrong", [{"lead": -1}, {"spread": -1}, {"error": -1}, {"sd": -1}])
def test_times_and_deviations_below_nought_are_refused(wrong):
    with pytest.raises(ValueError, match="not below nought"):
        spread_until(outlook(**wrong), review_days=1)


def test_the_textbook_s_normal_reorder_points():
    # Mean 100 and deviation 25 in the lead time (a usual exercise): z of 95 % is 1.645, of 98 % 2.054.
    demand = Normal(100, 25)

    assert reorder_point(demand, kind=CYCLE, level=0.95, order_quantity=1) == pytest.approx(141.12, abs=0.01)
    assert reorder_point(demand, kind=CYCLE, level=0.98, order_quantity=1) == pytest.approx(151.34, abs=0.01)
    # A fill rate of 98 % of orders of 200 bears 4 short, L(z) = 0.16: the table has L(0.63) = 0.1606, L(0.64) = 0.1580.
    assert reorder_point(demand, kind=FILL, level=0.98, order_quantity=200) == pytest.approx(115.81, abs=0.05)
    assert Normal(10, 0).short(4) == 6
    assert Normal(10, 0).short(11) == 0


def test_poisson_is_counted_by_its_formula():
    found = poisson(3)

    for (units, chance), number in zip(found.chances, range(12), strict=False):
        assert units == number
        assert chance == pytest.approx(exp(-3) * 3**number / factorial(number))
    # P(X <= 5) = 0.9161 and P(X <= 6) = 0.9665.
    assert reorder_point(found, kind=CYCLE, level=0.95, order_quantity=1) == 6
    assert reorder_point(found, kind=CYCLE, level=0.91, order_quantity=1) == 5
    assert found.mean == pytest.approx(3)
    assert found.short(0) == pytest.approx(3)


def test_negative_binomial_has_the_mean_and_the_variance_it_was_given():
    found = negative_binomial(4, 20)

    assert sum(chance for _, chance in found.chances) == pytest.approx(1)
    assert found.mean == pytest.approx(4)
    assert sum((value - 4) ** 2 * chance for value, chance in found.chances) == pytest.approx(20, rel=1e-5)
    assert found.chances[0][1] == pytest.approx((4 / 20) ** 1)  # of size 1 it is geometric


def test_the_past_is_taken_in_runs_as_long_as_stock_has_to_last():
    found = empirical([1, 2, 3, 4, 5], 1.2)

    assert [value for value, _ in found.chances] == [3, 5, 7, 9]
    assert found.point(0.5) == 5
    assert found.point(0.51) == 7
    with pytest.raises(ValueError, match="shorter"):
        empirical([1], 2)


@given(
    mean=st.floats(0.05, 60),
    more=st.floats(1.01, 20),
    level=st.floats(0.5, 0.999),
    quantity=st.floats(1, 500),
)
def test_a_reorder_point_is_the_least_that_serves(mean, more, level, quantity):
    for demand in (poisson(mean), negative_binomial(mean, mean * more)):
        least = reorder_point(demand, kind=CYCLE, level=level, order_quantity=quantity)
        assert sum(chance for value, chance in demand.chances if value <= least) >= level - 1e-9
        assert sum(chance for value, chance in demand.chances if value < least) < level
        filled = reorder_point(demand, kind=FILL, level=level, order_quantity=quantity)
        assert demand.short(filled) <= (1 - level) * quantity + 1e-9
        assert filled == 0 or demand.short(filled - 1) > (1 - level) * quantity


@given(mean=st.floats(0, 1000), sd=st.floats(0, 500), levels=st.tuples(st.floats(0.5, 0.999), st.floats(0.5, 0.999)))
def test_a_higher_level_never_asks_for_less(mean, sd, levels):
    low, high = sorted(levels)
    for kind in (CYCLE, FILL):
        less, more = (reorder_point(Normal(mean, sd), kind=kind, level=each, order_quantity=50) for each in (low, high))
        assert 0 <= less <= more + 1e-3


@pytest.mark.parametrize(
    ("weekly", "error", "wanted", "is_whole", "became"),
    [
        (70, 20, DemandModel.AUTO, True, DemandModel.NORMAL),
        (1, 0.5, DemandModel.AUTO, True, DemandModel.POISSON),
        (1, 4, DemandModel.AUTO, True, DemandModel.NEGATIVE_BINOMIAL),
        (1, 4, DemandModel.AUTO, False, DemandModel.NORMAL),
        (1, 4, DemandModel.NORMAL, True, DemandModel.NORMAL),
        (1, 4, DemandModel.POISSON, True, DemandModel.POISSON),
        (70, 20, DemandModel.NEGATIVE_BINOMIAL, True, DemandModel.NEGATIVE_BINOMIAL),
        (1, 0, DemandModel.AUTO, True, DemandModel.NORMAL),
        (0, 0, DemandModel.AUTO, True, DemandModel.NORMAL),
        (1, 0.5, DemandModel.EMPIRICAL, True, DemandModel.POISSON),
    ],
)
def test_the_distribution_that_suits(weekly, error, wanted, is_whole, became):
    known = outlook(weekly=weekly, error=error, sd=error)

    model, demand = model_for(spread_until(known, review_days=1), known, wanted=wanted, is_whole=is_whole)

    assert model == became
    assert isinstance(demand, Normal if became == DemandModel.NORMAL else Counted)


def test_the_past_is_asked_where_there_is_enough_of_it():
    known = outlook(history=tuple(range(23)))

    model, demand = model_for(spread_until(known, review_days=7), known, wanted=DemandModel.EMPIRICAL, is_whole=True)

    assert model == DemandModel.EMPIRICAL
    assert demand.point(1) == 19 + 20 + 21 + 22


def test_demand_of_one_wild_order_and_of_very_many_units_is_answered():
    wild = negative_binomial(5, 80_000.0**2)
    assert wild.point(0.95) == 0
    assert len(wild.chances) == 200_000

    many = poisson(90_000)
    assert reorder_point(many, kind=CYCLE, level=0.5, order_quantity=1) == pytest.approx(90_000, abs=1)
    assert reorder_point(many, kind=FILL, level=0.99, order_quantity=90_000) < 90_000


def test_nothing_is_kept_where_all_may_be_short():
    assert reorder_point(poisson(0.5), kind=FILL, level=0.9, order_quantity=5) == 0
    assert reorder_point(empirical([4, 4, 4], 1), kind=FILL, level=0.5, order_quantity=8) == 0
    assert reorder_point(empirical([4, 4, 4], 1), kind=FILL, level=0.9, order_quantity=8) == 4


@pytest.mark.parametrize("level", [0, 1, -0.1, 1.1])
def test_a_level_of_all_or_nothing_is_refused(level):
    with pytest.raises(ValueError, match="above 0 and below 1"):
        reorder_point(Normal(1, 1), kind=CYCLE, level=level, order_quantity=1)


def test_what_cannot_be_reckoned_with_is_refused():
    with pytest.raises(ValueError, match="some quantity"):
        reorder_point(Normal(1, 1), kind=FILL, level=0.9, order_quantity=0)
    with pytest.raises(ValueError, match="above nought"):
        poisson(0)
    with pytest.raises(ValueError, match="above its mean"):
        negative_binomial(4, 4)
