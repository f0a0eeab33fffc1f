"""A wave's picks are walked the shortest way that is known, and the page says by how much."""

from decimal import Decimal as D

import pytest

from apps.orders.models import WaveWalk
from tests.admin.pages import address
from tests.factories.api import a_person, refused
from tests.factories.ledger import stock
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.orders import a_sales_order, released
from tests.factories.racks import a_rack_zone

STOPS = [(1, 2), (2, 9), (3, 1), (3, 9)]


def a_wave(floor, bins, stops=STOPS):
    """An order that takes from each of these bins."""
    for place in stops:
        stock(floor.bolt, bins[place], 1)
    return released(a_sales_order(floor.warehouse, (floor.bolt, len(stops))))


def walked(wave):
    return [pick.task.source.code for pick in wave.picks.select_related("task__source").order_by("task__sequence")]


def notes(wave):
    return list(wave.walks.values_list("zone__code", "kind", "stops", "length_mm"))


def test_picks_among_parallel_aisles_are_walked_the_shortest_way(floor):
    zone, bins = a_rack_zone(floor.warehouse)

    wave = a_wave(floor, bins)

    # Up the first aisle, into the second from the back, down the third; 11 m of aisle twice, 2 m twice, 10 m twice.
    assert walked(wave) == ["R1-02", "R2-09", "R3-09", "R3-01"]
    assert notes(wave) == [("R", "exact", 4, 46000)]
    assert zone.pick_sequence * 10**10 <= wave.picks.order_by("task__sequence")[0].task.sequence < 2 * 10**10


def test_one_way_aisles_are_walked_their_way(floor):
    _, bins = a_rack_zone(floor.warehouse, ways=("down", "both", "up"))

    wave = a_wave(floor, bins, [(1, 2), (1, 8), (3, 4)])

    assert walked(wave) == ["R3-04", "R1-08", "R1-02"]
    assert notes(wave) == [("R", "exact", 3, 42000)]


def test_two_blocks_are_walked_by_their_middle_cross_aisle(floor):
    _, bins = a_rack_zone(floor.warehouse, bays=11, middle_mm=6500)

    wave = a_wave(floor, bins, [(1, 6), (2, 6), (3, 6)])

    # In by the middle: 6.5 m up, 10 m along, half a metre each, and home.
    assert notes(wave) == [("R", "exact", 3, 2 * 6500 + 2 * 10000 + 1000)]


def test_bins_outside_any_aisle_are_walked_a_short_way(floor):
    zone, _ = a_rack_zone(floor.warehouse)
    loose = {
        name: LocationFactory(warehouse=floor.warehouse, zone=zone, code=name, x_mm=x, y_mm=0, pick_sequence=number)
        for number, (name, x) in enumerate((("FAR", 9000), ("NEAR", 1000), ("BETWEEN", 5000)))
    }

    wave = a_wave(floor, loose, list(loose))

    assert walked(wave) in (["NEAR", "BETWEEN", "FAR"], ["FAR", "BETWEEN", "NEAR"])
    assert notes(wave) == [("R", "near", 3, 18000)]


def test_bins_that_nobody_has_measured_keep_their_order(floor):
    stock(floor.bolt, floor.far, 1)
    stock(floor.bolt, floor.near, 1)

    wave = released(a_sales_order(floor.warehouse, (floor.bolt, 2)))

    assert walked(wave) == ["N-02", "F-01"]
    assert notes(wave) == [("N", "sequence", 1, None), ("F", "sequence", 1, None)]


def test_aisles_that_lead_nowhere_are_walked_as_they_are_numbered(floor):
    _, bins = a_rack_zone(floor.warehouse, ways=("up", "up", "up"))

    wave = a_wave(floor, bins)

    assert walked(wave) == ["R1-02", "R2-09", "R3-01", "R3-09"]
    assert notes(wave) == [("R", "sequence", 4, None)]


def test_a_second_wave_is_walked_after_the_first(floor):
    _, bins = a_rack_zone(floor.warehouse)
    first = a_wave(floor, bins)

    second = a_wave(floor, bins, [(1, 1)])

    assert min(second.picks.values_list("task__sequence", flat=True)) > max(
        first.picks.values_list("task__sequence", flat=True)
    )


def test_the_walk_is_read_beside_the_named_policies(floor):
    _, bins = a_rack_zone(floor.warehouse)
    wave = a_wave(floor, bins)
    desk = a_person(floor.warehouse, roles=["supervisor"])

    (row,) = desk.get(f"/waves/{wave.number}/walk").json()

    assert {name: row[name] for name in ("zone", "kind", "stops", "metres")} == {
        "zone": "R",
        "kind": "exact",
        "stops": 4,
        "metres": "46.000",
    }
    assert {each["policy"]: (each["metres"], each["saved"]) for each in row["policies"]} == {
        # Three aisles: two through, into the last and out again.
        "s_shape": ("60.000", "14.000"),
        "return": ("60.000", "14.000"),
        "midpoint": ("46.000", "0.000"),
        "largest_gap": ("46.000", "0.000"),
        "combined": ("46.000", "0.000"),
        # Over the front from the second aisle to the third, and up it and back.
        "pick_sequence": ("60.000", "14.000"),
    }


def test_another_warehouses_walk_is_not_found(floor):
    _, bins = a_rack_zone(floor.warehouse)
    wave = a_wave(floor, bins)

    refused(a_person(WarehouseFactory()).get(f"/waves/{wave.number}/walk"), 404, "not_found")


def test_the_wave_page_shows_metres_by_policy(floor, client):
    _, bins = a_rack_zone(floor.warehouse)
    wave = a_wave(floor, bins)
    client.force_login(floor.boss.user)
    works_at(floor.boss.user, floor.warehouse)

    text = client.get(address(type(wave), "change", wave.pk)).content.decode()

    assert "The walk" in text
    assert "60.0 (+14.0)" in text


@pytest.mark.parametrize("lines", [2, 6])
def test_a_walk_is_noted_once_a_zone(floor, lines):
    _, bins = a_rack_zone(floor.warehouse)

    wave = a_wave(floor, bins, [(1, bay) for bay in range(1, lines + 1)])

    assert WaveWalk.objects.filter(wave=wave).count() == 1
    assert wave.walks.get().length_mm == D(2000 * lines)
