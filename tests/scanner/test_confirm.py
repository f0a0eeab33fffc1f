"""One confirm for every kind of task: it reaches the kind's own operation, once, with what was really done."""

from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.ledger.models import StockBalance, StockTransaction
from apps.locations.choices import LocationKind
from apps.orders.models import Pick
from apps.scanner.operations import CONFIRMS
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind, TaskState
from tests.factories.api import a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, stands, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import a_sales_order, released
from tests.factories.storage import a_pallet, goods_at, goods_of, putaways_of
from tests.factories.tasks import a_task

SSCC = "006141411234567890"


@pytest.fixture
def site(db):
    """A dock, a bin to store in, another, a tote, and a worker."""
    warehouse = WarehouseFactory(code="LYON")
    return SimpleNamespace(
        warehouse=warehouse,
        dock=LocationFactory(warehouse=warehouse, code="DOCK", kind=LocationKind.DOCK),
        bin=LocationFactory(warehouse=warehouse, code="A-1"),
        other=LocationFactory(warehouse=warehouse, code="A-2"),
        tote=LocationFactory(warehouse=warehouse, code="TOTE", kind=LocationKind.TOTE),
        item=ItemFactory(number="BOLT"),
        worker=a_worker(warehouse),
    )


@pytest.fixture
def putaway(site):
    (row,) = putaways_of(goods_at(site.dock, site.item, 5), dock=site.dock)
    return row.task


@pytest.fixture
def pick(site):
    stock(site.item, site.bin, 5)
    released(a_sales_order(site.warehouse, (site.item, 3)))
    return WarehouseTask.objects.get(kind=TaskKind.PICK)


def confirm(site, task, *, key=None, **body):
    return site.worker.post(f"/tasks/{task.number}/confirm", body, key=key)


def test_every_kind_of_task_can_be_confirmed():
    assert set(CONFIRMS) == set(TaskKind)


def test_a_putaway_is_confirmed_at_the_proposed_bin(site, putaway):
    target = putaway.target.code

    response = confirm(site, putaway, quantity="5", location=target, version=putaway.version)

    assert response.status_code == 200, response.content
    body = response.json()
    assert (body["number"], body["kind"], body["state"], body["version"]) == (putaway.number, "putaway", "done", 2)
    assert stands(site.item) == {target: D(5)}


def test_a_putaway_without_a_scan_goes_where_it_was_proposed(site, putaway):
    assert confirm(site, putaway, quantity=5).status_code == 200
    assert stands(site.item) == {putaway.target.code: D(5)}


def test_another_bin_needs_a_reason(site, putaway):
    other = site.other if putaway.target == site.bin else site.bin

    facts = refused(confirm(site, putaway, quantity="5", location=other.code), 409, "wrong_bin")
    assert facts["scanned"] == other.code
    assert stands(site.item) == {"DOCK": D(5)}

    assert confirm(site, putaway, quantity="5", location=other.code, reason="bin is wet").status_code == 200
    assert stands(site.item) == {other.code: D(5)}


def test_a_pick_is_confirmed_into_a_tote(site, pick):
    response = confirm(site, pick, quantity="3", location="TOTE", bin_empty=False)

    assert (response.status_code, response.json()["state"]) == (200, "done")
    assert stands(site.item) == {"A-1": D(2), "TOTE": D(3)}
    assert Pick.objects.get().bin_empty is False


def test_a_short_pick_says_why(site, pick):
    response = confirm(site, pick, quantity="1", location="TOTE", short_reason="damaged", bin_empty=True)

    assert response.status_code == 200
    assert stands(site.item) == {"A-1": D(4), "TOTE": D(1)}
    row = Pick.objects.get()
    assert (row.state, row.picked, row.short_reason, row.bin_empty) == ("short", D(1), "damaged", True)


def test_a_repeat_of_a_confirm_moves_nothing_more(site, pick):
    first = confirm(site, pick, quantity="3", location="TOTE", key="k")
    again = confirm(site, pick, quantity="3", location="TOTE", key="k")

    assert (again.status_code, again.json()) == (200, first.json())
    assert StockTransaction.objects.filter(kind="pick").count() == 1


def test_the_same_key_with_another_quantity_is_a_mistake(site, pick):
    confirm(site, pick, quantity="3", location="TOTE", key="k")

    assert refused(confirm(site, pick, quantity="2", location="TOTE", key="k"), 422, "key_reused") == {"key": "k"}


def test_a_confirm_from_an_old_version_is_stale(site, pick):
    facts = refused(confirm(site, pick, quantity="3", location="TOTE", version=7), 409, "task_stale")

    assert facts == {"task": pick.number, "seen": 7, "version": 1, "state": "ready"}
    assert stands(site.item) == {"A-1": D(5)}


def test_a_place_of_another_warehouse_is_not_found(site, putaway):
    LocationFactory(code="Z-9")

    for code in ("Z-9", "NOWHERE", "SUPPLIER", "A-1 "):
        response = confirm(site, putaway, quantity="5", location=code, reason="x")
        if code != "A-1 ":
            assert refused(response, 404, "not_found") == {"kind": "location", "number": code}
    assert set(stands(site.item)) == {"A-1"}


