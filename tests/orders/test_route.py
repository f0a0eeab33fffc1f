"""Orders that find their site."""

from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed
from apps.orders.models import RoutingRule, SalesOrder
from apps.orders.operations import OrderLine, cancel_sales_order, raise_sales_order, route_order
from apps.orders.queries import family_state, propose_route
from apps.supply.models import Promise
from tests.factories.api import a_person, refused
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import ChannelFactory, a_sales_order, allocated


@pytest.fixture
def east(floor):
    """Another site with bolts and nuts."""
    site = WarehouseFactory(code="EAST", country="France")
    place = LocationFactory(warehouse=site)
    stock(floor.bolt, place, 10)
    stock(floor.nut, place, 2)
    return site


def routed(order, floor):
    return route_order(order_id=order.pk, by=floor.boss, at=clock.now())


def test_an_order_goes_to_the_site_that_has_it_and_keeps_its_place_in_the_queue(floor, east):
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    later = a_sales_order(east, (floor.bolt, 10))

    order = routed(order, floor)

    assert order.warehouse == east
    first, second = Promise.objects.filter(warehouse=east).order_by("promised_at", "pk")
    assert (first.document, second.document) == (order.number, later.number)
    assert allocated(order).state == "allocated"
    assert order.lines.get().promised_on == order.due_on
    with pytest.raises(IllegalTransition):
        routed(order, floor)


def test_an_order_is_split_only_by_a_rule_and_the_customer_sees_one(floor, east):
    stock(floor.bolt, floor.face, 6)
    stock(floor.nut, floor.near, 3)
    lines = [(floor.bolt, 12), (floor.nut, 5)]
    whole = routed(a_sales_order(floor.warehouse, *lines, reference="W-1"), floor)
    assert whole.children.count() == 0
    cancel_sales_order(order_id=whole.pk, reason="again", by=floor.boss, at=clock.now())
    RoutingRule.objects.create(code="SPLIT", name="Split", channel=ChannelFactory(), split="if_needed")
    order = a_sales_order(floor.warehouse, *lines, reference="W-2")

    order = routed(order, floor)

    part = order.children.get()
    assert (part.reference, part.state, part.due_on) == ("", "confirmed", order.due_on)
    quantities = {
        each.warehouse.code: {line.item.number: line.quantity for line in each.lines.all()} for each in (order, part)
    }
    assert quantities == {"EAST": {"BOLT": D(6), "NUT": D(2)}, "MAIN": {"BOLT": D(6), "NUT": D(3)}} or quantities == {
        "EAST": {"BOLT": D(10), "NUT": D(2)},
        "MAIN": {"BOLT": D(2), "NUT": D(3)},
    }
    assert sum(promise.quantity for promise in Promise.objects.filter(closed_at=None)) == D(17)
    assert {allocated(each).state for each in (order, part)} == {"allocated"}
    desk = a_person(order.warehouse, roles=["sales"])
    shown = desk.get(f"/sales-orders/{order}").json()
    assert (shown["parts"], shown["customer_state"]) == ([part.number], "allocated")


def test_what_ships_complete_is_not_split(floor, east):
    stock(floor.bolt, floor.face, 6)
    RoutingRule.objects.create(code="SPLIT", name="Split", split="if_needed")

    order = routed(a_sales_order(floor.warehouse, (floor.bolt, 12), ship_complete=True), floor)

    assert order.children.count() == 0


def test_an_order_without_a_warehouse_is_taken_by_the_best_site(floor, east):
    order = raise_sales_order(
        channel_id=ChannelFactory().pk,
        customer_id=floor.customer.pk,
        lines=[OrderLine(item_id=floor.nut.pk, quantity=D(2))],
        due_on=floor.warehouse.local_date(clock.now()),
        by=floor.boss,
        at=clock.now(),
    )

    assert order.warehouse == east


def test_the_proposal_changes_nothing_and_says_why(floor, east):
    desk = a_person(floor.warehouse, roles=["sales"])
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))

    shown = desk.get(f"/sales-orders/{order}/routing").json()

    assert (shown["rule"], shown["sites"]) == ("no rule", ["EAST"])
    assert [(score["site"], score["complete"]) for score in shown["scores"]] == [("EAST", True), ("MAIN", False)]
    assert "has 100% of it" in shown["scores"][0]["reasons"]
    order.refresh_from_db()
    assert order.warehouse == floor.warehouse
    moved = desk.post(f"/sales-orders/{order}/route", key="r1")
    assert (moved.status_code, moved.json()["warehouse"]) == (200, "EAST")
    assert propose_route(SalesOrder.objects.get(pk=order.pk), at=clock.now()).choice.parts[0].site == "EAST"


def test_who_may_not_sell_routes_nothing(floor, east):
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))

    with pytest.raises(NotAllowed):
        route_order(order_id=order.pk, by=an_actor(), at=clock.now())
    refused(a_person(east).post(f"/sales-orders/{order}/route"), 404, "not_found")


@pytest.mark.parametrize(
    ("states", "seen"),
    [
        (["allocated", "confirmed"], "confirmed"),
        (["shipped", "confirmed"], "part_shipped"),
        (["shipped", "shipped"], "shipped"),
        (["shipped", "cancelled"], "shipped"),
        (["cancelled", "cancelled"], "cancelled"),
        (["cancelled", "cancelling"], "cancelling"),
        (["picked", "part_shipped"], "part_shipped"),
    ],
)
def test_the_customer_sees_one_state(states, seen):
    assert family_state(states) == seen
