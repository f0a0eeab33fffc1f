"""Counting: blind, at the moment of the count, decided by another, posted once or not at all."""

from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import IllegalTransition, InvalidQuantity, NotAllowed, NotFound
from apps.counting.errors import CountedBefore, CountUnderWay, GoodsUnclear, NotACount, NotCountable, OwnCount
from apps.counting.models import CycleCount
from apps.counting.operations import approve_count, cancel_count, reject_count
from apps.counting.rules import CountedLine
from apps.counting.states import CountState
from apps.journal.models import Approval, AuditEntry, OutboxMessage
from apps.ledger.errors import BelongsToDocument, InsufficientStock
from apps.ledger.models import StockBalance, StockTransaction
from apps.ledger.operations import Claim, Move, Place, post, reserve, undo_posting
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.tasks.errors import NoTask, TaskNotYours, TaskStale, TaskTaken
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import claim_next_task, claim_task
from apps.tasks.states import TaskKind, TaskState
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.counting import a_count, a_decider, counted, found
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stock
from tests.factories.locations import LocationFactory, works_at
from tests.factories.tasks import a_task
from tests.invariants import assert_invariants


@pytest.fixture
def floor(db):
    """Ten bolts stand in A."""
    floor = a_floor()
    stock(floor.item, floor.a, 10)
    return floor


def decide(operation, count, *, by=None, reason="recounted twice"):
    return operation(count_id=count.pk, reason=reason, by=by or a_decider(), at=clock.now())


def on_hand(place, item):
    return sum(StockBalance.objects.filter(location=place, item=item).values_list("on_hand", flat=True), D(0))


def taken_from(floor, quantity):
    """So many bolts go from A to B."""
    post(
        [
            Move(
                item_id=floor.item.pk,
                quantity=D(quantity),
                source=Place(location_id=floor.a.pk),
                target=Place(location_id=floor.b.pk),
            )
        ],
        warehouse_id=floor.warehouse.pk,
        kind=TransactionKind.MOVE,
        by=floor.by,
        at=clock.now(),
    )


def adjustments():
    return StockTransaction.objects.filter(kind=TransactionKind.ADJUST)


def test_a_count_is_a_task_in_the_queue_and_a_sheet(floor):
    asker = a_decider()

    count = a_count(floor.a, by=asker)

    assert (count.number, count.state, count.asked_by) == (CycleCount.objects.get().number, "open", asker.user)
    assert count.number.startswith("CC-")
    task = count.task
    assert (task.kind, task.document, task.source, task.item, task.state) == (
        TaskKind.COUNT,
        count.number,
        floor.a,
        None,
        TaskState.READY,
    )
    assert OutboxMessage.objects.get(job="counting.print_count_sheet").arguments["count"] == count.number


def test_who_may_not_decide_asks_for_no_count(floor):
    with pytest.raises(NotAllowed):
        a_count(floor.a, by=an_actor(UserFactory(roles=(Role.PICKER,))))

    assert not CycleCount.objects.exists()


def test_what_is_on_the_road_is_not_counted(floor):
    road = LocationFactory(warehouse=floor.warehouse, code="ROAD", kind=LocationKind.TRANSIT)

    with pytest.raises(NotCountable):
        a_count(road)

    assert not CycleCount.objects.exists()


def test_a_virtual_place_is_not_counted(floor):
    with pytest.raises(NotCountable) as refusal:
        a_count(floor.adjustment)

    assert refusal.value.facts == {"location": "ADJUSTMENT"}


def test_a_place_is_in_one_count_at_a_time(floor):
    first = a_count(floor.a)

    with pytest.raises(CountUnderWay) as refusal:
        a_count(floor.a)

    assert refusal.value.facts == {"location": "A", "count": first.number}
    counted(first, found(floor.item, 10))
    assert a_count(floor.a).number != first.number


def test_a_count_without_variance_approves_itself_and_posts_nothing(floor):
    count = counted(a_count(floor.a), found(floor.item, 10))

    assert (count.state, count.approved_by, count.transaction) == (CountState.APPROVED, None, None)
    assert WarehouseTask.objects.get(pk=count.task_id).state == TaskState.DONE
    (line,) = count.lines.all()
    balance = StockBalance.objects.get(location=floor.a, item=floor.item)
    assert (line.expected, line.counted, line.position) == (D(10), D(10), balance.last_move)
    assert not adjustments().exists()


def test_an_empty_place_without_a_book_is_approved(floor):
    assert counted(a_count(floor.b)).state == CountState.APPROVED


def test_a_variance_waits_and_changes_no_stock(floor):
    count = counted(a_count(floor.a), found(floor.item, 7))

    assert count.state == CountState.COUNTED
    assert on_hand(floor.a, floor.item) == D(10)


