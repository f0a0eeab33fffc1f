"""What customers send back is told by the trace, and the lot still adds up."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason
from apps.traceability.operations import RecallFacts, open_recall
from apps.traceability.pdf import trace_report
from apps.traceability.queries import trace_lot, trace_on_paper
from tests.core import paper_reading
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.orders import CustomerFactory
from tests.factories.returns import a_blind_return, a_return, a_shipped_order, back, inspected, loose, taken_in
from tests.invariants import assert_invariants


@pytest.fixture
def floor(db):
    """Twelve of a lot of milk, ten of which left by one order."""
    floor = a_floor()
    floor.milk = ItemFactory(number="MILK", lots=True)
    floor.lot = LotFactory(item=floor.milk, number="L-1")
    stock(floor.milk, floor.a, 12, lot=floor.lot)
    floor.customer = CustomerFactory(number="SHOP", name="The Shop")
    floor.order = a_shipped_order(floor, (floor.milk, 10), customer=floor.customer)
    yield floor
    assert_invariants()


def figures(trace):
    balance = trace.balance
    return balance.received, balance.returned, balance.on_hand, balance.shipped, balance.scrapped, balance.difference


def test_a_lot_adds_up_when_one_of_ten_comes_back(floor):
    document = taken_in(a_return(floor.order, back(1)), floor.dock)

    trace = trace_lot(floor.lot.pk)

    assert figures(trace) == (D(12), D(1), D(3), D(10), D(0), D(0))
    (shipment,) = trace.shipments
    assert (shipment.quantity, shipment.returned) == (D(10), D(1))
    (came,) = trace.returns
    assert (came.customer, came.order, came.document, came.reason, came.quantity) == (
        "SHOP",
        floor.order.number,
        document.number,
        "Not wanted any more",
        D(1),
    )
    assert trace.others == ()
    assert [row.document for row in trace.evidence if row.kind == "Return"] == [document.number]


def test_a_lot_adds_up_over_restock_scrap_and_another_sale(floor):
    document = taken_in(a_return(floor.order, back(3)), floor.dock)
    inspected(document, 2)
    inspected(document, 1, "scrap", remark="sour")
    again = a_shipped_order(floor, (floor.milk, 2), customer=CustomerFactory(number="BAR"))
    taken_in(a_return(again, back(1)), floor.dock)

    trace = trace_lot(floor.lot.pk)

    assert figures(trace) == (D(12), D(4), D(3), D(12), D(1), D(0))
    assert [(row.customer, row.quantity, row.returned) for row in trace.shipments] == [
        ("SHOP", D(10), D(3)),
        ("BAR", D(2), D(1)),
    ]
    assert [(row.kind, row.document, row.quantity) for row in trace.others] == [("Scrap", document.number, D(1))]


def test_a_blind_return_is_told_without_an_order(floor):
    document = taken_in(
        a_blind_return(floor.warehouse, floor.customer, loose(floor.milk, 2, lot=floor.lot)), floor.dock
    )

    trace = trace_lot(floor.lot.pk)

    assert figures(trace) == (D(12), D(2), D(4), D(10), D(0), D(0))
    assert [row.returned for row in trace.shipments] == [D(0)]
    assert [(row.customer, row.order, row.document) for row in trace.returns] == [("SHOP", "", document.number)]


def test_the_report_of_a_recall_tells_what_came_back(floor):
    taken_in(a_return(floor.order, back(1)), floor.dock)
    officer = an_actor(UserFactory(roles=["quality"]))
    case = open_recall(lot_ids=[floor.lot.pk], facts=RecallFacts(reason="glass"), by=officer, at=clock.now())

    paper = trace_on_paper(trace_lot(floor.lot.pk), case, at=clock.now(), by=officer.user)
    answer, detail = paper_reading.texts(trace_report(paper))

    assert not [each for each in paper.contradictions if each.startswith(("Shipments", "Returns"))]
    for expected in (
        "BALANCED: all 13 EA are accounted for.",
        "Returned by customers 1 EA",
        "Came back",
        "SHOP The Shop no contact on file 1 10 EA 1 EA",
    ):
        assert expected in answer
    for expected in ("Returns", f"{floor.order.number} RT-", "Not wanted any more", "10 EA 1 EA"):
        assert expected in detail
    assert replace(paper, returns=()).contradictions[-1] == "Returns below add up to 0 EA, page 1 says 1 EA."


def test_a_recalled_lot_comes_back_and_the_trace_over_http_tells_it(floor):
    hold_lots([floor.lot.pk], reason=HoldReason.RECALL, by=an_actor())
    document = taken_in(a_return(floor.order, back(1)), floor.dock)

    answer = a_person(floor.warehouse, roles=("quality",)).get(f"/lots/{floor.lot.pk}/trace").json()

    assert (answer["balance"]["returned"], answer["balance"]["difference"]) == ("1", "0")
    assert [(row["shipment"][:3], row["returned"]) for row in answer["shipments"]] == [("SH-", "1")]
    assert [row["document"] for row in answer["returns"]] == [document.number]
    assert ("DOCK", "blocked", "1") in [(row["location"], row["status"], row["quantity"]) for row in answer["places"]]


def test_a_trace_with_returns_takes_the_same_queries_whatever_came_back(floor, django_assert_num_queries):
    for _ in range(4):
        taken_in(a_return(floor.order, back(1)), floor.dock)

    with django_assert_num_queries(9):
        trace_lot(floor.lot.pk)
