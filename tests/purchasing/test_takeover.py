"""Orders of another system are taken over with what came of them, once, by those who may."""

from datetime import date
from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry, OutboxMessage
from apps.ledger.models import StockBalance, StockTransaction
from apps.purchasing.errors import NoReference, OverReceipt, ReferenceTaken
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.operations import Arrival, OrderLine, take_over_purchase_order
from apps.storage.models import Putaway
from apps.supply.models import ExpectedReceipt
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import refusing
from tests.invariants import assert_invariants


@pytest.fixture
def take_over(yard):
    def take(*arrivals, role=Role.INVENTORY_MANAGER, **more):
        given = {
            "warehouse_id": yard.warehouse.pk,
            "supplier_id": yard.supplier.pk,
            "reference": "4711",
            "lines": [OrderLine(item_id=yard.bolt.pk, quantity=D(10), price=D(2))],
            "due_on": date(2020, 1, 15),
            "dock_id": yard.dock.pk,
            "arrivals": arrivals,
            "by": an_actor(UserFactory(roles=[role])),
            "at": clock.now(),
        }
        return take_over_purchase_order(**given | more)

    return take


def test_an_order_comes_with_what_came_and_nothing_is_waited_for_or_printed(yard, take_over):
    printed = OutboxMessage.objects.count()

    order = take_over(
        Arrival(line=1, quantity=D(4), location_id=yard.bin.pk),
        Arrival(line=1, quantity=D(3), rejected=D(1), rejected_because="Rust"),
    )

    order.refresh_from_db()
    assert (order.state, order.reference, order.approved_by, order.lines.get().received) == (
        "closed",
        "4711",
        None,
        D(7),
    )
    assert order.receipts.get().state == "closed"
    assert sorted(StockBalance.objects.on_hand().values_list("location__code", "on_hand")) == [
        ("A-01", D(4)),
        ("DOCK-1", D(2)),
    ]
    assert [putaway.task.quantity for putaway in Putaway.objects.select_related("task")] == [D(2)]
    assert not ExpectedReceipt.objects.filter(document=order.number).exists()
    assert OutboxMessage.objects.count() == printed
    entry = AuditEntry.objects.of("purchase order", order.number).get()
    assert (entry.verb, entry.detail["reference"]) == ("take over", "4711")
    assert_invariants()


def test_an_order_of_which_nothing_came_is_closed_all_the_same(take_over):
    order = take_over()

    assert (order.state, order.receipts.count(), StockTransaction.objects.count()) == ("closed", 0, 0)


def test_it_comes_once(yard, take_over):
    take_over(Arrival(line=1, quantity=D(4)))

    with refusing(ReferenceTaken):
        take_over(Arrival(line=1, quantity=D(4)))

    assert StockTransaction.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "refusal"),
    [({"role": Role.BUYER}, NotAllowed), ({"role": Role.SUPERVISOR}, NotAllowed), ({"reference": " "}, NoReference)],
)
def test_who_may_not_and_what_has_no_number_is_refused(take_over, given, refusal):
    with refusing(refusal):
        take_over(**given)

    assert not PurchaseOrder.objects.filter(reference="4711").exists()


def test_more_than_was_ordered_takes_nothing_over(take_over):
    with refusing(OverReceipt):
        take_over(Arrival(line=1, quantity=D(11)))

    assert not PurchaseOrder.objects.filter(reference="4711").exists()


def test_it_is_taken_over_over_http_by_those_who_may(yard):
    body = {
        "warehouse": "MAIN",
        "supplier": "DAIRY",
        "reference": "4711",
        "due_on": "2020-01-15",
        "dock": "DOCK-1",
        "lines": [{"item": "BOLT", "quantity": "10", "price": "2"}],
        "arrivals": [{"line": 1, "quantity": "9", "rejected": "2", "rejected_because": "Rust", "location": "A-01"}],
    }
    manager = a_person(yard.warehouse, roles=[Role.INVENTORY_MANAGER])

    assert refused(
        a_person(yard.warehouse, roles=[Role.BUYER]).post("/purchase-orders/take-over", body), 403, "not_allowed"
    )
    assert refused(a_person(WarehouseFactory()).post("/purchase-orders/take-over", body), 404, "not_found")
    assert refused(manager.post("/purchase-orders/take-over", body | {"dock": "NO"}), 404, "not_found")
    answer = manager.post("/purchase-orders/take-over", body)

    assert answer.status_code == 201
    told = answer.json()
    assert (told["state"], told["reference"], told["lines"][0]["received"]) == ("closed", "4711", "9")
    assert list(StockBalance.objects.on_hand().values_list("location__code", "on_hand")) == [("A-01", D(7))]
    assert refused(manager.post("/purchase-orders/take-over", body, key="again"), 409, "reference_taken")
    assert_invariants()
