"""Counts over HTTP: opened, counted by their task, decided by another; blind until then."""

from types import SimpleNamespace

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.counting.operations import approve_count
from apps.ledger.models import StockBalance, StockTransaction
from tests.core import paper_reading
from tests.factories.api import a_person, a_worker, refused
from tests.factories.counting import a_count, a_decider, counted, found
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import LocationFactory
from tests.factories.tasks import a_task


@pytest.fixture
def site(db):
    floor = a_floor()
    stock(floor.item, floor.a, 10)
    return SimpleNamespace(
        floor=floor,
        worker=a_worker(floor.warehouse),
        asker=a_person(floor.warehouse, roles=(Role.SUPERVISOR,)),
        manager=a_person(floor.warehouse, roles=(Role.INVENTORY_MANAGER,)),
    )


def opened(site):
    response = site.asker.post("/cycle-counts", {"location": "A"})
    assert response.status_code == 201, response.content
    return response.json()


def confirm(caller, count, *lines, **more):
    return caller.post(f"/tasks/{count['task']}/confirm", {"lines": list(lines), **more})


def test_a_count_goes_from_the_desk_to_the_floor_and_back(site):
    count = opened(site)
    task = site.worker.post("/tasks/next", {"warehouse": site.floor.warehouse.code, "kinds": ["count"]}).json()
    assert (task["number"], task["kind"], task["source"], task["item"], task["item_name"]) == (
        count["task"],
        "count",
        "A",
        None,
        None,
    )

    response = confirm(site.worker, count, {"item": "BOLT", "quantity": "7"}, version=task["version"])
    assert (response.status_code, response.json()["state"]) == (200, "done"), response.content
    address = f"/cycle-counts/{count['number']}"
    assert site.worker.get(address).json()["lines"] == []
    (line,) = site.manager.get(address).json()["lines"]
    assert (line["expected"], line["counted"], line["variance"]) == ("10", "7", "-3")

    answer = site.manager.post(f"{address}/approve", {"reason": "counted twice"}, key="k")
    again = site.manager.post(f"{address}/approve", {"reason": "counted twice"}, key="k")

    assert (answer.status_code, answer.json()["state"]) == (200, "approved"), answer.content
    assert again.json() == answer.json()
    assert StockTransaction.objects.filter(kind="adjust").count() == 1
    assert StockBalance.objects.get(location=site.floor.a).on_hand == 7
    assert len(site.worker.get(address).json()["lines"]) == 1


def test_a_counter_sees_no_figures_and_cannot_approve_over_http(site):
    count = opened(site)
    assert confirm(site.manager, count, {"item": "BOLT", "quantity": "7"}).status_code == 200
    address = f"/cycle-counts/{count['number']}"

    assert site.manager.get(address).json()["lines"] == []
    for verb in ("approve", "reject"):
        facts = refused(site.manager.post(f"{address}/{verb}", {"reason": "mine"}), 409, "own_count")
        assert facts["count"] == count["number"]
    assert StockBalance.objects.get(location=site.floor.a).on_hand == 10


def test_nobody_sees_figures_while_it_is_to_be_counted_again(site):
    count = opened(site)
    confirm(site.worker, count, {"item": "BOLT", "quantity": "7"})

    answer = site.manager.post(f"/cycle-counts/{count['number']}/reject", {"reason": "too many missing"}).json()

    assert (answer["state"], answer["lines"]) == ("recount", [])
    assert answer["task"] != count["task"]
    refused(confirm(site.worker, answer, {"item": "BOLT", "quantity": "7"}), 409, "counted_before")


def test_a_count_is_cancelled(site):
    count = opened(site)

    answer = site.manager.post(f"/cycle-counts/{count['number']}/cancel", {"reason": "wrong bin"})

    assert answer.json()["state"] == "cancelled"
    refused(site.worker.post(f"/cycle-counts/{count['number']}/cancel", {"reason": "x"}), 403, "not_allowed")


def test_a_picker_asks_for_no_count(site):
    refused(site.worker.post("/cycle-counts", {"location": "A"}), 403, "not_allowed")


def test_a_place_is_named_so_that_one_is_meant(site):
    elsewhere = LocationFactory(code="A")

    for body in ({"location": "NOWHERE"}, {"location": "ADJUSTMENT"}, {"location": "A", "warehouse": "X"}):
        refused(site.manager.post("/cycle-counts", body), 404, "not_found")
    both = a_person(site.floor.warehouse, elsewhere.warehouse, roles=(Role.SUPERVISOR,))
    refused(both.post("/cycle-counts", {"location": "A"}), 404, "not_found")
    named = {"location": "A", "warehouse": elsewhere.warehouse.code}
    assert both.post("/cycle-counts", named).json()["warehouse"] == elsewhere.warehouse.code


def test_another_warehouses_count_is_not_found(site):
    count = a_count(LocationFactory())

    assert site.manager.get(f"/cycle-counts/{count.number}").status_code == 404
    refused(site.manager.post(f"/cycle-counts/{count.number}/approve", {"reason": "x"}), 404, "not_found")


def test_counts_are_found_by_state_and_place(site):
    count = opened(site)

    assert [
        row["number"] for row in site.worker.get("/cycle-counts", state="open", location="A").json()["results"]
    ] == [count["number"]]
    assert site.worker.get("/cycle-counts", state="approved").json()["results"] == []


def test_what_was_found_is_named_by_number(site):
    count, lot = opened(site), LotFactory(number="L-1")

    refused(confirm(site.worker, count, {"item": lot.item.number, "quantity": "1"}), 400, "goods_unclear")
    named = {"item": lot.item.number, "lot": "L-1", "quantity": "1"}
    assert confirm(site.worker, count, named, {"item": "BOLT", "quantity": 10}).status_code == 200


def test_a_count_is_answered_by_lines_and_goods_by_a_quantity(site):
    count, task = opened(site), a_task(site.floor.item, site.floor.dock)

    refused(site.worker.post(f"/tasks/{count['task']}/confirm", {"quantity": "7"}), 400, "wrong_answer")
    refused(site.worker.post(f"/tasks/{task.number}/confirm", {"lines": [], "location": "B"}), 400, "wrong_answer")
    for body in ({"lines": [], "quantity": "1"}, {"lines": "x"}, {"lines": [{"item": "BOLT", "quantity": "-1"}]}):
        refused(site.worker.post(f"/tasks/{count['task']}/confirm", body), 400, "malformed")


def test_a_sheet_names_the_goods_and_no_quantity(site):
    stock(site.floor.item, site.floor.a, 4321)
    count = opened(site)

    response = site.worker.get(f"/cycle-counts/{count['number']}/sheet")

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    text = "\n".join(paper_reading.texts(response.content))
    assert "BOLT" in text
    assert count["number"] in text
    assert "4331" not in text
    assert "4,331" not in text


def test_a_list_takes_as_many_statements_for_many_counts_as_for_few(site):
    def some(number):
        for _ in range(number):
            count = counted(a_count(LocationFactory(warehouse=site.floor.warehouse)), found(site.floor.item, 1))
            approve_count(count_id=count.pk, reason="x", by=a_decider(), at=clock.now())

    some(2)
    few, _ = site.manager.statements(lambda: site.manager.get("/cycle-counts"))
    some(5)
    many, response = site.manager.statements(lambda: site.manager.get("/cycle-counts"))

    assert many == few
    assert all(len(row["lines"]) == 1 for row in response.json()["results"])
