"""Traces over the API and at the desk: from any number, as table, tree and picture; and what complaints share."""

from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from apps.journal.models import AuditEntry
from apps.locations.choices import LocationKind
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person
from tests.factories.assembly import a_planner, a_workshop, made
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import CustomerFactory
from tests.factories.returns import a_return, a_shipped_order, back, taken_in
from tests.traceability.test_genealogy import build


@pytest.fixture
def bakery(db):
    """Flour of two lots became dough of two lots and loaves of three, of which two were shipped; one loaf came back."""
    floor = a_floor()
    bench = LocationFactory(warehouse=floor.warehouse, code="BENCH", kind=LocationKind.PACK)
    shop = SimpleNamespace(site=floor.warehouse, a=floor.a, bench=bench, by=a_planner())
    flour, dough, loaf = (ItemFactory(number=name, lots=True) for name in ("FLOUR", "DOUGH", "LOAF"))
    a_bill(dough, part(flour, 1))
    a_bill(loaf, part(dough, 1))
    lots = {}
    for name, loaves in (("BAD", ("L1", "L2")), ("GOOD", ("L3",))):
        lots[name] = LotFactory(item=flour, number=name)
        stock(flour, floor.a, 8, lot=lots[name])
        lots[f"D-{name}"] = build(shop, dough, made(8, lot=f"D-{name}")).lot
        for number in loaves:
            lots[number] = build(shop, loaf, made(4, lot=number)).lot
    return SimpleNamespace(floor=floor, shop=shop, loaf=loaf, lots=lots)


def shipped(bakery, quantity, customer):
    return a_shipped_order(bakery.floor, (bakery.loaf, quantity), customer=CustomerFactory(number=customer))


@pytest.fixture
def auditor(bakery):
    return a_person(bakery.floor.warehouse, roles=("quality",))


def rows(answer):
    assert answer.status_code == 200, answer.content
    return {(row["kind"], row["number"], row["is_certain"]) for row in answer.json()["results"]}


def test_a_lot_is_traced_to_the_customer_and_the_supplier_and_the_read_is_recorded(bakery, auditor):
    order = shipped(bakery, 6, "SHOP")
    shipment = order.order_shipments.get().shipment

    answer = auditor.get("/genealogy", number="BAD")

    up = {("lot", "BAD"), ("lot", "D-BAD"), ("lot", "L1"), ("lot", "L2")}
    assert {row[:2] for row in rows(answer)} == up | {("shipment", shipment.number), ("customer", "SHOP")}
    assert (answer.json()["certain"], answer.json()["possible"], answer.json()["next"]) == (6, 0, None)
    entry = AuditEntry.objects.filter(verb="read trace").latest("pk")
    assert (entry.number, entry.user.username) == ("BAD", auditor.user.username)
    for of, number in (("shipment", shipment.number), ("order", order.number)):
        below = rows(auditor.get("/genealogy", of=of, number=number, direction="down"))
        assert {row[:2] for row in below} == up
    assert rows(auditor.get("/genealogy", number="BAD", kind="customer")) == {("customer", "SHOP", True)}
    assert rows(auditor.get("/genealogy", number="BAD", sure="possible")) == set()


def test_pages_and_the_tree_and_the_picture_say_the_same(bakery, auditor):
    shipped(bakery, 6, "SHOP")

    first = auditor.get("/genealogy", number="BAD", page_size=4).json()
    second = auditor.client.get(first["next"]).json()
    tree = auditor.get("/genealogy/tree", number="BAD").json()
    picture = auditor.client.get("/api/v1/genealogy/picture?number=BAD", headers={"Accept": "image/svg+xml"})

    assert (len(first["results"]), len(second["results"]), second["next"]) == (4, 2, None)
    assert [(row["depth"], row["node"]["number"]) for row in tree["results"]][:3] == [
        (0, "BAD"),
        (1, "D-BAD"),
        (2, "L1"),
    ]
    assert {row["node"]["number"] for row in tree["results"]} == {
        row["number"] for row in first["results"] + second["results"]
    }
    assert picture["Content-Type"] == "image/svg+xml"
    texts = {each.text for each in ET.fromstring(picture.content).iter("{http://www.w3.org/2000/svg}text")}  # noqa: S314
    assert {"BAD", "D-BAD", "L1", "L2", "SHOP", "certain", "possible"} <= texts


