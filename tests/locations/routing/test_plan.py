"""A zone's parallel aisles from where its bins stand."""

import pytest

from apps.locations.models import Aisle, Zone
from apps.locations.queries import zone_floors
from apps.locations.routing import AisleSpan, Corner, CrossAisles, Layout, Spot, Stop, Way, plan_zone
from tests.factories.locations import LocationFactory, WarehouseFactory

TWO = [
    AisleSpan(aisle_id=7, low=Spot(5000, 2000), high=Spot(5400, 9000)),
    AisleSpan(aisle_id=3, low=Spot(1000, 2000), high=Spot(1400, 8000)),
]


def planned(spans, crosses, depot=None):
    plan = plan_zone(spans, crosses, depot)
    assert plan is not None
    return plan


def test_aisles_stand_side_by_side_between_cross_aisles_beyond_the_bays():
    plan = planned(TWO, CrossAisles())

    assert plan.layout == Layout(xs=(1200, 5200), crosses=(500, 10500), depot=Corner(0, 0), ways=(Way.BOTH, Way.BOTH))
    assert plan.numbers == {3: 0, 7: 1}
    assert plan.stop(7, Spot(5400, 3000)) == Stop(1, 3000)


def test_measured_cross_aisles_make_two_blocks():
    plan = planned(TWO, CrossAisles(front=0, middle=5000, back=9500))

    assert plan.layout.crosses == (0, 5000, 9500)
    assert plan.layout.blocks == 2


def test_aisles_along_the_other_side_of_the_floor_are_the_same():
    turned = [AisleSpan(aisle_id=each.aisle_id, low=Spot(*each.low[::-1]), high=Spot(*each.high[::-1])) for each in TWO]

    plan = planned(turned, CrossAisles(), Spot(500, 1200))

    assert plan.layout == planned(TWO, CrossAisles(), Spot(1200, 500)).layout
    assert plan.stop(7, Spot(3000, 5400)) == Stop(1, 3000)


def test_a_depot_between_two_aisles_stands_in_a_closed_one():
    plan = planned(TWO, CrossAisles(), Spot(3000, 9999))

    assert (plan.layout.xs, plan.layout.depot) == ((1200, 3000, 5200), Corner(1, 1))
    assert plan.layout.way(1) is Way.CLOSED
    assert plan.numbers == {3: 0, 7: 2}


def test_a_depot_before_an_aisle_stands_at_its_end():
    assert planned(TWO, CrossAisles(), Spot(5200, 0)).layout.depot == Corner(1, 0)


def test_an_aisle_whose_bays_count_down_is_walked_the_other_way():
    down = AisleSpan(aisle_id=1, low=Spot(0, 0), high=Spot(0, 5000), way=Way.UP, slope=Spot(1, -1))

    assert planned([down], CrossAisles()).layout.way(0) is Way.DOWN


@pytest.mark.parametrize(
    ("spans", "crosses"),
    [
        ([], CrossAisles()),
        ([*TWO, AisleSpan(aisle_id=9, low=Spot(1300, 0), high=Spot(2000, 9000))], CrossAisles()),
        (TWO, CrossAisles(front=3000)),
        (TWO, CrossAisles(back=8500)),
        (TWO, CrossAisles(middle=20000)),
    ],
    ids=["no aisles", "one beside another's bins", "bays before the front", "bays behind the back", "middle outside"],
)
def test_what_are_no_parallel_aisles_has_no_plan(spans, crosses):
    assert plan_zone(spans, crosses, None) is None


def test_a_zones_floor_is_read_in_three_statements(db, django_assert_num_queries):
    warehouse = WarehouseFactory()
    zone = Zone.objects.create(warehouse=warehouse, code="Z", name="Z", middle_mm=4000)
    for number, way in enumerate(("up", "down")):
        aisle = Aisle.objects.create(warehouse=warehouse, code=str(number), direction=way)
        for bay in (1, 2, 3):
            LocationFactory(
                warehouse=warehouse, zone=zone, aisle=aisle, bay=bay, x_mm=3000 * number, y_mm=2000 + 2000 * (3 - bay)
            )
    LocationFactory(warehouse=warehouse, kind="pack", code="P-2", x_mm=9000, y_mm=0)
    LocationFactory(warehouse=warehouse, kind="pack", code="P-1", x_mm=3000, y_mm=0)

    with django_assert_num_queries(3):
        floor = zone_floors([zone.pk])[zone.pk]

    assert floor.depot == Spot(3000, 0)
    assert floor.plan is not None
    assert floor.plan.layout == Layout(
        xs=(0, 3000), crosses=(500, 4000, 7500), depot=Corner(1, 0), ways=(Way.DOWN, Way.UP)
    )


def test_a_zone_with_a_depot_of_its_own_begins_there(db):
    warehouse = WarehouseFactory()
    LocationFactory(warehouse=warehouse, kind="pack", x_mm=3000, y_mm=0)
    depot = LocationFactory(warehouse=warehouse, kind="staging", x_mm=100, y_mm=200)
    zone = Zone.objects.create(warehouse=warehouse, code="Z", name="Z", depot=depot)

    floor = zone_floors([zone.pk])[zone.pk]

    assert (floor.depot, floor.plan) == (Spot(100, 200), None)
