"""What is asked of the book: over HTTP, at the desk, on paper, and by the accountant."""

import csv
from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from io import StringIO

import pytest
from django.db import transaction
from django.urls import reverse

from apps.accounts.roles import Role
from apps.catalog.models import Category
from apps.core import clock
from apps.ledger.operations import reverse as undo
from apps.locations.choices import LocationKind
from apps.orders.models import SalesOrderLine
from apps.returns.operations import announce_customer_return, receive_customer_return
from apps.valuation.models import CostEntry, CostRule, ItemCost, LandedCost
from apps.valuation.pdf import value_report
from apps.valuation.queries import cost_of_goods, holding, total_of, value_as_of
from apps.valuation.queries.paper import value_paper
from apps.valuation.rules.journal import lines_of
from apps.valuation.states import EntryKind
from tests.admin.pages import address
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory
from tests.factories.returns import a_seller, a_shipped_order, back
from tests.factories.valuation import a_manager, entries, found, received, sold, valued

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor():
    """Ten bolts at 2.00 of which four were sold."""
    floor = a_floor()
    received(floor.item, floor.a, 10, "2.00")
    sold(floor.item, floor.a, 4)
    valued()
    return floor


@pytest.fixture
def manager(floor):
    return a_person(floor.warehouse, roles=(Role.INVENTORY_MANAGER,))


def days():
    today = clock.now().astimezone(UTC).date()
    return {"first": (today - timedelta(days=1)).isoformat(), "last": (today + timedelta(days=1)).isoformat()}


def test_value_is_known_at_any_moment_and_divided_among_sites_to_the_cent(floor):
    before = CostEntry.objects.get(kind="sold").at - timedelta(microseconds=1)
    there = a_floor(floor.item)
    received(floor.item, there.a, 1, "0.01")
    valued()
    user = a_manager().user

    then, now = (value_as_of(user, at=at) for at in (before, clock.now()))

    assert [(row.quantity, row.value, row.unit_cost) for row in then] == [(D(10), D("20.00"), D("2.000000"))]
    assert [(row.warehouse, row.quantity, row.value) for row in now] == [
        (floor.warehouse.code, D(6), D("10.29")),
        (there.warehouse.code, D(1), D("1.72")),
    ]
    assert total_of(now) == D("12.01")


def test_a_category_is_asked_with_all_below_it(floor):
    food = Category.objects.create(code="FOOD", name="Food")
    dairy = Category.objects.create(code="DAIRY", name="Dairy", parent=food)
    milk = ItemFactory(category=dairy)
    received(milk, floor.a, 2, "1.00")
    valued()

    rows = value_as_of(a_manager().user, at=clock.now(), category=food)

    assert [(row.item, row.category, row.value) for row in rows] == [(milk.number, "DAIRY", D("2.00"))]


def test_whoever_may_reads_it_over_http(floor, manager):
    answer = manager.get("/stock-value").json()

    assert (answer["total"], answer["count"], answer["behind"]) == ("12.00", 1, 0)
    assert answer["results"][0]["item"] == "BOLT"
    assert manager.get("/item-costs/BOLT").json()["value"] == "12.00"
    assert manager.get("/cost-entries", kind="sold").json()["results"][0]["value"] == "-8.00"
    assert manager.get("/cost-layers", item="BOLT").json()["results"][0]["rest"] == "6"
    period = manager.get("/cost-period", **days()).json()
    assert (period["cost_of_goods"], period["closing"]) == ("8.00", "12.00")


@pytest.mark.parametrize("path", ["/stock-value", "/cost-entries", "/cost-journal", "/landed-costs", "/margins"])
def test_a_picker_sees_no_costs(floor, path):
    refused(a_worker(floor.warehouse).get(path, **days()), 403, "not_allowed")


def test_another_sites_value_is_not_told(floor):
    other = a_person(a_floor(floor.item).warehouse, roles=(Role.INVENTORY_MANAGER,))

    assert other.get("/stock-value").json()["results"] == []
    assert other.get("/stock-value", warehouse=floor.warehouse.code).status_code == 404
    assert other.get("/cost-entries").json()["results"] == []


