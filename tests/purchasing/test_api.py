"""Buying and receiving over HTTP: shapes, status codes, problem codes, scoping and repeats."""

from datetime import date
from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Packaging, Unit
from apps.journal.models import AuditEntry
from apps.ledger.models import StockMove
from apps.locations.choices import LocationKind
from apps.purchasing.models import PurchaseOrder, Receipt
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.purchasing import SupplierItemFactory, an_approved_order, an_order

SOON = "2099-12-31"


@pytest.fixture
def buyer(yard):
    return a_person(yard.warehouse, roles=[Role.BUYER], username="bea")


@pytest.fixture
def boss(yard):
    return a_person(yard.warehouse, roles=[Role.SUPERVISOR], username="sam")


@pytest.fixture
def hand(yard):
    return a_worker(yard.warehouse, username="rick")


@pytest.fixture
def stranger(db):
    return a_person(WarehouseFactory(), roles=[Role.BUYER, Role.SUPERVISOR])


def an_ask(yard, *lines, **more):
    body = {"warehouse": "MAIN", "supplier": yard.supplier.number, "due_on": "2027-01-15"}
    return body | {"lines": [{"item": "BOLT", "quantity": "10", "price": "2.5"}, *lines]} | more


def receive(hand, yard, **body):
    return hand.post(f"/receipts/{yard.receipt.number}/lines", {"line": 1, "quantity": "4"} | body)


def test_an_order_is_raised_submitted_and_approved_by_another(yard, buyer, boss):
    response = buyer.post("/purchase-orders", an_ask(yard, reference="Q-7", terms="30 days"))

    assert response.status_code == 201
    body = response.json()
    number = body["number"]
    assert {name: body[name] for name in ("state", "warehouse", "supplier", "currency", "reference", "raised_by")} == {
        "state": "draft",
        "warehouse": "MAIN",
        "supplier": "DAIRY",
        "currency": "EUR",
        "reference": "Q-7",
        "raised_by": "bea",
    }
    assert body["lines"] == [
        {
            "line": 1,
            "item": "BOLT",
            "item_name": "Name of BOLT",
            "item_unit": "EA",
            "quantity": "10",
            "received": "0",
            "open": "10",
            "price": "2.5",
            "amount": "25",
            "supplier_code": "",
            "over_tolerance_percent": "0",
            "most": "10",
            "promised_on": None,
        }
    ]

    assert buyer.post(f"/purchase-orders/{number}/submit").json()["state"] == "submitted"
    facts = refused(buyer.post(f"/purchase-orders/{number}/approve"), 409, "self_approval")
    assert facts == {"order": number, "who": "bea"}
    approved = boss.post(f"/purchase-orders/{number}/approve", {"reason": "in budget"})
    assert (approved.status_code, approved.json()["state"], approved.json()["approved_by"]) == (200, "approved", "sam")
    assert boss.get(f"/purchase-orders/{number}").json() == approved.json()


