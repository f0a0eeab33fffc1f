"""The shortest walk: proven optima, everything tried out, one-way aisles."""

import csv

import pytest
from hypothesis import given

from apps.locations.routing import (
    Corner,
    Layout,
    Stop,
    Unreachable,
    Way,
    distances,
    short_round,
    shortest_length,
    shortest_walk,
)
from tests.core.shared_data import shared
from tests.locations.routing.floor import UNHURRIED, assert_walked, drawn, tried_out

THREE = Layout(xs=(0, 5, 10), crosses=(0, 10), depot=Corner(0, 0))


def hessler_and_irnich(path):
    """One of their instances (2024): cells count from the top of the aisle, positions from its bottom."""
    head, cells = {}, []
    for line in path.read_text("latin-1").splitlines():
        key, _, value = line.partition(" : ")
        head[key] = value.strip()
        words = line.split()
        if "CELL" in words:
            cells.append((int(words[words.index("AISLE") + 1]), int(words[words.index("CELL") + 1])))
    wide, step, top, bottom = (
        int(head[f"DISTANCE_{name}"]) for name in ("AISLE_TO_AISLE", "CELL_TO_CELL", "TOP_TO_CELL", "BOTTOM_TO_CELL")
    )
    lowest = int(head["NUM_CELLS"]) - 1
    layout = Layout(
        xs=tuple(wide * aisle for aisle in range(int(head["NUM_AISLES"]))),
        crosses=(0, bottom + lowest * step + top),
        depot=Corner(int(head["DEPOT_AISLE"]), int(head["DEPOT_LOCATION"] == "top")),
    )
    return layout, [Stop(aisle, bottom + (lowest - cell) * step) for aisle, cell in cells]


def test_all_480_proven_optima_are_met():
    with shared("routing/optima.csv").open(encoding="utf-8") as optima:
        proven = {row["instance"]: int(row["optimal_tour_length"]) for row in csv.DictReader(optima)}

    found = {}
    for name in proven:
        layout, stops = hessler_and_irnich(shared(f"routing/instances/{name}"))
        walk = shortest_walk(layout, stops)
        assert_walked(layout, stops, walk)
        assert shortest_length(layout, stops) == walk.length
        found[name] = walk.length

    assert len(proven) == 480
    assert found == proven


def test_nothing_to_take_is_no_walk():
    walk = shortest_walk(THREE, [])

    assert (walk.length, walk.order, walk.points) == (0, (), (Stop(0, 0),))


def test_one_stop_is_gone_to_and_come_back_from():
    walk = shortest_walk(THREE, [Stop(1, 4)])

    assert walk.length == 2 * (5 + 4)
    assert walk.points == (Stop(0, 0), Stop(1, 0), Stop(1, 4), Stop(1, 0), Stop(0, 0))


def test_stops_of_one_cell_are_taken_together():
    walk = shortest_walk(THREE, [Stop(1, 4)] * 3)

    assert (walk.length, walk.order) == (18, (0, 1, 2))


def test_a_single_aisle_is_walked_to_its_furthest_stop():
    one = Layout(xs=(0,), crosses=(0, 10), depot=Corner(0, 0))

    walk = shortest_walk(one, [Stop(0, 7), Stop(0, 2)])

    assert (walk.length, walk.order) == (14, (1, 0))


def test_an_aisle_is_entered_from_both_ends_around_its_largest_gap():
    stops = [Stop(0, 5), Stop(1, 1), Stop(1, 9), Stop(2, 5)]

    walk = shortest_walk(THREE, stops)

    assert walk.length == 2 * 10 + 2 * 10 + 2 + 2
    assert_walked(THREE, stops, walk)


def test_a_depot_beside_the_aisles_is_an_aisle_that_is_closed():
    layout = Layout(xs=(0, 5, 10), crosses=(0, 10), depot=Corner(0, 0), ways=(Way.CLOSED, Way.BOTH, Way.BOTH))

    walk = shortest_walk(layout, [Stop(1, 9), Stop(2, 9)])

    assert walk.length == 2 * 10 + 20


def test_a_middle_cross_aisle_saves_the_way_to_the_back():
    stops = [Stop(0, 9), Stop(1, 9), Stop(2, 9)]
    one = Layout(xs=(0, 5, 10), crosses=(0, 20), depot=Corner(0, 0))
    two = Layout(xs=(0, 5, 10), crosses=(0, 10, 20), depot=Corner(0, 0))

    assert shortest_walk(one, stops).length == 20 + 3 * 18
    assert shortest_walk(two, stops).length == 20 + 20 + 2