@pytest.mark.parametrize(("there", "lost"), [(7, True), (12, False), (0, True)])
def test_another_approves_and_the_variance_is_posted_once(floor, there, lost):
    counter, manager = an_actor(), a_decider()
    count = counted(a_count(floor.a), found(floor.item, there), by=counter)

    count = decide(approve_count, count, by=manager)

    assert (count.state, count.approved_by) == (CountState.APPROVED, manager.user)
    assert on_hand(floor.a, floor.item) == D(there)
    (move,) = count.transaction.moves.all()
    assert (move.quantity, move.source, move.target) == (
        abs(D(there) - 10),
        floor.a if lost else floor.adjustment,
        floor.adjustment if lost else floor.a,
    )
    assert (count.transaction.kind, count.transaction.document) == (TransactionKind.ADJUST, count.number)
    approval = Approval.objects.get(number=count.number)
    assert (approval.asked_by, approval.decided_by) == (counter.user, manager.user)
    assert AuditEntry.objects.get(verb="approve").number == count.number
    with pytest.raises(IllegalTransition):
        decide(approve_count, count)
    assert adjustments().count() == 1
    assert_invariants()


def test_goods_in_the_wrong_condition_go_and_come_in_one_posting(floor):
    nut = ItemFactory(number="NUT")
    count = counted(a_count(floor.a), found(floor.item, 8), found(floor.item, 2, status="damaged"), found(nut, 4))

    decide(approve_count, count)

    assert StockBalance.objects.get(item=floor.item, location=floor.a, status="damaged").on_hand == D(2)
    assert on_hand(floor.a, nut) == D(4)
    assert adjustments().get().moves.count() == 3
    assert_invariants()


def test_lots_and_serial_numbers_are_found_and_missed(floor):
    lot, serial, gone = LotFactory(), SerialFactory(), SerialFactory()
    stock(gone.item, floor.a, 1, serial=gone)
    lines = found(lot.item, 3, lot=lot), found(serial.item, 1, serial=serial), found(floor.item, 10)

    decide(approve_count, counted(a_count(floor.a), *lines))

    assert (on_hand(floor.a, lot.item), on_hand(floor.a, serial.item), on_hand(floor.a, gone.item)) == (3, 1, 0)
    assert_invariants()


def test_what_moves_before_and_after_the_count_is_no_variance(floor):
    count = a_count(floor.a)
    taken_from(floor, 2)

    counted(count, found(floor.item, 7))
    taken_from(floor, 3)
    decide(approve_count, count)

    assert count.lines.get().variance == D(-1)
    assert (on_hand(floor.a, floor.item), on_hand(floor.b, floor.item)) == (D(4), D(5))
    assert_invariants()


def test_a_loss_of_goods_that_have_left_is_refused_and_changes_nothing(floor):
    count = counted(a_count(floor.a), found(floor.item, 3))
    taken_from(floor, 5)

    with pytest.raises(InsufficientStock) as refusal, transaction.atomic():
        decide(approve_count, count)

    assert (refusal.value.available, refusal.value.requested) == (D(5), D(7))
    assert CycleCount.objects.get().state == CountState.COUNTED
    assert on_hand(floor.a, floor.item) == D(5)


def test_a_loss_of_reserved_goods_is_refused_and_changes_nothing(floor):
    balance = StockBalance.objects.get(location=floor.a)
    reserve([Claim(balance_id=balance.pk, quantity=D(8))], warehouse_id=floor.warehouse.pk, document="SO-1")
    count = counted(a_count(floor.a), found(floor.item, 7))

    with pytest.raises(InsufficientStock) as refusal, transaction.atomic():
        decide(approve_count, count)

    assert (refusal.value.available, refusal.value.requested) == (D(2), D(3))
    assert CycleCount.objects.get().state == CountState.COUNTED
    assert on_hand(floor.a, floor.item) == D(10)


@pytest.mark.parametrize("operation", [approve_count, reject_count])
def test_a_counter_decides_nothing_about_the_count(floor, operation):
    counter = a_decider()
    count = counted(a_count(floor.a), found(floor.item, 7), by=counter)

    with pytest.raises(OwnCount) as refusal:
        decide(operation, count, by=counter)

    assert refusal.value.facts == {"count": count.number, "who": counter.user.username}
    assert CycleCount.objects.get().state == CountState.COUNTED
    assert not adjustments().exists()


def test_the_database_refuses_a_counter_that_approves(floor):
    count = counted(a_count(floor.a), found(floor.item, 7))

    with pytest.raises(IntegrityError, match="cycle_count_approved_by_another"):
        CycleCount.objects.filter(pk=count.pk).update(approved_by=count.counted_by)


@pytest.mark.parametrize("operation", [approve_count, reject_count, cancel_count])
def test_a_picker_decides_nothing(floor, operation):
    count = counted(a_count(floor.a), found(floor.item, 7))

    with pytest.raises(NotAllowed):
        decide(operation, count, by=an_actor(UserFactory(roles=(Role.PICKER,))))