def test_a_line_may_name_a_packaging_unit_and_no_price(yard, buyer):
    case, dozen = Unit.objects.create(code="CASE", name="Case"), Unit.objects.create(code="DOZ", name="Dozen")
    Packaging.objects.create(item=yard.bolt, level=PackagingLevel.CASE, unit=case, numerator=24)
    Packaging.objects.create(item=yard.bolt, level=PackagingLevel.INNER, unit=dozen, numerator=25, denominator=2)
    SupplierItemFactory(supplier=yard.supplier, item=yard.bolt, price=D("1.25"), supplier_code="B")

    def order(quantity, unit):
        return buyer.post(
            "/purchase-orders", an_ask(yard, lines=[{"item": "BOLT", "quantity": quantity, "unit": unit}])
        )

    (line,) = order("3", "CASE").json()["lines"]
    assert (line["quantity"], line["price"], line["supplier_code"]) == ("72", "1.25", "B")
    assert order("2", "DOZ").json()["lines"][0]["quantity"] == "25"
    assert order("2", "EA").json()["lines"][0]["quantity"] == "2"
    refused(order("1", "DOZ"), 400, "invalid_quantity")
    assert refused(order("1", "PAL"), 404, "not_found") == {"kind": "unit of BOLT", "number": "PAL"}


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"lines": []}, 400, "no_lines"),
        ({"lines": [{"item": "NOSUCH", "quantity": "1"}]}, 404, "not_found"),
        ({"lines": [{"item": "BOLT", "quantity": "1"}]}, 409, "no_price"),
        ({"lines": [{"item": "BOLT", "quantity": "0.5", "price": "1"}]}, 400, "invalid_quantity"),
        ({"lines": [{"item": "BOLT", "quantity": 1.5, "price": "1"}]}, 400, "malformed"),
        ({"lines": [{"item": "BOLT", "quantity": "NaN", "price": "1"}]}, 400, "malformed"),
        ({"lines": [{"item": "BOLT", "quantity": "1e999", "price": "1"}]}, 400, "malformed"),
        ({"lines": [{"item": "BOLT", "quantity": "many", "price": "1"}]}, 400, "malformed"),
        ({"lines": [{"item": "BOLT", "quantity": "1", "price": "-1"}]}, 400, "malformed"),
        ({"supplier": "NOSUCH"}, 404, "not_found"),
        ({"warehouse": "NOSUCH"}, 404, "not_found"),
        ({"due_on": "soon"}, 400, "malformed"),
        ({"currency": "euro"}, 400, "malformed"),
        ({"currency": "USD"}, 409, "no_exchange_rate"),
        ({"currency": "USD", "exchange_rate": "0"}, 400, "malformed"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(yard, buyer, change, status, code):
    before = PurchaseOrder.objects.count()

    refused(buyer.post("/purchase-orders", an_ask(yard) | change), status, code)

    assert PurchaseOrder.objects.count() == before


def test_a_repeated_key_raises_one_order_and_another_body_is_refused(yard, buyer):
    first = buyer.post("/purchase-orders", an_ask(yard), key="k1")
    again = buyer.post("/purchase-orders", an_ask(yard), key="k1")

    assert first.json() == again.json()
    assert PurchaseOrder.objects.filter(raised_by=buyer.user).count() == 1
    refused(buyer.post("/purchase-orders", an_ask(yard, reference="other"), key="k1"), 422, "key_reused")


def test_an_order_is_cancelled_or_closed_with_a_reason(yard, buyer, boss, hand):
    cancelled, short = (an_approved_order(yard.warehouse, (yard.bolt, 1)) for _ in range(2))

    refused(boss.post(f"/purchase-orders/{cancelled}/cancel"), 400, "malformed")
    refused(hand.post(f"/purchase-orders/{cancelled}/cancel", {"reason": "x"}), 403, "not_allowed")
    assert boss.post(f"/purchase-orders/{cancelled}/cancel", {"reason": "late"}).json()["state"] == "cancelled"
    assert boss.post(f"/purchase-orders/{short}/close", {"reason": "late"}).json()["state"] == "closed"
    facts = refused(boss.post(f"/purchase-orders/{short}/cancel", {"reason": "late"}), 409, "illegal_transition")
    assert facts == {"document": short.number, "state": "closed", "target": "cancelled"}
    assert AuditEntry.objects.filter(verb__in=("cancel", "close"), user=boss.user).count() == 2


def test_a_receipt_is_opened_received_and_closed(yard, hand):
    bin_ = yard.bin
    opened = hand.post("/receipts", {"orders": [yard.order.number], "dock": "DOCK-1", "delivery_note": "DN-1"})
    assert opened.status_code == 201
    body = opened.json()
    number = body["number"]
    assert (body["state"], body["orders"], body["dock"], body["received_by"], body["lines"]) == (
        "open",
        [yard.order.number],
        "DOCK-1",
        "rick",
        [],
    )

    milk = {"line": 2, "quantity": "40", "lot": "L1", "expires_on": SOON, "supplier_lot": "S-77"}
    (line,) = hand.post(f"/receipts/{number}/lines", milk).json()
    move = StockMove.objects.get()
    assert line | {"id": 0} == {
        "id": 0,
        "order": yard.order.number,
        "unit": None,
        "line": 2,
        "item": "MILK",
        "item_name": "Name of MILK",
        "lot": "L1",
        "lot_id": move.lot_id,
        "serial": None,
        "expires_on": SOON,
        "status": "available",
        "quantity": "40",
        "rejected": "0",
        "rejected_because": "",
        "rejected_code": "",
        "location": None,
        "transaction": move.transaction_id,
        "undone": False,
    }
    drills = hand.post(f"/receipts/{number}/lines", {"line": 3, "quantity": 2, "serials": ["SN-1", "SN-2"]})
    assert (drills.status_code, [row["serial"] for row in drills.json()]) == (201, ["SN-1", "SN-2"])

    closed = hand.post(f"/receipts/{number}/close").json()
    assert (closed["state"], len(closed["lines"])) == ("closed", 3)
    putaways = hand.get("/putaways", document=number).json()["results"]
    assert [(row["item"], row["quantity"], row["proposed"]) for row in putaways] == [
        ("DRILL", "1", bin_.code),
        ("DRILL", "1", bin_.code),
        ("MILK", "40", bin_.code),
    ]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"quantity": "12"}, 409, "over_receipt"),
        ({"quantity": "0"}, 400, "malformed"),
        ({"quantity": "-1"}, 400, "malformed"),
        ({"quantity": "0.1234567"}, 400, "malformed"),
        ({"quantity": "0.5"}, 400, "invalid_quantity"),
        ({"quantity": "NaN"}, 400, "malformed"),
        ({"quantity": "1e999"}, 400, "malformed"),
        ({"quantity": "ten"}, 400, "malformed"),
        ({"quantity": None}, 400, "malformed"),
        ({"lot": "L1"}, 409, "lot_not_allowed"),
        ({"serials": ["SN-1"]}, 409, "serials_mismatch"),
        ({"status": "blocked"}, 400, "malformed"),
        ({"line": 2}, 409, "lot_required"),
        ({"line": 2, "lot": "L1"}, 409, "expiry_required"),
        ({"line": 2, "lot": "L1", "expires_on": "2020-01-01"}, 409, "expired_on_receipt"),
        ({"line": 2, "lot": "L1", "expires_on": "01/02/2030"}, 400, "malformed"),
        ({"line": 2, "lot": "L" * 41, "expires_on": SOON}, 400, "malformed"),
        ({"line": 3, "serials": ["SN-1"]}, 409, "over_receipt"),
        ({"line": 99}, 404, "not_found"),
        ({"line": 0}, 400, "malformed"),
    ],
)
def test_what_the_dock_refuses_has_its_status_and_moves_nothing(yard, hand, body, status, code):
    refused(receive(hand, yard, **body), status, code)

    assert not StockMove.objects.exists()
    assert set(yard.order.lines.values_list("received", flat=True)) == {0}