def test_one_way_aisles_are_walked_their_way():
    layout = Layout(xs=(0, 5, 10, 15), crosses=(0, 10), depot=Corner(0, 0), ways=(Way.UP, Way.DOWN, Way.UP, Way.DOWN))
    stops = [Stop(1, 1), Stop(2, 9)]

    walk = shortest_walk(layout, stops)

    assert_walked(layout, stops, walk)
    # Past the second to go up the third, and home by the second.
    assert (walk.length, walk.order) == (2 * 10 + 2 * 10, (1, 0))


def test_several_aisles_the_same_way_come_back_by_the_one_that_leads_back():
    layout = Layout(xs=(0, 5, 10, 15), crosses=(0, 10), depot=Corner(0, 0), ways=(Way.UP, Way.UP, Way.UP, Way.DOWN))
    stops = [Stop(0, 5), Stop(1, 5), Stop(2, 5)]

    walk = shortest_walk(layout, stops)

    assert_walked(layout, stops, walk)
    assert walk.length == 6 * 10 + 2 * (15 + 10 + 5) == tried_out(layout, stops)


def test_what_stands_at_both_ends_of_a_one_way_aisle_is_taken_from_the_cross_aisles():
    layout = Layout(xs=(0, 1, 2), crosses=(0, 2), depot=Corner(0, 0), ways=(Way.UP, Way.UP, Way.DOWN))

    assert shortest_walk(layout, [Stop(0, 0), Stop(0, 2), Stop(1, 1)]).length == 1 + 2 + 1 + 2 + 2 + 2


def test_aisles_that_all_lead_one_way_have_no_walk():
    layout = Layout(xs=(0, 5), crosses=(0, 10), depot=Corner(0, 0), ways=(Way.UP, Way.UP))

    with pytest.raises(Unreachable):
        shortest_walk(layout, [Stop(1, 5)])


def test_a_closed_aisle_has_no_walk():
    layout = Layout(xs=(0, 5), crosses=(0, 10), depot=Corner(0, 0), ways=(Way.BOTH, Way.CLOSED))

    with pytest.raises(Unreachable):
        shortest_walk(layout, [Stop(1, 5)])


@UNHURRIED
@given(drawn(blocks=1))
def test_one_block_is_as_short_as_everything_tried_out(case):
    layout, stops = case
    walk = shortest_walk(layout, stops)

    assert_walked(layout, stops, walk)
    assert walk.length == tried_out(layout, stops)


@UNHURRIED
@given(drawn(blocks=2))
def test_two_blocks_are_as_short_as_everything_tried_out(case):
    layout, stops = case
    walk = shortest_walk(layout, stops)

    assert_walked(layout, stops, walk)
    assert walk.length == tried_out(layout, stops)


@pytest.mark.parametrize("blocks", [1, 2])
@UNHURRIED
@given(data=drawn(blocks=1, ways=(Way.UP, Way.DOWN, Way.BOTH)), more=drawn(blocks=2, ways=(Way.UP, Way.DOWN, Way.BOTH)))
def test_one_way_aisles_are_as_short_as_everything_tried_out(blocks, data, more):
    layout, stops = data if blocks == 1 else more
    try:
        shortest = tried_out(layout, stops)
    except Unreachable:
        return

    walk = shortest_walk(layout, stops)

    assert_walked(layout, stops, walk)
    assert walk.length == shortest


@UNHURRIED
@given(drawn(blocks=2))
def test_the_mended_walk_is_never_shorter_than_the_exact_one_and_passes_everything(case):
    layout, stops = case

    found = short_round(distances(layout, [layout.at(layout.depot), *stops]))

    assert sorted(found.order) == list(range(len(stops)))
    assert found.length >= shortest_walk(layout, stops).length


@pytest.mark.parametrize(("xs", "crosses"), [((), (0, 1)), ((0,), (0,)), ((5, 0), (0, 1)), ((0,), (1, 0))])
def test_a_layout_has_aisles_and_cross_aisles_in_order(xs, crosses):
    with pytest.raises(ValueError, match="two cross aisles"):
        Layout(xs=xs, crosses=crosses, depot=Corner(0, 0))
