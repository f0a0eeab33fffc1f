"""Goods come in, are inspected, partly accepted and put away, partly sent back: all of it over HTTP."""

from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.accounts.roles import Role
from apps.compliance.models import Inspection
from apps.ledger.models import StockBalance
from apps.locations.choices import LocationKind
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.compliance import a_plan
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.purchasing import an_approved_order
from tests.invariants import assert_invariants


@pytest.fixture
def yard(db):
    """A dock, a bin, a cage; bolts that a plan inspects ten of, and washers that none does."""
    warehouse = WarehouseFactory(code="MAIN")
    maker = PartyFactory(number="MAKER", is_supplier=True)
    bolt, washer = ItemFactory(number="BOLT"), ItemFactory(number="WASHER")
    a_plan(bolt, "Thread", ("Diameter", D("7.9"), D("8.1")), supplier=maker, skip_after=2, inspect_every=3)
    for code, kind in (("DOCK-1", "dock"), ("A-01", "storage"), ("A-02", "storage"), ("CAGE", "quarantine")):
        LocationFactory(warehouse=warehouse, code=code, kind=LocationKind(kind))
    yield SimpleNamespace(
        warehouse=warehouse,
        maker=maker,
        bolt=bolt,
        washer=washer,
        order=an_approved_order(warehouse, (bolt, 100), (washer, 100), supplier=maker),
        worker=a_worker(warehouse),
        quality=a_person(warehouse, roles=(Role.QUALITY,)),
        other=a_person(warehouse, roles=(Role.QUALITY,)),
        boss=a_person(warehouse, roles=(Role.SUPERVISOR,)),
    )
    assert_invariants()


def sent(response, status=200):
    assert response.status_code == status, response.content
    return response.json()


def came_in(yard, *lines, close=True):
    """A receipt with (line, quantity), closed; its number."""
    number = sent(yard.worker.post("/receipts", {"orders": [yard.order.number], "dock": "DOCK-1"}), 201)["number"]
    for line, quantity in lines:
        sent(yard.worker.post(f"/receipts/{number}/lines", {"line": line, "quantity": quantity}), 201)
    if close:
        sent(yard.boss.post(f"/receipts/{number}/close"))
    return number


def stands(item):
    """What stands where, in which status."""
    rows = StockBalance.objects.on_hand().filter(item=item).values_list("location__code", "status", "on_hand")
    return {(code, status): on_hand for code, status, on_hand in rows}


def confirm(yard, count):
    """So many putaways are done where they are proposed."""
    done = []
    for _ in range(count):
        task = sent(yard.worker.post("/tasks/next", {"warehouse": "MAIN"}))
        body = {"version": task["version"], "quantity": task["quantity"], "location": task["target"]}
        sent(yard.worker.post(f"/tasks/{task['number']}/confirm", body))
        done.append((task["item"], task["quantity"], task["target"]))
    return done


def inspect(yard, number, *, failed=0, size=10):
    """All of the sample is looked at; the last ones have a bad thread."""
    results = [
        {"characteristic": 1, "sample": 1, "through": size - failed, "passed": True},
        {"characteristic": 2, "sample": 1, "through": size, "value": "8.05"},
    ]
    if failed:
        results.append({"characteristic": 1, "sample": size - failed + 1, "through": size, "passed": False})
    return sent(yard.quality.post(f"/inspections/{number}/results", {"results": results}))


def test_goods_are_inspected_partly_accepted_and_partly_sent_back(yard):
    receipt = came_in(yard, (1, "10"), (2, "5"))

    (listed,) = sent(yard.quality.get("/inspections", state="open", document=receipt))["results"]
    assert (listed["item"], listed["quantity"], listed["sample_size"], listed["supplier"]) == (
        "BOLT",
        "10",
        10,
        "MAKER",
    )
    address = f"/inspections/{listed['number']}"
    shown = inspect(yard, listed["number"], failed=3)
    assert shown["findings"] == {"verdict": "reject", "defectives": 3, "recorded": 20, "needed": 20}
    assert shown["characteristics"][1]["results"][0]["recorded_by"] == yard.quality.user.username
    decisions = [{"disposition": "accept", "quantity": "6"}, {"disposition": "reject", "quantity": "4"}]
    body = {"decisions": decisions, "reason": "bad threads"}
    done = sent(yard.quality.post(f"{address}/decide", body, key="k"))
    assert sent(yard.quality.post(f"{address}/decide", body, key="k")) == done
    assert (done["state"], done["accepted"]) == ("decided", False)
    assert [(row["disposition"], row["quantity"]) for row in done["decisions"]] == [("accept", "6"), ("reject", "4")]

    assert sorted(confirm(yard, 3)) == [
        ("BOLT", "4", "CAGE"),
        ("BOLT", "6", "A-02"),
        ("WASHER", "5", "A-01"),
    ]
    assert stands(yard.bolt) == {("A-02", "available"): 6, ("CAGE", "blocked"): 4}
    returned = sent(yard.boss.post(f"{address}/return", {"reference": "RMA-7", "carrier": "Road"}), 201)
    assert (returned["inspection"], returned["supplier"], returned["reference"]) == (listed["number"], "MAKER", "RMA-7")
    assert stands(yard.bolt) == {("A-02", "available"): 6}
    assert [row["number"] for row in sent(yard.boss.get("/supplier-returns", supplier="MAKER"))["results"]] == [
        returned["number"]
    ]
    assert sent(yard.boss.get(address))["returns"] == [returned["number"]]


