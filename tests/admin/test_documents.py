"""A document's page has all of it: lines, what followed from it, papers, who did what; asked for in a few queries."""

from decimal import Decimal as D

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.roles import Role
from apps.core import clock
from apps.counting.models import CycleCount
from apps.locations.choices import LocationKind
from apps.orders.models import SalesOrder, Wave
from apps.orders.states import SalesOrderState
from apps.purchasing.models import PurchaseOrder, Receipt
from apps.purchasing.operations import close_receipt, open_receipt
from apps.shipping.models import Carton, Shipment
from tests.admin.pages import address
from tests.factories.catalog import ItemFactory
from tests.factories.counting import a_count, counted, found
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import a_sales_order, allocated, packed, pick_all, released
from tests.factories.purchasing import an_approved_order, receive_line
from tests.factories.shipping import a_company

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return WarehouseFactory()


def sold(site, lines=2):
    """An order of so many lines, picked and packed; the wave."""
    a_company()
    items = ItemFactory.create_batch(lines)
    for item in items:
        stock(item, LocationFactory(warehouse=site), 10)
    LocationFactory(warehouse=site, kind=LocationKind.PACK)
    order = a_sales_order(site, *((item, 3) for item in items))
    wave = released(order)
    pick_all(wave, LocationFactory(warehouse=site, kind=LocationKind.TOTE))
    packed(order)
    return wave


def bought(site, lines=2):
    """An order of so many lines, received and closed; the receipt."""
    dock = LocationFactory(warehouse=site, kind=LocationKind.DOCK)
    for _ in range(lines):
        LocationFactory(warehouse=site)
    order = an_approved_order(site, *((item, 5) for item in ItemFactory.create_batch(lines)))
    by, at = an_actor(), clock.now()
    receipt = open_receipt(order_ids=[order.pk], dock_id=dock.pk, by=by, at=at)
    for line in order.lines.all():
        receive_line(receipt_id=receipt.pk, line=line.line, quantity=D(5), by=by, at=at)
    return close_receipt(receipt_id=receipt.pk, by=by, at=at)


def a_counted_place(site, lines=2):
    """A bin of so many items, each one short."""
    place, items = LocationFactory(warehouse=site), ItemFactory.create_batch(lines)
    for item in items:
        stock(item, place, 10)
    return counted(a_count(place), *(found(item, 9) for item in items))


def page(browser, row):
    answer = browser.get(address(type(row), "change", row.pk))
    assert answer.status_code == 200
    return answer


def tables(answer):
    return {table.title: list(table.rows) for table in answer.context["tables"]}


def told(answer):
    return [str(event.what) for event in answer.context["timeline"]]


def test_an_orders_page_has_its_wave_shipment_picks_moves_and_who_did_what(manager, site):
    wave = sold(site)
    order, shipment = SalesOrder.objects.get(), Shipment.objects.get()

    answer = page(manager, order)

    parts = tables(answer)
    assert {title: len(rows) for title, rows in parts.items()} == {
        "Lines": 2,
        "Waves": 1,
        "Shipments": 1,
        "Picks": 2,
        "Moves": 4,
    }
    text = answer.content.decode()
    assert address(Wave, "change", wave.pk) in text
    assert address(Shipment, "change", shipment.pk) in text
    assert f"/api/v1/waves/{wave.number}/pick-list" in text
    assert f"/api/v1/shipments/{shipment.number}/packing-slip" in text
    kinds = [what.partition(">")[2].partition("<")[0] or what for what in told(answer)]
    assert kinds == ["pack", "pick", "pick", "release", "allocate", "confirm"]


def test_wave_and_shipment_lead_back_to_the_order(manager, site):
    wave = sold(site)
    order, shipment = SalesOrder.objects.get(), Shipment.objects.get()

    assert address(SalesOrder, "change", order.pk) in page(manager, wave).content.decode()
    assert address(Shipment, "change", shipment.pk) in page(manager, wave).content.decode()
    (link,) = [str(fact.value) for fact in page(manager, shipment).context["facts"] if fact.label == "For"]
    target = link.partition('href="')[2].partition('"')[0]
    assert manager.get(target)["Location"] == address(SalesOrder, "change", order.pk)


def test_a_shipments_page_has_a_label_for_each_carton(manager, site):
    sold(site)

    answer = page(manager, Shipment.objects.get())

    assert f"/api/v1/cartons/{Carton.objects.get().unit.number}/label" in answer.content.decode()


def test_a_wave_tells_of_its_own_picks_alone(manager, site):
    wave = sold(site, lines=1)
    sold(site, lines=1)

    answer = page(manager, wave)

    assert {title: len(rows) for title, rows in tables(answer).items()} == {
        "Orders": 1,
        "Picks": 1,
        "Pick rounds": 0,
        "The walk": 1,
        "Shipments": 1,
        "Moves": 1,
    }
    assert len(told(answer)) == 2


def test_a_purchase_order_shows_what_became_of_its_receipts(manager, site):
    receipt = bought(site)

    answer = page(manager, PurchaseOrder.objects.get())

    parts = tables(answer)
    assert {title: len(rows) for title, rows in parts.items()} == {"Lines": 2, "Receipts": 1, "Tasks": 2, "Moves": 2}
    assert f"/api/v1/receipts/{receipt.number}/labels" in answer.content.decode()
    assert len(told(answer)) == 4


def test_a_receipt_says_how_much_of_it_is_put_away(manager, site):
    receipt = bought(site)

    answer = page(manager, receipt)

    (put_away,) = [str(fact.value) for fact in answer.context["facts"] if fact.label == "Put away"]
    assert 'value="0"' in put_away
    assert told(answer)[-1] == "opened it"


def test_a_count_says_who_asked_who_counted(manager, site):
    answer = page(manager, a_counted_place(site))

    assert told(answer) == ["counted", "asked for it"]


@pytest.mark.parametrize(
    ("make", "models"),
    [
        (sold, (SalesOrder, Wave, Shipment)),
        (bought, (PurchaseOrder, Receipt)),
        (a_counted_place, (CycleCount,)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_page_asks_as_much_for_twenty_lines_as_for_two(manager, site, make, models):
    asked = []
    for lines in (2, 20):
        make(WarehouseFactory(), lines)
        rows = [model.objects.latest("pk") for model in models]
        counts = {}
        for row in rows:
            page(manager, row)
            with CaptureQueriesContext(connection) as queries:
                page(manager, row)
            counts[type(row).__name__] = len(queries)
        asked.append(counts)

    assert asked[0] == asked[1]


@pytest.mark.django_db(transaction=True)
def test_an_allocated_order_is_released_by_its_button(desk_of, site):
    item = ItemFactory()
    stock(item, LocationFactory(warehouse=site), 10)
    order = a_sales_order(site, (item, 2))
    allocated(order)
    browser = desk_of(Role.SUPERVISOR, at=[site])

    names = [button.name for button, _ in page(browser, order).context["verbs"]]
    answer = browser.post(address(SalesOrder, "do", order.pk, "release"), {})

    order.refresh_from_db()
    assert names[:2] == ["release", "cancel"]
    assert order.state == SalesOrderState.RELEASED
    assert [str(message) for message in get_messages(answer.wsgi_request)] == [
        f"Wave {Wave.objects.get()} is on the floor."
    ]


def test_what_was_posted_elsewhere_is_not_told(desk_of, site):
    wave = sold(WarehouseFactory())
    browser = desk_of(Role.SUPERVISOR, at=[site])

    assert browser.get(address(Wave, "change", wave.pk)).status_code == 404
