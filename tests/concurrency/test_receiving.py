"""Docks and workers at the same moment: a tolerance is used up once, a task has one worker, a bin is filled once."""

from datetime import date
from decimal import Decimal as D
from functools import partial

import pytest
from django.db import transaction
from django.db.models import QuerySet

from apps.core import clock
from apps.journal.actor import Actor
from apps.ledger.models import Lot, StockBalance
from apps.locations.choices import LocationKind
from apps.locations.models import Zone
from apps.purchasing.errors import OverReceipt, ReferenceTaken
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.operations import OrderLine, close_receipt, open_receipt, raise_purchase_order
from apps.safety.models import HazardClass, SegregationRule
from apps.storage.errors import BinFull, HazardsApart
from apps.storage.models import Putaway, Replenishment
from apps.storage.operations import confirm_putaway, replenish_faces
from apps.tasks.errors import NoTask, TaskStale
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import claim_next_task, claim_task, complete_task
from apps.tasks.states import TaskKind, TaskState
from tests.concurrency.crowd import persist, together
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory, works_at
from tests.factories.purchasing import an_approved_order, receive_line
from tests.factories.storage import PickFaceFactory, goods_at, putaways_of
from tests.factories.tasks import a_task, some_tasks

TODAY = date(2026, 1, 1)


def a_truck(floor, order):
    return persist(partial(open_receipt, order_ids=[order.pk], dock_id=floor.dock.pk, by=an_actor(), at=clock.now()))


def unload(receipt, quantity, **more):
    """A receive of line 1, to be done in another thread by somebody of its own."""
    return partial(
        receive_line, receipt_id=receipt.pk, line=1, quantity=D(quantity), by=an_actor(), at=clock.now(), **more
    )


def kinds(results, kind):
    return [result for result in results if isinstance(result, kind)]


def put(putaway, place, by, **more):
    return partial(
        confirm_putaway,
        task_id=putaway.task_id,
        location_id=place.pk,
        quantity=putaway.task.quantity,
        by=by,
        at=clock.now(),
        **more,
    )


@pytest.mark.parametrize("trucks", [1, 2])
def test_of_two_who_receive_the_last_tolerated_units_one_is_refused(floor, trucks):
    order = an_approved_order(floor.warehouse, (floor.item, 10, 10))
    receipts = [a_truck(floor, order) for _ in range(trucks)]
    persist(unload(receipts[0], 10))

    results = together(unload(receipts[0], 1), unload(receipts[-1], 1))

    assert len(kinds(results, OverReceipt)) == 1
    assert len(kinds(results, QuerySet)) == 1
    assert order.lines.get().received == D(11)
    assert StockBalance.objects.get(location=floor.dock).on_hand == D(11)


def test_two_docks_that_name_the_same_new_lot_make_one(floor):
    milk = ItemFactory(number="MILK", lots=True)
    supplier = PartyFactory(is_supplier=True)
    orders = [an_approved_order(floor.warehouse, (milk, 10), supplier=supplier) for _ in range(2)]
    receipts = [a_truck(floor, order) for order in orders]

    results = together(*(unload(receipt, 10, lot_number="L1") for receipt in receipts))

    assert len(kinds(results, QuerySet)) == 2
    assert Lot.objects.get().number == "L1"
    assert StockBalance.objects.get(location=floor.dock).on_hand == D(20)


def test_a_truck_is_closed_once(floor):
    order = an_approved_order(floor.warehouse, (floor.item, 10))
    receipt = a_truck(floor, order)
    persist(unload(receipt, 10))

    together(*(partial(close_receipt, receipt_id=receipt.pk, by=an_actor(), at=clock.now()) for _ in range(3)))

    assert Putaway.objects.get().task.quantity == D(10)


def test_two_receipts_closed_at_once_do_not_count_on_the_same_bin(floor):
    floor.a.max_units = floor.b.max_units = 10
    floor.a.save()
    floor.b.save()
    receipts = [a_truck(floor, an_approved_order(floor.warehouse, (floor.item, 10))) for _ in range(2)]
    for receipt in receipts:
        persist(unload(receipt, 10))

    together(*(partial(close_receipt, receipt_id=each.pk, by=an_actor(), at=clock.now()) for each in receipts))

    assert {putaway.proposed for putaway in Putaway.objects.all()} == {floor.a, floor.b}


def test_of_twenty_who_claim_ten_tasks_ten_get_one_each(floor):
    some_tasks(floor.warehouse, 10)
    workers = [Actor(user=works_at(UserFactory(), floor.warehouse)) for _ in range(20)]

    results = together(
        *(partial(claim_next_task, warehouse_code=floor.warehouse.code, by=by, at=clock.now()) for by in workers)
    )

    claimed = kinds(results, WarehouseTask)
    assert len({task.pk for task in claimed}) == len(claimed) == 10
    assert len({task.assigned_to_id for task in claimed}) == 10
    assert len(kinds(results, NoTask)) == 10
    assert WarehouseTask.objects.filter(state=TaskState.ASSIGNED).count() == 10


def picks_at(floor, *walk, **more):
    """A pick at each of these places on the walk, in bins of their own."""
    bins = [LocationFactory(warehouse=floor.warehouse, zone=None, pick_sequence=place) for place in walk]
    return [
        a_task(floor.item, each, kind=TaskKind.PICK, sequence=each.pick_sequence, document="W-1", **more)
        for each in bins
    ]


