"""Claims without a return, credits, and how much comes back."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.orders.models import SalesOrderLine
from apps.returns.models import ReturnPolicy
from apps.returns.queries.rates import return_rates
from apps.shipping.models import Carton, Shipment
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import WarehouseFactory
from tests.factories.returns import a_return, a_shipped_order, back, inspected, taken_in


@pytest.fixture
def order(floor):
    """Six bolts at 2.50 that left."""
    stock(floor.item, floor.a, 10)
    order = a_shipped_order(floor, (floor.item, 6))
    SalesOrderLine.objects.update(price=D("2.50"))
    return order


@pytest.fixture
def seller(floor):
    return a_person(floor.warehouse, roles=(Role.SALES,))


def claimed(seller, order, **more):
    body = {"order": order.number, "line": 1, "kind": "damage", "quantity": "2", **more}
    return seller.post("/customer-claims", body)


def test_a_claim_points_to_the_line_and_to_who_picked_and_packed_it(floor, order, seller):
    pick = order.lines.get().allocations.get().pick
    packed = pick.packings.get()

    claim = claimed(seller, order, sscc=Carton.objects.get().unit.number).json()

    assert (claim["state"], claim["order"], claim["line"], claim["item"]) == ("open", order.number, 1, "BOLT")
    assert claim["pickers"] == [pick.task.done_by.username]
    assert claim["packers"] == [packed.transaction.by.username]
    assert seller.get("/customer-claims", order=order.number).json()["results"] == [claim]


def test_a_claim_is_about_what_was_shipped(order, seller):
    facts = refused(claimed(seller, order, quantity="7"), 409, "claim_beyond_shipped")

    assert (facts["shipped"], facts["asked"]) == ("6", "7")
    refused(claimed(seller, order, line=2), 404, "not_found")
    assert seller.get("/customer-claims").json()["results"] == []


def test_accepted_claims_tell_against_accuracy_and_rejected_ones_do_not(floor, order, seller):
    stock(floor.item, floor.a, 10)
    a_shipped_order(floor, (floor.item, 1))
    assert seller.get("/order-accuracy").json()["line_percent"] == "100"
    address = f"/customer-claims/{claimed(seller, order).json()['number']}"

    accepted = seller.post(f"{address}/accept", {"reason": "a photograph shows it", "credit": "5.00"}).json()
    figures = seller.get("/order-accuracy").json()
    refused(seller.post(f"{address}/reject", {"reason": "no"}), 409, "illegal_transition")
    other = claimed(seller, order, kind="documents").json()["number"]
    seller.post(f"/customer-claims/{other}/reject", {"reason": "they were there"})

    assert (accepted["state"], accepted["credit"]) == ("accepted", "5.00")
    assert (figures["lines"], figures["lines_claimed"], figures["line_percent"]) == (2, 1, "50")
    assert (figures["orders"], figures["orders_claimed"], figures["order_percent"]) == (2, 1, "50")
    assert seller.get("/order-accuracy").json() == figures
    assert a_person(WarehouseFactory()).get("/order-accuracy").json()["line_percent"] is None


def test_another_sites_claim_is_not_found(order, seller):
    number = claimed(seller, order).json()["number"]

    stranger = a_person(WarehouseFactory(), roles=(Role.SALES,))
    refused(stranger.get(f"/customer-claims/{number}"), 404, "not_found")
    refused(claimed(stranger, order), 404, "not_found")


def test_credits_are_the_price_less_the_fee_of_the_policy(floor, order, seller):
    ReturnPolicy.objects.create(code="FEE", name="with a fee", fee_percent=D(10))
    document = taken_in(a_return(order, back(3)), floor.dock)
    inspected(document, 2, "restock", grade="A")
    inspected(document, 1, "scrap", remark="bent", grade="D")

    found = seller.get("/return-credits", customer_return=document.number).json()["results"]
    rows = sorted(found, key=lambda row: row["id"])
    sheet = seller.get("/return-credits/csv").content.decode().splitlines()

    assert [
        (row["order"], row["order_line"], row["quantity"], row["price"], row["value"], row["fee"], row["credit"])
        for row in rows
    ] == [
        (order.number, 1, "2", "2.500000", "5.00", "0.50", "4.50"),
        (order.number, 1, "1", "2.500000", "2.50", "0.25", "2.25"),
    ]
    assert [(row["disposition"], row["grade"]) for row in rows] == [("restock", "A"), ("scrap", "D")]
    assert sheet[0].startswith("return,line,order,order_line,customer,item")
    assert ",2,2.5," in sheet[1]
    assert ",5.00,10,0.50,4.50,restock,A," in sheet[1]


def test_rates_count_returns_to_the_month_in_which_the_goods_left(floor, order, seller):
    milk, dairy = ItemFactory(number="MILK", lots=True), PartyFactory(number="DAIRY", is_supplier=True)
    stock(milk, floor.a, 4, lot=LotFactory(item=milk, supplier=dairy))
    other = a_shipped_order(floor, (milk, 4))
    Shipment.objects.filter(order_shipment__order=order).update(shipped_at=clock.now() - timedelta(days=70))
    taken_in(a_return(order, back(2), reason="FAULTY"), floor.dock)
    taken_in(a_return(other, back(1), reason="LATE"), floor.dock)
    today = floor.warehouse.local_date(clock.now())
    left = floor.warehouse.local_date(clock.now() - timedelta(days=70)).replace(day=1)

    rates = {
        by: [
            (row.month, row.key, row.lines_shipped, row.lines_returned, row.percent, row.shipped, row.returned)
            for row in return_rates(seller.user, by=by, since=left)
        ]
        for by in ("reason", "item", "supplier")
    }

    now = today.replace(day=1)
    hundred = D("100.0")
    assert rates == {
        "reason": [
            (now, "Came too late", 1, 1, hundred, D(4), D(1)),
            (left, "Does not work", 1, 1, hundred, D(6), D(2)),
        ],
        "item": [(now, "MILK", 1, 1, hundred, D(4), D(1)), (left, "BOLT", 1, 1, hundred, D(6), D(2))],
        "supplier": [(now, "DAIRY", 1, 1, hundred, D(4), D(1)), (left, "", 1, 1, hundred, D(6), D(2))],
    }
    assert seller.get("/return-rates", by="item").json()[0]["key"] == "MILK"
    assert a_person(WarehouseFactory()).get("/return-rates").json() == []
