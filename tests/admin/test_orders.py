"""Orders after they were taken, at the desk: held, changed, routed, put back; and what their page says."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.orders.jobs import publish_availability
from apps.orders.models import ChannelListing, Pick, PutBack, SalesOrder
from apps.orders.operations import cancel_sales_order
from tests.admin.pages import address
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import stands, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import ChannelFactory, a_sales_order, a_supervisor, pick_all, released

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def floor():
    return a_floor()


@pytest.fixture
def browser(desk_of, floor):
    return desk_of(Role.SALES, Role.SUPERVISOR, at=[floor.warehouse])


def do(browser, row, verb, **given):
    return browser.post(address(type(row), "change", row.pk).replace("/change/", f"/do/{verb}/"), given, follow=True)


def test_a_hold_is_placed_seen_and_released(browser, floor):
    order = a_sales_order(floor.warehouse, (floor.item, 4))

    shown = do(browser, order, "hold", kind="credit", reason="over the limit").content

    assert b"Credit: over the limit" in shown
    assert b"Release a hold" in shown
    assert order.number.encode() in browser.get(f"{address(SalesOrder)}?hold=yes").content
    assert b"Released" in do(browser, order, "release-hold", kind="credit", note_text="paid").content
    assert order.number.encode() not in browser.get(f"{address(SalesOrder)}?hold=yes").content


def test_lines_dates_and_address_are_changed(browser, floor):
    order = a_sales_order(floor.warehouse, (floor.item, 4))
    ItemFactory(number="NUT")
    later = order.due_on + timedelta(days=3)

    do(browser, order, "change-line", line="1", item="", quantity="3", reason="fewer")
    do(browser, order, "change-line", line="", item="NUT", quantity="2")
    do(browser, order, "change-terms", due_on=later.isoformat(), priority="80", ship_complete="on")
    do(browser, order, "change-address", ship_to="Dock 9", city="Gdynia")

    order.refresh_from_db()
    assert list(order.lines.values_list("item__number", "quantity")) == [("BOLT", D(3)), ("NUT", D(2))]
    assert (order.due_on, order.priority, order.ship_complete, order.ship_to, order.city) == (
        later,
        80,
        True,
        "Dock 9",
        "Gdynia",
    )
    asked = do(browser, order, "change-line", line="1", item="NUT", quantity="3").content
    assert b"Choose a line to change, or name an item to add." in asked
    assert b"There is no such item." in do(browser, order, "change-line", line="", item="NO", quantity="3").content


def test_the_page_says_when_what_is_open_can_leave_and_why(browser, floor):
    stock(floor.item, floor.a, 3)
    order = a_sales_order(floor.warehouse, (floor.item, 4))

    shown = browser.get(address(SalesOrder, "change", order.pk)).content.decode()

    assert "When it can leave" in shown
    assert "3 free in the bins" in shown
    assert "no date known" in shown


def test_the_sites_are_shown_before_one_is_chosen(browser, floor):
    east = WarehouseFactory(code="EAST")
    stock(floor.item, LocationFactory(warehouse=east), 9)
    order = a_sales_order(floor.warehouse, (floor.item, 4))
    page = address(SalesOrder, "change", order.pk).replace("/change/", "/do/route/")

    asked = browser.get(page).content.decode()
    browser.post(page, {})

    assert "EAST scores best" in asked
    assert "has 100% of it" in asked
    order.refresh_from_db()
    assert order.warehouse == east


def test_picked_goods_of_a_cancelled_order_are_put_back(browser, floor):
    stock(floor.item, floor.a, 4)
    order = a_sales_order(floor.warehouse, (floor.item, 4))
    pick_all(released(order), floor.tote)
    with transaction.atomic():
        cancel_sales_order(order_id=order.pk, reason="x", by=a_supervisor(), at=clock.now())
    row = PutBack.objects.get()
    assert b"To be put back" in browser.get(address(SalesOrder, "change", order.pk)).content
    assert Pick.objects.get().number.encode() in browser.get(address(PutBack)).content

    do(browser, row, "put-back", location_id=str(floor.b.pk))

    assert stands(floor.item) == {"B": D(4)}
    order.refresh_from_db()
    assert order.state == "cancelled"


def test_listings_show_what_the_channel_was_told(browser, floor):
    stock(floor.item, floor.a, 7)
    ChannelListing.objects.create(channel=ChannelFactory(), item=floor.item, code="B-77")
    publish_availability()

    shown = browser.get(address(ChannelListing)).content.decode()

    assert "B-77" in shown
    assert "7 <small>EA</small>" in shown
