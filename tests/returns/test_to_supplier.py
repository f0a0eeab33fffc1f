"""Goods go back to their supplier: no more than came, by another's word, through the ledger, for a credit."""

from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.compliance.models import SupplierReturn
from apps.core.errors import IllegalTransition, NotAllowed
from apps.ledger.models import StockBalance, StockMove
from apps.returns.errors import (
    ApprovesOwnReturn,
    MoreThanSupplied,
    NoReceiptBehind,
    NotReadyToReturn,
    SeveralSuppliers,
)
from apps.returns.models import ReturnToSupplier, ReturnToSupplierPick
from apps.returns.operations import (
    approve_return_to_supplier,
    cancel_return_to_supplier,
    credit_return_to_supplier,
    ship_return_to_supplier,
)
from tests.core import paper_reading
from tests.factories.api import a_person, a_worker
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor, stock
from tests.factories.orders import a_sales_order, refusing, released
from tests.factories.returns import (
    a_buyer,
    a_return,
    a_shipped_order,
    asked,
    back,
    brought,
    inspected,
    received,
    taken_in,
    told,
)
from tests.invariants import assert_invariants, broken_by


def test_goods_go_back_through_the_ledger_and_are_credited(floor):
    line = received(floor, floor.item, 6)
    stock(floor.item, floor.a, 4)  # they stand where they belong, with others of their kind

    document = told(approve_return_to_supplier, asked(floor, (line, 4), supplier_number="RMA-7"), reason="yes")
    assert document.state == "approved"
    document = brought(document)
    assert (document.state, document.staging) == ("picked", floor.dock)
    shipped = told(ship_return_to_supplier, document, carrier="Their truck")
    done = told(credit_return_to_supplier, shipped, amount=D("9.50"), credit_note="CN-1")

    move = StockMove.objects.get(transaction=done.transaction)
    assert (move.source, move.target.kind, move.quantity, move.transaction.document) == (
        floor.dock,
        "supplier",
        D(4),
        document.number,
    )
    assert StockMove.objects.filter(source=floor.a).get().target == floor.dock
    assert (done.state, done.expected, done.credited, done.supplier_number) == (
        "credited",
        D("10.00"),
        D("9.50"),
        "RMA-7",
    )
    assert not StockBalance.objects.on_hand().filter(location=floor.a).exists()


def test_no_more_goes_back_than_came_less_what_went_back(floor):
    line = received(floor, floor.item, 6)
    first = asked(floor, (line, 4))

    with refusing(MoreThanSupplied) as refusal:
        asked(floor, (line, 3))
    told(cancel_return_to_supplier, first, reason="kept")
    asked(floor, (line, 6))

    assert refusal.value.facts == {
        "item": "BOLT",
        "receipt": line.receipt.number,
        "received": D(6),
        "returned": D(4),
        "asked": D(3),
    }


def test_whoever_asked_does_not_approve(floor):
    by = a_buyer()
    document = asked(floor, (received(floor, floor.item, 6), 1), by=by)

    with refusing(ApprovesOwnReturn):
        told(approve_return_to_supplier, document, by=by, reason="yes")
    with refusing(NotAllowed):
        told(approve_return_to_supplier, document, by=an_actor(), reason="yes")
    with refusing(IllegalTransition):
        told(ship_return_to_supplier, document)

    assert ReturnToSupplier.objects.get().state == "requested"


def test_what_waits_at_the_dock_or_was_sold_is_not_approved(floor):
    line = received(floor, floor.item, 6)
    document = asked(floor, (line, 4))
    stock(floor.item, floor.a, 5)
    released(a_sales_order(floor.warehouse, (floor.item, 2)))

    with refusing(NotReadyToReturn) as refusal:
        told(approve_return_to_supplier, document, reason="yes")

    assert (refusal.value.there, refusal.value.asked) == (D(3), D(4))
    assert ReturnToSupplier.objects.get().state == "requested"
    assert not ReturnToSupplierPick.objects.exists()


def test_one_return_goes_to_one_supplier(floor):
    lines = [received(floor, floor.item, 2, supplier=PartyFactory(is_supplier=True)) for _ in range(2)]

    with refusing(SeveralSuppliers):
        asked(floor, *((line, 1) for line in lines))


@pytest.fixture
def milk(floor):
    """Four of a lot that a supplier brought and a customer got."""
    floor.milk = ItemFactory(number="MILK", lots=True)
    line = received(floor, floor.milk, 4, lot="L-1")
    stock(floor.milk, floor.a, 4, lot=line.lot)
    floor.order = a_shipped_order(floor, (floor.milk, 4))
    floor.line = line
    return floor