def test_a_landed_cost_is_posted_once_and_cancelled_over_http(floor, manager):
    body = {
        "warehouse": floor.warehouse.code,
        "supplier": PartyFactory(number="SHIPPER").number,
        "invoice": "F-1",
        "invoiced_on": "2026-03-01",
        "kind": "freight",
        "basis": "value",
        "amount": "3.00",
        "receipts": ["GR-1"],
    }

    first, again = (manager.post("/landed-costs", body, key="k") for _ in range(2))
    number = first.json()["number"]

    assert (first.status_code, again.json()) == (201, first.json())
    assert LandedCost.objects.count() == 1
    assert first.json()["lines"] == [{"item": "BOLT", "receipt": "GR-1", "quantity": "10", "amount": "3.00"}]
    refused(manager.post("/landed-costs", body), 409, "invoiced_before")
    auditor = a_person(floor.warehouse, roles=(Role.AUDITOR,))
    refused(auditor.post(f"/landed-costs/{number}/cancel", {"reason": "x"}), 403, "not_allowed")
    assert auditor.get(f"/landed-costs/{number}").status_code == 200
    stranger = a_person(a_floor(floor.item).warehouse, roles=(Role.INVENTORY_MANAGER,))
    assert stranger.post(f"/landed-costs/{number}/cancel", {"reason": "x"}).status_code == 404
    assert manager.post(f"/landed-costs/{number}/cancel", {"reason": "x"}).json()["state"] == "cancelled"


def test_what_is_known_of_an_items_cost_is_said_over_http(floor, manager):
    odd = ItemFactory(number="ODD")
    found(odd, floor.a, 5)
    valued()
    entry = CostEntry.objects.get(item=odd)

    said = [
        manager.post(f"/cost-entries/{entry.pk}/state", {"unit_cost": "1.50", "reason": "counted in"}),
        manager.post("/item-costs/BOLT/method", {"method": "average", "reason": "policy"}),
        manager.post("/item-costs/BOLT/revalue", {"unit_cost": "1.90", "reason": "old"}),
        manager.post("/item-costs/BOLT/invoice", {"receipt": "GR-1", "unit_cost": "2.20", "reason": "invoice"}),
    ]
    valued()

    assert [answer.json() for answer in said] == [{"events": 1}] * 4
    assert dict(ItemCost.objects.values_list("item__number", "value")) == {"BOLT": D("12.60"), "ODD": D("7.50")}
    refused(manager.post(f"/cost-entries/{entry.pk}/state", {"unit_cost": "0", "reason": " "}), 400, "malformed")


def test_opening_stock_gets_its_costs_over_http(floor, manager):
    odd = ItemFactory(number="ODD")
    found(odd, floor.a, 5)
    valued()
    body = {"warehouse": floor.warehouse.code, "reason": "take-over", "costs": [{"item": "ODD", "unit_cost": "1.10"}]}

    said, again = (manager.post("/opening-costs", body).json() for _ in range(2))
    valued()

    assert (said, again) == ({"events": 1}, {"events": 0})
    assert ItemCost.objects.get(item=odd).value == D("5.50")
    refused(manager.post("/opening-costs", body | {"costs": [{"item": "NO", "unit_cost": "1"}]}), 404, "not_found")
    refused(a_worker(floor.warehouse).post("/opening-costs", body), 403, "not_allowed")


def test_the_accountants_debits_and_credits_are_the_same(floor, manager):
    CostRule.objects.update(method="standard")
    milk = ItemFactory(standard_cost=D("1.00"))
    received(milk, floor.a, 10, "1.20", document="GR-2")
    found(milk, floor.a, -1)
    valued()

    answer = manager.get("/cost-journal", **days())
    rows = list(csv.DictReader(StringIO(answer.content.decode())))

    assert answer["Content-Type"].startswith("text/csv")
    assert sum(D(row["debit"]) for row in rows) == sum(D(row["credit"]) for row in rows) == D("41.00")
    assert [(row["account"], row["debit"], row["credit"]) for row in rows if row["document"] == "GR-2"] == [
        ("1400", "10.00", "0.00"),
        ("5100", "2.00", "0.00"),
        ("2150", "0.00", "12.00"),
    ]