def test_over_receipt_says_what_was_ordered_what_came_and_what_may_come(yard, hand):
    receive(hand, yard, quantity="10")

    response = receive(hand, yard, quantity="2")

    facts = refused(response, 409, "over_receipt")
    assert facts == {"item": "BOLT", "ordered": "10", "received": "10", "most": "11", "asked": "2"}
    assert response.json()["recover"] == ["less", "ask_supervisor"]


def test_a_dropped_reply_is_asked_for_again_and_receives_once(yard, hand):
    answers = [
        hand.post(f"/receipts/{yard.receipt.number}/lines", {"line": 1, "quantity": "4"}, key="k1") for _ in range(5)
    ]

    assert {answer.status_code for answer in answers} == {201}
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert StockMove.objects.count() == 1
    refused(
        hand.post(f"/receipts/{yard.receipt.number}/lines", {"line": 1, "quantity": "5"}, key="k1"), 422, "key_reused"
    )


def test_a_dock_is_named_by_its_code_in_the_orders_warehouse(yard, hand):
    LocationFactory(code="ELSEWHERE", kind=LocationKind.DOCK)

    body = {"orders": [yard.order.number]}
    refused(hand.post("/receipts", body | {"dock": "ELSEWHERE"}), 404, "not_found")
    refused(hand.post("/receipts", body | {"dock": "A-01"}), 409, "not_a_dock")
    refused(hand.post("/receipts", {"orders": ["PO-999999"], "dock": "DOCK-1"}), 404, "not_found")

    assert Receipt.objects.count() == 1


