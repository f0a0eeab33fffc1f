"""What can be promised, why, and what would change it, over HTTP."""

from datetime import timedelta
from decimal import Decimal as D

from apps.core import clock
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason
from apps.locations.choices import LocationKind
from apps.supply.operations import SupplyLine, expect, promise
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory


def line(item, quantity, due_on, number=1):
    return SupplyLine(line=number, item_id=item.pk, quantity=D(quantity), due_on=due_on)


def test_the_figure_is_explained_by_stock_receipts_and_promises(db, django_assert_num_queries):
    main, west, hidden = (WarehouseFactory(code=code) for code in ("MAIN", "WEST", "HIDDEN"))
    today = main.local_date(clock.now())
    bolt = ItemFactory(number="BOLT", lots=True)
    lot, held = LotFactory(item=bolt, number="L1"), LotFactory(item=bolt, number="L2")
    shelf = LocationFactory(warehouse=main)
    stock(bolt, shelf, 10, lot=lot)
    stock(bolt, shelf, 3, lot=held)
    stock(bolt, LocationFactory(warehouse=main, kind=LocationKind.DOCK), 7, lot=lot)
    for site in (west, hidden):
        stock(bolt, LocationFactory(warehouse=site), 5, lot=lot)
    hold_lots([held.pk], reason=HoldReason.QUALITY, by=an_actor())
    expect([line(bolt, 4, today)], warehouse_id=main.pk, document="PO-1")
    expect([line(bolt, 40, today + timedelta(days=8))], warehouse_id=main.pk, document="PO-2")
    promise([line(bolt, 6, today + timedelta(days=30))], warehouse_id=main.pk, document="SO-1", at=clock.now())
    caller = a_person(main, west)

    answer = caller.get("/availability", warehouse="MAIN", item="BOLT", quantity="12", days=10)

    body = answer.json()
    assert (body["available"], body["promisable"], body["quantity"], body["by"]) == ("8", False, "12", str(today))
    assert body["earliest_on"] == str(today + timedelta(days=8))
    assert [bucket["available"] for bucket in body["days"]] == ["8"] * 8 + ["48"] * 2
    assert body["why"]["stock"] == [{"lot": "L1", "expires_on": None, "quantity": "10"}]
    assert [(each["document"], each["quantity"]) for each in body["why"]["inbound"]] == [("PO-1", "4")]
    assert [(each["document"], each["quantity"]) for each in body["why"]["promised"]] == [("SO-1", "6")]
    assert body["why"]["not_counted"] == {"on hold": "3", "not in a bin": "7"}
    assert body["would_change"] == {
        "earlier": [{"document": "PO-2", "line": 1, "due_on": str(today + timedelta(days=8)), "days": 8, "gain": "4"}],
        "elsewhere": [{"warehouse": "WEST", "available": "5"}],
        "partly": {"now": "8", "rest": "4", "rest_on": str(today + timedelta(days=8))},
    }


def test_many_lines_take_as_many_statements_as_one(db):
    site = WarehouseFactory(code="MAIN")
    today = site.local_date(clock.now())
    for number in range(12):
        item = ItemFactory(number=f"I{number}")
        stock(item, LocationFactory(warehouse=site), 10)
        promise([line(item, 1, today)], warehouse_id=site.pk, document=f"SO-{number}", at=clock.now())
    caller = a_person(site)

    def ask(count):
        lines = [{"item": f"I{number}", "quantity": "5"} for number in range(count)]
        return caller.client.post("/api/v1/availability", {"warehouse": "MAIN", "lines": lines}, format="json")

    few, one = caller.statements(lambda: ask(1))
    many, all_ = caller.statements(lambda: ask(12))

    assert few == many
    assert [row["available"] for row in one.json()] == ["9"]
    assert [row["promisable"] for row in all_.json()] == [True] * 12


def test_an_unknown_item_or_anothers_site_is_not_found(db):
    site, other = WarehouseFactory(code="MAIN"), WarehouseFactory(code="OTHER")
    ItemFactory(number="BOLT")
    caller = a_person(site)

    refused(caller.get("/availability", warehouse="OTHER", item="BOLT"), 404, "not_found")
    refused(caller.get("/availability", warehouse="MAIN", item="NONE"), 404, "not_found")
    refused(caller.get("/availability", warehouse="MAIN"), 400, "malformed")
    assert a_person(other).get("/availability", warehouse="OTHER", item="BOLT").json()["available"] == "0"
