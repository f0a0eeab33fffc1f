"""Returns over HTTP: announced, taken in by the floor, judged by quality."""

from types import SimpleNamespace

import pytest

from apps.accounts.roles import Role
from apps.catalog.models import ReasonCode
from apps.ledger.models import StockBalance, StockTransaction
from apps.returns.models import CustomerReturn
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import CustomerFactory
from tests.factories.returns import a_shipped_order


@pytest.fixture
def site(floor):
    """Six bolts and two of each of two lots of milk that left by one order."""
    milk = ItemFactory(number="MILK", lots=True)
    stock(floor.item, floor.a, 10)
    for number in ("L-1", "L-2"):
        stock(milk, floor.b, 2, lot=LotFactory(item=milk, number=number))
    customer = CustomerFactory(number="SHOP")
    return SimpleNamespace(
        floor=floor,
        milk=milk,
        customer=customer,
        order=a_shipped_order(floor, (floor.item, 6), (milk, 4), customer=customer),
        seller=a_person(floor.warehouse, roles=(Role.SALES,)),
        worker=a_worker(floor.warehouse),
        quality=a_person(floor.warehouse, roles=(Role.QUALITY,)),
        boss=a_person(floor.warehouse, roles=(Role.SUPERVISOR,)),
    )


def announced(site, *lines, **more):
    body = {"order": site.order.number, "reason": "WRONG-ITEM", "lines": list(lines), **more}
    response = site.seller.post("/customer-returns", body)
    assert response.status_code == 201, response.content
    return response.json()


def blind(site, *lines, by=None, **more):
    body = {
        "blind": True,
        "warehouse": site.floor.warehouse.code,
        "customer": "SHOP",
        "reason": "UNWANTED",
        "lines": list(lines),
        **more,
    }
    return (by or site.boss).post("/customer-returns", body)


def test_goods_come_back_and_are_sold_again(site):
    document = announced(site, {"line": 1, "quantity": "2"}, {"line": 2, "quantity": "1", "lot": "L-1"}, note="by post")
    address = f"/customer-returns/{document['number']}"
    assert (document["state"], document["order"], document["customer"], document["blind"], document["reason"]) == (
        "announced",
        site.order.number,
        "SHOP",
        False,
        ReasonCode.objects.get(kind="return", code="WRONG-ITEM").text,
    )
    assert [(line["line"], line["order_line"], line["item"], line["lot"]) for line in document["lines"]] == [
        (1, 1, "BOLT", None),
        (2, 2, "MILK", "L-1"),
    ]

    first = site.worker.post(f"{address}/receive", {"location": "DOCK", "lines": [{"line": 1, "quantity": "1"}]})
    rest = site.worker.post(f"{address}/receive", {"location": "CAGE"}, key="k")
    again = site.worker.post(f"{address}/receive", {"location": "CAGE"}, key="k")
    verdicts = [
        site.quality.post(
            f"{address}/inspect", {"line": line, "quantity": quantity, "disposition": disposition, "grade": "B"}
        )
        for line, quantity, disposition in ((1, "2", "restock"), (2, "1", "damaged"))
    ]

    assert (first.status_code, first.json()["state"]) == (200, "received"), first.content
    assert [line["received"] for line in rest.json()["lines"]] == ["2", "1"]
    assert again.json() == rest.json()
    assert [answer.status_code for answer in verdicts] == [200, 200], [answer.content for answer in verdicts]
    done = site.seller.get(address).json()
    assert done["state"] == "closed"
    (verdict,) = done["lines"][1]["inspections"]
    assert (verdict["quantity"], verdict["disposition"], verdict["inspected_by"]) == (
        "1",
        "damaged",
        site.quality.user.username,
    )
    assert StockTransaction.objects.filter(document=document["number"], kind="return").count() == 2


def test_what_may_come_back_is_told_by_line_and_lot(site):
    announced(site, {"line": 2, "quantity": "1", "lot": "L-2"})

    response = site.seller.get("/customer-returns/returnable", order=site.order.number)

    assert response.status_code == 200, response.content
    rows = response.json()
    assert [(row["line"], row["item"], row["lot"], row["shipped"], row["returned"], row["left"]) for row in rows] == [
        (1, "BOLT", None, "6", "0", "6"),
        (2, "MILK", "L-1", "2", "0", "2"),
        (2, "MILK", "L-2", "2", "1", "1"),
    ]
    assert (rows[0]["unit"], rows[0]["serial"]) == ("EA", None)
    refused(site.seller.get("/customer-returns/returnable"), 400, "malformed")
    refused(site.seller.get("/customer-returns/returnable", order="SO-999999"), 404, "not_found")
    refused(a_person(WarehouseFactory()).get("/customer-returns/returnable", order=site.order.number), 404, "not_found")


