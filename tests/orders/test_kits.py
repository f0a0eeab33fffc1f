"""Phantom kits: opened when the order is taken, into lines that keep the kit as their parent."""

from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest

from apps.catalog.choices import Lifecycle
from apps.core import clock
from apps.orders.errors import ItemNotSold
from apps.orders.models import OrderedKit, RoutingRule, SalesOrder
from apps.orders.operations import LineChange, OrderLine, change_sales_order, raise_sales_order, route_order
from apps.supply.models import Promise
from tests.factories.api import a_person
from tests.factories.bills import a_bill, a_kit, part
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import ChannelFactory, CustomerFactory, a_sales_order, a_supervisor


@pytest.fixture
def kit(db):
    """A tea set: a pot and four cups; the pot costs 12, a cup 2."""
    pot, cup = ItemFactory(number="POT", standard_cost=12), ItemFactory(number="CUP", standard_cost=2)
    tea = ItemFactory(number="TEA-SET")
    a_kit(tea, pot, part(cup, 4))
    return tea


def lines(order):
    rows = order.lines.select_related("item", "kit__item").order_by("line")
    return [(row.line, row.item.number, row.quantity, row.kit and row.kit.item.number) for row in rows]


def test_a_kit_becomes_lines_of_its_parts_and_stays_their_parent(kit):
    spoon = ItemFactory(number="SPOON")
    order = a_sales_order(WarehouseFactory(), (kit, 3), (spoon, 1))

    assert lines(order) == [(1, "POT", 3, "TEA-SET"), (2, "CUP", 12, "TEA-SET"), (3, "SPOON", 1, None)]
    assert sorted(Promise.objects.values_list("item__number", "quantity")) == [
        ("CUP", D(12)),
        ("POT", D(3)),
        ("SPOON", D(1)),
    ]
    ordered = OrderedKit.objects.get()
    assert (ordered.line, ordered.quantity) == (1, D(3))


def test_a_later_version_of_the_kit_changes_no_order_and_a_stocked_one_is_not_opened(kit):
    order = a_sales_order(WarehouseFactory(), (kit, 1))
    a_bill(kit, part(ItemFactory(number="MUG"), 2), since=clock.now().date())

    assert [row[1] for row in lines(order)] == ["POT", "CUP"]
    assert lines(a_sales_order(WarehouseFactory(), (kit, 1))) == [(1, "TEA-SET", 1, None)]


def test_a_kit_is_added_to_an_order_and_a_part_grows(kit):
    order = a_sales_order(WarehouseFactory(), (ItemFactory(number="SPOON"), 1))

    change_sales_order(
        order_id=order.pk,
        lines=[LineChange(item_id=kit.pk, quantity=D(2), price=D(30))],
        by=a_supervisor(),
        at=clock.now(),
    )
    change_sales_order(order_id=order.pk, lines=[LineChange(line=3, quantity=D(9))], by=a_supervisor(), at=clock.now())

    assert lines(order) == [
        (1, "SPOON", 1, None),
        (2, "POT", 2, "TEA-SET"),
        (3, "CUP", 8, "TEA-SET"),
        (4, "CUP", 1, "TEA-SET"),
    ]
    assert [line.price for line in order.lines.all()] == [0, 18, 3, 3], "thirty for a kit, as its parts cost"


def test_a_kit_that_is_not_sold_is_refused(kit):
    kit.lifecycle = Lifecycle.RETIRED
    kit.save()

    with pytest.raises(ItemNotSold):
        a_sales_order(WarehouseFactory(), (kit, 1))
    assert not SalesOrder.objects.exists()


def test_an_order_shows_its_kits_over_http(kit):
    site = WarehouseFactory()
    order = a_sales_order(site, (kit, 1), (kit, 2))

    body = a_person(site).get(f"/sales-orders/{order.number}").json()

    assert [(each["item"], each["quantity"], each["lines"]) for each in body["kits"]] == [
        ("TEA-SET", "1", [1, 2]),
        ("TEA-SET", "2", [3, 4]),
    ]


def test_an_order_that_is_split_shows_each_part_the_kit_and_its_own_lines(kit):
    home, east = WarehouseFactory(), WarehouseFactory()
    pot, cup = (line.item for line in kit.bills.get().lines.order_by("line"))
    stock(pot, LocationFactory(warehouse=home), 3)
    stock(cup, LocationFactory(warehouse=east), 12)
    RoutingRule.objects.create(code="SPLIT", name="Split", split="if_needed")
    order = a_sales_order(home, (ItemFactory(number="SPOON"), 1), confirm=False)
    change_sales_order(
        order_id=order.pk, lines=[LineChange(item_id=kit.pk, quantity=D(3))], by=a_supervisor(), at=clock.now()
    )
    change_sales_order(order_id=order.pk, lines=[LineChange(line=1, quantity=D(0))], by=a_supervisor(), at=clock.now())

    order = route_order(order_id=order.pk, by=a_supervisor(), at=clock.now())

    part = order.children.get()
    shown = {}
    for each in (order, part):
        (ordered,) = a_person(each.warehouse).get(f"/sales-orders/{each.number}").json()["kits"]
        assert (ordered["item"], ordered["quantity"], ordered["asked_by"]) == ("TEA-SET", "3", order.number)
        shown[each.warehouse] = [
            (line.item.number, line.quantity) for line in each.lines.filter(line__in=ordered["lines"], quantity__gt=0)
        ]
    assert shown == {home: [("POT", D(3))], east: [("CUP", D(12))]}


@pytest.mark.parametrize("site", ["named", "found"])
def test_the_bill_is_the_one_in_force_on_the_warehouses_own_day(kit, site):
    """At nine in the evening of the first in UTC it is the second in Auckland."""
    home = WarehouseFactory(timezone="Pacific/Auckland")
    a_kit(kit, mug := ItemFactory(number="MUG"), since=date(2031, 6, 2))
    stock(mug, LocationFactory(warehouse=home), 9)
    told = {"by": a_supervisor(), "at": datetime(2031, 6, 1, 21, tzinfo=UTC)}

    order = raise_sales_order(
        warehouse_id=home.pk if site == "named" else None,
        channel_id=ChannelFactory().pk,
        customer_id=CustomerFactory().pk,
        lines=[OrderLine(item_id=kit.pk, quantity=D(1))],
        due_on=date(2031, 6, 3),
        **told,
    )
    change_sales_order(order_id=order.pk, lines=[LineChange(item_id=kit.pk, quantity=D(2))], **told)

    assert lines(order) == [(1, "MUG", 1, "TEA-SET"), (2, "MUG", 2, "TEA-SET")]
    west = WarehouseFactory(timezone="Pacific/Honolulu")
    early = raise_sales_order(
        warehouse_id=west.pk,
        channel_id=ChannelFactory().pk,
        customer_id=CustomerFactory().pk,
        lines=[OrderLine(item_id=kit.pk, quantity=D(1))],
        due_on=date(2031, 6, 3),
        by=told["by"],
        at=datetime(2031, 6, 2, 3, tzinfo=UTC),
    )
    assert [row[1] for row in lines(early)] == ["POT", "CUP"]