def test_what_a_customer_sent_back_goes_on_to_its_supplier(milk):
    document = taken_in(a_return(milk.order, back(3)), milk.cage)

    inspected(document, 2, "supplier", remark="sour")

    sent = ReturnToSupplier.objects.get()
    line = sent.lines.get()
    assert (sent.cause, sent.source, sent.supplier) == ("customer", document.number, milk.line.receipt.supplier)
    assert (line.receipt_line, line.lot, line.quantity, line.price) == (milk.line, milk.line.lot, D(2), D("2.50"))
    told(approve_return_to_supplier, sent, reason="yes")
    told(ship_return_to_supplier, brought(sent))
    assert StockBalance.objects.on_hand().get(location=milk.cage).on_hand == D(1)


def test_goods_that_nobody_supplied_go_back_to_nobody(floor):
    stock(floor.item, floor.a, 3)
    document = taken_in(a_return(a_shipped_order(floor, (floor.item, 3)), back(3)), floor.dock)

    with refusing(NoReceiptBehind):
        inspected(document, 1, "supplier")

    assert document.lines.get().inspected == D(0)


def test_a_recalled_lot_that_came_back_goes_to_its_supplier_over_the_api(milk):
    people = {role: a_person(milk.warehouse, roles=(role,)) for role in (Role.QUALITY, Role.BUYER, Role.ADMIN)}
    case = people[Role.QUALITY].post("/recalls", {"lots": [milk.line.lot.pk], "reason": "glass"}).json()
    taken_in(a_return(milk.order, back(4)), milk.cage)
    body = {
        "warehouse": milk.warehouse.code,
        "cause": "recall",
        "source": case["number"],
        "reason": "glass",
        "lines": [{"receipt_line": milk.line.pk, "quantity": "4", "status": "blocked"}],
    }

    document = people[Role.QUALITY].post("/returns-to-supplier", body).json()
    address = f"/returns-to-supplier/{document['number']}"
    approved = people[Role.BUYER].post(f"{address}/approve", {"reason": "yes", "location": "DOCK"}).json()
    worker = a_worker(milk.warehouse)
    (task,) = worker.get("/tasks", document=document["number"]).json()["results"]
    taken = worker.post(f"/tasks/{task['number']}/claim").json()
    body = {"version": taken["version"], "quantity": "4", "location": "DOCK"}
    assert worker.post(f"/tasks/{task['number']}/confirm", body).json()["state"] == "done"
    picked = people[Role.BUYER].get(address).json()
    shipped = people[Role.QUALITY].post(f"{address}/ship", {"carrier": "Theirs", "supplier_number": "RMA-9"}).json()
    credited = people[Role.BUYER].post(f"{address}/credit", {"amount": "10.00", "credit_note": "CN-2"}).json()

    assert (document["expected"], document["source"], document["lines"][0]["lot"]) == ("10.00", case["number"], "L-1")
    assert (approved["state"], approved["staging"], approved["lines"][0]["picked"]) == ("approved", "DOCK", None)
    assert (task["kind"], task["source"], task["target"], task["quantity"]) == ("send_back", "CAGE", "DOCK", "4")
    assert (picked["state"], picked["lines"][0]["picked"]) == ("picked", "4")
    assert (shipped["state"], shipped["supplier_number"]) == ("shipped", "RMA-9")
    assert (credited["state"], credited["credited"]) == ("credited", "10.00")
    paper = people[Role.BUYER].get(f"{address}/note").content
    (text,) = paper_reading.texts(paper)
    for expected in ("Return to supplier", "MILK", "L-1", milk.line.receipt.number, "RMA-9", "10.00", "Recalled"):
        assert expected in text
    assert paper_reading.barcodes(paper) == [[paper_reading.Read("]C0", document["number"])]]
    assert not SupplierReturn.objects.exists()


FAULTS = {
    "more back than came": "update returns_returntosupplierline set quantity = 7",
    "to another than brought it": (
        "update returns_returntosupplier set supplier_id = (select max(id) from catalog_party)"
    ),
    "less left than the paper says": "update returns_returntosupplierline set picked = 3",
    "less picked than was posted": "update returns_returntosupplierpick set picked = 3",
}


@pytest.fixture
def gone(transactional_db):
    """Four of six that came have left for their supplier. All committed."""
    floor = a_floor()
    line = received(floor, floor.item, 6)
    stock(floor.item, floor.a, 4)
    told(ship_return_to_supplier, brought(told(approve_return_to_supplier, asked(floor, (line, 4)), reason="yes")))
    PartyFactory(is_supplier=True)


def test_a_good_return_to_supplier_breaks_no_rule(gone):
    assert_invariants()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_return_to_supplier_is_found(gone, superuser_dsn, fault):
    assert "I37" in broken_by(FAULTS[fault], superuser_dsn)