def test_more_than_was_shipped_is_refused_with_the_figures(site):
    announced(site, {"line": 1, "quantity": "5"})

    body = {"order": site.order.number, "reason": "x", "lines": [{"line": 1, "quantity": "2"}]}
    facts = refused(site.seller.post("/customer-returns", body), 409, "not_shipped")

    assert facts == {
        "item": "BOLT",
        "shipped": "6",
        "returned": "5",
        "asked": "2",
        "order": site.order.number,
        "lot": "",
        "serial": "",
        "sscc": "",
    }


def test_a_blind_return_says_that_it_is_matched_to_no_order(site):
    refused(blind(site, {"item": "BOLT", "quantity": "1"}, by=site.seller), 403, "not_allowed")

    response = blind(site, {"item": "BOLT", "quantity": "1"}, {"item": "MILK", "quantity": "1", "lot": "L-1"})

    assert response.status_code == 201, response.content
    document = response.json()
    assert (document["blind"], document["order"], document["customer"]) == (True, None, "SHOP")
    assert [line["order_line"] for line in document["lines"]] == [None, None]
    shown = site.boss.get("/customer-returns", blind="true").json()["results"]
    assert [row["number"] for row in shown] == [document["number"]]
    assert site.boss.get("/customer-returns", blind="false").json()["results"] == []


def test_what_nobody_was_sold_does_not_come_back_blind(site):
    lot, serial = LotFactory(item=site.milk, number="L-3"), SerialFactory(number="S-1")

    of_lot = refused(blind(site, {"item": "MILK", "quantity": "1", "lot": lot.number}), 409, "not_shipped")
    of_serial = refused(blind(site, {"item": serial.item.number, "quantity": "1", "serial": "S-1"}), 409, "not_shipped")

    assert (of_lot["lot"], of_lot["shipped"], of_serial["serial"]) == ("L-3", "0", "S-1")
    assert not CustomerReturn.objects.exists()


def test_goods_are_named_by_number(site):
    for line, kind in (
        ({"line": 9, "quantity": "1"}, "order line"),
        ({"line": 2, "quantity": "1", "lot": "L-9"}, "lot"),
        ({"line": 1, "quantity": "1", "serial": "S-9"}, "serial number"),
    ):
        body = {"order": site.order.number, "reason": "x", "lines": [line]}
        assert refused(site.seller.post("/customer-returns", body), 404, "not_found")["kind"] == kind
    assert refused(blind(site, {"item": "NOTHING", "quantity": "1"}), 404, "not_found")["kind"] == "item"
    several = {"order": site.order.number, "reason": "x", "lines": [{"line": 2, "quantity": "1"}]}
    refused(site.seller.post("/customer-returns", several), 400, "return_unclear")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"order": None}, "order"),
        ({"lines": []}, "lines"),
        ({"reason": ""}, "reason"),
        ({"customer": "SHOP"}, "customer"),
        ({"lines": [{"item": "BOLT", "quantity": "1"}]}, "lines"),
        ({"blind": True}, "warehouse"),
        ({"blind": True}, "order"),
        ({"lines": [{"line": 1, "quantity": "-1"}]}, "lines"),
        ({"lines": [{"line": 2**40, "quantity": "1"}]}, "lines"),
    ],
    ids=str,
)
def test_a_return_is_against_an_order_or_blind(site, change, field):
    body = {"order": site.order.number, "reason": "x", "lines": [{"line": 1, "quantity": "1"}], **change}

    assert field in refused(site.boss.post("/customer-returns", body), 400, "malformed")


def test_the_floor_takes_in_and_does_not_judge(site):
    document = announced(site, {"line": 1, "quantity": "2"})
    address = f"/customer-returns/{document['number']}"
    for code in ("NOWHERE", "CUSTOMER", LocationFactory(code="ELSEWHERE").code):
        refused(site.worker.post(f"{address}/receive", {"location": code}), 404, "not_found")
    refused(site.worker.post(f"{address}/receive", {"location": "A"}), 409, "no_returns_place")
    site.worker.post(f"{address}/receive", {"location": "DOCK"})

    verdict = {"line": 1, "quantity": "1", "disposition": "restock"}
    refused(site.worker.post(f"{address}/inspect", verdict), 403, "not_allowed")
    refused(site.quality.post(f"{address}/inspect", verdict | {"disposition": "burn"}), 400, "malformed")
    refused(site.quality.post(f"{address}/inspect", verdict | {"quantity": "3"}), 409, "more_than_received")

    assert StockBalance.objects.on_hand().get(location=site.floor.dock).status == "returned"


