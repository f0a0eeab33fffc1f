"""Goods that came back are sold again only after somebody looked at them."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed, NotFound
from apps.journal.models import AuditEntry
from apps.ledger.errors import BelongsToDocument, LotExpired, LotOnHold
from apps.ledger.models import Lot, StockBalance, StockMove, StockTransaction
from apps.ledger.operations import hold_lots
from apps.ledger.operations.decide import undo_posting
from apps.ledger.states import HoldReason
from apps.locations.choices import LocationKind
from apps.orders.queries import progress_of
from apps.returns.errors import (
    EvidenceNeeded,
    MoreThanAnnounced,
    MoreThanReceived,
    NoReturnsPlace,
    NoteNeeded,
    NothingToReturn,
    NotInspected,
    ReturnOver,
)
from apps.returns.operations import close_customer_return
from apps.safety.models import StorageCondition
from apps.storage.models import Putaway
from apps.storage.operations import confirm_putaway
from apps.supply.queries import available_to_promise
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import refusing
from tests.factories.returns import a_return, a_seller, a_shipped_order, an_inspector, back, inspected, taken_in


@pytest.fixture
def order(floor):
    """Six bolts of ten that left."""
    stock(floor.item, floor.a, 10)
    return a_shipped_order(floor, (floor.item, 6))


def standing(item):
    return sorted(
        (row.location.code, row.status, row.on_hand)
        for row in StockBalance.objects.on_hand().filter(item=item).select_related("location")
    )


def put_away(document):
    putaway = Putaway.objects.select_related("task", "proposed").get(task__document=document.number)
    assert putaway.proposed is not None
    confirm_putaway(
        task_id=putaway.task_id,
        location_id=putaway.proposed.pk,
        quantity=putaway.task.quantity,
        by=an_actor(),
        at=clock.now(),
    )


def promisable(floor):
    today = floor.warehouse.local_date(clock.now())
    return available_to_promise(warehouse_id=floor.warehouse.pk, item_ids={floor.item.pk}, by=today)[floor.item.pk]


def test_what_came_back_stands_at_the_dock_and_nobody_sells_it(floor, order):
    document = a_return(order, back(2))
    by = an_actor()

    taken_in(document, floor.dock, by=by)

    document.refresh_from_db()
    assert (document.state, document.received_at is not None) == ("received", True)
    assert standing(floor.item) == [("A", "available", D(4)), ("DOCK", "returned", D(2))]
    posting = StockTransaction.objects.get(document=document.number)
    assert (posting.kind, posting.reason, posting.by) == ("return", "Not wanted any more", by.user)
    move = posting.moves.get()
    assert (move.source.kind, move.target, move.target_status) == (LocationKind.CUSTOMER, floor.dock, "returned")
    assert promisable(floor) == D(4)
    (progress,) = progress_of([order.pk])[order.pk]
    assert (progress.shipped, progress.open, order.state) == (D(6), D(0), "shipped")


def test_good_goods_go_back_to_a_bin_and_are_sold_again(floor, order):
    document = taken_in(a_return(order, back(2)), floor.dock)

    inspected(document, 2, by=an_inspector(), remark="unopened")
    put_away(document)

    document.refresh_from_db()
    assert (document.state, document.closed_at is not None) == ("closed", True)
    assert sum(on_hand for _, status, on_hand in standing(floor.item) if status == "available") == D(6)
    assert promisable(floor) == D(6)
    (inspection,) = document.lines.get().inspections.all()
    assert (inspection.disposition, inspection.quantity, inspection.note) == ("restock", D(2), "unopened")
    assert inspection.transaction.kind == "status"
    verbs = AuditEntry.objects.of("customer return", document.number).values_list("verb", flat=True)
    assert sorted(verbs) == ["announce", "inspect"]


def test_a_line_is_inspected_in_parts_of_which_each_goes_its_way(floor, order):
    document = taken_in(a_return(order, back(5)), floor.dock)

    inspected(document, 2)
    inspected(document, 1, "damaged", remark="dented")
    inspected(document, 1, "quarantine")
    document.refresh_from_db()
    assert document.state == "received"
    inspected(document, 1, "scrap", remark="crushed")

    document.refresh_from_db()
    assert document.state == "closed"
    assert standing(floor.item) == [
        ("A", "available", D(4)),
        ("DOCK", "available", D(2)),
        ("DOCK", "blocked", D(1)),
        ("DOCK", "damaged", D(1)),
    ]
    tasks = Putaway.objects.filter(task__document=document.number)
    assert sorted(tasks.values_list("status", "proposed__kind")) == [
        ("available", "storage"),
        ("blocked", "quarantine"),
        ("damaged", "quarantine"),
    ]
    scrapped = StockMove.objects.get(target__kind=LocationKind.SCRAP)
    assert (scrapped.transaction.kind, scrapped.transaction.reason, scrapped.quantity) == ("scrap", "crushed", D(1))


def test_goods_that_stand_where_they_belong_are_not_put_away(floor, order):
    document = taken_in(a_return(order, back(2)), floor.cage)

    inspected(document, 1, "damaged", remark="dented")
    inspected(document, 1)

    assert [row.status for row in Putaway.objects.filter(task__document=document.number)] == ["available"]


def test_a_return_comes_in_several_parcels_at_several_places(floor, order):
    document = a_return(order, back(5))

    taken_in(document, floor.dock, 2)
    taken_in(document, floor.cage, 1)
    inspected(document, 3)
    document.refresh_from_db()
    assert document.state == "received"
    with refusing(MoreThanAnnounced) as refusal:
        taken_in(document, floor.dock, 3)
    taken_in(document, floor.dock)
    inspected(document, 2)

    document.refresh_from_db()
    assert document.state == "closed"
    assert refusal.value.facts == {
        "customer_return": document.number,
        "item": "BOLT",
        "announced": D(5),
        "received": D(3),
        "asked": D(3),
    }
    assert standing(floor.item) == [
        ("A", "available", D(4)),
        ("CAGE", "available", D(1)),
        ("DOCK", "available", D(4)),
    ]


def test_the_rest_never_comes(floor, order):
    document = taken_in(a_return(order, back(5)), floor.dock, 2)

    with refusing(NotInspected) as refusal:
        close_customer_return(return_id=document.pk, reason="lost", by=a_seller(), at=clock.now())
    inspected(document, 2)
    close_customer_return(return_id=document.pk, reason="lost", by=a_seller(), at=clock.now())
    again = a_return(order, back(4))

    document.refresh_from_db()
    assert refusal.value.waiting == D(2)
    assert (document.state, document.end_reason, again.state) == ("closed", "lost", "announced")
    with refusing(ReturnOver):
        taken_in(document, floor.dock)
    with refusing(IllegalTransition):
        close_customer_return(return_id=again.pk, reason="x", by=a_seller(), at=clock.now())


@pytest.mark.parametrize("kind", [LocationKind.STORAGE, LocationKind.TOTE, LocationKind.ADJUSTMENT])
def test_returns_come_to_a_dock(floor, order, kind):
    document = a_return(order, back(2))
    place = floor.warehouse.locations.filter(kind=kind)[0]

    with refusing(NoReturnsPlace) as refusal:
        taken_in(document, place)
    with refusing(NoReturnsPlace):
        taken_in(document, LocationFactory(kind=LocationKind.DOCK))

    assert refusal.value.location == place.code
    assert standing(floor.item) == [("A", "available", D(4))]


def test_what_comes_in_is_named_by_its_line(floor, order):
    document = a_return(order, back(2))

    with refusing(NotFound) as refusal:
        taken_in(document, floor.dock, 1, 1)
    taken_in(document, floor.dock)
    with refusing(NothingToReturn):
        taken_in(document, floor.dock)

    assert refusal.value.number == f"{document.number}/2"


def test_no_more_is_inspected_than_came(floor, order):
    document = taken_in(a_return(order, back(3)), floor.dock, 2)
    inspected(document, 1)

    with refusing(MoreThanReceived) as refusal:
        inspected(document, 2)
    with refusing(NotFound):
        inspected(document, 1, line=2)

    assert (refusal.value.received, refusal.value.inspected, refusal.value.asked) == (D(2), D(1), D(2))


def test_quality_inspects_and_a_supervisor_scraps(floor, order):
    document = taken_in(a_return(order, back(3)), floor.dock)

    for by, disposition in (
        (an_actor(UserFactory(roles=[Role.PICKER])), "restock"),
        (a_seller(), "damaged"),
        (an_inspector(), "scrap"),
    ):
        with refusing(NotAllowed):
            inspected(document, 1, disposition, by=by, remark="x")
    with refusing(NoteNeeded):
        inspected(document, 1, "scrap")

    assert standing(floor.item) == [("A", "available", D(4)), ("DOCK", "returned", D(3))]


def test_a_held_lot_comes_back_and_stays_held(floor):
    milk = ItemFactory(number="MILK", lots=True)
    lot = LotFactory(item=milk, number="L-1")
    stock(milk, floor.a, 4, lot=lot)
    order = a_shipped_order(floor, (milk, 3))
    hold_lots([lot.pk], reason=HoldReason.QUALITY, by=an_actor())

    document = taken_in(a_return(order, back(2)), floor.dock)
    with refusing(LotOnHold) as refusal:
        inspected(document, 1)
    inspected(document, 1, "quarantine")

    assert refusal.value.facts == {"item": "MILK", "lot": "L-1", "reason": "quality"}
    assert standing(milk) == [("A", "available", D(1)), ("DOCK", "blocked", D(1)), ("DOCK", "returned", D(1))]
    assert StockBalance.objects.pickable().filter(item=milk).count() == 0


def test_an_expired_lot_is_not_sold_again(floor):
    milk = ItemFactory(number="MILK", perishable=True)
    today = floor.warehouse.local_date(clock.now())
    lot = LotFactory(item=milk, number="L-1", expires_on=today + timedelta(days=30))
    stock(milk, floor.a, 4, lot=lot)
    document = taken_in(a_return(a_shipped_order(floor, (milk, 3)), back(2)), floor.dock)
    Lot.objects.filter(pk=lot.pk).update(expires_on=today)

    with refusing(LotExpired) as refusal:
        inspected(document, 1)
    inspected(document, 2, "scrap", remark="expired")

    assert refusal.value.facts == {"item": "MILK", "lot": "L-1", "expires_on": today}
    assert standing(milk) == [("A", "available", D(1))]
    Lot.objects.filter(pk=lot.pk).update(expires_on=today + timedelta(days=30))


def test_chilled_goods_are_sold_again_only_with_evidence(floor):
    cheese = ItemFactory(number="BRIE", storage_condition=StorageCondition.objects.get(code="CHILLED"))
    stock(cheese, floor.a, 4)
    document = taken_in(a_return(a_shipped_order(floor, (cheese, 3)), back(2)), floor.dock)

    with refusing(EvidenceNeeded) as refusal:
        inspected(document, 1)
    with refusing(EvidenceNeeded):
        inspected(document, 1, evidence="   ")
    inspected(document, 1, evidence="logger 4711: 3 to 5 °C throughout")
    inspected(document, 1, "damaged")

    assert refusal.value.facts == {"item": "BRIE", "condition": "Chilled 2 to 8 °C"}
    assert standing(cheese) == [("A", "available", D(1)), ("DOCK", "available", D(1)), ("DOCK", "damaged", D(1))]
    first = document.lines.get().inspections.first()
    assert first.evidence == "logger 4711: 3 to 5 °C throughout"


def test_ambient_goods_need_no_evidence(floor):
    soap = ItemFactory(storage_condition=StorageCondition.objects.get(code="AMBIENT"))
    stock(soap, floor.a, 4)
    document = taken_in(a_return(a_shipped_order(floor, (soap, 3)), back(2)), floor.dock)

    inspected(document, 2)

    document.refresh_from_db()
    assert document.state == "closed"


def test_a_unit_comes_back_with_its_serial_number_and_leaves_again(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    serial = SerialFactory(item=drill, number="S-1")
    stock(drill, floor.a, 1, serial=serial)
    first = a_shipped_order(floor, (drill, 1))
    document = taken_in(a_return(first, back(1)), floor.dock)
    inspected(document, 1)
    put_away(document)

    second = a_shipped_order(floor, (drill, 1))
    taken_in(a_return(second, back(1, serial=serial)), floor.dock)

    assert standing(drill) == [("DOCK", "returned", D(1))]


def test_what_a_return_posted_is_not_undone_behind_its_back(floor, order):
    document = taken_in(a_return(order, back(2)), floor.dock)
    inspected(document, 1)
    inspected(document, 1, "scrap", remark="crushed")
    boss = an_actor(UserFactory(roles=[Role.SUPERVISOR], is_superuser=True))

    for posting in StockTransaction.objects.filter(document=document.number):
        with refusing(BelongsToDocument) as refusal:
            undo_posting(transaction_id=posting.pk, reason="wrong", by=boss, at=clock.now())
        assert refusal.value.document == document.number

    assert StockTransaction.objects.filter(kind="reversal").count() == 0
