"""A return on the terms of a policy, at any site, by what is printed on the goods."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.catalog.models import ReasonCode
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.ledger.models import StockBalance, StockMove
from apps.locations.choices import LocationKind
from apps.returns.errors import AnothersSerial, BeyondPolicy, MoreThanAnnounced, NotShipped, ReturnOver
from apps.returns.models import CustomerReturn, CustomerReturnLine, ReturnPolicy, ReturnReason
from apps.returns.operations import refuse_return, take_back
from apps.returns.queries import found_by_carton
from apps.returns.rules import credit_of
from apps.shipping.models import Carton, Shipment
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import CustomerFactory, refusing
from tests.factories.returns import (
    a_blind_return,
    a_return,
    a_seller,
    a_shipped_order,
    back,
    inspected,
    loose,
    taken_in,
)


@pytest.fixture
def order(floor):
    """Six bolts of ten that left, forty days ago as the carrier says."""
    stock(floor.item, floor.a, 10)
    order = a_shipped_order(floor, (floor.item, 6))
    Shipment.objects.update(delivered_at=clock.now() - timedelta(days=40))
    return order


def a_boss():
    return an_actor(UserFactory(roles=[Role.SUPERVISOR]))


def test_goods_come_back_within_the_days_of_the_policy(order):
    ReturnPolicy.objects.create(code="LONG", name="long", days=60, fee_percent=D(15))

    document = a_return(order, back(2))

    line = document.lines.get()
    assert (line.policy.code, line.fee_percent, document.override_reason) == ("LONG", D(15), "")


def test_beyond_the_days_a_supervisor_says_why(order):
    ReturnPolicy.objects.create(code="MONTH", name="a month", days=30)

    with refusing(BeyondPolicy) as refusal:
        a_return(order, back(2))
    with refusing(NotAllowed):
        a_return(order, back(2), override="a good customer")
    document = a_return(order, back(2), by=a_boss(), override="a good customer")

    assert refusal.value.facts == {
        "item": "BOLT",
        "policy": "MONTH",
        "problem": "40 days after delivery, 30 are allowed",
    }
    assert (document.override_reason, document.overridden_by is not None) == ("a good customer", True)
    assert CustomerReturn.objects.count() == 1


def test_a_condition_worse_than_the_policy_takes_is_refused(order):
    ReturnPolicy.objects.create(code="CLEAN", name="clean", worst_condition="opened")
    taken = back(1)

    with refusing(BeyondPolicy) as refusal:
        a_return(order, type(taken)(order_line=1, quantity=D(1), condition="used"))
    document = a_return(order, type(taken)(order_line=1, quantity=D(1), condition="opened"))

    assert refusal.value.problem == "used, and no worse than opened is allowed"
    assert document.lines.get().condition == "opened"


def test_a_reason_that_we_bear_is_not_bound_and_costs_nothing(order):
    ReturnPolicy.objects.create(code="MONTH", name="a month", days=30, fee_percent=D(20))
    wrong = ReasonCode.objects.get(kind="return", code="WRONG-ITEM")
    ReturnReason.objects.create(reason=wrong, fault="ours", bound_by_policy=False)

    document = a_return(order, back(1), reason="WRONG-ITEM")

    assert (document.reason_code, document.lines.get().fee_percent) == (wrong, D(0))


def test_of_several_policies_the_one_that_says_more_decides(order):
    ReturnPolicy.objects.create(code="ALL", name="all", days=30)
    ReturnPolicy.objects.create(code="THEIRS", name="theirs", customer=order.customer, days=90)

    assert a_return(order, back(1)).lines.get().policy.code == "THEIRS"


def test_the_fee_is_a_part_of_the_price_to_the_cent():
    credit = credit_of(D(3), D("3.333"), D("12.5"))

    assert (credit.value, credit.fee, credit.amount) == (D("10.00"), D("1.25"), D("8.75"))


def test_goods_come_back_to_another_site_than_sold_them(floor, order):
    there = WarehouseFactory(code="NORTH")
    dock = LocationFactory(warehouse=there, code="NDOCK", kind=LocationKind.DOCK)
    cage = LocationFactory(warehouse=there, code="NCAGE", kind=LocationKind.QUARANTINE)

    document = taken_in(a_return(order, back(2), warehouse_id=there.pk), dock)
    inspected(document, 2, "damaged")

    assert document.warehouse == there
    assert StockBalance.objects.on_hand().get(warehouse=there).status == "damaged"
    with refusing(NotShipped):
        a_return(order, back(5))
    assert cage.code == "NCAGE"


def test_the_site_that_takes_it_in_sees_the_order_by_the_return(floor, order):
    there = WarehouseFactory(code="NORTH")
    LocationFactory(warehouse=there, code="NDOCK", kind=LocationKind.DOCK)
    seller, worker = a_person(there, roles=(Role.SALES,)), a_worker(there)
    body = {"order": order.number, "reason": "x", "lines": [{"line": 1, "quantity": "2"}]}

    refused(seller.post("/customer-returns", body), 404, "not_found")
    refused(seller.get("/customer-returns/returnable", order=order.number), 404, "not_found")
    seen = seller.get("/customer-returns/returnable", order=order.number, warehouse="NORTH").json()
    document = seller.post("/customer-returns", {**body, "warehouse": "NORTH"}).json()
    taken = worker.post(
        "/customer-returns/take-back", {"order": order.number, "warehouse": "NORTH", "location": "NDOCK"}
    ).json()

    assert [row["left"] for row in seen] == ["6"]
    assert (document["warehouse"], document["sold_by"], document["order"]) == (
        "NORTH",
        floor.warehouse.code,
        order.number,
    )
    assert (taken["number"], taken["lines"][0]["received"]) == (document["number"], "2")
    refused(a_worker(floor.warehouse).get(f"/customer-returns/{document['number']}"), 404, "not_found")


def test_a_carton_comes_back_by_its_sscc_and_only_once(floor, order):
    carton = Carton.objects.get()
    browser = a_person(floor.warehouse, roles=(Role.SALES,))
    body = {"sscc": carton.unit.number, "reason": "REFUSED"}

    document = browser.post("/customer-returns", body).json()
    facts = refused(browser.post("/customer-returns", body), 409, "not_shipped")
    worker = a_worker(floor.warehouse)
    taken = worker.post(
        f"/customer-returns/{document['number']}/receive", {"location": "DOCK", "sscc": carton.unit.number}
    ).json()

    assert [(line["sscc"], line["announced"]) for line in document["lines"]] == [(carton.unit.number, "6")]
    assert (facts["sscc"], facts["shipped"], facts["returned"]) == (carton.unit.number, "6", "6")
    assert taken["lines"][0]["received"] == "6"
    refused(browser.post("/customer-returns", {**body, "sscc": "000000000000000000"}), 404, "not_found")


def test_one_of_two_cartons_of_a_lot_does_not_come_back_twice(floor, order):
    stock(floor.item, floor.a, 6)
    found = found_by_carton(Carton.objects.get().unit.number, a_seller().user, anywhere=True)
    (goods,) = found.goods
    half = type(goods)(order_line=1, quantity=D(4), carton_id=goods.carton_id)
    a_return(order, half)

    with refusing(NotShipped) as refusal:
        a_return(order, half)

    assert (refusal.value.sscc != "", refusal.value.returned, refusal.value.asked) == (True, D(4), D(4))


def test_a_serial_number_finds_its_order_and_what_expects_it(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    stock(drill, floor.a, 1, serial=SerialFactory(item=drill, number="S-1"))
    stock(drill, floor.a, 1, serial=SerialFactory(item=drill, number="S-2"))
    order = a_shipped_order(floor, (drill, 2))
    worker, seller = a_worker(floor.warehouse), a_person(floor.warehouse, roles=(Role.SALES,))
    body = {"warehouse": floor.warehouse.code, "location": "DOCK", "item": "DRILL", "serial": "S-1"}

    refused(worker.post("/customer-returns/take-back", body), 403, "not_allowed")
    opened = seller.post("/customer-returns", {"item": "DRILL", "serial": "S-2", "reason": "x"}).json()
    expected = worker.post("/customer-returns/take-back", {**body, "serial": "S-2"}).json()
    unexpected = seller.post("/customer-returns/take-back", {**body, "reason": "UNWANTED"}).json()

    assert (opened["order"], expected["number"], expected["state"]) == (order.number, opened["number"], "received")
    assert (unexpected["order"], unexpected["lines"][0]["serial"]) == (order.number, "S-1")
    refused(seller.post("/customer-returns/take-back", body), 409, "not_shipped")
    refused(seller.post("/customer-returns/take-back", {**body, "serial": "S-9"}), 404, "not_found")


def test_another_customers_serial_number_is_refused(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    serial, other = SerialFactory(item=drill, number="S-1"), SerialFactory(item=drill, number="S-2")
    stock(drill, floor.a, 1, serial=serial)
    a_shipped_order(floor, (drill, 1), customer=CustomerFactory(number="OWNER"))
    stock(drill, floor.a, 1, serial=other)
    theirs = a_shipped_order(floor, (drill, 1), customer=CustomerFactory(number="THIEF"))

    with refusing(NotShipped) as by_order:
        a_return(theirs, back(1, serial=serial))
    with refusing(AnothersSerial) as blind:
        a_blind_return(floor.warehouse, theirs.customer, loose(drill, 1, serial=serial))

    assert by_order.value.serial == "S-1"
    assert blind.value.facts == {"item": "DRILL", "serial": "S-1", "customer": "THIEF"}
    assert CustomerReturn.objects.count() == 0


@transaction.atomic
def refuse(document, quantity, *, line=1):
    return refuse_return(
        return_id=document.pk,
        line=line,
        quantity=D(quantity),
        reason="soaked",
        by=an_actor(),
        at=clock.now(),
    )


def test_what_is_refused_at_the_dock_never_comes_in(floor, order):
    document = a_return(order, back(3))
    moves = StockMove.objects.count()

    refuse(document, 1)
    with refusing(MoreThanAnnounced):
        refuse(document, 3)
    taken_in(document, floor.dock)
    inspected(document, 2, "damaged")

    line = CustomerReturnLine.objects.get()
    document.refresh_from_db()
    assert (line.refused, line.received, document.state) == (D(1), D(2), "closed")
    assert StockMove.objects.count() == moves + 2
    assert line.refusals.get().reason == "soaked"
    assert a_return(order, back(4)).lines.get().announced == D(4)


def test_a_return_of_which_all_is_refused_is_over(order):
    document = a_return(order, back(2))

    refuse(document, 2)

    document.refresh_from_db()
    assert (document.state, document.end_reason) == ("cancelled", "soaked")
    with refusing(ReturnOver):
        refuse(document, 1)
    a_return(order, back(6))


@transaction.atomic
def scanned(floor, order, goods, by):
    return take_back(
        order_id=order.pk,
        warehouse_id=floor.warehouse.pk,
        location_id=floor.dock.pk,
        goods=goods,
        reason="UNWANTED",
        by=by,
        at=clock.now(),
    )


def test_unannounced_goods_of_an_order_are_announced_as_they_are_taken_in(floor, order):
    with refusing(NotAllowed):
        scanned(floor, order, [back(2)], an_actor())
    document = scanned(floor, order, [back(2)], a_seller())

    assert (document.state, document.lines.get().received) == ("received", D(2))


def test_a_lot_that_is_recalled_meanwhile_goes_to_quarantine_and_to_its_case(floor):
    milk = ItemFactory(number="MILK", lots=True)
    stock(milk, floor.a, 4, lot=LotFactory(item=milk, number="L-1"))
    order = a_shipped_order(floor, (milk, 4))
    quality = a_person(floor.warehouse, roles=(Role.QUALITY,))
    lot = order.lines.get().allocations.get().reservation.balance.lot
    case = quality.post("/recalls", {"lots": [lot.pk], "reason": "glass"})
    assert case.status_code == 201, case.content

    document = taken_in(a_return(order, back(3)), floor.dock)

    decision = document.lines.get().inspections.get()
    assert (decision.disposition, decision.note) == ("quarantine", f"Recalled: {case.json()['number']}")
    assert StockBalance.objects.on_hand().get(lot=lot).status == "blocked"
    rows = quality.get(f"/recalls/{case.json()['number']}/returns").json()
    assert [(row["customer_return"], row["lot"], row["quantity"], row["dispositions"]) for row in rows] == [
        (document.number, "L-1", "3", ["quarantine"])
    ]
