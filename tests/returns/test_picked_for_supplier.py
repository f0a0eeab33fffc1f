"""Goods for a supplier are kept where they stand, brought to the truck by tasks, and let go when it is called off."""

from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.compliance.errors import MoreThanRejected
from apps.compliance.models import SupplierReturn
from apps.compliance.operations import Arrived, return_rejected
from apps.core import clock
from apps.core.errors import IllegalTransition
from apps.journal.actor import Actor
from apps.journal.models import OutboxMessage
from apps.ledger.models import Reservation, StockBalance, StockTransaction
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason, StockStatus
from apps.locations.choices import LocationKind
from apps.returns.errors import (
    MoreThanSupplied,
    NoStagingPlace,
    NotForSupplier,
    NotReadyToReturn,
    ReturnUnclear,
    StagedElsewhere,
)
from apps.returns.models import ReturnToSupplier, ReturnToSupplierPick
from apps.returns.operations import (
    approve_return_to_supplier,
    cancel_return_to_supplier,
    confirm_supplier_pick,
    credit_return_to_supplier,
    ship_return_to_supplier,
)
from apps.storage.errors import LessNeedsReason, MoreThanTask
from apps.tasks.models import WarehouseTask
from tests.concurrency.crowd import together
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.compliance import a_plan, decided, inspections
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import a_sales_order, refusing, released
from tests.factories.returns import a_buyer, asked, brought, received, told
from tests.invariants import assert_invariants


def approved(document, **more):
    return told(approve_return_to_supplier, document, reason="yes", **more)


def tasks_of(document):
    rows = WarehouseTask.objects.open().filter(document=document.number).order_by("pk")
    return [tuple(row) for row in rows.values_list("kind", "source__code", "target__code", "quantity")]


def kept(document):
    return {
        row.balance.location.code: row.quantity
        for row in Reservation.objects.pending().filter(document=document.number).select_related("balance__location")
    }


@pytest.fixture
def bolts(floor):
    """Six bolts came; they stand in two bins, with a lane for what leaves."""
    floor.lane = LocationFactory(warehouse=floor.warehouse, code="LANE", kind=LocationKind.STAGING)
    floor.line = received(floor, floor.item, 6)
    stock(floor.item, floor.a, 4)
    stock(floor.item, floor.b, 2)
    return floor


def test_what_is_approved_is_kept_and_nobody_can_sell_it(bolts):
    document = approved(asked(bolts, (bolts.line, 5)))

    assert kept(document) == {"A": D(4), "B": D(1)}
    assert tasks_of(document) == [("send_back", "A", "LANE", D(4)), ("send_back", "B", "LANE", D(1))]
    order = a_sales_order(bolts.warehouse, (bolts.item, 3))
    released(order)
    assert kept(order) == {"B": D(1)}


def test_what_is_called_off_is_let_go_and_what_was_picked_is_put_away(bolts):
    document = brought(approved(asked(bolts, (bolts.line, 5))), 4)
    assert (document.state, kept(document)) == ("approved", {"B": D(1)})

    done = told(cancel_return_to_supplier, document, reason="they may keep it")

    assert (done.state, kept(document)) == ("cancelled", {})
    ((kind, source, _, quantity),) = tasks_of(document)
    assert (kind, source, quantity) == ("putaway", "LANE", D(4))


def test_a_picked_return_is_called_off_too(bolts):
    document = brought(approved(asked(bolts, (bolts.line, 2))))

    told(cancel_return_to_supplier, document, reason="kept")

    assert [row[:2] for row in tasks_of(document)] == [("putaway", "LANE")]
    with refusing(IllegalTransition):
        told(ship_return_to_supplier, document)


def test_what_was_not_found_does_not_go_and_is_not_owed(bolts):
    document = approved(asked(bolts, (bolts.line, 5)))
    a_second = WarehouseTask.objects.get(document=document.number, source=bolts.b)

    with refusing(LessNeedsReason):
        brought(document, 3)
    with refusing(MoreThanTask):
        brought(document, 5)
    with refusing(StagedElsewhere) as refusal:
        confirm_supplier_pick(
            task_id=a_second.pk, quantity=D(1), location_id=bolts.dock.pk, by=an_actor(), at=clock.now()
        )
    document = brought(document, 3, 0, reason="not there")

    assert (refusal.value.expected, refusal.value.scanned) == ("LANE", "DOCK")
    assert (document.state, document.lines.get().picked, document.expected) == ("picked", D(3), D("7.50"))
    assert kept(document) == {}
    doubts = [each.arguments["location"] for each in OutboxMessage.objects.filter(job="counting.note_doubt")]
    assert doubts == [bolts.a.pk, bolts.b.pk]
    shipped = told(ship_return_to_supplier, document)
    assert [move.quantity for move in shipped.transaction.moves.all()] == [D(3)]
    with refusing(MoreThanSupplied):
        asked(bolts, (bolts.line, 4))
    asked(bolts, (bolts.line, 3))


