"""Goods on pallets are inspected, and the pallet goes where the strictest of what is on it belongs: over HTTP."""

from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.accounts.roles import Role
from apps.compliance.models import Inspection
from apps.core.codes import make_sscc
from apps.ledger.models import HandlingUnit, StockBalance
from apps.locations.choices import LocationKind
from apps.tasks.models import WarehouseTask
from tests.factories.api import a_person, a_worker
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.compliance import a_plan
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.purchasing import an_approved_order
from tests.invariants import assert_invariants

PALLET, OTHER = (make_sscc(3, "4012345", serial) for serial in (1, 2))


@pytest.fixture
def yard(db):
    """A dock, a bin, a cage; bolts that a plan inspects two of, and washers that none does."""
    warehouse = WarehouseFactory(code="MAIN")
    maker = PartyFactory(number="MAKER", is_supplier=True)
    bolt, washer = ItemFactory(number="BOLT"), ItemFactory(number="WASHER")
    a_plan(bolt, "Thread")
    for code, kind in (("DOCK-1", "dock"), ("A-01", "storage"), ("CAGE", "quarantine")):
        LocationFactory(warehouse=warehouse, code=code, kind=LocationKind(kind))
    yield SimpleNamespace(
        warehouse=warehouse,
        order=an_approved_order(warehouse, (bolt, 100), (washer, 100), supplier=maker),
        worker=a_worker(warehouse),
        quality=a_person(warehouse, roles=(Role.QUALITY,)),
        boss=a_person(warehouse, roles=(Role.SUPERVISOR,)),
    )
    assert_invariants()


def sent(response, status=200):
    assert response.status_code == status, response.content
    return response.json()


def came_in(yard, *lines, sscc=PALLET, reference="DESP-1"):
    """A pallet with (line, item, quantity) was announced and taken in by one scan; the receipt's number, closed."""
    body = {
        "warehouse": "MAIN",
        "supplier": "MAKER",
        "reference": reference,
        "expected_on": "2026-11-30",
        "units": [{"sscc": sscc}],
        "lines": [
            {"item": item, "quantity": quantity, "order": yard.order.number, "line": line, "sscc": sscc}
            for line, item, quantity in lines
        ],
    }
    notice = sent(yard.worker.post("/shipping-notices", body), 201)["number"]
    number = sent(yard.worker.post("/receipts", {"notice": notice, "dock": "DOCK-1"}), 201)["number"]
    sent(yard.worker.post(f"/receipts/{number}/units", {"sscc": sscc}), 201)
    sent(yard.boss.post(f"/receipts/{number}/close"))
    return number


def decide(yard, receipt, *, failed=0, **amounts):
    """All is looked at, so many are bad; what is decided. The inspection's address."""
    inspection = Inspection.objects.get(document=receipt)
    size = inspection.sample_size
    results = [{"characteristic": 1, "sample": 1, "through": size - failed, "passed": True}]
    if failed:
        results.append({"characteristic": 1, "sample": size - failed + 1, "through": size, "passed": False})
    address = f"/inspections/{inspection.number}"
    sent(yard.quality.post(f"{address}/results", {"results": results}))
    decisions = [{"disposition": name, "quantity": amount} for name, amount in amounts.items()]
    sent(yard.quality.post(f"{address}/decide", {"decisions": decisions, "reason": "seen"}))
    return address


def to_do():
    """The pallets that wait: which, from where to where, as goods of which status, for which document."""
    tasks = WarehouseTask.objects.open().order_by("pk")
    return list(tasks.values_list("unit__sscc", "source__code", "target__code", "putaway__status", "document"))


def confirm(yard):
    """The next putaway is done where it is proposed."""
    task = sent(yard.worker.post("/tasks/next", {"warehouse": "MAIN"}))
    body = {"version": task["version"], "quantity": task["quantity"], "location": task["target"]}
    sent(yard.worker.post(f"/tasks/{task['number']}/confirm", body))


def stands():
    rows = StockBalance.objects.on_hand().values_list(
        "item__number", "unit__sscc", "location__code", "status", "on_hand"
    )
    return sorted(rows)


def test_an_accepted_pallet_at_the_dock_goes_to_a_bin_instead_of_the_cage(yard):
    receipt = came_in(yard, (1, "BOLT", "10"), (2, "WASHER", "5"))
    assert to_do() == [(PALLET, "DOCK-1", "CAGE", "inspection", receipt)]

    decide(yard, receipt, accept="10")
    assert to_do() == [(PALLET, "DOCK-1", "A-01", "available", receipt)]
    confirm(yard)

    assert stands() == [
        ("BOLT", PALLET, "A-01", "available", D(10)),
        ("WASHER", PALLET, "A-01", "available", D(5)),
    ]
    assert sent(yard.boss.get(f"/receipts/{receipt}"))["stocked_at"] is not None


