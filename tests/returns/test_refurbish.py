"""Goods that are to be refurbished get an assembly order; finished they are available, given up they stay apart."""

from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.assembly.errors import NotABench, NotRefurbished, NotTheseGoods
from apps.assembly.models import AssemblyOrder
from apps.assembly.operations import cancel_assembly, release_assembly, return_component
from apps.catalog.choices import Lifecycle
from apps.core import clock
from apps.ledger.models import StockMove
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.returns.models import CustomerReturn
from apps.scanner.operations import Confirmation, confirm_task
from apps.tasks.models import WarehouseTask
from tests.admin.pages import address
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, a_worker, refused
from tests.factories.assembly import a_planner, bring, finish, made
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stands, stock
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.orders import refusing
from tests.factories.returns import a_return, a_shipped_order, an_inspector, back, inspected, taken_in


@pytest.fixture
def phone(floor):
    """A phone with a serial number is back at the dock."""
    item = ItemFactory(number="PHONE", serials=True)
    serial = SerialFactory(item=item, number="P-1")
    stock(item, floor.a, 1, serial=serial)
    floor.document = taken_in(a_return(a_shipped_order(floor, (item, 1)), back(1, serial=serial)), floor.dock)
    floor.serial = serial
    return item


def the_order():
    return AssemblyOrder.objects.get()


@transaction.atomic
def put_on_floor(order):
    return release_assembly(order_id=order.pk, by=a_planner(), at=clock.now())


def test_a_phone_is_refurbished_and_available_again(floor, phone):
    quality = a_person(floor.warehouse, roles=(Role.QUALITY,))
    body = {"line": 1, "quantity": "1", "disposition": "refurbish", "grade": "C", "note": "new screen"}

    shown = quality.post(f"/customer-returns/{floor.document.number}/inspect", body, key="one").json()
    again = quality.post(f"/customer-returns/{floor.document.number}/inspect", body, key="one").json()

    order = the_order()
    (decision,) = shown["lines"][0]["inspections"]
    assert again == shown
    assert (decision["refurbish_order"], decision["refurbish_state"]) == (order.number, "draft")
    assert (order.kind, order.origin, order.note, order.bench.kind) == (
        "refurbish",
        floor.document.number,
        "new screen",
        "pack",
    )
    planner = a_person(floor.warehouse, roles=(Role.SUPERVISOR,))
    assert [row["number"] for row in planner.get(f"/assembly-orders?origin={floor.document.number}").json()["results"]]
    told = planner.post(f"/assembly-orders/{order.number}/release", {}).json()
    assert told["apart"] == [
        {"location": floor.dock.code, "status": "damaged", "lot": None, "serial": "P-1", "quantity": "1"}
    ]
    worker = a_worker(floor.warehouse)
    issue = {"item": "PHONE", "serial": "P-1", "location": floor.dock.code, "status": "damaged", "quantity": "1"}
    assert WarehouseTask.objects.open().filter(document=floor.document.number, kind="putaway").exists()
    assert worker.post(f"/assembly-orders/{order.number}/issue", issue).json()["apart"] == []
    assert not WarehouseTask.objects.open().filter(document=floor.document.number).exists(), "it is not put away"
    done = worker.post(
        f"/assembly-orders/{order.number}/finish", {"location": "A", "outputs": [{"quantity": "1"}]}
    ).json()

    assert (done["state"], done["outputs"][0]["serial"]) == ("done", "P-1")
    assert stands(phone) == {"A": 1}
    assert StockMove.objects.order_by("-pk").values_list("target_status", flat=True)[0] == "available"
    page = planner.get(f"/customer-returns/{floor.document.number}").json()
    assert page["lines"][0]["inspections"][0]["refurbish_state"] == "done"


def test_some_of_a_lot_is_refurbished_and_only_that_lot(floor):
    lamp = ItemFactory(number="LAMP", lots=True)
    lot, other = LotFactory(item=lamp, number="L-1"), LotFactory(item=lamp, number="L-2")
    stock(lamp, floor.a, 5, lot=lot)
    document = taken_in(a_return(a_shipped_order(floor, (lamp, 5)), back(3)), floor.dock)
    stock(lamp, floor.a, 4, lot=other)

    inspected(document, 2, "refurbish", by=an_inspector())
    inspected(document, 1, "quarantine", by=an_inspector())

    order = put_on_floor(the_order())
    line = order.lines.get(role="component")
    assert (line.lot, line.quantity) == (lot, D(2))
    with refusing(NotTheseGoods) as refusal:
        bring(order, lamp, floor.a, 1, lot=other)
    assert refusal.value.facts == {"order": order.number, "item": "LAMP", "named": "L-1"}
    bring(order, lamp, floor.dock, 1, lot=lot, status="damaged")
    putaways = WarehouseTask.objects.open().filter(document=document.number, kind="putaway")
    assert sorted(putaways.values_list("quantity", flat=True)) == [D(1), D(1)], "of two damaged ones one is left"
    bring(order, lamp, floor.dock, 1, lot=lot, status="damaged")
    assert putaways.get().quantity == D(1), "the blocked one"
    finish(order, made(1), place=floor.a)
    finish(order, made(1), place=floor.a)
    order.refresh_from_db()
    assert order.state == "done"
    assert {(row.location.code, row.status, row.on_hand) for row in lot.balances.filter(on_hand__gt=0)} == {
        ("A", "available", D(2)),
        (floor.dock.code, "blocked", D(1)),
    }