def test_a_return_of_which_nothing_is_found_is_called_off(bolts):
    document = brought(approved(asked(bolts, (bolts.line, 2))), 0, reason="not there")

    assert (document.state, document.end_reason) == ("cancelled", "Nothing of it was found.")
    asked(bolts, (bolts.line, 6))


def test_two_lines_and_two_returns_never_count_on_the_same_goods(floor):
    """Blocked goods cannot be reserved, since nobody sells them: the picks alone keep them apart."""
    maker = PartyFactory(is_supplier=True)
    lines = [received(floor, floor.item, 3, supplier=maker) for _ in range(2)]
    stock(floor.item, floor.cage, 5, status=StockStatus.BLOCKED)
    one = asked(floor, *[(line, 2) for line in lines], status=StockStatus.BLOCKED)
    other = asked(floor, (lines[0], 1), (lines[1], 1), status=StockStatus.BLOCKED)

    approved(one)
    with refusing(NotReadyToReturn) as refusal:
        approved(other)

    assert (refusal.value.there, refusal.value.asked) == (D(0), D(1))
    assert [row[3] for row in tasks_of(one)] == [D(2), D(2)]
    assert kept(one) == {}
    told(ship_return_to_supplier, brought(one))
    assert StockBalance.objects.on_hand().get(location=floor.cage).on_hand == D(1)


def test_goods_that_are_held_meanwhile_go_back_all_the_same(floor):
    milk = ItemFactory(number="MILK", lots=True)
    line = received(floor, milk, 4, lot="L-1")
    stock(milk, floor.a, 4, lot=line.lot)
    document, later = approved(asked(floor, (line, 2))), asked(floor, (line, 2))

    with transaction.atomic():
        hold_lots([line.lot_id], reason=HoldReason.QUALITY, by=an_actor(), note="smells")
    assert kept(document) == {}
    approved(later)
    for each in (document, later):
        told(ship_return_to_supplier, brought(each))

    assert not ReturnToSupplierPick.objects.filter(line__return_to_supplier=later, reservation__isnull=False).exists()
    assert not StockBalance.objects.on_hand().filter(location=floor.a).exists()


def test_goods_wait_for_a_truck_at_a_place_of_their_site(bolts):
    document = asked(bolts, (bolts.line, 1))

    for place in (bolts.a, LocationFactory(code="FAR", kind=LocationKind.STAGING)):
        with refusing(NoStagingPlace):
            approved(document, location_id=place.pk)
    document = approved(document, location_id=bolts.dock.pk)

    assert [row[2] for row in tasks_of(document)] == ["DOCK"]


def test_another_task_is_no_pick_for_a_supplier(bolts):
    order = a_sales_order(bolts.warehouse, (bolts.item, 1))
    released(order)
    task = WarehouseTask.objects.get(document=order.number)

    with refusing(NotForSupplier):
        confirm_supplier_pick(task_id=task.pk, quantity=D(1), by=an_actor(), at=clock.now())


def test_the_handheld_confirms_once_under_its_key(bolts):
    document = approved(asked(bolts, (bolts.line, 4)))
    worker = a_worker(bolts.warehouse)
    task = worker.post("/tasks/next", {"warehouse": bolts.warehouse.code, "kinds": ["send_back"]}).json()
    address, body = f"/tasks/{task['number']}/confirm", {"version": task["version"], "quantity": "4"}

    refused(worker.post(address, body | {"location": "DOCK"}), 409, "staged_elsewhere")
    first = worker.post(address, body, key="once")
    again = worker.post(address, body, key="once")

    assert first.json() == again.json()
    assert StockTransaction.objects.filter(document=document.number).count() == 1
    buyer = a_person(bolts.warehouse, roles=(Role.BUYER,))
    refused(
        buyer.post(f"/returns-to-supplier/{document.number}/approve", {"reason": "again"}), 409, "illegal_transition"
    )
    other = asked(bolts, (bolts.line, 1))
    address = f"/returns-to-supplier/{other.number}/approve"
    refused(buyer.post(address, {"reason": "yes", "location": "NOWHERE"}), 404, "not_found")
    refused(buyer.post(address, {"reason": "yes", "location": "A"}), 409, "no_staging_place")
    stranger = a_person(LocationFactory().warehouse, roles=(Role.BUYER,))
    refused(stranger.post(address, {"reason": "yes"}), 404, "not_found")


def rejected(floor):
    """Ten came under inspection and were rejected; they stand in the cage. The inspection, and the receipt's line."""
    line = received(floor, floor.item, 10)
    a_plan(floor.item, "Thread")
    (inspection,) = inspections(
        floor.warehouse,
        Arrived(
            item_id=floor.item.pk,
            lot_id=None,
            serial_id=None,
            supplier_id=line.receipt.supplier_id,
            quantity=D(10),
            location_id=floor.dock.pk,
            status=StockStatus.INSPECTION,
        ),
        document=line.receipt.number,
    )
    stock(floor.item, floor.cage, 10, status=StockStatus.INSPECTION)
    decided(inspection, reject=10)
    return inspection, line