def test_an_accepted_pallet_in_the_cage_is_put_away_from_there(yard):
    receipt = came_in(yard, (1, "BOLT", "10"))
    confirm(yard)
    assert to_do() == []

    decide(yard, receipt, accept="10")

    assert to_do() == [(PALLET, "CAGE", "A-01", "available", receipt)]
    confirm(yard)
    assert stands() == [("BOLT", PALLET, "A-01", "available", D(10))]


def test_a_pallet_with_rejected_goods_goes_to_the_cage_until_they_are_gone(yard):
    receipt = came_in(yard, (1, "BOLT", "10"))

    address = decide(yard, receipt, failed=4, accept="6", reject="4")
    assert to_do() == [(PALLET, "DOCK-1", "CAGE", "blocked", receipt)]
    confirm(yard)
    assert to_do() == []
    sent(yard.boss.post(f"{address}/return", {}), 201)

    assert to_do() == [(PALLET, "CAGE", "A-01", "available", receipt)]
    assert stands() == [("BOLT", PALLET, "CAGE", "available", D(6))]


def test_a_pallet_that_goes_back_whole_is_not_put_away(yard):
    receipt = came_in(yard, (1, "BOLT", "10"))
    address = decide(yard, receipt, failed=4, reject="10")

    sent(yard.boss.post(f"{address}/return", {}), 201)

    assert (to_do(), stands()) == ([], [])


def test_what_is_left_of_a_pallet_is_what_its_putaway_names(yard):
    receipt = came_in(yard, (1, "BOLT", "10"))
    address = decide(yard, receipt, failed=4, reject="10")

    sent(yard.boss.post(f"{address}/return", {"quantity": "3"}), 201)

    assert to_do() == [(PALLET, "DOCK-1", "CAGE", "blocked", receipt)]
    assert WarehouseTask.objects.open().get().quantity == D(7)


def test_a_pallet_goes_where_the_rest_belongs_when_what_was_to_be_inspected_is_undone(yard):
    number = sent(yard.worker.post("/receipts", {"orders": [yard.order.number], "dock": "DOCK-1"}), 201)["number"]
    lines = f"/receipts/{number}/lines"
    bolts, _ = (
        sent(yard.worker.post(lines, {"line": line, "quantity": "5", "sscc": PALLET}), 201)[0]["id"] for line in (1, 2)
    )
    sent(yard.boss.post(f"/receipts/{number}/close"))
    assert to_do() == [(PALLET, "DOCK-1", "CAGE", "inspection", number)]

    sent(yard.boss.post(f"{lines}/{bolts}/undo", {"reason": "wrong pallet"}))

    assert to_do() == [(PALLET, "DOCK-1", "A-01", "available", number)]
    assert stands() == [("WASHER", PALLET, "DOCK-1", "available", D(5))]


def test_loose_goods_are_decided_while_a_pallet_of_the_same_waits_beside_them(yard):
    came_in(yard, (1, "BOLT", "10"))
    loose = sent(yard.worker.post("/receipts", {"orders": [yard.order.number], "dock": "DOCK-1"}), 201)["number"]
    sent(yard.worker.post(f"/receipts/{loose}/lines", {"line": 1, "quantity": "4"}), 201)
    sent(yard.boss.post(f"/receipts/{loose}/close"))

    decide(yard, loose, accept="4")

    rows = StockBalance.objects.on_hand().values_list("unit__sscc", "status", "on_hand")
    assert set(rows) == {(PALLET, "inspection", D(10)), (None, "available", D(4))}
    assert to_do()[-1] == (None, "DOCK-1", "A-01", "available", loose)


def test_a_pallet_that_waits_and_is_held_goes_to_the_cage(yard):
    receipt = came_in(yard, (2, "WASHER", "5"))
    assert to_do() == [(PALLET, "DOCK-1", "A-01", "available", receipt)]

    unit = HandlingUnit.objects.get().number
    body = {"item": "WASHER", "location": "DOCK-1", "warehouse": "MAIN", "unit": unit, "quantity": "2"}
    sent(yard.quality.post("/inspections", body | {"cause": "rust"}), 201)

    assert to_do() == [(PALLET, "DOCK-1", "CAGE", "inspection", receipt)]


def test_a_held_pallet_stays_in_its_bin(yard):
    came_in(yard, (2, "WASHER", "5"))
    confirm(yard)

    unit = HandlingUnit.objects.get().number
    body = {"item": "WASHER", "location": "A-01", "warehouse": "MAIN", "unit": unit, "quantity": "5"}
    sent(yard.quality.post("/inspections", body | {"cause": "rust"}), 201)

    assert to_do() == []
    assert stands() == [("WASHER", PALLET, "A-01", "inspection", D(5))]


def test_of_two_pallets_alike_the_one_that_was_inspected_is_accepted(yard):
    came_in(yard, (1, "BOLT", "10"))
    second = came_in(yard, (1, "BOLT", "10"), sscc=OTHER, reference="DESP-2")

    decide(yard, second, accept="10")

    assert stands() == [
        ("BOLT", PALLET, "DOCK-1", "inspection", D(10)),
        ("BOLT", OTHER, "DOCK-1", "available", D(10)),
    ]
