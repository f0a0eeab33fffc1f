"""A new item borrows the past of a like one; what people say is arithmetic on top, and has an accuracy of its own."""

import numpy as np
import pytest

from apps.planning.rules.forecast.judgement import lent, overridden, worth_of

NAN = float("nan")


def test_a_new_item_borrows_a_scaled_past():
    like = np.array([10.0, 20, 30, 10, 10])
    own = np.array([NAN, NAN, NAN, 4, 6])

    assert lent(own, like).tolist() == [5, 10, 15, 4, 6]
    assert lent(np.full(5, NAN), like, scale=0.3).tolist() == pytest.approx([3, 6, 9, 3, 3])


@pytest.mark.parametrize(
    ("own", "like", "scale"),
    [([NAN, NAN], [1, 2], None), ([NAN, 2], [1, 0], None), ([NAN], [1, 2], 1.0), ([NAN, 1], [1, 2], -1.0)],
)
def test_a_scale_that_cannot_be_told_is_asked_for(own, like, scale):
    with pytest.raises(ValueError, match=r"scale|same periods"):
        lent(np.array(own, dtype=float), np.array(like, dtype=float), scale=scale)


def test_an_override_is_arithmetic_and_is_judged_apart():
    automatic = np.array([[10.0, 10, 10], [5, 5, 5]])
    fixed = np.array([[NAN, 20, -1], [NAN, NAN, NAN]])

    assert overridden(automatic, fixed=fixed, factor=1.5, plus=-6).tolist() == [[9, 20, 0], [1.5, 1.5, 1.5]]
    manual = np.array([[10.0, 20, 12], [5, 5, 5]])
    worth = worth_of(np.array([[99.0, 16, NAN], [1, 2, 3]]), automatic, manual)
    assert worth.automatic.tolist() == pytest.approx([6 / 16, NAN], nan_ok=True)
    assert worth.manual.tolist() == pytest.approx([4 / 16, NAN], nan_ok=True)
    assert worth.gained[0] == pytest.approx(2 / 16)
    assert worth.automatic_bias[0] == pytest.approx(-6 / 16)
    assert worth.manual_bias[0] == pytest.approx(4 / 16)
    assert worth.periods.tolist() == [1, 0]