@pytest.mark.parametrize("operation", [approve_count, reject_count])
def test_what_is_not_counted_yet_is_not_decided(floor, operation):
    with pytest.raises(IllegalTransition):
        decide(operation, a_count(floor.a))


def test_a_rejected_count_is_counted_again_by_another(floor):
    first = an_actor()
    count = counted(a_count(floor.a), found(floor.item, 7), by=first)
    old_task = count.task_id

    count = decide(reject_count, count)

    assert (count.state, count.first_counted_by, count.counted_by) == (CountState.RECOUNT, first.user, None)
    assert count.task_id != old_task
    with pytest.raises(CountedBefore):
        counted(count, found(floor.item, 7), by=first)
    assert WarehouseTask.objects.get(pk=count.task_id).state == TaskState.READY
    decide(approve_count, counted(count, found(floor.item, 9)))
    assert on_hand(floor.a, floor.item) == D(9)
    assert list(count.lines.values_list("round", "counted")) == [(1, D(7)), (2, D(9))]
    assert_invariants()


def test_a_count_rejected_twice_ends_and_posts_nothing(floor):
    count = decide(reject_count, counted(a_count(floor.a), found(floor.item, 7)))

    count = decide(reject_count, counted(count, found(floor.item, 6)))

    assert (count.state, on_hand(floor.a, floor.item)) == (CountState.REJECTED, D(10))
    assert not adjustments().exists()


def test_a_cancelled_count_leaves_the_queue(floor):
    count = decide(cancel_count, a_count(floor.a))

    assert count.state == CountState.CANCELLED
    assert WarehouseTask.objects.get(pk=count.task_id).state == TaskState.CANCELLED
    with pytest.raises(TaskStale):
        counted(count)


def test_a_count_is_taken_down_once_and_from_the_newest_task(floor):
    count = a_count(floor.a)

    with pytest.raises(TaskStale):
        counted(count, version=7)
    counted(count, found(floor.item, 7))
    with pytest.raises(TaskStale):
        counted(count, found(floor.item, 6))
    assert count.lines.get().counted == D(7)


def test_a_count_in_anothers_hands_is_not_taken_down(floor):
    count = a_count(floor.a)
    claim_task(task_id=count.task_id, by=an_actor(), at=clock.now())

    with pytest.raises(TaskTaken):
        counted(count, found(floor.item, 7))


def test_a_task_of_another_kind_is_not_a_count(floor):
    task = a_task(floor.item, floor.dock)

    with pytest.raises(NotACount) as refusal:
        counted(type("Count", (), {"task_id": task.pk}), found(floor.item, 1))

    assert refusal.value.facts == {"task": task.number}


def test_goods_are_named_as_they_are_tracked_and_once(floor):
    lot, serial = LotFactory(), SerialFactory()
    count = a_count(floor.a)
    unclear = {
        "name a lot exactly when the item is tracked by lot": [found(lot.item, 1)],
        "name a serial number exactly when the item is tracked by serial number": [found(serial.item, 1)],
        "the lot or serial number belongs to another item": [found(LotFactory().item, 1, lot=lot)],
        "a serial number is one unit": [found(serial.item, 2, serial=serial)],
        "the same goods are named twice": [found(floor.item, 1), found(floor.item, 2)],
    }

    for problem, lines in unclear.items():
        with pytest.raises(GoodsUnclear) as refusal:
            counted(count, *lines)
        assert refusal.value.problem == problem
    with pytest.raises(InvalidQuantity):
        counted(count, found(floor.item, "-1"))
    with pytest.raises(NotFound):
        counted(count, CountedLine(item_id=0, quantity=D(1)))
    assert not count.lines.exists()
    assert WarehouseTask.objects.get(pk=count.task_id).state == TaskState.READY


def test_a_recount_is_offered_to_another_than_the_first_counter(floor):
    first, second = (an_actor(works_at(UserFactory(), floor.warehouse)) for _ in range(2))
    count = counted(a_count(floor.a), found(floor.item, 7), by=first)
    count = decide(reject_count, count)

    def next_for(by):
        return claim_next_task(warehouse_code=floor.warehouse.code, kinds=[TaskKind.COUNT], by=by, at=clock.now())

    with pytest.raises(NoTask):
        next_for(first)
    with pytest.raises(TaskNotYours) as refusal:
        claim_task(task_id=count.task_id, by=first, at=clock.now())
    assert refusal.value.facts == {"task": count.task.number, "worker": first.user.username}
    assert next_for(second).number == count.task.number


def test_a_posting_of_a_count_is_not_undone_alone(floor):
    count = decide(approve_count, counted(a_count(floor.a), found(floor.item, 7)))
    manager = a_decider()
    works_at(manager.user, floor.warehouse)

    with pytest.raises(BelongsToDocument) as refusal:
        undo_posting(transaction_id=count.transaction_id, reason="oops", by=manager, at=clock.now())

    assert refusal.value.facts == {"what": "Adjust", "document": count.number}
    assert on_hand(floor.a, floor.item) == D(7)
