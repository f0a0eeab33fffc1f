"""A return through the API: one unit back to stock, one to scrap, each with what follows from it."""

from decimal import Decimal as D

from apps.accounts.roles import Role
from apps.ledger.models import StockBalance
from tests.core import paper_reading
from tests.factories.api import a_person, a_worker
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, stock
from tests.factories.orders import CustomerFactory
from tests.factories.returns import a_shipped_order
from tests.invariants import assert_invariants


def test_a_return_goes_to_restock_and_to_scrap(floor):
    milk = ItemFactory(number="MILK", name="Milk", lots=True)
    stock(milk, floor.a, 4, lot=LotFactory(item=milk, number="L-1"))
    order = a_shipped_order(floor, (milk, 4), customer=CustomerFactory(number="SHOP"))
    site = floor.warehouse
    seller, worker = a_person(site, roles=(Role.SALES,)), a_worker(site)
    quality, boss = a_person(site, roles=(Role.QUALITY,)), a_person(site, roles=(Role.SUPERVISOR,))

    def ok(answer):
        assert answer.status_code in {200, 201}, answer.content
        return answer.json()

    document = ok(
        seller.post(
            "/customer-returns",
            {
                "order": order.number,
                "reason": "UNWANTED",
                "lines": [{"line": 1, "quantity": "2", "condition": "unopened"}],
            },
        )
    )
    address = f"/customer-returns/{document['number']}"
    label = seller.get(f"{address}/label").content
    ok(worker.post(f"{address}/receive", {"location": "DOCK"}))
    ok(quality.post(f"{address}/inspect", {"line": 1, "quantity": "1", "grade": "A", "disposition": "restock"}))
    done = ok(
        boss.post(
            f"{address}/inspect",
            {
                "line": 1,
                "quantity": "1",
                "grade": "D",
                "disposition": "scrap",
                "note": "burst",
                "witness": quality.user.username,
            },
        )
    )
    for task in worker.get("/tasks", document=document["number"]).json()["results"]:
        taken = ok(worker.post(f"/tasks/{task['number']}/claim"))
        body = {"version": taken["version"], "quantity": taken["quantity"], "location": taken["target"]}
        ok(worker.post(f"/tasks/{task['number']}/confirm", body))

    assert done["state"] == "closed"
    restocked, scrapped = done["lines"][0]["inspections"]
    assert (restocked["grade"], restocked["certificate"]) == ("A", None)
    certificate = ok(seller.get(f"/disposal-certificates/{scrapped['certificate']}"))
    assert (certificate["item"], certificate["lot"], certificate["quantity"], certificate["witness"]) == (
        "MILK",
        "L-1",
        "1",
        quality.user.username,
    )
    paper = seller.get(f"/disposal-certificates/{scrapped['certificate']}/paper").content
    (text,) = paper_reading.texts(paper)
    for expected in ("Scrap certificate", "MILK", "L-1", "burst", "D: defective", document["number"]):
        assert expected in text
    assert paper_reading.barcodes(paper) == [[paper_reading.Read("]C0", scrapped["certificate"])]]
    assert paper_reading.barcodes(label) == [[paper_reading.Read("]C0", document["number"])]]
    (text,) = paper_reading.texts(label)
    assert site.name in text
    stands = StockBalance.objects.on_hand().get(item=milk)
    assert stands.lot is not None
    assert (stands.lot.number, stands.status, stands.on_hand) == ("L-1", "available", D(1))
    assert stands.location.kind in {"storage", "pick_face"}
    assert_invariants()
