"""What will come and what can be promised: registered below, read over HTTP."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.ledger.models import StockBalance
from apps.ledger.operations import Claim, hold_lots, release_holds, reserve
from apps.ledger.states import HoldReason
from apps.locations.choices import LocationKind
from apps.supply.models import ExpectedReceipt, Promise
from apps.supply.operations import (
    SupplyLine,
    end_promises,
    expect,
    note_allocated,
    note_received,
    promise,
    stop_expecting,
)
from apps.supply.queries import available_to_promise
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory

TODAY = date(2027, 1, 10)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def warehouse(db):
    return WarehouseFactory(code="MAIN")


@pytest.fixture
def bolt(db):
    return ItemFactory(number="BOLT")


@pytest.fixture
def shelf(warehouse):
    return LocationFactory(warehouse=warehouse, code="A-1")


def a_line(item, quantity, line=1, due_on=TODAY):
    return SupplyLine(line=line, item_id=item.pk, quantity=D(quantity), due_on=due_on)


def allocate(warehouse, item, quantity, lot=None, document="SO-1"):
    """Reserve so much for the document's first line and note it, as an allocation does."""
    balance = StockBalance.objects.get(item=item, lot=lot)
    reserve([Claim(balance_id=balance.pk, quantity=D(quantity))], warehouse_id=warehouse.pk, document=document)
    note_allocated(document=document, line=1, quantity=D(quantity))


def available(warehouse, item, by=TODAY):
    return available_to_promise(warehouse_id=warehouse.pk, item_ids=[item.pk], by=by)[item.pk]


def test_stock_in_bins_can_be_promised_and_nothing_else(warehouse, bolt, shelf):
    stock(bolt, shelf, 10)
    stock(bolt, shelf, 5, status="damaged")
    stock(bolt, LocationFactory(warehouse=warehouse, kind=LocationKind.DOCK), 7)
    stock(bolt, LocationFactory(), 9)

    assert available(warehouse, bolt) == D(10)


def test_held_and_expired_lots_cannot_be_promised(warehouse, shelf):
    milk = ItemFactory(perishable=True)
    good, held, old = (LotFactory(item=milk, expires_on=expires_on) for expires_on in (TOMORROW, TOMORROW, TODAY))
    for lot, quantity in ((good, 1), (held, 2), (old, 4)):
        stock(milk, shelf, quantity, lot=lot)
    hold_lots([held.pk], reason=HoldReason.QUALITY, by=an_actor())

    assert available(warehouse, milk) == D(1)
    assert available(warehouse, milk, by=TOMORROW) == D(0)


def test_what_comes_in_time_can_be_promised_until_it_has_come(warehouse, bolt):
    expect([a_line(bolt, 10), a_line(bolt, 5, 2, TOMORROW)], warehouse_id=warehouse.pk, document="PO-1")
    assert (available(warehouse, bolt), available(warehouse, bolt, by=TOMORROW)) == (D(10), D(15))

    note_received(document="PO-1", quantities={1: D(4)})
    assert available(warehouse, bolt) == D(6)
    note_received(document="PO-1", quantities={1: D(7)})
    assert available(warehouse, bolt) == D(0)

    stop_expecting(document="PO-1", at=clock.now())
    assert available(warehouse, bolt, by=TOMORROW) == D(0)


def test_promises_bind_until_they_are_allocated_or_ended(warehouse, bolt, shelf):
    stock(bolt, shelf, 10)
    promise([a_line(bolt, 4), a_line(bolt, 3, 2, TOMORROW)], warehouse_id=warehouse.pk, document="SO-1", at=clock.now())
    assert available(warehouse, bolt) == D(3)

    allocate(warehouse, bolt, 4)
    assert available(warehouse, bolt) == D(3)
    end_promises(document="SO-1", at=clock.now())
    assert available(warehouse, bolt) == D(6)
    assert not Promise.objects.open().exists()


