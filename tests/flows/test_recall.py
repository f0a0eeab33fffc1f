"""A supplier's lot is bad: frozen, told, answered, checked, and closed by another; all of it through the API."""

from decimal import Decimal as D

import pytest

from apps.journal.models import AuditEntry
from apps.ledger.models import Hold
from tests.core import paper_reading
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, stock
from tests.factories.orders import CustomerFactory, a_sales_order, released
from tests.factories.returns import a_return, a_shipped_order, back, taken_in
from tests.invariants import assert_invariants


@pytest.fixture
def floor(db):
    """A supplier's lot of milk, of which two shops got some, one of them by a name that a spreadsheet would run."""
    floor = a_floor()
    floor.dairy = PartyFactory(number="DAIRY", name="Dairy", is_supplier=True)
    floor.milk = ItemFactory(number="MILK", lots=True)
    floor.lot = LotFactory(item=floor.milk, number="L-1", supplier=floor.dairy)
    stock(floor.milk, floor.a, 50, lot=floor.lot)
    floor.shop = CustomerFactory(
        number="SHOP", name="=SHOP()", contact="Buyer", phone="555-1", email="buyer@example.com"
    )
    floor.sold = a_shipped_order(floor, (floor.milk, 10), customer=floor.shop)
    a_shipped_order(floor, (floor.milk, 5), customer=CustomerFactory(number="BAR", name="Bar"))
    yield floor
    assert_invariants()


def test_a_bad_lot_is_frozen_answered_for_and_closed(floor):  # noqa: PLR0915 - one story, told whole
    order = a_sales_order(floor.warehouse, (floor.milk, 8))
    released(order)
    quality = a_person(floor.warehouse, roles=("quality",))
    second = a_person(floor.warehouse, roles=("quality",))
    auditor = a_person(floor.warehouse, roles=("auditor",))
    seller = a_person(floor.warehouse, roles=("sales", "supervisor", "inventory manager"))

    reach = quality.get("/recall-reach", supplier="DAIRY", item="MILK").json()
    assert ([lot["number"] for lot in reach["lots"]], reach["open_picks"], reach["customers"]) == (
        ["L-1"],
        1,
        ["BAR", "SHOP"],
    )
    assert reach["documents"] == [order.number]
    refused(quality.get("/recall-reach", supplier="DAIRY", supplier_lot="no such"), 400, "nothing_to_recall")
    refused(seller.get("/recall-reach", item="MILK"), 403, "not_allowed")

    body = {"query": {"supplier": "DAIRY"}, "reason": "listeria", "source": "supplier", "recall_class": "I"}
    refused(seller.post("/recalls", body), 403, "not_allowed")
    made = quality.post("/recalls", body | {"reported_by": "DAIRY"}, key="open-1")
    assert made.status_code == 201, made.content
    case = made.json()
    number = case["number"]
    assert [(lot["number"], lot["origin"], lot["frozen"]) for lot in case["lots"]] == [("L-1", "named", True)]
    assert quality.post("/recalls", body | {"reported_by": "DAIRY"}, key="open-1").json() == case
    facts = refused(quality.post("/recalls", body), 409, "already_recalled")
    assert facts == {"lot": "L-1", "recall": number}
    order.refresh_from_db()
    assert order.state == "confirmed"

    said = {"reason": "listeria", "source": "supplier", "recall_class": "I", "instructions": "Throw nothing away."}
    assert quality.post(f"/recalls/{number}/change", said).json()["instructions"] == "Throw nothing away."
    letters = quality.get(f"/recalls/{number}/letters")
    assert letters.headers["Content-Type"] == "application/pdf"
    assert [
        each in page for page in paper_reading.texts(letters.content) for each in ("L-1", "Throw nothing away.")
    ] == [True] * 4
    refused(quality.get(f"/recalls/{number}/letters", customer="DAIRY"), 409, "not_a_consignee")
    table = quality.get(f"/recalls/{number}/consignees/csv").content.decode()
    assert "'=SHOP()" in table
    assert "555-1" in table

    answer = {"customer": "SHOP", "lines": [{"lot": floor.lot.pk, "on_hand": "6", "destroyed": "2"}]}
    refused(quality.post(f"/recalls/{number}/responses", answer), 409, "consignee_not_notified")
    told = quality.post(f"/recalls/{number}/notify", {"method": "letter"}).json()
    assert [each["method"] for each in told] == ["letter", "letter"]
    taken_in(a_return(floor.sold, back(4)), floor.dock)
    bar, shop = quality.post(f"/recalls/{number}/responses", answer).json()
    assert (shop["lots"][0]["received_back"], shop["lots"][0]["accounted"], bar["responded_at"]) == ("4", "6", None)
    too_much = {"customer": "BAR", "lines": [{"lot": floor.lot.pk, "on_hand": "6"}]}
    refused(quality.post(f"/recalls/{number}/responses", too_much), 409, "more_than_shipped")
    assert quality.post(f"/recalls/{number}/responses", {"customer": "BAR", "remark": "all sold"}).status_code == 200

    refused(quality.post(f"/recalls/{number}/draw-checks", {"level": "B"}), 400, "percent_needed")
    drawn = quality.post(f"/recalls/{number}/draw-checks", {"level": "A"}).json()
    assert [each["check_result"] for each in drawn] == ["", ""]
    checks = [
        {"customer": customer, "result": result, "method": "phone"}
        for customer, result in (("SHOP", "effective"), ("BAR", "ineffective"))
    ]
    for check in checks:
        assert quality.post(f"/recalls/{number}/checks", check).status_code == 200
    refused(quality.post(f"/recalls/{number}/checks", checks[-1]), 409, "check_not_open")

    status = auditor.get(f"/recalls/{number}/status").json()
    assert (status["notified"], status["responded"], status["silent"]) == (2, 2, [])
    assert status["results"] == {"effective": 1, "ineffective": 1}
    assert status["lots"][0]["shipped"] == "15"
    for paper in ("status-report", "recall-report"):
        pages = paper_reading.texts(auditor.get(f"/recalls/{number}/{paper}").content)
        assert "2 of 2 consignees were told, 2 answered, 0 are silent." in " ".join(" ".join(pages).split())

    assert quality.post(f"/recalls/{number}/ask-closure", {"remark": "all answered"}).json()["state"] == "closing"
    refused(quality.post(f"/recalls/{number}/widen", {"lots": [floor.lot.pk]}), 409, "recall_over")
    refused(quality.post(f"/recalls/{number}/close"), 409, "closure_by_oneself")
    closed = second.post(f"/recalls/{number}/close", {"reason": "agreed"}).json()
    assert (closed["state"], closed["closed_by"], closed["lots"][0]["frozen"]) == ("closed", second.user.username, True)
    assert Hold.objects.open().filter(lot=floor.lot).exists()

    read = AuditEntry.objects.filter(kind="recall", number=number, verb="read", user=auditor.user)
    assert [entry.detail["what"] for entry in read.order_by("pk")] == ["status", "status report", "recall report"]