@pytest.mark.parametrize("kind", EntryKind)
def test_whatever_is_booked_adds_up_to_nothing(kind):
    for value, variance in ((D("5.01"), D("-2.02")), (D("-5.00"), D(0)), (D(0), D("7.00"))):
        assert sum(amount for _, amount in lines_of(kind, "received", value, variance)) == 0
    assert lines_of(kind, "", D(0), D(0)) == []


def test_holding_costs_follow_the_rate_of_the_category(floor):
    at = clock.now()

    figures = holding(a_manager().user, start=at, end=at + timedelta(days=73))

    assert (figures.average, figures.holding_cost) == (D("12.00"), D("0.48"))
    assert figures.turn == 0
    assert cost_of_goods(a_manager().user, start=at - timedelta(days=1), end=at, item=floor.item) == D("8.00")


def test_the_report_prints(floor, manager):
    paper = value_paper(a_manager().user, printed_at=clock.now(), at=clock.now())

    assert (paper.total, [line.item for line in paper.lines]) == (D("12.00"), ["BOLT"])
    assert value_report(paper).startswith(b"%PDF")
    assert manager.get("/stock-value/report").content.startswith(b"%PDF")


def test_the_desk_shows_what_stock_was_worth(client, floor):
    client.force_login(a_manager().user, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("desk-stock-value")

    now, then = client.get(page), client.get(page, {"at": "2020-01-01T00:00"})
    ahead = client.get(page, {"at": f"{datetime.now(UTC).year + 1}-01-01T00:00"})

    assert b"12.00" in now.content
    assert b"Nothing of it was in stock" in then.content
    assert ahead.status_code == 400
    client.force_login(an_actor().user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_landed_cost_is_posted_at_the_desk(client):
    floor = a_floor()
    received(floor.item, floor.a, 10, "2.00")
    valued()
    client.force_login(a_manager().user, backend="django.contrib.auth.backends.ModelBackend")
    form = {
        "warehouse": floor.warehouse.pk,
        "supplier": PartyFactory(is_supplier=True).pk,
        "invoice": "F-9",
        "invoiced_on": "2026-03-01",
        "kind": "duty",
        "basis": "quantity",
        "amount": "4.00",
        "receipts": "GR-1",
    }

    client.post(address(LandedCost, "add"), form)
    landed = LandedCost.objects.get()
    page = client.get(address(LandedCost, "change", landed.pk))
    client.post(address(ItemCost, "do", floor.item.pk, "method"), {"method": "average", "reason": "policy"})
    valued()

    assert b"F-9" in page.content
    assert (ItemCost.objects.get().method, ItemCost.objects.get().value) == ("average", D("24.00"))


def test_an_order_is_sold_at_its_price_and_returned_at_its_cost(floor):
    LocationFactory(warehouse=floor.warehouse, code="CAGE", kind=LocationKind.QUARANTINE)
    order = a_shipped_order(floor, (floor.item, 3))
    SalesOrderLine.objects.filter(order=order).update(price=D("5.00"))
    received(floor.item, floor.a, 100, "9.00", document="GR-2")
    sold(floor.item, floor.a, 50)
    with transaction.atomic():
        document = announce_customer_return(
            order_id=order.pk, lines=[back(1)], reason="WRONG-ITEM", by=a_seller(), at=clock.now()
        )
        receive_customer_return(
            return_id=document.pk,
            location_id=floor.warehouse.locations.get(code="CAGE").pk,
            by=an_actor(),
            at=clock.now(),
        )
    valued()

    boss = a_person(floor.warehouse, roles=(Role.INVENTORY_MANAGER,))
    rows = boss.get("/margins", **days()).json()["results"]

    assert entries(floor.item)[-1] == ("returned", D(1), D("2.00"), D(0))
    assert [(row["quantity"], row["revenue"], row["cost"], row["margin"], row["percent"]) for row in rows] == [
        ("3", "15.00", "6.00", "9.00", "60.00")
    ]


def test_undoing_is_no_sale(floor):
    wrong = sold(floor.item, floor.a, 2)
    with transaction.atomic():
        undo(wrong, by=an_actor(), at=clock.now(), reason="x")
    valued()

    assert ItemCost.objects.get().value == D("12.00")
