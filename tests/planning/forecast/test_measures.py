"""How good a forecast was: figures by hand, and n/a where there is nothing to divide by."""

import numpy as np
import pytest

from apps.planning.rules.forecast.measures import bias, mase, pooled_mean, rmsse, tracking_signal, wape

NAN = float("nan")
ACTUAL = np.array([[4.0, 0, 6], [0, 0, 0], [NAN, 5, NAN]])
FORECAST = np.array([[5.0, 1, 4], [0, 0, 0], [3, 4, 3]])
HISTORY = np.array([[2.0, 4, 3], [0, 0, 0], [NAN, NAN, 1]])


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (wape(ACTUAL, FORECAST), [0.4, NAN, 0.2]),
        (wape(ACTUAL, FORECAST, pooled=True), [5 / 15]),
        (bias(ACTUAL, FORECAST), [0.0, NAN, -0.2]),
        (bias(ACTUAL, FORECAST, pooled=True), [-1 / 15]),
        (tracking_signal(ACTUAL, FORECAST), [0.0, NAN, -1.0]),
        (tracking_signal(ACTUAL, FORECAST, pooled=True), [-1 / (5 / 7)]),
        (mase(ACTUAL, FORECAST, HISTORY), [(4 / 3) / 1.5, NAN, NAN]),
        (mase(ACTUAL, FORECAST, HISTORY, season=2), [4 / 3, NAN, NAN]),
        (rmsse(ACTUAL, FORECAST, HISTORY), [(2 / 2.5) ** 0.5, NAN, NAN]),
    ],
)
def test_a_measure_is_what_its_formula_says(figures, expected):
    assert figures.tolist() == pytest.approx(expected, nan_ok=True)


def test_measures_are_averaged_over_those_that_have_one():
    assert pooled_mean(np.array([1.0, NAN, 3.0])) == 2.0
    assert pooled_mean(np.array([1.0, NAN, 3.0]), np.array([3.0, 9.0, 1.0])) == 1.5
    assert np.isnan(pooled_mean(np.array([NAN])))