def test_customers_of_a_recall_are_for_quality_admin_and_auditors(floor):
    quality = a_person(floor.warehouse, roles=("quality",))
    number = quality.post("/recalls", {"lots": [floor.lot.pk], "reason": "glass"}).json()["number"]

    for role in ("picker", "supervisor", "inventory manager", "buyer", "sales", "safety"):
        person = a_person(floor.warehouse, roles=(role,))
        for what in ("consignees", "consignees/csv", "letters", "status", "reach", "recall-report", "status-report"):
            refused(person.get(f"/recalls/{number}/{what}"), 403, "not_allowed")
    assert not AuditEntry.objects.filter(verb="read").exists()
    refused(a_person(floor.warehouse, roles=("auditor",)).post(f"/recalls/{number}/close"), 403, "not_allowed")
    refused(quality.get("/recalls/RC-999999/consignees"), 404, "not_found")


def test_a_drill_over_http_is_kept(floor):
    quality = a_person(floor.warehouse, roles=("quality",))
    drill = quality.post("/recall-drills", {"remark": "spring"})

    assert drill.status_code == 201, drill.content
    assert (drill.json()["lot"], drill.json()["passed"], D(drill.json()["percent_reconciled"])) == ("L-1", True, D(100))
    plan = {"name": "Twice a year", "every_months": 6, "next_on": "2027-01-01"}
    assert quality.post("/drill-plans", plan).json()["target_minutes"] == 240
    refused(a_person(floor.warehouse, roles=("sales",)).post("/recall-drills"), 403, "not_allowed")
    assert quality.get("/recall-drills").json()["results"][0]["number"] == drill.json()["number"]
