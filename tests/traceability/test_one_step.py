"""One step back and one forward: who supplied what a lot is made of, and who got what was made of it."""

import csv
import io
from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.roles import Role
from apps.journal.models import AuditEntry
from apps.ledger.models import Lot
from apps.locations.choices import LocationKind
from apps.traceability.queries.one_step import one_step_of
from tests.factories.api import a_person, a_worker, refused
from tests.factories.assembly import a_planner, finish, issue_all, made, put_to_work
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import moved
from tests.factories.locations import LocationFactory
from tests.factories.orders import CustomerFactory
from tests.factories.returns import a_shipped_order, received
from tests.invariants import assert_invariants


@pytest.fixture
def bakery(db):
    """Two mills' flour went into a dough, one after the other; of a loaf from it two went to a shop."""
    floor = a_floor()
    shop = SimpleNamespace(
        site=floor.warehouse,
        a=floor.a,
        bench=LocationFactory(warehouse=floor.warehouse, code="BENCH", kind=LocationKind.PACK),
        by=a_planner(),
    )
    floor.flour, floor.dough, floor.loaf = (ItemFactory(number=name, lots=True) for name in ("FLOUR", "DOUGH", "LOAF"))
    a_bill(floor.dough, part(floor.flour, 1))
    a_bill(floor.loaf, part(floor.dough, 1))
    for mill in ("MILL-1", "MILL-2"):
        supplier = PartyFactory(number=mill, name=mill.title(), is_supplier=True, phone="+44 131 496 0001")
        line = received(floor, floor.flour, 4, lot=f"F-{mill}", supplier=supplier)
        moved(floor.flour, floor.dock, floor.a, 4, lot=line.lot)
        build(shop, floor.dough, made(4, lot="D"))
    build(shop, floor.loaf, made(6, lot="L"))
    floor.shop = CustomerFactory(number="SHOP", name="=Corner shop")
    floor.order = a_shipped_order(floor, (floor.loaf, 2), customer=floor.shop)
    yield floor
    assert_invariants()


def build(shop, item, output):
    order = put_to_work(shop, item, output.quantity)
    issue_all(order)
    finish(order, output, place=shop.a)


def lot(number):
    return Lot.objects.get(number=number)


def test_a_made_lot_leads_to_the_suppliers_of_its_parts_and_a_part_to_who_got_what_was_made_of_it(bakery):
    loaf, flour = one_step_of(lot("L").pk), one_step_of(lot("F-MILL-1").pk)

    assert [(row.supplier, row.lot, row.quantity, row.is_certain) for row in loaf.back] == [
        ("MILL-1", "F-MILL-1", D(4), False),  # nobody knows which flour of the dough is in it
        ("MILL-2", "F-MILL-2", D(4), False),
    ]
    assert [(row.supplier, row.is_certain) for row in flour.back] == [("MILL-1", True)]
    for found, certain in ((loaf, True), (flour, False)):
        [sent] = found.forward
        went = sent.delivery
        assert (went.customer, went.lot, went.quantity, went.order, sent.is_certain) == (
            "SHOP",
            "L",
            D(2),
            bakery.order.number,
            certain,
        )
    with CaptureQueriesContext(connection) as few:
        one_step_of(lot("L").pk)
    for number in range(2):
        a_shipped_order(bakery, (bakery.loaf, 1), customer=CustomerFactory(number=f"SHOP-{number}"))
    with CaptureQueriesContext(connection) as many:
        assert len(one_step_of(lot("L").pk).forward) == 3
    assert len(many) == len(few)


def test_it_is_read_by_who_may_read_traces_as_json_and_as_a_file_without_formulas(bakery, client):
    loaf = lot("L")
    auditor = a_person(bakery.warehouse, roles=(Role.AUDITOR,), is_staff=True)

    told = auditor.get(f"/lots/{loaf.pk}/one-step").json()
    answer = auditor.get(f"/lots/{loaf.pk}/one-step-file")

    assert [row["supplier"] for row in told["back"]] == ["MILL-1", "MILL-2"]
    assert told["forward"][0]["delivery"]["customer"] == "SHOP"
    first, _, last = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (first["step"], first["certain"], first["business"], first["lot"], first["quantity"]) == (
        "back",
        "possible",
        "MILL-1",
        "F-MILL-1",
        "4",
    )
    assert (last["step"], last["certain"], last["name"], last["quantity"]) == (
        "forward",
        "certain",
        "'=Corner shop",
        "2",
    )
    assert AuditEntry.objects.filter(verb="read trace", number="L").count() == 2
    for path in ("one-step", "one-step-file"):
        refused(a_worker(bakery.warehouse).get(f"/lots/{loaf.pk}/{path}"), 403, "not_allowed")
        assert auditor.get(f"/lots/0/{path}").status_code == 404
    client.force_login(auditor.user)
    page = client.get(reverse("desk-trace"), {"number": "L", "of": "lot"}).content.decode()
    assert reverse("lot-one-step-file", args=[loaf.pk]) in page