def test_the_wrong_lot_in_hand_is_refused(site):
    lot = LotFactory(item=ItemFactory(number="MILK", perishable=True), number="L1", expires_on="2099-01-01")
    (row,) = putaways_of(goods_at(site.dock, lot.item, 5, lot=lot), dock=site.dock)

    facts = refused(confirm(site, row.task, quantity="5", lot="L2"), 409, "wrong_lot")

    assert facts == {"task": row.task.number, "expected": "L1", "scanned": "L2"}
    assert StockBalance.objects.get(item=lot.item).location == site.dock
    assert confirm(site, row.task, quantity="5", lot="L1").status_code == 200


def test_a_lot_for_an_untracked_item_is_refused(site, putaway):
    facts = refused(confirm(site, putaway, quantity="5", lot="L1"), 409, "wrong_lot")

    assert facts == {"task": putaway.number, "scanned": "L1", "expected": ""}
    assert stands(site.item) == {"DOCK": D(5)}


def test_a_putaway_that_proposes_no_bin_needs_one(site):
    task = a_task(site.item, site.dock)

    assert refused(confirm(site, task, quantity="1"), 409, "no_bin") == {"task": task.number}
    task.refresh_from_db()
    assert task.state == TaskState.READY


def test_another_warehouses_task_is_not_found(site):
    task = a_task(site.item, LocationFactory())

    assert refused(confirm(site, task, quantity="1"), 404, "not_found")["number"] == task.number


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"quantity": "-1"},
        {"quantity": "NaN"},
        {"quantity": 1.5},
        {"quantity": "1", "version": 0},
        {"quantity": "1", "version": 10**12},
        {"quantity": "1", "location": "A\x00"},
        {"quantity": "1", "location": "x" * 41},
        {"quantity": "1", "bin_empty": "perhaps"},
    ],
)
def test_a_malformed_confirm_moves_nothing(site, putaway, body):
    refused(confirm(site, putaway, **body), 400, "malformed")

    assert stands(site.item) == {"DOCK": D(5)}


def test_a_pallet_is_confirmed_by_its_label_and_bin_without_a_quantity(site):
    pallet, other = a_pallet(site.dock, (site.item, 5), sscc=SSCC), a_pallet(site.dock)
    (row,) = putaways_of(*goods_of(pallet), dock=site.dock)
    task = row.task

    facts = refused(confirm(site, task, unit=other.number, location=task.target.code), 409, "wrong_unit")
    refused(confirm(site, task, unit="NO-SUCH", location=task.target.code), 404, "not_found")
    refused(confirm(site, task, quantity="4", location=task.target.code), 409, "not_whole")

    assert facts == {"task": task.number, "expected": SSCC, "scanned": other.number}
    assert confirm(site, task, unit=SSCC, location=task.target.code, version=task.version).status_code == 200
    assert stands(site.item) == {task.target.code: D(5)}


def test_goods_that_are_no_pallet_are_not_confirmed_by_one(site, putaway):
    pallet = a_pallet(site.dock)

    refused(confirm(site, putaway, unit=pallet.number, quantity="5"), 409, "wrong_unit")


def test_a_worker_goes_on_to_their_next_task_with_the_same_call(site, pick, putaway):
    taken = confirm(site, pick, quantity="3", location="TOTE", next={"kinds": ["putaway"]}).json()

    assert (taken["state"], taken["next"]["number"], taken["next"]["source"]) == ("done", putaway.number, "DOCK")
    putaway.refresh_from_db()
    assert (putaway.state, putaway.assigned_to) == (TaskState.ASSIGNED, site.worker.user)


def test_going_on_happens_once_and_answers_the_same_again(site, pick, putaway):
    body = {"quantity": "3", "location": "TOTE", "next": {}}

    first = confirm(site, pick, key="k-1", **body)
    again = confirm(site, pick, key="k-1", **body)

    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.json()["next"]["number"] == putaway.number
    assert StockTransaction.objects.filter(kind="pick").count() == 1


def test_where_nothing_is_left_the_confirm_stands_and_there_is_no_next(site, pick):
    done = confirm(site, pick, quantity="3", location="TOTE", next={"kinds": ["pick"]}).json()

    assert (done["state"], done["next"]) == ("done", None)
    assert stands(site.item) == {"A-1": D(2), "TOTE": D(3)}


def test_a_refused_confirm_claims_nothing(site, pick, putaway):
    answer = confirm(site, pick, quantity="4", location="TOTE", next={})

    refused(answer, 409, "over_pick")
    putaway.refresh_from_db()
    assert putaway.state == TaskState.READY


def test_what_they_drive_must_be_known(site, pick):
    refused(confirm(site, pick, quantity="3", location="TOTE", next={"equipment": "UFO"}), 404, "not_found")
    assert stands(site.item) == {"A-1": D(5)}