def test_a_concession_over_http_is_approved_by_another(yard):
    came_in(yard, (1, "10"))
    number = Inspection.objects.get().number
    inspect(yard, number, failed=3)

    body = {"decisions": [{"disposition": "use_as_is", "quantity": "10"}], "reason": "line stands still"}
    assert sent(yard.quality.post(f"/inspections/{number}/decide", body))["state"] == "waiting"
    refused(yard.quality.post(f"/inspections/{number}/approve", {"reason": "x"}), 409, "own_concession")
    refused(yard.boss.post(f"/inspections/{number}/approve", {"reason": "x"}), 403, "not_allowed")

    done = sent(yard.other.post(f"/inspections/{number}/approve", {"reason": "no risk"}))

    assert (done["state"], done["approved_by"], done["approval_reason"]) == (
        "decided",
        yard.other.user.username,
        "no risk",
    )
    assert stands(yard.bolt) == {("DOCK-1", "available"): 10}


def test_after_two_good_lots_two_of_three_come_in_without_inspection(yard):
    seen = []
    for _ in range(7):
        receipt = came_in(yard, (1, "10"))
        inspection = Inspection.objects.get(document=receipt)
        seen.append(inspection.state)
        if inspection.state == "open":
            inspect(yard, inspection.number)
            body = {"decisions": [{"disposition": "accept", "quantity": "10"}], "reason": "good"}
            sent(yard.quality.post(f"/inspections/{inspection.number}/decide", body))

    assert seen == ["open", "open", "skipped", "skipped", "open", "skipped", "skipped"]
    assert stands(yard.bolt) == {("DOCK-1", "available"): 70}


def test_goods_to_be_inspected_go_straight_only_to_where_they_may_wait(yard):
    number = came_in(yard, close=False)
    lines = f"/receipts/{number}/lines"

    facts = refused(yard.worker.post(lines, {"line": 1, "quantity": "5", "location": "A-01"}), 409, "must_be_inspected")
    sent(yard.worker.post(lines, {"line": 1, "quantity": "5", "location": "CAGE"}), 201)
    sent(yard.worker.post(lines, {"line": 2, "quantity": "5", "location": "A-01"}), 201)
    sent(yard.boss.post(f"/receipts/{number}/close"))

    assert facts == {"item": "BOLT", "location": "A-01"}
    assert stands(yard.bolt) == {("CAGE", "inspection"): 5}
    assert Inspection.objects.get().location.code == "CAGE"


def test_a_line_that_is_undone_leaves_its_inspection(yard):
    number = came_in(yard, (1, "6"), (1, "4"))
    inspection = Inspection.objects.get()
    lines = sent(yard.boss.get(f"/receipts/{number}"))["lines"]
    undo = [f"/receipts/{number}/lines/{line['id']}/undo" for line in lines]

    sent(yard.boss.post(undo[0], {"reason": "miscounted"}))
    inspection.refresh_from_db()
    assert (inspection.state, inspection.quantity, inspection.sample_size) == ("open", D(4), 4)
    inspect(yard, inspection.number, size=4)
    assert refused(yard.boss.post(undo[1], {"reason": "x"}), 409, "inspection_begun") == {
        "inspection": inspection.number
    }

    assert stands(yard.bolt) == {("DOCK-1", "inspection"): 4}


def test_an_inspection_of_which_nothing_is_left_is_cancelled(yard):
    number = came_in(yard, (1, "6"))
    (line,) = sent(yard.boss.get(f"/receipts/{number}"))["lines"]

    sent(yard.boss.post(f"/receipts/{number}/lines/{line['id']}/undo", {"reason": "miscounted"}))

    assert Inspection.objects.get().state == "cancelled"
    assert stands(yard.bolt) == {}


def test_inspections_of_another_warehouse_are_not_found(yard):
    came_in(yard, (1, "10"))
    number = Inspection.objects.get().number
    stranger = a_person(WarehouseFactory(), roles=(Role.QUALITY,))

    assert sent(stranger.get("/inspections"))["results"] == []
    refused(stranger.get(f"/inspections/{number}"), 404, "not_found")
    refused(stranger.get(f"/inspections/{number}/sheet"), 404, "not_found")
    for verb, body in (
        ("results", {"results": [{"characteristic": 1, "passed": True}]}),
        ("decide", {"decisions": [{"disposition": "reject", "quantity": "10"}], "reason": "x"}),
        ("approve", {"reason": "x"}),
        ("refuse", {"reason": "x"}),
        ("cancel", {"reason": "x"}),
        ("hold-lot", {"reason": "x"}),
        ("release-lot", {"reason": "x"}),
        ("return", {}),
    ):
        refused(stranger.post(f"/inspections/{number}/{verb}", body), 404, "not_found")
