"""When certificates expire and inspections fall due: days in, days out."""

from datetime import date
from decimal import Decimal as D

import pytest

from apps.core.months import months_after
from apps.workplace.rules import (
    expires_on,
    is_in_force,
    moved_schedule,
    next_due,
    reading_passes,
    reminder_due,
)
from apps.workplace.states import Period


@pytest.mark.parametrize(
    ("start", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(start, months, then):
    assert months_after(start, months) == then


def test_a_truck_drivers_certificate_counts_for_three_years_from_the_evaluation():
    assert expires_on(date(2026, 3, 1), 36) == date(2029, 3, 1)
    assert expires_on(date(2026, 3, 1), None) is None


def test_a_certificate_counts_from_its_evaluation_to_its_last_day():
    def counts(on, *, revoked=False, expires=date(2029, 3, 1)):
        return is_in_force(evaluated_on=date(2026, 3, 1), expires=expires, is_revoked=revoked, on=on)

    assert not counts(date(2026, 2, 28))
    assert counts(date(2026, 3, 1))
    assert counts(date(2029, 3, 1))
    assert not counts(date(2029, 3, 2))
    assert not counts(date(2027, 1, 1), revoked=True)
    assert counts(date(2099, 1, 1), expires=None)


@pytest.mark.parametrize(
    ("left", "threshold"), [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_the_nearest_threshold_that_has_come_is_told(left, threshold):
    last = date(2027, 1, 10)

    assert reminder_due(last, on=date.fromordinal(last.toordinal() - left)) == threshold


def test_days_are_counted_over_the_change_of_clocks_and_the_years_end():
    assert next_due(date(2026, 3, 28), every=1, period=Period.DAYS) == date(2026, 3, 29)
    assert next_due(date(2026, 12, 31), every=7, period=Period.DAYS) == date(2027, 1, 7)
    assert next_due(date(2026, 12, 31), every=2, period=Period.MONTHS) == date(2027, 2, 28)


def test_an_inspection_that_is_told_late_brings_no_earlier_day_back():
    assert moved_schedule(date(2026, 5, 10), done_on=date(2026, 3, 1), every=1, period=Period.MONTHS) == date(
        2026, 5, 10
    )
    assert moved_schedule(date(2026, 3, 1), done_on=date(2026, 3, 4), every=1, period=Period.MONTHS) == date(2026, 4, 4)


def test_a_reading_on_its_limit_passes():
    assert reading_passes(D(28), lower=D(28), upper=None)
    assert not reading_passes(D("27.9"), lower=D(28), upper=None)
    assert reading_passes(D(38), lower=D(16), upper=D(38))
    assert not reading_passes(D("38.1"), lower=D(16), upper=D(38))