def test_what_came_back_is_traced_to_whoever_had_it(bakery, auditor):
    order = shipped(bakery, 8, "FIRST")
    taken_in(a_return(order, back(2, lot=bakery.lots["L1"])), bakery.floor.dock)

    found = rows(auditor.get("/genealogy", number="BAD"))

    assert {number for kind, number, _ in found if kind == "customer"} == {"FIRST"}


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("/genealogy", {"number": "NOWHERE"}, 404),
        ("/genealogy", {"of": "receipt", "number": "RE-0"}, 404),
        ("/genealogy", {"of": "lot"}, 400),
        ("/genealogy", {"of": "planet", "number": "1"}, 400),
        ("/genealogy/tree", {"number": "BAD", "direction": "both"}, 400),
        ("/common-origins", {"complaints": "lot"}, 400),
        ("/common-origins", {"complaints": "lot:NOWHERE"}, 404),
    ],
)
def test_what_is_not_there_or_not_meant_is_refused(bakery, auditor, path, asked, status):
    assert auditor.get(path, **asked).status_code == status


@pytest.mark.parametrize("path", ["/genealogy", "/genealogy/tree", "/genealogy/picture"])
def test_a_seller_does_not_trace(bakery, path):
    answer = a_person(bakery.floor.warehouse, roles=("sales",)).get(path, number="BAD")

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_a_shipment_of_another_site_is_not_there(bakery):
    order = shipped(bakery, 2, "SHOP")
    elsewhere = a_person(LocationFactory().warehouse, roles=("quality",))

    answer = elsewhere.get("/genealogy", of="order", number=order.number)

    assert answer.status_code == 404


def test_the_lot_that_complaints_share_and_others_do_not_comes_first(bakery, auditor):
    shipped(bakery, 8, "ONE")
    shipped(bakery, 4, "TWO")

    answer = auditor.get("/common-origins", complaints="lot:L1,lot:L2")

    found = [(row["lot"], row["certain"], row["possible"], row["shipped"], row["lift"]) for row in answer.json()]
    assert found[:2] == [("D-BAD", 2, 0, 1, "2"), ("BAD", 2, 0, 1, "2")]
    assert {row[0] for row in found[2:]} == {"L1", "L2"}
    assert answer.json()[0]["shipments"] == 2


def test_the_picture_says_how_many_are_not_drawn(db):
    shop = a_workshop()
    flour, bread = ItemFactory(number="FLOUR", lots=True), ItemFactory(number="BREAD", lots=True)
    a_bill(bread, part(flour, 1))
    stock(flour, shop.a, 205, lot=LotFactory(item=flour, number="F"))
    build(shop, bread, *(made(1, lot=f"B{n}") for n in range(205)))

    picture = a_person(shop.site, roles=("quality",)).get("/genealogy/picture", number="F")

    assert picture.status_code == 200
    assert picture.content.count(b"<g>") == 200
    assert b"6 more are not drawn" in picture.content


def test_the_desk_traces_any_number_and_says_when_there_is_none(bakery, client):
    shipped(bakery, 6, "SHOP")
    user = UserFactory(roles=["quality"])
    client.force_login(user)

    empty = client.get("/admin/tracing")
    found = client.get("/admin/tracing?number=BAD")
    none = client.get("/admin/tracing?number=NOWHERE")

    assert (empty.status_code, found.status_code, none.status_code) == (200, 200, 404)
    assert b"<svg" in found.content
    assert b"5 certain and 0 possible" in found.content
    assert b"Nothing bears the number NOWHERE" in none.content
    shared = client.get("/admin/common-origins", {"numbers": "L1\nL2\nNOWHERE"})
    assert shared.status_code == 200
    assert b"D-BAD" in shared.content
    assert b"Nothing bears the number NOWHERE" in shared.content
    assert client.get("/admin/common-origins?numbers=").status_code == 400
    client.force_login(UserFactory(roles=["sales"]))
    assert client.get("/admin/tracing?number=BAD").status_code == 403
