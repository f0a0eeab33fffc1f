"""Putting away: proposals count what is on its way; a worker's own choice needs a reason and keeps the hard rules."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.core import clock
from apps.core.errors import InvalidQuantity, NotFound
from apps.journal.models import AuditEntry
from apps.ledger.errors import InsufficientStock
from apps.ledger.models import StockBalance, StockMove
from apps.locations.choices import LocationKind
from apps.safety.models import StorageCondition
from apps.storage.errors import BinFull, MoreThanTask, NotMixed, WrongBin, WrongCondition, WrongPlace
from apps.storage.models import Putaway
from apps.storage.operations import Goods, confirm_putaway, propose_putaways
from apps.tasks.errors import TaskStale, TaskTaken
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import cancel_tasks, claim_task
from apps.tasks.states import TaskState
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stock
from tests.factories.locations import LocationFactory
from tests.factories.storage import PickFaceFactory, goods_at, putaways_of
from tests.factories.tasks import some_tasks


def standing(item):
    rows = StockBalance.objects.on_hand().filter(item=item).order_by("location__code")
    return list(rows.values_list("location__code", "on_hand"))


def confirm(racks, putaway, where, quantity, **more):
    more.setdefault("by", racks.by)
    return confirm_putaway(task_id=putaway.task_id, location_id=where.pk, quantity=D(quantity), at=clock.now(), **more)


@pytest.fixture
def chilled(db):
    return StorageCondition.objects.create(
        code="TEST-CHILLED", name="Chilled 2 to 8", min_celsius=2, max_celsius=8, effective_on=date(2026, 1, 1)
    )


def test_three_pallets_of_one_receipt_get_three_bins(racks):
    bins = [racks.bin(f"A-{n}", max_units=40) for n in range(3)]

    putaways = putaways_of(*(goods_at(racks.dock, racks.item, 40) for _ in range(3)), dock=racks.dock)

    assert [putaway.task.target_id for putaway in putaways] == [bin_.pk for bin_ in bins]


def test_open_tasks_of_an_earlier_receipt_take_room(racks):
    first, second = racks.bin("A-1", max_units=40), racks.bin("A-2", max_units=40)
    [earlier] = putaways_of(goods_at(racks.dock, racks.item, 40), dock=racks.dock)

    [later] = putaways_of(goods_at(racks.dock, racks.item, 40), dock=racks.dock)

    assert (earlier.proposed, later.proposed) == (first, second)


def test_cancelled_tasks_take_no_room(racks):
    only = racks.bin("A-1", max_units=40)
    [earlier] = putaways_of(goods_at(racks.dock, racks.item, 40), dock=racks.dock)
    cancel_tasks([earlier.task_id])

    [later] = putaways_of(goods_at(racks.dock, racks.item, 40), dock=racks.dock)

    assert later.proposed == only


def test_weight_and_volume_count_what_stands_there(racks):
    heavy = ItemFactory(weight_g=D(500), length_mm=100, width_mm=10, height_mm=10)
    full = racks.bin("A-1", max_weight_g=1000)
    small = racks.bin("A-2", max_volume_mm3=15000)
    wide = racks.bin("A-3")
    stock(heavy, full, 2)

    putaways = putaways_of(goods_at(racks.dock, heavy, 3), dock=racks.dock)

    assert [(putaway.proposed, putaway.task.quantity) for putaway in putaways] == [(wide, D(3))]
    assert small.max_volume_mm3 == 15000


def test_goods_stay_where_their_temperature_is_kept(racks, chilled):
    milk = ItemFactory(storage_condition=chilled)
    racks.bin("A-1")
    cold = racks.bin("C-1", storage_condition=chilled)

    [putaway] = putaways_of(goods_at(racks.dock, milk, 3), dock=racks.dock)

    assert putaway.proposed == cold


def test_no_bin_makes_a_task_that_says_why(racks):
    racks.bin("A-1", max_units=0)

    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 3), dock=racks.dock)

    assert (putaway.proposed, putaway.task.target) == (None, None)
    assert putaway.reasons == [{"rule": "no_bin", "points": 0, "sentence": "No bin takes it: 1 full."}]


def test_a_pick_face_is_filled_and_the_rest_goes_to_reserve(racks):
    reserve = racks.bin("A-1")
    face = racks.bin("P-1", LocationKind.PICK_FACE)
    PickFaceFactory(item=racks.item, location=face, maximum=D(10))

    putaways = putaways_of(goods_at(racks.dock, racks.item, 25), dock=racks.dock)

    assert [(putaway.proposed, putaway.task.quantity) for putaway in putaways] == [(face, D(10)), (reserve, D(15))]


def test_serial_units_are_dealt_out_over_the_bins(racks):
    drill = ItemFactory(serials=True)
    racks.bin("A-1", max_units=2)
    racks.bin("A-2", max_units=2)
    units = [SerialFactory(item=drill) for _ in range(3)]

    putaways = putaways_of(*(goods_at(racks.dock, drill, 1, serial=unit) for unit in units), dock=racks.dock)

    assert [(putaway.task.serial, putaway.proposed.code, putaway.task.quantity) for putaway in putaways] == [
        (units[0], "A-1", D(1)),
        (units[1], "A-1", D(1)),
        (units[2], "A-2", D(1)),
    ]


@pytest.mark.parametrize("count", [1, 12])
def test_a_proposal_takes_the_same_number_of_statements_for_any_number_of_goods(
    racks, count, django_assert_num_queries
):
    racks.bin("A-1")
    goods = [goods_at(racks.dock, racks.item, 1) for _ in range(count)]

    # lock, items, rules, velocities, lanes, shortlist, its places, what they hold and get, faces, numbers, two inserts
    with django_assert_num_queries(14):
        propose_putaways(goods, warehouse_id=racks.warehouse.pk, document="GR-1", by=racks.by, at=clock.now())


def test_confirming_moves_the_goods_and_ends_the_task(racks):
    target = racks.bin("A-1")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)

    done = confirm(racks, putaway, target, 8)

    assert standing(racks.item) == [("A-1", D(8))]
    assert (done.task.state, done.task.done_by, done.override_reason) == (TaskState.DONE, racks.by.user, "")
    assert (done.transaction.kind, done.transaction.document) == ("putaway", "GR-1")


def test_damaged_goods_keep_their_status_on_the_way(racks):
    quarantine = racks.bin("Q", LocationKind.QUARANTINE)
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 2, status="damaged"), dock=racks.dock)

    confirm(racks, putaway, quarantine, 2)

    assert StockBalance.objects.on_hand().get().status == "damaged"
    assert standing(racks.item) == [("Q", D(2))]


def test_less_than_the_task_leaves_a_task_for_the_rest(racks):
    target = racks.bin("A-1")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)

    done = confirm(racks, putaway, target, 5)

    assert standing(racks.item) == [("A-1", D(5)), ("DOCK", D(3))]
    rest = Putaway.objects.exclude(pk=done.pk).get()
    assert (rest.task.quantity, rest.task.state, rest.proposed, rest.reasons) == (
        D(3),
        TaskState.READY,
        target,
        putaway.reasons,
    )
    assert WarehouseTask.objects.get(pk=done.task_id).quantity == D(5)


def test_another_bin_without_a_reason_is_refused(racks):
    racks.bin("A-1")
    other = racks.bin("A-2")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)

    with pytest.raises(WrongBin) as refusal, transaction.atomic():
        confirm(racks, putaway, other, 8, override_reason="  ")

    assert refusal.value.facts == {"task": putaway.task.number, "expected": "A-1", "scanned": "A-2"}
    assert refusal.value.recover == ("rescan", "override")
    assert standing(racks.item) == [("DOCK", D(8))]
    assert Putaway.objects.get().task.state == TaskState.READY


def test_another_bin_with_a_reason_is_done_and_recorded(racks):
    racks.bin("A-1")
    other = racks.bin("A-2")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)

    done = confirm(racks, putaway, other, 8, override_reason="A-1 is blocked by a ladder")

    assert standing(racks.item) == [("A-2", D(8))]
    assert (done.proposed.code, done.override_reason) == ("A-1", "A-1 is blocked by a ladder")
    assert done.transaction.reason == "A-1 is blocked by a ladder"
    line = AuditEntry.objects.get(verb="override")
    assert (line.kind, line.number, line.user, line.warehouse_code) == (
        "putaway",
        putaway.task.number,
        racks.by.user,
        "MAIN",
    )
    assert line.detail == {
        "reason": "A-1 is blocked by a ladder",
        "reason_code": "",
        "proposed": "A-1",
        "chosen": "A-2",
    }


def test_a_task_without_a_bin_goes_where_the_worker_says(racks):
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)
    found = racks.bin("A-9")

    confirm(racks, putaway, found, 8)

    assert standing(racks.item) == [("A-9", D(8))]
    assert not AuditEntry.objects.filter(verb="override").exists()


def test_an_override_keeps_the_hard_rules(racks, chilled):
    milk = ItemFactory(number="MILK", tracking="lot", storage_condition=chilled)
    old, new = LotFactory(item=milk), LotFactory(item=milk)
    racks.bin("C-1", storage_condition=chilled)
    warm = racks.bin("A-1")
    full = racks.bin("C-2", storage_condition=chilled, max_units=6, pick_sequence=900)
    other_lot = racks.bin("C-3", storage_condition=chilled, mixes_lots=False, pick_sequence=901)
    bench = racks.bin("PACK", LocationKind.PACK, storage_condition=chilled)
    closed = racks.bin("C-4", storage_condition=chilled, is_active=False)
    stock(milk, full, 4, lot=new)
    stock(milk, other_lot, 4, lot=old)
    [putaway] = putaways_of(goods_at(racks.dock, milk, 5, lot=new), dock=racks.dock)
    before = StockMove.objects.count()

    refusals = {}
    for place in (warm, full, other_lot, bench, closed):
        if place.pk == putaway.proposed_id:
            continue
        with pytest.raises((WrongCondition, BinFull, NotMixed, WrongPlace)) as refusal, transaction.atomic():
            confirm(racks, putaway, place, 5, override_reason="because")
        refusals[place.code] = (refusal.value.code, refusal.value.facts)

    assert refusals == {
        "A-1": (
            "wrong_condition",
            {"location": "A-1", "item": "MILK", "needed": "Chilled 2 to 8", "kept": "none"},
        ),
        "C-2": ("bin_full", {"location": "C-2", "item": "MILK", "room": D(2), "requested": D(5)}),
        "C-3": ("not_mixed", {"location": "C-3", "item": "MILK", "problem": "kept for another lot"}),
        "PACK": ("wrong_place", {"location": "PACK", "kind": "pack", "goods_status": "available"}),
        "C-4": ("wrong_place", {"location": "C-4", "kind": "storage", "goods_status": "available"}),
    }
    assert StockMove.objects.count() == before
    assert not AuditEntry.objects.filter(verb="override").exists()


def test_the_proposed_bin_that_was_filled_meanwhile_is_refused(racks):
    target = racks.bin("A-1", max_units=10)
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)
    stock(ItemFactory(), target, 5)

    with pytest.raises(BinFull) as refusal, transaction.atomic():
        confirm(racks, putaway, target, 8)

    assert (refusal.value.room, refusal.value.requested) == (D(5), D(8))
    assert standing(racks.item) == [("DOCK", D(8))]


@pytest.mark.parametrize(
    ("quantity", "refused"),
    [("9", MoreThanTask), ("0", InvalidQuantity), ("-1", InvalidQuantity), ("0.5", InvalidQuantity)],
)
def test_a_wrong_quantity_is_refused(racks, quantity, refused):
    target = racks.bin("A-1")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)

    with pytest.raises(refused), transaction.atomic():
        confirm(racks, putaway, target, quantity)

    assert standing(racks.item) == [("DOCK", D(8))]


def test_a_bin_of_another_warehouse_is_not_found(racks):
    racks.bin("A-1")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)

    with pytest.raises(NotFound):
        confirm(racks, putaway, LocationFactory(), 8, override_reason="because")

    assert standing(racks.item) == [("DOCK", D(8))]


def test_a_task_that_is_no_putaway_is_not_found(racks):
    [task] = some_tasks(racks.warehouse)

    with pytest.raises(NotFound):
        confirm_putaway(task_id=task.pk, location_id=racks.dock.pk, quantity=D(1), by=racks.by, at=clock.now())


def test_goods_that_left_the_dock_cannot_be_put_away(racks):
    target = racks.bin("A-1")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)
    again = Goods(item_id=racks.item.pk, quantity=D(8), source_id=racks.dock.pk)
    [twice] = putaways_of(again, dock=racks.dock)
    confirm(racks, putaway, target, 8)

    with pytest.raises(InsufficientStock), transaction.atomic():
        confirm(racks, twice, target, 8)

    assert standing(racks.item) == [("A-1", D(8))]


def test_a_stale_or_taken_task_is_refused(racks):
    target = racks.bin("A-1")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)
    claim_task(task_id=putaway.task_id, by=an_actor(), at=clock.now())

    with pytest.raises(TaskStale):
        confirm(racks, putaway, target, 8, version=1)
    with pytest.raises(TaskTaken):
        confirm(racks, putaway, target, 8, version=2)

    assert standing(racks.item) == [("DOCK", D(8))]