def test_papers_are_pdfs(yard, hand, buyer):
    refused(hand.get(f"/receipts/{yard.receipt.number}/labels"), 409, "nothing_to_label")
    receive(hand, yard)

    for path in (f"/receipts/{yard.receipt.number}/labels", f"/purchase-orders/{yard.order.number}/pdf"):
        response = buyer.get(path)
        assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
        assert response.content.startswith(b"%PDF")


def test_another_warehouses_orders_and_receipts_are_not_found(yard, stranger):
    order, receipt = yard.order.number, yard.receipt.number

    assert stranger.get("/purchase-orders").json()["results"] == []
    assert stranger.get("/receipts").json()["results"] == []
    for path in (
        f"/purchase-orders/{order}",
        f"/purchase-orders/{order}/pdf",
        f"/receipts/{receipt}",
        f"/receipts/{receipt}/labels",
    ):
        refused(stranger.get(path), 404, "not_found")
    for path, body in (
        ("/purchase-orders", an_ask(yard)),
        (f"/purchase-orders/{order}/submit", {}),
        (f"/purchase-orders/{order}/approve", {}),
        (f"/purchase-orders/{order}/cancel", {"reason": "x"}),
        (f"/purchase-orders/{order}/close", {"reason": "x"}),
        ("/receipts", {"orders": [order], "dock": "DOCK-1"}),
        (f"/receipts/{receipt}/lines", {"line": 1, "quantity": "1"}),
        (f"/receipts/{receipt}/close", {}),
    ):
        refused(stranger.post(path, body), 404, "not_found")
    assert not StockMove.objects.exists()


def test_lists_filter_and_take_the_same_number_of_statements_for_2_and_20(yard, buyer):
    an_order(yard.warehouse, (yard.bolt, 1), (yard.milk, 1))
    few, answer = buyer.statements(lambda: buyer.get("/purchase-orders"))
    assert len(answer.json()["results"]) == 2
    for _ in range(18):
        an_order(yard.warehouse, (ItemFactory(), 1), (yard.milk, 1))
    many, answer = buyer.statements(lambda: buyer.get("/purchase-orders"))

    assert (len(answer.json()["results"]), many) == (20, few)
    for params, count in (
        ({"state": "approved"}, 1),
        ({"supplier": "DAIRY"}, 1),
        ({"item": "BOLT"}, 2),
        ({"warehouse": "MAIN"}, 20),
        ({"due_before": date(2027, 1, 15)}, 0),
    ):
        assert len(buyer.get("/purchase-orders", **params).json()["results"]) == count, params
    assert len(buyer.get("/receipts", order=yard.order.number).json()["results"]) == 1
    assert buyer.get("/receipts", state="closed").json()["results"] == []


def test_a_delivery_of_many_lines_takes_as_many_statements_as_one_of_two(yard, hand):
    def deliver(count):
        order = an_approved_order(yard.warehouse, *((item, 1) for item in ItemFactory.create_batch(count, lots=True)))
        number = hand.post("/receipts", {"orders": [order.number], "dock": "DOCK-1"}).json()["number"]
        places = LocationFactory.create_batch(count, warehouse=yard.warehouse)
        lines = [
            {"line": n, "quantity": "1", "lot": f"L{n}", "location": place.code} for n, place in enumerate(places, 1)
        ]
        taken, answer = hand.statements(lambda: hand.post(f"/receipts/{number}/delivery", {"lines": lines}))
        assert answer.status_code == 201, answer.content
        assert [row["location"] for row in answer.json()] == [place.code for place in places]
        return taken

    assert deliver(2) == deliver(20)
