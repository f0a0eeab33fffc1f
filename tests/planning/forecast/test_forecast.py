"""Each series is forecast by what its own past speaks for, and says why."""

import csv
import dataclasses

import numpy as np
import pytest

from apps.planning.rules.forecast import METHODS, NONE, Forecasts, forecast
from tests.core.shared_data import shared

NAN = float("nan")
CHANCE = np.random.default_rng(7)


def method_of(made, series):
    return made.record(series).method


def test_spare_parts_are_forecast_without_seeing_the_last_six_months():
    """The bar is an error of 1.05 a month and a mean error of 0.06; SES(0.1) alone has 1.045 and 0.078."""
    with shared("demand/carparts.csv").open(encoding="utf-8") as file:
        _, *rows = csv.reader(file)
    months = np.array([[float(cell) if cell not in {"", "NA"} else NAN for cell in row[-2674:]] for row in rows]).T
    assert months.shape == (2674, 51)

    made = forecast(months[:, :45], horizon=6, season=12)

    errors = made.expected - months[:, 45:]
    errors = errors[~np.isnan(errors)]
    assert errors.size == 15_054
    assert np.sqrt((errors**2).mean()) == pytest.approx(1.0394, abs=0.0001)
    assert errors.mean() == pytest.approx(0.0566, abs=0.0001)


def test_a_method_is_chosen_by_what_the_past_was_like():
    periods = np.arange(72)
    line = 20 + 3.0 * periods
    waves = 50 + 30 * np.sin(2 * np.pi * periods / 12)
    lumpy = (CHANCE.random(72) < 0.2) * 5.0
    made = forecast(np.array([line, waves, lumpy]), horizon=6, season=12)

    assert method_of(made, 0) in {"holt", "theta"}
    assert made.expected[0] == pytest.approx(20 + 3.0 * np.arange(72, 78), rel=0.01)
    assert method_of(made, 1) in {"seasonal_naive", "holt_winters", "holt_winters_multiplicative"}
    assert made.expected[1] == pytest.approx(50 + 30 * np.sin(2 * np.pi * np.arange(72, 78) / 12), abs=0.5)
    assert method_of(made, 2) == "combined_median"
    record = made.record(1)
    assert record.sentence.startswith(("Seasonal naive chosen of 14: RMSSE 0.00 against ", "Holt-Winters chosen of 14"))
    assert {score.method for score in record.scores} == set(METHODS)
    assert record.origins == 24
    assert record.periods == 72
    biased = {score.method for score in made.record(0).scores if score.is_biased}
    assert {"mean", "seasonal_naive"} <= biased
    assert not biased & {"holt", "theta", "naive"}


@pytest.mark.parametrize("periods", [1, 2, 3, 5, 8, 30])
def test_little_or_no_history_is_told_as_it_is(periods):
    none = [NAN] * periods
    one = [NAN] * (periods - 1) + [4.0]
    made = forecast(np.array([none, one, [0.0] * periods, [3.0] * periods, [-2.0] * periods]), horizon=3, season=12)

    assert made.expected[:, 0].tolist() == pytest.approx([NAN, 4, 0, 3, 0], nan_ok=True)
    assert made.chosen[0] == NONE
    assert made.record(0).sentence == "No history: nothing can be told."
    assert made.record(0).method is None
    assert method_of(made, 1) == "mean"
    assert made.record(1).sentence == "Mean of 1 periods: too little changed or is known for a choice."
    assert made.record(4).clipped == periods
    assert made.record(4).sentence.endswith(f"; {periods} periods below zero taken as none.")
    # Poisson demand of 4 a period, as nothing is known of its spread: 8 + 1.6449 x root of 8 in two periods
    assert made.over(2, [0.95])[:3, 0].tolist() == pytest.approx([NAN, 8 + 1.6449 * 8**0.5, 0], nan_ok=True, abs=0.001)
    assert made.quantiles([0.95])[1, :, 0] == pytest.approx([4 + 1.6449 * 2] * 3, abs=0.001)


def test_seasons_need_two_of_them():
    table = CHANCE.poisson(20, size=(2, 24)).astype(float)
    table[1, 0] = NAN

    made = forecast(table, horizon=3, season=12)

    seasonal = METHODS.index("seasonal_naive")
    assert not np.isnan(made.rmsse[0, seasonal])
    assert np.isnan(made.rmsse[1, seasonal:]).all()
    assert np.isnan(forecast(table, horizon=3, season=13).rmsse[:, seasonal:]).all()


@pytest.mark.parametrize(
    ("demand", "told"),
    [
        ([[1.0, float("inf")]], {}),
        ([1.0, 2.0], {}),
        ([[]], {}),
        ([[1.0]], {"horizon": 0}),
        ([[1.0]], {"season": 0}),
    ],
)
def test_what_is_no_history_is_refused(demand, told):
    with pytest.raises(ValueError, match=r"finite|table|no history|at least 1"):
        forecast(np.array(demand), **({"horizon": 2} | told))


def test_how_the_table_is_divided_changes_nothing():
    table = CHANCE.poisson(CHANCE.uniform(0.1, 9, size=(40, 1)), size=(40, 48)).astype(float)
    table[5, :20] = NAN

    whole, parts = (forecast(table, horizon=4, season=12, chunk=chunk) for chunk in (40, 7))

    for field in dataclasses.fields(Forecasts):
        assert np.array_equal(getattr(whole, field.name), getattr(parts, field.name), equal_nan=True), field.name


def test_demand_stays_below_a_quantile_as_often_as_it_says():
    """400 items of Poisson and of lumpy demand: within a few points in a hundred of what the level says."""
    steady = CHANCE.poisson(12, size=(400, 66)).astype(float)
    lumpy = (CHANCE.random((400, 66)) < 0.3) * CHANCE.geometric(0.4, size=(400, 66)).astype(float)
    for table, most in ((steady, 0.03), (lumpy, 0.04)):
        made = forecast(table[:, :60], horizon=6)
        after = table[:, 60:]
        by_period = made.quantiles([0.5, 0.9, 0.95])
        together = made.over(4, [0.5, 0.9, 0.95])

        assert (np.diff(by_period, axis=2) >= 0).all()
        assert (by_period >= 0).all()
        for place, level in ((1, 0.9), (2, 0.95)):
            assert (after <= by_period[:, :, place]).mean() == pytest.approx(level, abs=most)
            assert (after[:, :4].sum(axis=1) <= together[:, place]).mean() == pytest.approx(level, abs=0.05)


def test_a_level_is_between_none_and_all_and_a_sum_within_the_horizon():
    made = forecast(np.array([[3.0, 4, 5, 4]]), horizon=2)

    for level in (0, 1):
        with pytest.raises(ValueError, match="above 0 and below 1"):
            made.quantiles([level])
    for periods in (0, 3):
        with pytest.raises(ValueError, match="horizon"):
            made.over(periods, [0.5])
