"""The named policies: worked examples, and never shorter than the shortest walk."""

import pytest
from hypothesis import given

from apps.locations.routing import (
    Corner,
    Layout,
    Policy,
    Spot,
    Stop,
    Unreachable,
    Way,
    over_floor,
    shortest_walk,
    walk_by,
)
from tests.locations.routing.floor import UNHURRIED, assert_walked, drawn

FOUR = Layout(xs=(0, 5, 10, 15), crosses=(0, 20), depot=Corner(0, 0))
STOPS = [Stop(0, 4), Stop(1, 18), Stop(1, 3), Stop(2, 2), Stop(3, 12)]
"""Two aisles with something near the front, one from both ends, the last past its middle."""


@pytest.mark.parametrize(
    ("policy", "length"),
    [
        # Four aisles through, and to the last and back.
        (Policy.S_SHAPE, 4 * 20 + 30),
        (Policy.RETURN, 2 * (4 + 18 + 2 + 12) + 30),
        # First and last through; from the back 2, from the front 3 and 2.
        (Policy.MIDPOINT, 2 * 20 + 2 * (2 + 3 + 2) + 30),
        (Policy.LARGEST_GAP, 2 * 20 + 2 * (2 + 3 + 2) + 30),
        # Two through, two in and out.
        (Policy.COMBINED, 2 * 20 + 2 * (2 + 12) + 30),
    ],
)
def test_a_policy_is_as_long_as_it_is_by_hand(policy, length):
    walk = walk_by(policy, FOUR, STOPS)

    assert_walked(FOUR, STOPS, walk)
    assert walk.length == length


def test_the_shortest_is_shorter_than_each_policy_here():
    # In and out of the first, through the second, through the last, in and out of the third on the way home.
    assert shortest_walk(FOUR, STOPS).length == 2 * 4 + 20 + 20 + 2 * 2 + 30


@pytest.mark.parametrize("policy", Policy)
def test_a_policy_of_one_aisle_turns_at_its_furthest_stop(policy):
    assert walk_by(policy, FOUR, [Stop(2, 7), Stop(2, 3)]).length == 2 * (10 + 7)


@pytest.mark.parametrize("policy", Policy)
def test_a_policy_from_the_other_end_is_its_mirror(policy):
    mirrored = Layout(xs=FOUR.xs, crosses=FOUR.crosses, depot=Corner(0, 1))

    walk = walk_by(policy, mirrored, [Stop(aisle, 20 - y) for aisle, y in STOPS])

    assert walk.length == walk_by(policy, FOUR, STOPS).length


@pytest.mark.parametrize("policy", Policy)
def test_nothing_to_take_is_no_walk(policy):
    assert walk_by(policy, FOUR, []).length == 0


@pytest.mark.parametrize("policy", [each for each in Policy if each is not Policy.S_SHAPE])
def test_a_policy_that_turns_in_aisles_is_none_for_one_way_aisles(policy):
    one_way = Layout(xs=FOUR.xs, crosses=FOUR.crosses, depot=FOUR.depot, ways=(Way.UP, Way.DOWN, Way.UP, Way.DOWN))

    if policy is not Policy.COMBINED:
        with pytest.raises(Unreachable):
            walk_by(policy, one_way, STOPS)
    assert walk_by(Policy.S_SHAPE, one_way, STOPS).length == 4 * 20 + 30


def test_no_policy_begins_at_a_middle_cross_aisle():
    middle = Layout(xs=(0,), crosses=(0, 10, 20), depot=Corner(0, 1))

    with pytest.raises(Unreachable):
        walk_by(Policy.RETURN, middle, [Stop(0, 5)])


@pytest.mark.parametrize("policy", Policy)
@UNHURRIED
@given(case=drawn(blocks=1, most=12))
def test_no_policy_is_shorter_than_the_shortest_walk(policy, case):
    layout, stops = case

    walk = walk_by(policy, layout, stops)

    assert_walked(layout, stops, walk)
    assert walk.length >= shortest_walk(layout, stops).length


@UNHURRIED
@given(case=drawn(blocks=1, most=12))
def test_combined_is_no_longer_than_s_shape_and_return(case):
    layout, stops = case

    combined = walk_by(Policy.COMBINED, layout, stops).length

    assert combined <= walk_by(Policy.S_SHAPE, layout, stops).length
    assert combined <= walk_by(Policy.RETURN, layout, stops).length


def test_a_floor_without_aisles_is_walked_nearest_first_and_mended():
    found = over_floor(Spot(0, 0), [Spot(10, 0), Spot(-1, 0), Spot(3, 0)])

    assert found.length == 22
    assert found.order in {(1, 0, 2), (2, 0, 1), (1, 2, 0), (0, 2, 1)}
