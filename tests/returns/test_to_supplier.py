"""Goods go back to their supplier: no more than came, by another's word, through the ledger, for a credit."""

from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.compliance.models import SupplierReturn
from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed
from apps.ledger.models import StockBalance, StockMove
from apps.ledger.states import StockStatus
from apps.purchasing.models import ReceiptLine
from apps.purchasing.operations import open_receipt
from apps.returns.errors import (
    ApprovesOwnReturn,
    MoreThanSupplied,
    NoReceiptBehind,
    NotReadyToReturn,
    SeveralSuppliers,
)
from apps.returns.models import ReturnToSupplier
from apps.returns.operations import (
    approve_return_to_supplier,
    cancel_return_to_supplier,
    credit_return_to_supplier,
    request_return_to_supplier,
    ship_return_to_supplier,
)
from apps.returns.rules import GoodsForSupplier
from tests.core import paper_reading
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor, stock
from tests.factories.orders import refusing
from tests.factories.purchasing import an_approved_order, receive_line
from tests.factories.returns import a_return, a_shipped_order, back, inspected, taken_in
from tests.invariants import assert_invariants, broken_by


@transaction.atomic
def received(floor, item, quantity, *, lot="", supplier=None, location=None):
    """So much of an order at 2.50 came in; its receipt line."""
    order = an_approved_order(floor.warehouse, (item, quantity), supplier=supplier)
    by, at = an_actor(UserFactory(roles=[Role.SUPERVISOR])), clock.now()
    receipt = open_receipt(order_ids=[order.pk], dock_id=floor.dock.pk, by=by, at=at)
    more = {"lot_number": lot} if lot else {}
    receive_line(receipt_id=receipt.pk, line=1, quantity=D(quantity), by=by, at=at, **more)
    return ReceiptLine.objects.get(receipt=receipt)


def a_buyer():
    return an_actor(UserFactory(roles=[Role.BUYER]))


@transaction.atomic
def asked(floor, *goods, by=None, cause="overstock", **more):
    return request_return_to_supplier(
        warehouse_id=floor.warehouse.pk,
        cause=cause,
        lines=[
            GoodsForSupplier(receipt_line_id=line.pk, quantity=D(quantity), status=StockStatus.AVAILABLE)
            for line, quantity in goods
        ],
        reason="too much",
        by=by or a_buyer(),
        at=clock.now(),
        **more,
    )


@transaction.atomic
def told(operation, document, *, by=None, **more):
    return operation(return_id=document.pk, by=by or a_buyer(), at=clock.now(), **more)


def test_goods_go_back_through_the_ledger_and_are_credited(floor):
    line = received(floor, floor.item, 6)
    stock(floor.item, floor.a, 4)  # they stand where they belong, with others of their kind

    document = told(approve_return_to_supplier, asked(floor, (line, 4), supplier_number="RMA-7"), reason="yes")
    shipped = told(ship_return_to_supplier, document, carrier="Their truck")
    done = told(credit_return_to_supplier, shipped, amount=D("9.50"), credit_note="CN-1")

    move = StockMove.objects.get(transaction=done.transaction)
    assert (move.source, move.target.kind, move.quantity, move.transaction.document) == (
        floor.a,
        "supplier",
        D(4),
        document.number,
    )
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


def test_what_waits_at_the_dock_or_was_sold_does_not_leave(floor):
    line = received(floor, floor.item, 6)
    document = told(approve_return_to_supplier, asked(floor, (line, 4)), reason="yes")
    moves = StockMove.objects.count()

    with refusing(NotReadyToReturn) as refusal:
        told(ship_return_to_supplier, document)

    assert (refusal.value.there, refusal.value.asked) == (D(0), D(4))
    assert (StockMove.objects.count(), ReturnToSupplier.objects.get().state) == (moves, "approved")


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
    told(ship_return_to_supplier, sent)
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
    people[Role.BUYER].post(f"{address}/approve", {"reason": "yes"})
    shipped = people[Role.QUALITY].post(f"{address}/ship", {"carrier": "Theirs", "supplier_number": "RMA-9"}).json()
    credited = people[Role.BUYER].post(f"{address}/credit", {"amount": "10.00", "credit_note": "CN-2"}).json()

    assert (document["expected"], document["source"], document["lines"][0]["lot"]) == ("10.00", case["number"], "L-1")
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
    "less left than the paper says": "update returns_returntosupplierline set quantity = 3",
}


@pytest.fixture
def gone(transactional_db):
    """Four of six that came have left for their supplier. All committed."""
    floor = a_floor()
    line = received(floor, floor.item, 6)
    stock(floor.item, floor.a, 4)
    told(ship_return_to_supplier, told(approve_return_to_supplier, asked(floor, (line, 4)), reason="yes"))
    PartyFactory(is_supplier=True)


def test_a_good_return_to_supplier_breaks_no_rule(gone):
    assert_invariants()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_return_to_supplier_is_found(gone, superuser_dsn, fault):
    assert "I37" in broken_by(FAULTS[fault], superuser_dsn)