@pytest.mark.parametrize("everything", [True, False])
def test_what_an_inspection_rejected_is_picked_shipped_and_credited(floor, everything):
    inspection, line = rejected(floor)
    document = approved(
        asked(floor, (line, 6), status=StockStatus.BLOCKED, cause="rejection", inspection_id=inspection.pk)
    )
    document = brought(document) if everything else brought(document, 4, reason="two are gone")
    going = D(6) if everything else D(4)

    with refusing(IllegalTransition):
        told(credit_return_to_supplier, document, amount=D(1), credit_note="too early")
    boss = an_actor(UserFactory(roles=[Role.ADMIN]))
    shipped = told(ship_return_to_supplier, document, by=boss, carrier="Theirs", supplier_number="RMA-1")
    done = told(credit_return_to_supplier, shipped, amount=D("14.00"), credit_note="CN-3")

    (move,) = done.transaction.moves.all()
    assert (move.source, move.target.kind, move.quantity) == (floor.dock, "supplier", going)
    assert inspection.decisions.get(disposition="reject").returned == going
    sent = SupplierReturn.objects.get()
    assert (sent.transaction, sent.reference) == (done.transaction, "RMA-1")
    assert (done.state, done.expected, done.credited) == ("credited", going * D("2.50"), D("14.00"))


def test_only_what_the_inspection_rejected_goes_by_it_and_once(floor):
    inspection, line = rejected(floor)
    more = {"status": StockStatus.BLOCKED, "cause": "rejection", "inspection_id": inspection.pk}

    with refusing(MoreThanRejected) as refusal:
        asked(floor, (line, 11), **more)
    with refusing(ReturnUnclear):
        asked(floor, (line, 1), **more | {"status": StockStatus.AVAILABLE})
    with refusing(ReturnUnclear):
        asked(floor, (received(floor, floor.item, 1), 1), **more)
    first = asked(floor, (line, 9), **more)
    with refusing(MoreThanRejected):
        asked(floor, (line, 2), **more)

    assert refusal.value.facts == {"inspection": inspection.number, "left": D(10), "asked": D(11)}
    assert list(ReturnToSupplier.objects.all()) == [first]


def test_goods_that_the_driver_took_along_at_once_are_not_asked_for_again(floor):
    """The dock's own way: no approval and no credit, since nothing of it was ours to pay."""
    inspection, line = rejected(floor)
    with transaction.atomic():
        return_rejected(
            inspection_id=inspection.pk,
            quantity=D(4),
            by=an_actor(UserFactory(roles=[Role.QUALITY])),
            at=clock.now(),
        )

    with refusing(MoreThanRejected):
        asked(floor, (line, 7), status=StockStatus.BLOCKED, cause="rejection", inspection_id=inspection.pk)
    asked(floor, (line, 6), status=StockStatus.BLOCKED, cause="rejection", inspection_id=inspection.pk)


def test_two_approvals_never_keep_the_same_goods_and_two_trucks_take_them_once(transactional_db):
    floor = a_floor()
    LocationFactory(warehouse=floor.warehouse, code="CAGE", kind=LocationKind.QUARANTINE)
    cage = floor.warehouse.locations.get(code="CAGE")
    line = received(floor, floor.item, 6)
    stock(floor.item, cage, 3, status=StockStatus.BLOCKED)
    rivals = [asked(floor, (line, 3), status=StockStatus.BLOCKED) for _ in range(2)]
    buyers = [a_buyer() for _ in rivals]

    answers = together(
        *[
            lambda document=document, by=by: approve_return_to_supplier(
                return_id=document.pk, reason="yes", by=Actor(user=User.objects.get(pk=by.user.pk)), at=clock.now()
            )
            for document, by in zip(rivals, buyers, strict=True)
        ]
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["NotReadyToReturn", "ReturnToSupplier"]
    document = brought(ReturnToSupplier.objects.get(state="approved"))
    answers = together(
        *[
            lambda by=by: ship_return_to_supplier(
                return_id=document.pk, by=Actor(user=User.objects.get(pk=by.user.pk)), at=clock.now()
            )
            for by in buyers
        ]
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["IllegalTransition", "ReturnToSupplier"]
    assert not StockBalance.objects.on_hand().filter(status=StockStatus.BLOCKED).exists()
    assert_invariants()


def test_what_goes_back_is_taken_along_and_told_when_the_device_is_heard_again(bolts):
    document = approved(asked(bolts, (bolts.line, 5)))
    worker = a_worker(bolts.warehouse)

    taken = worker.post("/tasks/bundle", {"warehouse": bolts.warehouse.code, "kinds": ["send_back"]}).json()["tasks"]
    entries = [
        {
            "key": f"out-of-reach-{n}",
            "path": f"tasks/{task['number']}/confirm",
            "body": {"quantity": task["quantity"], "location": "LANE", "version": task["version"]},
        }
        for n, task in enumerate(taken)
    ]
    told_back = worker.client.post("/api/v1/commands", {"entries": entries}, format="json").json()["results"]

    assert [(task["source"], D(task["quantity"])) for task in taken] == [("A", D(4)), ("B", D(1))]
    assert [each["status"] for each in told_back] == [200, 200]
    document.refresh_from_db()
    assert (document.state, kept(document), tasks_of(document)) == ("picked", {}, [])