def test_given_up_the_goods_stay_damaged_where_they_stand_and_that_is_said(floor, phone):
    inspected(floor.document, 1, "refurbish")
    (task,) = WarehouseTask.objects.open().filter(document=floor.document.number, kind="putaway")
    with transaction.atomic():
        confirm_task(
            task=task, done=Confirmation(quantity=D(1), location_id=floor.cage.pk), by=an_actor(), at=clock.now()
        )
    order = put_on_floor(the_order())
    bring(order, phone, floor.cage, 1, serial=floor.serial, status="damaged")

    with transaction.atomic():
        cancel_assembly(order_id=order.pk, reason="no parts", by=a_planner(), at=clock.now())
    with transaction.atomic():
        return_component(
            issue_id=order.lines.get(role="component").issues.get().pk, quantity=D(1), by=an_actor(), at=clock.now()
        )

    order.refresh_from_db()
    assert (order.state, order.made) == ("cancelled", 0)
    (balance,) = floor.serial.balances.filter(on_hand__gt=0)
    assert (balance.location, balance.status) == (floor.cage, "damaged")
    boss = a_person(floor.warehouse, roles=(Role.SUPERVISOR,))
    told = boss.get(f"/assembly-orders/{order.number}").json()["apart"]
    assert [(each["location"], each["status"]) for each in told] == [("CAGE", "damaged")]
    decision = boss.get(f"/customer-returns/{floor.document.number}").json()["lines"][0]["inspections"][0]
    assert decision["refurbish_state"] == "cancelled"


def test_what_cannot_be_refurbished_is_refused_and_nothing_moves(floor, phone):
    moves = StockMove.objects.count()
    phone.lifecycle = Lifecycle.RETIRED
    phone.save()
    with refusing(NotRefurbished) as refusal:
        inspected(floor.document, 1, "refurbish")
    assert "retired" in refusal.value.problem
    phone.lifecycle = Lifecycle.ACTIVE
    phone.save()
    with refusing(NotABench):
        inspected(floor.document, 1, "refurbish", bench_id=floor.a.pk)
    elsewhere = LocationFactory(warehouse=WarehouseFactory(), code="FAR-BENCH", kind=LocationKind.PACK)
    body = {"line": 1, "quantity": "1", "disposition": "refurbish", "grade": "C", "bench": elsewhere.code}
    quality = a_person(floor.warehouse, roles=(Role.QUALITY,))
    refused(quality.post(f"/customer-returns/{floor.document.number}/inspect", body), 404, "not_found")
    Location.objects.filter(warehouse=floor.warehouse, kind__in=["pack", "staging"]).update(is_active=False)
    del body["bench"]
    answer = quality.post(f"/customer-returns/{floor.document.number}/inspect", body)
    told = refused(answer, 409, "not_refurbished")

    assert "no bench in use" in str(told)
    assert StockMove.objects.count() == moves
    assert not AssemblyOrder.objects.exists()
    assert floor.document.lines.get().inspected == 0


def test_a_worker_judges_nothing(floor, phone):
    body = {"line": 1, "quantity": "1", "disposition": "refurbish"}
    refused(
        a_worker(floor.warehouse).post(f"/customer-returns/{floor.document.number}/inspect", body), 403, "not_allowed"
    )
    assert not AssemblyOrder.objects.exists()


def test_the_pages_lead_to_each_other(floor, phone, client):
    inspected(floor.document, 1, "refurbish")
    order = the_order()
    client.force_login(works_at(UserFactory(roles=[Role.SUPERVISOR]), floor.warehouse))

    returned = client.get(address(CustomerReturn, "change", floor.document.pk)).content.decode()
    page = client.get(address(AssemblyOrder, "change", order.pk)).content.decode()

    assert address(AssemblyOrder, "change", order.pk) in returned
    assert f"q={floor.document.number}" in page
    assert "1 damaged at" in page
