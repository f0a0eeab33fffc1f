"""How kept forecasts turned out: each week as it was expected when it began, beside what was asked for in it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.roles import Role
from apps.orders.models import SalesOrder
from apps.planning.models import ItemForecast
from apps.planning.queries import outcome_of
from tests.admin.pages import address
from tests.factories.accounts import UserFactory
from tests.factories.floor import a_floor
from tests.factories.locations import works_at
from tests.factories.orders import a_sales_order

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
MONDAY = date(2026, 6, 8)


@pytest.fixture
def shop(db):
    """A site on a Wednesday at noon."""
    return a_floor()


def expected(shop, quantity, *, weeks_ago):
    return ItemForecast.objects.create(
        warehouse=shop.warehouse,
        item=shop.item,
        made_on=MONDAY - timedelta(weeks=weeks_ago),
        made_at=NOW,
        method="mean",
        expected=[D(quantity)] + [D(999)] * 12,
        low=[D(0)] * 13,
        high=[D(999)] * 13,
        weeks=9,
        because="Of few weeks.",
    )


def asked(shop, quantity, *, weeks_ago):
    order = a_sales_order(shop.warehouse, (shop.item, quantity))
    SalesOrder.objects.filter(pk=order.pk).update(placed_at=NOW - timedelta(weeks=weeks_ago))


def told(shop):
    return outcome_of(shop.warehouse, shop.item.pk, NOW)


def test_weeks_that_are_over_are_held_against_what_was_expected_of_them(shop):
    for weeks_ago, expectation, demand in ((3, 10, 8), (2, 10, 12), (1, 15, 10)):
        expected(shop, expectation, weeks_ago=weeks_ago)
        asked(shop, demand, weeks_ago=weeks_ago)
    expected(shop, 500, weeks_ago=0)  # this week is not over
    asked(shop, 7, weeks_ago=5)  # and of that one nobody had made a forecast

    found = told(shop)

    assert found.weeks == (
        (date(2026, 6, 1), D(15), D(10)),
        (date(2026, 5, 25), D(10), D(12)),
        (date(2026, 5, 18), D(10), D(8)),
    )
    assert found.wape == pytest.approx(9 / 30)
    assert found.bias == pytest.approx(5 / 30)
    assert found.signal == pytest.approx(5 / 3)
    assert not found.runs_off


def test_one_that_always_expects_too_much_leans_to_one_side(shop):
    for weeks_ago in range(1, 7):
        expected(shop, 12, weeks_ago=weeks_ago)
        asked(shop, 10, weeks_ago=weeks_ago)

    assert told(shop).signal == pytest.approx(6)
    assert told(shop).runs_off


def test_without_a_forecast_or_without_demand_there_is_nothing_to_tell(shop):
    asked(shop, 5, weeks_ago=1)
    assert (told(shop).weeks, told(shop).wape, told(shop).bias, told(shop).signal) == ((), None, None, None)

    expected(shop, 3, weeks_ago=2)
    found = told(shop)
    assert found.weeks == ((date(2026, 5, 25), D(3), D(0)),)
    assert (found.wape, found.bias, found.signal) == (None, None, pytest.approx(1))


def test_it_takes_three_statements_for_any_number_of_weeks(shop):
    expected(shop, 3, weeks_ago=1)
    with CaptureQueriesContext(connection) as few:
        told(shop)
    for weeks_ago in range(2, 9):
        expected(shop, 3, weeks_ago=weeks_ago)
        asked(shop, 3, weeks_ago=weeks_ago)
    with CaptureQueriesContext(connection) as many:
        told(shop)
    assert len(many) == len(few) <= 3


def test_the_page_of_a_forecast_tells(shop, client, time_machine):
    time_machine.move_to(NOW)
    user = works_at(UserFactory(roles=[Role.BUYER]), shop.warehouse)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    fresh = expected(shop, 10, weeks_ago=0)
    page = address(ItemForecast, "change", fresh.pk)
    assert "Nothing to tell yet" in client.get(page).content.decode()

    for weeks_ago in range(1, 7):
        expected(shop, 12, weeks_ago=weeks_ago)
        asked(shop, 10, weeks_ago=weeks_ago)

    told_now = client.get(page).content.decode()
    assert "In 6 weeks 20% off (WAPE), bias +20%, tracking signal +6.0: it leans to one side." in told_now
    assert "How earlier forecasts turned out" in told_now
