"""What is counted first: pure rules on what is known of each bin."""

from decimal import Decimal as D

import pytest

from apps.counting.rules.approving import Tier, may_approve
from apps.counting.rules.planning import Bin, Program, Weights, choose, due_by, error_chance, risk, weight, worth

WEIGHTS = Weights(value=20, velocity=20, variance=20, short=20, empty=10, age=10)


def a_bin(pk=1, **more):
    return Bin(pk=pk, **({"records": 1, "value": 10.0, "days": 30} | more))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"errors": 3, "counts": 4}, {"errors": 0, "counts": 4}),
        ({"days": None}, {"days": 90}),
        ({"days": 90}, {"days": 30}),
        ({"doubts": {"short_pick": 1}}, {}),
        ({"value": 1000.0}, {"value": 10.0}),
        ({"velocity": "A"}, {"velocity": "B"}),
        ({"velocity": "B"}, {"velocity": "C"}),
        ({"records": 1}, {"records": 9}),
        ({}, {"records": 0, "value": 0.0}),
    ],
)
def test_a_bin_is_worth_more(better, worse):
    assert worth(a_bin(**better), a_record=1) > worth(a_bin(**worse), a_record=1)


def test_the_chance_of_an_error_is_what_past_counts_found_beside_a_prior():
    assert error_chance(a_bin(days=90)) == pytest.approx(1 / 20)
    assert error_chance(a_bin(days=90, counts=20, errors=19)) == pytest.approx(0.5)
    assert error_chance(a_bin(days=90, doubts={"empty_bin": 1})) == pytest.approx(1 - 0.95 / 2)


def test_an_error_in_an_empty_bin_matters_little():
    assert (weight(a_bin(records=0)), weight(a_bin(value=0.0))) == (0.5, 2.0)


def test_the_minutes_are_filled_with_what_is_worth_most():
    bins = [a_bin(1, value=1.0), a_bin(2, value=100.0), a_bin(3, records=5, value=9e9)]

    chosen = choose(bins, {1: 7, 2: 7, 3: 8}, minutes=5, a_record=1)

    # The third would take six minutes; what fits after it is taken all the same.
    assert [(each.pk, each.program_id, each.minutes) for each in chosen] == [(2, 7, 2), (1, 7, 2)]


def test_a_risk_is_put_together_by_weights():
    calm = a_bin(value=0.0, days=0)
    wild = a_bin(value=1e12, velocity="A", last_varied=True, doubts={"short_pick": 3, "empty_bin": 2}, days=None)

    assert risk(calm, WEIGHTS, typical_value=10) == 0
    assert risk(wild, WEIGHTS, typical_value=10) == pytest.approx(100)
    assert risk(a_bin(last_varied=True), Weights(variance=1), typical_value=1) == 100
    assert risk(wild, Weights(), typical_value=1) == 0


def due(bins, *programs, day="2027-03-01"):
    return due_by(bins, programs, day=day)


def test_each_kind_of_program_wants_its_own_bins():
    bins = [
        a_bin(1, velocity="A", days=10),
        a_bin(2, velocity="B", days=90),
        a_bin(3, zone_id=5, days=None),
        a_bin(4, doubts={"short_pick": 1}, days=1),
        a_bin(5, doubts={"empty_bin": 1}, days=1),
    ]

    assert due(bins, Program(pk=1, kind="class", abc_class="A", interval_days=10)) == {1: 1}
    assert due(bins, Program(pk=1, kind="class", interval_days=90)) == {2: 1, 3: 1}
    assert due(bins, Program(pk=1, kind="zone", zone_id=5, interval_days=30)) == {3: 1}
    assert due(bins, Program(pk=1, kind="event", events=["short_pick"])) == {4: 1}
    risky = Program(pk=1, kind="risk", weights=Weights(short=1), threshold=30, interval_days=1)
    assert due(bins, risky) == {4: 1}


def test_the_first_program_that_wants_a_bin_has_asked_for_it():
    bins = [a_bin(1, velocity="A", days=99)]

    wanted = due(bins, Program(pk=7, kind="class", abc_class="A"), Program(pk=8, kind="class"))

    assert wanted == {1: 7}


def test_a_sample_is_drawn_by_its_seed_and_the_day():
    bins = [a_bin(pk) for pk in range(1, 200)]
    sample = Program(pk=1, kind="random", sample_size=10, seed="dice")
    other = Program(pk=1, kind="random", sample_size=10, seed="cards")

    assert due(bins, sample) == due(list(reversed(bins)), sample)
    assert len(due(bins, sample)) == 10
    assert set(due(bins, sample)) != set(due(bins, other))
    assert set(due(bins, sample)) != set(due(bins, sample, day="2027-03-02"))


def test_without_programs_nothing_is_due():
    assert due([a_bin()]) == {}


def test_one_tier_that_admits_is_enough_and_none_admits_nothing():
    small, large = Tier(value=D(10)), Tier(quantity=D(99))

    assert may_approve([small, large], value=D(11), quantity=D(99), so_far=D(0))
    assert not may_approve([small], value=D(11), quantity=D(1), so_far=D(0))
    assert not may_approve([], value=D(0), quantity=D(0), so_far=D(0))
    assert not may_approve([Tier(in_30_days=D(10))], value=D(4), quantity=D(1), so_far=D(7))
