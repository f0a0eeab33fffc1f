"""A supplier's scorecard from real receipts: on time, in full, rejected, price drift, lead time."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.compliance.models import Inspection
from apps.core import clock
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine, Receipt
from apps.purchasing.operations import Arrival, OrderLine, close_receipt, open_receipt, take_over_purchase_order
from apps.purchasing.scorecard import supplier_scorecard
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.compliance import decided, recorded
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.purchasing import an_approved_order, receive_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return WarehouseFactory(code="MAIN")


@pytest.fixture
def mill():
    return PartyFactory(number="MILL", is_supplier=True)


@pytest.fixture
def buyer(site):
    return works_at(UserFactory(roles=[Role.BUYER]), site)


@pytest.fixture
def ordered(site, mill):
    """Makes an order of `days` ago, due in `due` days from now, of which what is told came now."""
    dock = LocationFactory(warehouse=site, kind=LocationKind.DOCK)
    bolt = ItemFactory(number="BOLT")
    worker = an_actor()

    def order(quantity, came=0, *, days=10, due=0, price="2.50", **more):
        now = clock.now()
        today = site.local_date(now)
        made = an_approved_order(site, (bolt, quantity), supplier=mill, due_on=today + timedelta(days=due))
        PurchaseOrder.objects.filter(pk=made.pk).update(ordered_on=today - timedelta(days=days))
        PurchaseOrderLine.objects.filter(order=made).update(price=D(price))
        if came:
            receipt = open_receipt(order_ids=[made.pk], dock_id=dock.pk, by=worker, at=now)
            receive_line(receipt_id=receipt.pk, line=1, quantity=D(came), by=worker, at=now, **more)
        return made

    return order


def card(mill, buyer):
    return supplier_scorecard(mill.pk, buyer, at=clock.now())


def test_a_supplier_of_whom_nothing_was_due_has_no_figures(mill, buyer):
    scores = card(mill, buyer)

    assert scores.lines == 0
    assert {scores.on_time_percent, scores.rejected_percent, scores.price_drift_percent, scores.lead_time_days} == {
        None
    }


def test_on_time_and_in_full_are_counted_by_line(ordered, mill, buyer):
    ordered(10, 10)
    ordered(10, 10, due=-1)
    ordered(10, 4, due=-1)
    ordered(10, due=-1)
    ordered(10)
    ordered(10, due=5)

    scores = card(mill, buyer)

    # The one due today may still come; the one due later is not due.
    assert scores.lines == 4
    assert (scores.on_time_percent, scores.in_full_percent) == (D("25.0"), D("50.0"))
    assert scores.on_time_in_full_percent == D("25.0")


def test_what_was_rejected_or_damaged_did_not_come_in_full(ordered, mill, buyer):
    ordered(10, 10, rejected=D(1), rejected_because="torn")
    ordered(10, 10, status="damaged")
    ordered(20, 20)

    scores = card(mill, buyer)

    assert scores.rejected_percent == D("27.5")
    assert (scores.on_time_percent, scores.in_full_percent) == (D("100.0"), D("33.3"))


def test_what_inspection_rejected_later_counts_as_rejected(ordered, site, mill, buyer):
    """Five of ten that came are rejected; five of another ten, which the dock doubted too, wait for a decision."""
    first, _ = (ordered(10, 10, status="inspection") for _ in range(2))
    by = an_actor(UserFactory(roles=[Role.QUALITY, Role.ADMIN]))
    for receipt in Receipt.objects.filter(supplier=mill):
        close_receipt(receipt_id=receipt.pk, by=by, at=clock.now())
    inspection = Inspection.objects.get(document=first.receipts.get().number)
    recorded(inspection, (1, 1, False), by=by)

    assert card(mill, buyer).rejected_percent == 0
    decided(inspection, by=by, reject=5, accept=5)

    scores = card(mill, buyer)
    assert (scores.rejected_percent, scores.in_full_percent) == (D("25.0"), D("50.0"))


def test_prices_drift_from_the_first_to_the_latest(ordered, mill, buyer):
    ordered(10, 10, days=30, price="2")
    ordered(10, 10, days=20, price="9")
    ordered(5, 5, days=10, price="2.1")

    assert card(mill, buyer).price_drift_percent == D("5.0")


def test_lead_time_has_a_mean_and_a_spread(ordered, mill, buyer):
    ordered(1, 1, days=8)
    assert card(mill, buyer).lead_time_spread_days is None
    ordered(1, 1, days=12)

    scores = card(mill, buyer)

    assert (scores.lead_time_days, scores.lead_time_spread_days) == (D("10.0"), D("2.8"))


@pytest.mark.parametrize("count", [1, 6])
def test_it_takes_one_statement_however_many_lines(ordered, mill, buyer, count, django_assert_num_queries):
    for _ in range(count):
        ordered(10, 10)
    at = clock.now()

    with django_assert_num_queries(1):
        supplier_scorecard(mill.pk, buyer, at=at)


def test_orders_that_were_taken_over_do_not_count(ordered, site, mill, buyer):
    ordered(10, 10)
    before = card(mill, buyer)
    now = clock.now()

    take_over_purchase_order(
        warehouse_id=site.pk,
        supplier_id=mill.pk,
        reference="4711",
        lines=[OrderLine(item_id=ItemFactory().pk, quantity=D(5), price=D(9))],
        due_on=site.local_date(now) - timedelta(days=30),
        dock_id=Location.objects.get(warehouse=site, kind=LocationKind.DOCK).pk,
        arrivals=[Arrival(line=1, quantity=D(5))],
        by=an_actor(UserFactory(roles=[Role.ADMIN])),
        at=now,
    )

    assert before.lines == 1
    assert card(mill, buyer) == before


def test_other_warehouses_and_other_suppliers_do_not_count(ordered, mill, buyer):
    ordered(10, 10)
    stranger = works_at(UserFactory(roles=[Role.BUYER]), WarehouseFactory())

    assert card(mill, stranger).lines == 0
    assert card(PartyFactory(is_supplier=True), buyer).lines == 0


def test_over_http_a_supplier_has_a_scorecard(ordered, site, mill):
    ordered(10, 10)
    caller = a_person(site, roles=[Role.BUYER])

    body = caller.get("/suppliers/MILL/scorecard").json()

    assert (body["supplier"], body["lines"], body["on_time_percent"], body["price_drift_percent"]) == (
        "MILL",
        1,
        "100",
        "0",
    )
    assert caller.get("/suppliers/MILL/scorecard?since=2099-01-01").json()["lines"] == 0
    refused(caller.get("/suppliers/MILL/scorecard?since=soon"), 400, "malformed")
    refused(caller.get("/suppliers/NOSUCH/scorecard"), 404, "not_found")
    customer = PartyFactory(is_supplier=False)
    refused(caller.get(f"/suppliers/{customer.number}/scorecard"), 404, "not_found")