def test_a_return_ends_before_or_after_some_of_it_came(site):
    first, second = announced(site, {"line": 1, "quantity": "2"}), announced(site, {"line": 1, "quantity": "2"})
    cancelled = site.seller.post(f"/customer-returns/{first['number']}/cancel", {"reason": "kept"})
    address = f"/customer-returns/{second['number']}"
    site.worker.post(f"{address}/receive", {"location": "DOCK", "lines": [{"line": 1, "quantity": "1"}]})

    refused(site.seller.post(f"{address}/cancel", {"reason": "x"}), 409, "illegal_transition")
    refused(site.seller.post(f"{address}/close", {"reason": "lost"}), 409, "not_inspected")
    site.quality.post(f"{address}/inspect", {"line": 1, "quantity": "1", "disposition": "restock", "grade": "A"})
    closed = site.seller.post(f"{address}/close", {"reason": "lost"})

    assert (cancelled.json()["state"], cancelled.json()["end_reason"]) == ("cancelled", "kept")
    assert (closed.json()["state"], closed.json()["end_reason"]) == ("closed", "lost")


def test_what_was_taken_in_by_mistake_is_undone(site):
    document = announced(site, {"line": 1, "quantity": "2"})
    address = f"/customer-returns/{document['number']}"
    site.worker.post(f"{address}/receive", {"location": "DOCK"})

    refused(site.worker.post(f"{address}/undo-receive", {"reason": "x"}), 403, "not_allowed")
    undone = site.boss.post(f"{address}/undo-receive", {"reason": "wrong parcel"})

    assert (undone.status_code, undone.json()["state"], undone.json()["lines"][0]["received"]) == (
        200,
        "announced",
        "0",
    )


def test_another_warehouses_return_is_not_found(site):
    document = announced(site, {"line": 1, "quantity": "2"})
    stranger = a_person(WarehouseFactory(), roles=(Role.SUPERVISOR, Role.QUALITY))
    address = f"/customer-returns/{document['number']}"

    assert stranger.get(address).status_code == 404
    for verb in ("receive", "undo-receive", "inspect", "cancel", "close"):
        refused(stranger.post(f"{address}/{verb}", {}), 404, "not_found")
    body = {"order": site.order.number, "reason": "x", "lines": [{"line": 1, "quantity": "1"}]}
    refused(stranger.post("/customer-returns", body), 404, "not_found")


def test_returns_are_found_by_what_is_known_of_them(site):
    document = announced(site, {"line": 2, "quantity": "1", "lot": "L-1"})

    for asked in (
        {"order": site.order.number},
        {"customer": "SHOP"},
        {"item": "MILK"},
        {"lot": "L-1"},
        {"state": "announced"},
        {"warehouse": site.floor.warehouse.code},
    ):
        rows = site.worker.get("/customer-returns", **asked).json()["results"]
        assert [row["number"] for row in rows] == [document["number"]], asked
    assert site.worker.get("/customer-returns", lot="L-2").json()["results"] == []


def test_a_return_is_scanned(site):
    document = announced(site, {"line": 1, "quantity": "2"})

    (found, *_) = site.worker.post("/scan", {"code": document["number"].lower()}).json()["candidates"]

    assert (found["kind"], found["number"]) == ("customer_return", document["number"])


def test_one_return_takes_as_many_statements_with_many_lines_as_with_few(site):
    few = announced(site, {"line": 1, "quantity": "1"})
    many = announced(
        site,
        {"line": 1, "quantity": "1"},
        {"line": 2, "quantity": "1", "lot": "L-1"},
        {"line": 2, "quantity": "1", "lot": "L-2"},
    )
    for document in (few, many):
        address = f"/customer-returns/{document['number']}"
        site.worker.post(f"{address}/receive", {"location": "DOCK"})
        for line in document["lines"]:
            site.quality.post(
                f"{address}/inspect", {"line": line["line"], "quantity": "1", "disposition": "quarantine"}
            )

    figures = [
        site.seller.statements(lambda number=each["number"]: site.seller.get(f"/customer-returns/{number}"))[0]
        for each in (few, many)
    ]

    # Lots are asked for only where there are some.
    assert figures[1] - figures[0] <= 1