def test_a_picker_gets_what_is_behind_them_while_another_claims_all_that_is_ahead(floor):
    picker = Actor(user=works_at(UserFactory(), floor.warehouse))
    done, ahead, behind = picks_at(floor, 50, 60, 10)
    with transaction.atomic():
        complete_task(claim_task(task_id=done.pk, by=picker, at=clock.now()), by=picker, at=clock.now())

    with transaction.atomic():
        WarehouseTask.objects.lock([ahead.pk])  # as a claim does until it commits
        (task,) = together(partial(claim_next_task, warehouse_code=floor.warehouse.code, by=picker, at=clock.now()))

    assert task == behind


def test_a_picker_gets_what_is_less_urgent_while_others_claim_all_that_is_urgent(floor):
    picker = Actor(user=works_at(UserFactory(), floor.warehouse))
    urgent = picks_at(floor, *range(20), priority=90)
    (calm,) = picks_at(floor, 30)

    with transaction.atomic():
        WarehouseTask.objects.lock([task.pk for task in urgent])
        (task,) = together(partial(claim_next_task, warehouse_code=floor.warehouse.code, by=picker, at=clock.now()))

    assert task == calm


def test_a_task_confirmed_twice_at_once_moves_the_goods_once(floor):
    (putaway,) = putaways_of(goods_at(floor.dock, floor.item, 8), dock=floor.dock)
    by = an_actor()

    results = together(*[put(putaway, floor.a, by)] * 2)

    assert len(kinds(results, TaskStale)) == 1
    assert StockBalance.objects.get(location=floor.a).on_hand == D(8)


def test_two_who_override_into_the_last_room_of_a_bin_do_not_overfill_it(floor):
    free = LocationFactory(warehouse=floor.warehouse, code="C", max_units=8, pick_sequence=10_000)
    putaways = [
        putaways_of(goods_at(floor.dock, ItemFactory(), 8), dock=floor.dock, document=f"GR-{n}")[0] for n in range(2)
    ]

    results = together(*(put(putaway, free, an_actor(), override_reason="near") for putaway in putaways))

    assert len(kinds(results, BinFull)) == 1
    assert sum(StockBalance.objects.filter(location=free).values_list("on_hand", flat=True)) == D(8)


def test_two_who_bring_hazards_kept_apart_into_one_zone_do_not_both_succeed(floor):
    zone = Zone.objects.create(warehouse=floor.warehouse, code="H", name="Hazards")
    bins = [LocationFactory(warehouse=floor.warehouse, code=f"H-{n}", zone=zone) for n in range(2)]
    classes = [HazardClass.objects.create(code=code, name=code, source="-", effective_on=TODAY) for code in ("X", "Y")]
    SegregationRule.objects.create(first=classes[0], second=classes[1], apart="zone", source="-", effective_on=TODAY)
    putaways = [
        putaways_of(goods_at(floor.dock, ItemFactory(hazard_class=each), 8), dock=floor.dock, document=f"GR-{n}")[0]
        for n, each in enumerate(classes)
    ]
    assert {putaway.proposed for putaway in putaways}.isdisjoint(bins)

    results = together(
        *(put(putaway, bin_, an_actor(), override_reason="near") for putaway, bin_ in zip(putaways, bins, strict=True))
    )

    assert len(kinds(results, HazardsApart)) == 1
    assert StockBalance.objects.on_hand().filter(location__zone=zone).count() == 1


def test_three_receipts_closed_at_once_get_nine_bins_for_nine_pallets(floor):
    slots = [
        LocationFactory(warehouse=floor.warehouse, code=f"S-{n}", max_units=10, mixes_items=False) for n in range(9)
    ]
    type(floor.a).objects.filter(pk__in=[floor.a.pk, floor.b.pk]).update(is_active=False)
    receipts = [a_truck(floor, an_approved_order(floor.warehouse, (floor.item, 30))) for _ in range(3)]
    for receipt in receipts:
        for _ in range(3):
            persist(unload(receipt, 10))

    together(*(partial(close_receipt, receipt_id=each.pk, by=an_actor(), at=clock.now()) for each in receipts))

    assert sorted(Putaway.objects.values_list("proposed", flat=True)) == sorted(slot.pk for slot in slots)
    assert set(WarehouseTask.objects.values_list("quantity", flat=True)) == {D(10)}


def test_a_face_that_several_see_below_its_minimum_is_filled_up_once(floor):
    face = LocationFactory(warehouse=floor.warehouse, code="F", kind=LocationKind.PICK_FACE)
    PickFaceFactory(item=floor.item, location=face, minimum=2, maximum=10)
    stock(floor.item, floor.a, 40)
    boss = an_actor(UserFactory(roles=["supervisor"]))

    together(*[partial(replenish_faces, warehouse_id=floor.warehouse.pk, by=boss, at=clock.now())] * 3)

    assert Replenishment.objects.get().task.quantity == D(10)


def test_two_who_raise_an_order_under_one_reference_raise_one(floor):
    supplier = PartyFactory(is_supplier=True)
    line = OrderLine(item_id=floor.item.pk, quantity=D(1), price=D(1))
    ask = partial(
        raise_purchase_order,
        warehouse_id=floor.warehouse.pk,
        supplier_id=supplier.pk,
        lines=[line],
        due_on=clock.now().date(),
        at=clock.now(),
        reference="Q-7",
    )

    results = together(*(partial(ask, by=an_actor()) for _ in range(2)))

    assert len(kinds(results, ReferenceTaken)) == 1
    assert PurchaseOrder.objects.count() == 1
