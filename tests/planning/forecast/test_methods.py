"""Each method on a few figures that were worked out by hand."""

import numpy as np
import pytest

from apps.planning.rules.forecast.intermittent import croston, sba, tsb
from apps.planning.rules.forecast.seasonal import holt_winters, seasonal_naive
from apps.planning.rules.forecast.smoothing import damped, holt, mean, naive, ses, theta

NAN = float("nan")


def ahead(method, history, *, horizon=2, **told):
    return method(np.array([history], dtype=float), horizon=horizon, **told).ahead[-1, 0].tolist()


@pytest.mark.parametrize(
    ("method", "history", "told", "expected"),
    [
        (naive, [3, 5, 4], {}, [4, 4]),
        (naive, [3, 5, NAN], {}, [5, 5]),
        (mean, [NAN, 3, 5, 4], {}, [4, 4]),
        # 10; 10 + 0.5 x 4 = 12; 12 - 0.5 x 4 = 10
        (ses, [10, 14, 8], {"alphas": [0.5]}, [10, 10]),
        # 10; half of 14, since there are two: 12; a third of 9, since there are three: 11; then 0.3 of -1
        (ses, [10, 14, 9, 10], {"alphas": [0.3]}, [10.7, 10.7]),
        # starts at 14 with a trend of 4; 16 was to be 18: level 17, trend 4 - 0.5 x 0.5 x 2 = 3.5
        (holt, [10, 14, 16], {"alphas": [0.5], "betas": [0.5]}, [20.5, 24]),
        # the trend of 4 is 2 a period later: 16 as said; it fades to 1 and to 0.5
        (damped, [10, 14, 16], {"alphas": [0.5], "betas": [0.5], "phis": [0.5]}, [17, 17.5]),
        # level 1; 1.5; 2.25; slope 1; the lag (1 - 0.5^3) / 0.5 = 1.75: 2.25 + 0.5 x 1.75, and half a slope more
        (theta, [1, 2, 3], {"alphas": [0.5]}, [3.125, 3.625]),
        (seasonal_naive, [1, 2, 3, 4, NAN, 6], {"season": 3}, [4, 2]),
        # level 6, parts -2 and +2; 6 was to be 4: level 7, trend 0.5, part -1; 10 was to be 9.5: level 7.75,
        # trend 0.625, part 2.25
        (
            *(holt_winters, [4, 8, 6, 10]),
            *({"season": 2, "alphas": [0.5], "betas": [0.5], "gammas": [0.5]}, [7.375, 11.25]),
        ),
        # level 6, parts 2/3 and 4/3; 6 was to be 4: level 6 + 0.5 x 2 / (2/3) = 7.5, part 2/3 + 0.5 x 2 / 6 = 5/6;
        # 10 as it was to be
        (
            *(holt_winters, [4, 8, 6, 10]),
            *({"season": 2, "alphas": [0.5], "betas": [0.0], "gammas": [0.5], "multiplicative": True}, [6.25, 10]),
        ),
        # sizes 4 and 6: 5; intervals 2 and 3: 2.5
        (croston, [0, 4, 0, 0, 6, 0], {"alphas": [0.2]}, [2, 2]),
        (sba, [0, 4, 0, 0, 6, 0], {"alphas": [0.2]}, [1.8, 1.8]),
        # chance: 0, 1/2, then less by half: 1/4, 1/8, up to 9/16, 9/32; size 5
        (tsb, [0, 4, 0, 0, 6, 0], {"alphas": [0.5], "betas": [0.5]}, [5 * 9 / 32] * 2),
        (tsb, [0, 0, 0], {}, [0, 0]),
        (croston, [0, 0, 0], {}, [0, 0]),
    ],
)
def test_a_method_gives_what_is_worked_out_by_hand(method, history, told, expected):
    assert ahead(method, history, **told) == pytest.approx(expected, abs=1e-12)


def test_a_method_says_nothing_before_it_has_what_it_needs():
    assert np.isnan(ahead(naive, [NAN, NAN])).all()
    assert np.isnan(ahead(holt, [NAN, 3])).all()
    assert np.isnan(ahead(seasonal_naive, [1, 2], season=3)).all()
    assert np.isnan(ahead(holt_winters, [NAN, 1, 2, 3], season=4)).all()
    assert np.isnan(ahead(holt_winters, [4, 0, 6, 10], season=2, multiplicative=True)).all()


def test_the_weight_is_the_one_with_the_least_squared_error_until_then():
    jump = np.array([[2.0, 2, 2, 9, 9, 9, 9, 9]])

    fit = ses(jump, horizon=1, origins=(3, 8), alphas=[0.1, 0.9])

    assert fit.parameters.tolist() == [[0.9]]
    assert fit.ahead[0].tolist() == [[2.0]]
    assert fit.ahead[1, 0, 0] == pytest.approx(9 - 7 * 0.1**5)


@pytest.mark.parametrize(
    ("method", "told"),
    [
        *((each, {}) for each in (naive, mean, ses, holt, damped, theta, croston, sba, tsb)),
        *((each, {"season": 4}) for each in (seasonal_naive, holt_winters)),
    ],
)
def test_what_is_said_at_an_origin_knows_nothing_of_what_came_after(method, told):
    history = np.random.default_rng(3).poisson(2, size=(30, 24)).astype(float)
    history[0, :5] = NAN

    later = method(history, horizon=3, origins=(12, 24), **told)
    then = method(history[:, :12], horizon=3, **told)

    assert np.array_equal(later.ahead[0], then.ahead[-1])