def test_what_a_hold_took_from_a_promise_is_owed_again_at_once(warehouse, shelf):
    milk = ItemFactory(lots=True)
    first, second = LotFactory(item=milk), LotFactory(item=milk)
    for lot in (first, second):
        stock(milk, shelf, 10, lot=lot)
    promise([a_line(milk, 10)], warehouse_id=warehouse.pk, document="SO-1", at=clock.now())
    allocate(warehouse, milk, 10, lot=first)
    assert available(warehouse, milk) == D(10)

    (hold_id,) = hold_lots([first.pk], reason=HoldReason.QUALITY, by=an_actor())
    assert Promise.objects.get().allocated == D(10)
    assert available(warehouse, milk) == D(0)

    release_holds([hold_id], by=an_actor(), at=clock.now())
    assert available(warehouse, milk) == D(10)


def test_what_is_available_takes_as_many_queries_for_many_promises(warehouse, bolt, shelf, django_assert_num_queries):
    stock(bolt, shelf, 10)
    for number in range(5):
        promise([a_line(bolt, 1)], warehouse_id=warehouse.pk, document=f"SO-{number}", at=clock.now())

    with django_assert_num_queries(4):
        assert available(warehouse, bolt) == D(5)


def test_too_much_promised_is_negative(warehouse, bolt):
    promise([a_line(bolt, 4)], warehouse_id=warehouse.pk, document="SO-1", at=clock.now())

    assert available(warehouse, bolt) == D(-4)


def test_available_to_promise_over_http(warehouse, bolt, shelf):
    stock(bolt, shelf, 10)
    nut = ItemFactory(number="NUT")
    caller = a_person(warehouse)

    response = caller.get("/available-to-promise", warehouse="MAIN", item=["NUT", "BOLT"], by="2027-01-10")

    assert response.json() == [
        {"item": nut.number, "by": "2027-01-10", "available": "0"},
        {"item": "BOLT", "by": "2027-01-10", "available": "10"},
    ]
    today = str(warehouse.local_date(clock.now()))
    assert caller.get("/available-to-promise", warehouse="MAIN", item="BOLT").json()[0]["by"] == today


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({"warehouse": "MAIN"}, 400, "malformed"),
        ({"item": "BOLT"}, 400, "malformed"),
        ({"warehouse": "MAIN", "item": "BOLT", "by": "soon"}, 400, "malformed"),
        ({"warehouse": "MAIN", "item": "NOSUCH"}, 404, "not_found"),
        ({"warehouse": "FAR", "item": "BOLT"}, 404, "not_found"),
    ],
)
def test_what_cannot_be_asked(warehouse, bolt, params, status, code):
    WarehouseFactory(code="FAR")

    refused(a_person(warehouse).get("/available-to-promise", **params), status, code)


def test_expected_receipts_over_http(warehouse, bolt):
    lines = [a_line(bolt, 10), a_line(ItemFactory(), 5, 2, TOMORROW)]
    expect(lines, warehouse_id=warehouse.pk, document="PO-1")
    expect([a_line(bolt, 3)], warehouse_id=WarehouseFactory().pk, document="PO-2")
    note_received(document="PO-1", quantities={2: D(5)})
    caller = a_person(warehouse)

    (row,) = caller.get("/expected-receipts", open="true").json()["results"]

    assert row == {
        "id": ExpectedReceipt.objects.get(document="PO-1", line=1).pk,
        "warehouse": "MAIN",
        "document": "PO-1",
        "line": 1,
        "item": "BOLT",
        "quantity": "10",
        "received": "0",
        "due_on": "2027-01-10",
        "closed_at": None,
    }
    for params, count in (({}, 2), ({"open": "false"}, 1), ({"item": "BOLT"}, 1), ({"due_before": TOMORROW}, 1)):
        assert len(caller.get("/expected-receipts", **params).json()["results"]) == count
    hidden = ExpectedReceipt.objects.get(document="PO-2")
    refused(caller.get(f"/expected-receipts/{hidden.pk}"), 404, "not_found")
