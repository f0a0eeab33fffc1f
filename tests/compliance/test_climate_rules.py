"""Excursions, mean kinetic temperature and gaps, on values alone."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest

from apps.compliance.rules.climate import Band, Limits, Sample, assess, gaps_of, mean_kinetic, runs_of

START = datetime(2026, 7, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
CHILLED = Band(low=D(2), high=D(8))
COLD = Limits(
    window=24 * HOUR,
    most=D(8),
    lowest=D(2),
    highest=D(8),
    spike=D(15),
    spike_lasts=24 * HOUR,
    source="our own",
    is_verified=True,
)
ROOM = Limits(
    window=720 * HOUR,
    most=D(25),
    lowest=D(15),
    highest=D(30),
    spike=D(40),
    spike_lasts=24 * HOUR,
    source="our own",
    is_verified=False,
)


def hourly(*values, since=START):
    return [Sample(since + n * HOUR, D(str(value))) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "arithmetic", "mean"),
    [
        ((20, 25, 30), "25.00", "25.86"),
        ((22,) * 696 + (40,) * 24, "22.60", "23.60"),
        ((5,) * 18 + (14,) * 6, "7.25", "8.29"),
        ((22, 22), "22.00", "22.00"),
    ],
)
def test_the_mean_kinetic_temperature_is_above_the_arithmetic_one(values, arithmetic, mean):
    samples = hourly(*values)

    assert sum(D(value) for value in values) / len(values) == D(arithmetic)
    assert mean_kinetic(samples, until=START + len(values) * HOUR) == D(mean)


def test_a_reading_counts_for_as_long_as_it_held():
    uneven = [Sample(START, D(22)), Sample(START + 696 * HOUR, D(40))]

    assert mean_kinetic(uneven, until=START + 720 * HOUR) == D("23.60")


def test_no_time_has_no_mean():
    with pytest.raises(ValueError, match="over some time"):
        mean_kinetic(hourly(22), until=START)


def test_an_excursion_ends_with_the_first_reading_within_the_band():
    (first, second) = runs_of(hourly(5, 8, 8.01, 9, 2, 1.99), CHILLED)

    assert (first.first_at, first.last_at, first.ended_at) == (START + 2 * HOUR, START + 3 * HOUR, START + 4 * HOUR)
    assert (first.lowest, first.highest) == (D("8.01"), D(9))
    assert (second.first_at, second.last_at, second.ended_at) == (START + 5 * HOUR, START + 5 * HOUR, None)


def test_a_day_at_40_degrees_in_a_month_of_22_is_within_the_rule_and_says_what_is_not_verified():
    found = assess(hourly(*(22,) * 696, *(40,) * 24), ROOM, interval=HOUR, until=START + 720 * HOUR)

    assert (found.verdict, found.mean_kinetic) == ("within", D("23.60"))
    assert found.because == "Mean kinetic temperature 23.60 °C over 720 h, at most 25 °C: our own (not verified)."


def test_six_hours_at_14_look_fine_in_the_mean_and_are_beyond_the_rule():
    found = assess(hourly(*(5,) * 18, *(14,) * 6), COLD, interval=HOUR, until=START + 24 * HOUR)

    assert (found.verdict, found.mean_kinetic) == ("beyond", D("8.29"))
    assert found.because == "Mean kinetic temperature 8.29 °C over 24 h, at most 8 °C: our own."


@pytest.mark.parametrize(
    ("values", "because"),
    [
        ((5,) * 23 + (15.01,), "15.01 °C was read; never above 15 °C."),
        ((1.9,) + (5,) * 23, "1.9 °C was read; never below 2 °C."),
    ],
)
def test_no_mean_excuses_frost_or_a_spike(values, because):
    found = assess(hourly(*values), COLD, interval=HOUR, until=START + 24 * HOUR)

    assert (found.verdict, found.because) == ("beyond", because)


def test_a_spike_that_lasts_is_beyond_the_rule():
    found = assess(hourly(*(20,) * 695, *(31,) * 25), ROOM, interval=HOUR, until=START + 720 * HOUR)

    assert (found.verdict, found.because) == ("beyond", "25.0 h above 30 °C; at most 24 h.")


def test_a_gap_is_not_evaluable_and_never_fine():
    samples = [each for each in hourly(*(5,) * 24) if each.at not in {START + 7 * HOUR, START + 8 * HOUR}]

    found = assess(samples, COLD, interval=HOUR, until=START + 24 * HOUR)

    assert (found.verdict, found.mean_kinetic) == ("not_evaluable", None)
    assert found.because == "No reading from 2026-07-01 06:00 to 2026-07-01 09:00 UTC."


def test_two_intervals_are_no_gap():
    samples = [each for each in hourly(*(5,) * 24) if each.at != START + 7 * HOUR]

    found = assess(samples, COLD, interval=HOUR, until=START + 24 * HOUR)

    assert (found.verdict, found.mean_kinetic) == ("within", D("5.00"))


def test_what_was_not_read_at_either_end_is_a_gap_too():
    inside = hourly(5, 5, 5, since=START + 5 * HOUR)

    assert gaps_of(inside, interval=HOUR, since=START, until=START + 24 * HOUR) == [
        (START, START + 5 * HOUR),
        (START + 7 * HOUR, START + 24 * HOUR),
    ]
    assert gaps_of([], interval=HOUR, since=START, until=START + 3 * HOUR) == [(START, START + 3 * HOUR)]
    assert assess([], COLD, interval=HOUR, until=START + 24 * HOUR).verdict == "not_evaluable"


def test_a_spike_before_a_gap_does_not_last_through_it():
    samples = [*hourly(*(22,) * 600), Sample(START + 600 * HOUR, D(31)), Sample(START + 719 * HOUR, D(22))]

    found = assess(samples, ROOM, interval=HOUR, until=START + 720 * HOUR)

    assert found.verdict == "not_evaluable"


@pytest.mark.parametrize(
    ("day", "hours"),
    [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 12, 31), 24)],
    ids=["clocks go forward", "clocks go back", "year's end"],
)
def test_a_day_is_as_long_as_it_is(day, hours):
    """The night of 25 October has 02:30 twice: two readings, an hour apart, and a day's window of 24 hours."""
    berlin = zoneinfo.ZoneInfo("Europe/Berlin")
    year, month, date = day
    begin = datetime(year, month, date, tzinfo=berlin)
    midnight, next_midnight = begin.astimezone(UTC), (begin + timedelta(days=1)).astimezone(UTC)
    local = [(midnight + n * HOUR).astimezone(berlin) for n in range(hours)]
    samples = [Sample(at.astimezone(UTC), D(9) if at.hour == 2 else D(5)) for at in local]

    assert next_midnight - midnight == hours * HOUR
    assert gaps_of(samples, interval=HOUR, since=midnight, until=next_midnight) == []
    beyond = [(run.ended_at or next_midnight) - run.first_at for run in runs_of(samples, CHILLED)]
    assert beyond == {23: [], 24: [HOUR], 25: [2 * HOUR]}[hours]
