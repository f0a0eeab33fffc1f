"""Promotions, prices and the calendar: kept where forecasts of the past got better by them, and put on top."""

from datetime import date, timedelta

import numpy as np
import pytest

from apps.planning.rules.forecast import forecast
from apps.planning.rules.forecast.drivers import Driver, calendar, effects_of

WEEKS, AHEAD = 60, 4


def promotions():
    """Every fifth week, and the second of those ahead."""
    flags = np.zeros((1, WEEKS + AHEAD, 1))
    flags[0, 2:WEEKS:5] = 1
    flags[0, WEEKS + 1] = 1
    return Driver(name="promotion", values=flags)


def test_a_promotion_is_kept_where_it_sells_more_and_dropped_where_it_does_not():
    chance = np.random.default_rng(5)
    promotion = promotions()
    flags = promotion.values[0, :WEEKS, 0]
    often = 40 + chance.normal(0, 1, WEEKS)
    seldom = np.where(np.arange(WEEKS) % 3 == 0, 6.0, 0.0)
    noise = Driver(name="noise", values=chance.normal(size=(1, WEEKS + AHEAD, 1)))
    demand = np.array([often * (1 + 0.5 * flags), often, seldom + 12 * flags])

    effects = effects_of(demand, [promotion, noise], horizon=AHEAD)

    kept, other = effects.verdicts
    assert kept.kept.tolist() == [True, False, True]
    assert not other.kept.any()
    assert (kept.having[[0, 2]] < 0.7 * kept.without[[0, 2]]).all()
    assert kept.having[1] >= 0.97 * kept.without[1]
    assert effects.multiplied.tolist() == [True, True, False]
    # Twelve promoted weeks of 60 weigh 12 x 0.8 = 9.6; the ridge of 1 beside them leaves 9.6 / 10.6 of the effect.
    assert effects.ahead[0] == pytest.approx([1, 1.5 ** (9.6 / 10.6), 1, 1], abs=0.03)
    assert effects.ahead[1].tolist() == [1, 1, 1, 1]
    assert effects.ahead[2] == pytest.approx([0, 12, 0, 0], abs=1.5)
    assert np.array_equal(effects.adjusted[1], demand[1])
    whole = effects.applied(forecast(effects.adjusted, horizon=AHEAD).expected)
    assert whole[0] == pytest.approx([40, 60, 40, 40], rel=0.06)


def test_what_comes_after_an_origin_does_not_help_a_driver():
    """A promotion that first ran after the last origin explains all of a jump, and could not have been known to."""
    demand = np.full((1, 20), 10.0)
    demand[0, 16:] = 30
    flags = np.zeros((1, 24, 1))
    flags[0, 16:] = 1

    effects = effects_of(demand, [Driver(name="promotion", values=flags)], horizon=4)

    verdict = effects.verdicts[0]
    assert verdict.having.tolist() == verdict.without.tolist()
    assert verdict.without[0] > 10
    assert not verdict.kept.any()
    assert effects.ahead.tolist() == [[1, 1, 1, 1]]


def test_the_calendar_is_told_by_months_and_holidays():
    starts = [date(2026, 1, 26) + timedelta(days=7 * week) for week in range(3)]

    months, holidays = calendar(starts, days=7, holidays={date(2026, 2, 3), date(2026, 2, 14)})

    assert months.values.shape == (1, 3, 11)
    assert months.values[0, :, 0].tolist() == pytest.approx([1 / 7, 1, 1])
    assert holidays.values[0, :, 0].tolist() == [0, 1, 1]


def test_a_driver_is_known_behind_and_ahead():
    for values in (np.zeros((1, 5, 1)), np.full((1, 7, 1), np.nan), np.zeros((3, 7, 1))):
        with pytest.raises(ValueError, match="price is to be"):
            effects_of(np.ones((2, 5)), [Driver(name="price", values=values)], horizon=2)


def test_without_history_nothing_is_kept():
    effects = effects_of(
        np.array([[np.nan] * 6, [np.nan] * 5 + [3.0], [0.0] * 6]),
        [Driver(name="price", values=np.arange(8.0).reshape(1, 8, 1))],
        horizon=2,
    )

    assert not effects.verdicts[0].kept.any()
    assert effects.applied(np.full((3, 2), 5.0)).tolist() == [[5, 5]] * 3
