"""Minimum and target follow a service level: from the forecast, the supplier's lead time and what ordering costs."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.roles import Role
from apps.catalog.choices import Lifecycle
from apps.catalog.models import Category
from apps.core.errors import NotAllowed
from apps.orders.models import SalesOrder
from apps.planning.jobs import reckon_policies as job
from apps.planning.models import HoldingRate, ItemForecast, OrderingCost, StockingPolicy
from apps.planning.operations import forecast_demand, propose_reorders, reckon_policies
from apps.planning.queries import bases_for, ladder
from apps.planning.states import PolicyMethod, ServiceKind
from apps.purchasing.models import SupplierItem
from tests.admin.pages import address
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory, works_at
from tests.factories.orders import a_sales_order, a_supervisor
from tests.factories.planning import StockingPolicyFactory
from tests.factories.purchasing import SupplierItemFactory

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
WEEKS = 30


@pytest.fixture
def shop(db):
    """Bolts: 65 and 75 a week by turns; Acme sells them at 2 within 21 days, give or take 7."""
    shop = a_floor()
    shop.acme = PartyFactory(number="ACME", name="Acme", is_supplier=True)
    shop.policy = follows(shop, shop.item, 95)
    for week in range(1, WEEKS + 1):
        ordered(shop, shop.item, 70 + 5 * (-1) ** week, weeks_ago=week)
    forecast(shop)
    return shop


def follows(shop, item, percent, **more):
    SupplierItemFactory(supplier=shop.acme, item=item, price=D(2), lead_time_days=21, lead_time_spread_days=D(7))
    told = {"method": PolicyMethod.SERVICE, "service_percent": D(percent), "review_days": 7} | more
    return StockingPolicyFactory(warehouse=shop.warehouse, item=item, **told)


def ordered(shop, item, quantity, *, weeks_ago):
    order = a_sales_order(shop.warehouse, (item, quantity))
    SalesOrder.objects.filter(pk=order.pk).update(placed_at=NOW - timedelta(weeks=weeks_ago))


@transaction.atomic
def forecast(shop):
    forecast_demand(warehouse_id=shop.warehouse.pk, by=a_supervisor(), at=NOW)


@transaction.atomic
def reckoned(shop, *, by=None, at=NOW, **more):
    return reckon_policies(warehouse_id=shop.warehouse.pk, by=by or a_supervisor(), at=at, **more)


def basis(shop):
    policy = StockingPolicy.objects.select_related("warehouse", "item__unit").get(pk=shop.policy.pk)
    (found,) = bases_for([policy], NOW)
    return found


def sentences(policy):
    return {each["rule"]: each["because"] for each in policy.reasons}


def test_the_minimum_lasts_for_lead_time_and_review_and_says_why(shop):
    (policy,) = reckoned(shop)

    row = ItemForecast.objects.get()
    mean = sum(row.expected[:4])
    weekly_error = (row.high[0] - row.expected[0]) / D("1.6448536269514722")
    sd = (4 * weekly_error**2 + (mean / 4) ** 2).sqrt()
    assert abs(mean - 280) < 15
    assert policy.minimum == (mean + D("1.6448536269514722") * sd).to_integral_value(rounding="ROUND_CEILING")
    assert policy.target - policy.minimum == (sum(row.expected) / 13).to_integral_value(rounding="ROUND_CEILING")
    policy.refresh_from_db()
    assert policy.reckoned_on.isoformat() == "2026-06-10"
    said = sentences(policy)
    assert (
        "ACME Acme sends it within 21 days, give or take 7. With 7 days from one look to the next" in said["lead time"]
    )
    assert said["service level"].startswith("For 95 % of cycles without a stockout, demand normally distributed, it is")
    assert f"reordered from {policy.minimum:.0f}" in said["service level"]
    assert "what an order and keeping cost is not known" in said["order quantity"]
    assert policy.history.count() == 2


def test_safety_stock_is_split_and_adds_up(shop):
    for percent in range(50, 100):
        each = basis(shop).at_level(D(percent))
        parts = each.for_demand, each.for_lead_time, each.for_forecast
        assert sum(parts) == each.safety
        assert min(parts) >= min(each.safety, 0)

    found = basis(shop).at_level(D(95))
    assert found.safety > 0
    assert found.for_lead_time > found.for_demand  # a week's spread of the lead time weighs more than five units a week


def test_ordering_and_keeping_costs_make_the_order_the_cheapest(shop):
    OrderingCost.objects.create(supplier=shop.acme, cost=D(50))
    HoldingRate.objects.create(category=None, percent=D(25))

    reckoned(shop)

    policy = StockingPolicy.objects.get()
    yearly = sum(ItemForecast.objects.get().expected) / 13 * 52
    economic = (2 * yearly * 50 / (D(2) * D("0.25"))).sqrt()
    assert policy.target - policy.minimum == economic.to_integral_value(rounding="ROUND_CEILING")
    assert "an order costs 50.00, keeping 25 % a year of 2.00 each" in sentences(policy)["order quantity"]
    assert "not steady" not in sentences(policy)
    shop.item.category = Category.objects.create(name="Metal")
    shop.item.save()
    HoldingRate.objects.create(category=shop.item.category, percent=D(100))
    assert basis(shop).costs.holding_rate == 1


def test_an_economic_quantity_of_unsteady_demand_warns(shop):
    item = ItemFactory(number="LUMPY")
    OrderingCost.objects.create(supplier=shop.acme, cost=D(500))
    HoldingRate.objects.create(percent=D(5))
    lumpy = follows(shop, item, 95)
    for week in range(1, WEEKS + 1, 6):
        ordered(shop, item, 60, weeks_ago=week)
    forecast(shop)

    reckoned(shop)

    lumpy.refresh_from_db()
    assert "varies too much" in sentences(lumpy)["not steady"]


def test_a_level_can_be_tried_before_it_is_saved(shop, time_machine):
    time_machine.move_to(NOW)
    found = ladder(basis(shop))

    assert [each.percent for each in found] == [D(90), D(95), D(98), D(99), D("99.5")]
    minimums = [each.minimum for each in found]
    assert minimums == sorted(minimums)
    assert minimums[0] < minimums[-1]
    whole = found[0].safety * 2 + (found[0].target - found[0].minimum)  # at 2 each, and half of an order
    assert abs((found[0].tied_up or 0) - whole) < 3
    assert StockingPolicy.objects.get().minimum == 10

    api = a_person(shop.warehouse, roles=[Role.BUYER])
    asked = f"/stocking-policies/{shop.policy.pk}/what-if"
    answer = api.get(asked, service_percent="97.5").json()
    assert answer["missing"] == ""
    (setting,) = answer["settings"]
    assert setting["service_percent"] == "97.50"
    assert minimums[1] < D(setting["minimum"]) < minimums[2]
    assert len(api.get(asked).json()["settings"]) == 5
    assert api.get(asked, service_percent="100").status_code == 400
    stranger = a_person(WarehouseFactory(), roles=[Role.BUYER])
    assert stranger.get(asked).status_code == 404


def test_a_fill_rate_asks_for_less_than_cycles_do_when_orders_are_large(shop):
    OrderingCost.objects.create(supplier=shop.acme, cost=D(50))
    HoldingRate.objects.create(percent=D(25))
    cycles = basis(shop).at_level(D(95))

    StockingPolicy.objects.update(service_kind=ServiceKind.FILL)

    assert basis(shop).at_level(D(95)).minimum < cycles.minimum


def test_few_units_are_counted_one_by_one(shop):
    item = ItemFactory(number="SELDOM")
    seldom = follows(shop, item, 98)
    for week in range(1, WEEKS + 1, 3):
        ordered(shop, item, 1, weeks_ago=week)
    forecast(shop)

    reckoned(shop)

    seldom.refresh_from_db()
    assert 1 < seldom.minimum < 10
    assert "Poisson" in sentences(seldom)["service level"] or "negative binomial" in sentences(seldom)["service level"]


@pytest.mark.parametrize("what", ["lead time", "supplier", "forecast", "old forecast", "discontinued"])
def test_where_something_is_missing_the_figures_stay_and_say_what(shop, what):
    if what == "lead time":
        SupplierItem.objects.update(lead_time_days=0)
    elif what == "supplier":
        SupplierItem.objects.all().delete()
    elif what == "forecast":
        ItemForecast.objects.all().delete()
    elif what == "old forecast":
        ItemForecast.objects.update(made_on=NOW.date() - timedelta(weeks=6))
    else:
        shop.item.lifecycle = Lifecycle.PHASING_OUT
        shop.item.save()

    assert reckoned(shop) == []

    policy = StockingPolicy.objects.get()
    assert (policy.minimum, policy.target) == (D(10), D(40))
    assert policy.reckoned_on is None
    said = sentences(policy)["not reckoned"]
    assert {
        "lead time": "The lead time of ACME Acme is not known",
        "supplier": "No active supplier",
        "forecast": "no forecast",
        "old forecast": "no forecast",
        "discontinued": "no more of it is ordered",
    }[what] in said
    assert ladder(basis(shop)) == []


def test_all_zeros_keep_next_to_nothing(shop):
    item = ItemFactory(number="ONCE")
    once = follows(shop, item, 95)
    ordered(shop, item, 1, weeks_ago=80)
    forecast(shop)

    reckoned(shop)

    once.refresh_from_db()
    assert once.minimum <= 2
    assert once.target > once.minimum


def test_what_is_set_by_hand_or_out_of_force_stays(shop):
    StockingPolicy.objects.update(method=PolicyMethod.HAND)
    assert reckoned(shop) == []
    StockingPolicy.objects.update(method=PolicyMethod.SERVICE, is_active=False)
    assert reckoned(shop) == []
    assert StockingPolicy.objects.get().minimum == 10


def test_a_second_call_changes_nothing_and_takes_as_many_statements_for_more(shop):
    boss = a_supervisor()
    reckoned(shop, by=boss)
    assert reckoned(shop, by=boss) == []
    assert StockingPolicy.objects.get().history.count() == 2
    StockingPolicy.objects.update(minimum=10, target=40)
    with CaptureQueriesContext(connection) as few:
        assert len(reckoned(shop, by=boss)) == 1
    for number in range(4):
        item = ItemFactory(number=f"MORE-{number}")
        follows(shop, item, 95)
        ordered(shop, item, 30, weeks_ago=2)
    forecast(shop)
    StockingPolicy.objects.update(minimum=10, target=40)
    with CaptureQueriesContext(connection) as many:
        assert len(reckoned(shop, by=boss)) == 5
    assert len(many) == len(few)


def test_only_those_named_are_reckoned_and_only_by_who_plans(shop):
    other = follows(shop, ItemFactory(number="OTHER"), 95)

    assert reckoned(shop, policy_ids=[other.pk]) == []
    assert StockingPolicy.objects.get(pk=shop.policy.pk).minimum == 10
    with pytest.raises(NotAllowed):
        reckoned(shop, by=an_actor(UserFactory(roles=[Role.PICKER])))


def test_reorders_go_by_what_was_reckoned_and_beat_does_it_each_morning(shop, time_machine):
    time_machine.move_to(NOW)
    a_supervisor()

    assert job() == 1
    assert job() == 1

    policy = StockingPolicy.objects.get()
    assert policy.history.count() == 2
    with transaction.atomic():
        (proposal,) = propose_reorders(warehouse_id=shop.warehouse.pk, by=a_supervisor(), at=NOW).proposed
    assert (proposal.minimum, proposal.target) == (policy.minimum, policy.target)


@pytest.mark.parametrize("wrong", [{"service_percent": None}, {"service_percent": D(100)}, {"service_percent": D(49)}])
def test_the_database_refuses_a_policy_without_a_level(shop, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        StockingPolicy.objects.update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_the_desk_shows_why_and_what_if_and_reckons_at_once(shop, client, time_machine):
    time_machine.move_to(NOW)
    buyer = works_at(UserFactory(roles=[Role.BUYER]), shop.warehouse)
    client.force_login(buyer, backend="django.contrib.auth.backends.ModelBackend")
    page = address(StockingPolicy, "change", shop.policy.pk)
    before = client.get(page).content.decode()
    assert "To be reckoned next morning, or at once." in before
    assert "What service levels ask for" in before
    assert "99.5 %" in before

    answer = client.post(
        address(StockingPolicy), {"action": "reckon_now", "_selected_action": [shop.policy.pk]}, follow=True
    )

    assert "Reckoned: the figures of 1 changed." in [str(each) for each in answer.context["messages"]]
    assert "95 %, cycles" in answer.content.decode()
    assert "ACME Acme sends it within 21 days" in client.get(page).content.decode()
    refused = client.post(page, {"method": "service", "service_percent": ""} | saved(shop.policy))
    assert "A policy from a service level says which one." in refused.content.decode()


def saved(policy):
    return {
        "warehouse": policy.warehouse_id,
        "item": policy.item_id,
        "minimum": 10,
        "target": 40,
        "is_active": "on",
        "service_kind": "cycle",
        "demand_model": "auto",
        "review_days": 7,
    }
