"""Demand is forecast from what customers asked for at a site, week by week, once a week; forecasts are kept."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.orders.models import SalesOrder
from apps.planning.jobs import forecast_demand as job
from apps.planning.models import ItemForecast
from apps.planning.operations import forecast_demand
from tests.admin.pages import address
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import a_sales_order, a_supervisor

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.fixture
def shop(db):
    """A site on a Wednesday at noon."""
    return a_floor()


def ordered(shop, item, quantity, *, weeks_ago, state="confirmed"):
    order = a_sales_order(shop.warehouse, (item, quantity))
    SalesOrder.objects.filter(pk=order.pk).update(placed_at=NOW - timedelta(weeks=weeks_ago), state=state)


@transaction.atomic
def made(shop, by=None, at=NOW):
    return forecast_demand(warehouse_id=shop.warehouse.pk, by=by or a_supervisor(), at=at)


def test_what_sells_the_same_each_week_is_expected_to_and_a_new_item_s_past_is_not_nought(shop):
    for week in range(1, 21):
        ordered(shop, shop.item, 10, weeks_ago=week)
    ordered(shop, shop.item, 80_995, weeks_ago=1, state="cancelled")
    new = ItemFactory(number="NEW")
    for week in (1, 2):
        ordered(shop, new, 6, weeks_ago=week)

    assert made(shop) == 2

    steady, fresh = ItemForecast.objects.order_by("item__number")
    assert (steady.made_on, steady.weeks, len(steady.expected)) == (date(2026, 6, 8), 20, 13)
    assert steady.expected == steady.low == steady.high == [D(10)] * 13
    assert (fresh.weeks, fresh.expected, fresh.method) == (2, [D(6)] * 13, "mean")
    assert fresh.rmsse is None
    assert fresh.low[0] < 6 < fresh.high[0]
    assert fresh.because


def test_a_second_call_in_the_week_makes_the_same_again_and_next_week_s_is_kept_beside_it(shop):
    for week in range(1, 9):
        ordered(shop, shop.item, week, weeks_ago=week)
    boss = a_supervisor()
    made(shop, boss)
    first = ItemForecast.objects.get()

    with CaptureQueriesContext(connection) as few:
        made(shop, boss, NOW + timedelta(hours=1))
    again = ItemForecast.objects.get()

    assert (again.pk, again.expected) == (first.pk, first.expected)
    for number in range(3):
        ordered(shop, ItemFactory(number=f"MORE-{number}"), 1, weeks_ago=1)
    with CaptureQueriesContext(connection) as many:
        made(shop, boss, NOW + timedelta(weeks=1))
    assert len(many) == len(few)
    rows = ItemForecast.objects.filter(item=shop.item)
    assert [row.made_on for row in rows] == [date(2026, 6, 15), date(2026, 6, 8)]
    assert [row.made_on for row in rows.newest()] == [date(2026, 6, 15)]
    with pytest.raises(NotAllowed):
        made(shop, an_actor(UserFactory(roles=[Role.PICKER])))


def test_a_site_without_demand_has_no_forecast_and_beat_makes_them_once_a_week(shop, time_machine):
    time_machine.move_to(NOW)
    ItemFactory(number="NEVER")
    assert made(shop) == 0
    assert not ItemForecast.objects.exists()
    ordered(shop, shop.item, 5, weeks_ago=1)
    assert job() == 1
    ordered(shop, ItemFactory(number="LATE"), 5, weeks_ago=1)
    job()
    assert ItemForecast.objects.count() == 1


def test_forecasts_are_read_with_why_where_one_works(shop, client):
    for week in range(1, 21):
        ordered(shop, shop.item, 10, weeks_ago=week)
    made(shop)
    boss = a_person(shop.warehouse, roles=(Role.BUYER,), is_staff=True)

    [row] = boss.get("/item-forecasts", item="BOLT", newest="true").json()["results"]

    assert (row["expected"][0], row["made_on"], row["weeks"]) == ("10", "2026-06-08", 20)
    assert a_person(WarehouseFactory()).get(f"/item-forecasts/{row['id']}").status_code == 404
    client.force_login(boss.user)
    page = client.get(f"{address(ItemForecast)}{row['id']}/change/").content.decode()
    for words in ("Weeks ahead", "Weeks behind", row["because"]):
        assert words in page, words
