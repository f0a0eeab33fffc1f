"""A handling unit is put away whole: one trip, one bin that takes all that is on it, one posting."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.ledger.errors import InsufficientStock, UnitElsewhere
from apps.ledger.models import HandlingUnit, StockBalance, StockMove
from apps.ledger.operations import Content, move_unit, nest_unit, split_unit
from apps.locations.choices import LocationKind
from apps.safety.choices import Apart
from apps.safety.models import HazardClass, StorageCondition
from apps.safety.queries import segregation_on
from apps.storage.errors import BinFull, HazardsApart, NotWhole, UnitChanged, WrongBin
from apps.storage.models import Putaway
from apps.storage.operations import confirm as confirm_module
from apps.storage.operations import confirm_putaway, propose_putaways, undo_putaway, withdraw_putaways
from apps.storage.queries import bins_among
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskState
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stands, stock
from tests.factories.locations import works_at
from tests.factories.storage import PickFaceFactory, a_pallet, goods_at, goods_of, putaways_of
from tests.invariants import assert_invariants


def confirm(racks, putaway, where, quantity=None, **more):
    with transaction.atomic():
        return confirm_putaway(
            task_id=putaway.task_id, location_id=where.pk, quantity=quantity, by=racks.by, at=clock.now(), **more
        )


def put_away(racks, *units, document="GR-1"):
    return putaways_of(*goods_of(*units), dock=racks.dock, document=document)


def test_a_pallet_of_one_item_is_one_trip_to_one_bin(racks):
    racks.bin("A-1", max_units=30)
    fits = racks.bin("A-2", max_units=40)
    pallet = a_pallet(racks.dock, (racks.item, 40))

    [putaway] = put_away(racks, pallet)

    task = putaway.task
    assert (task.unit, task.item, task.quantity, task.source, task.target) == (
        pallet,
        racks.item,
        D(40),
        racks.dock,
        fits,
    )
    assert task.carries_unit
    assert {"rule": "whole", "points": 45, "sentence": "It takes the whole unit."} in putaway.reasons


def test_a_pallet_of_two_items_names_neither_and_needs_room_for_both(racks):
    nut = ItemFactory(weight_g=D(100))
    racks.bin("A-1", max_units=50)
    racks.bin("A-2", max_weight_g=900)
    fits = racks.bin("A-3", max_units=60)
    pallet = a_pallet(racks.dock, (racks.item, 50), (nut, 10))

    [putaway] = put_away(racks, pallet)

    assert (putaway.task.item, putaway.task.lot, putaway.task.quantity, putaway.proposed) == (None, None, D(1), fits)


def test_two_lots_of_one_item_are_one_sum_without_a_lot(racks):
    milk = ItemFactory(lots=True)
    racks.bin("A-1", mixes_lots=False)
    fits = racks.bin("A-2")
    pallet = a_pallet(racks.dock, (milk, 3, {"lot": LotFactory(item=milk)}), (milk, 4, {"lot": LotFactory(item=milk)}))

    [putaway] = put_away(racks, pallet)

    assert (putaway.task.item, putaway.task.lot, putaway.task.quantity, putaway.proposed) == (milk, None, D(7), fits)


def test_cartons_on_a_pallet_go_with_it(racks):
    target = racks.bin("A-1")
    pallet = a_pallet(racks.dock)
    cartons = [a_pallet(racks.dock, (racks.item, 6)) for _ in range(2)]
    for carton in cartons:
        nest_unit(unit_id=carton.pk, into_id=pallet.pk, by=racks.by, at=clock.now())

    [putaway] = put_away(racks, *cartons)

    assert (putaway.task.unit, putaway.task.quantity) == (pallet, D(12))
    confirm(racks, putaway, target)
    assert set(HandlingUnit.objects.values_list("number", "location__code")) == {
        (unit.number, "A-1") for unit in (pallet, *cartons)
    }
    assert stands(racks.item) == {"A-1": D(6)} | {"A-1": D(6)}
    assert_invariants()


def test_confirming_moves_all_that_is_on_it_in_one_posting(racks):
    nut = ItemFactory()
    target = racks.bin("A-1")
    pallet = a_pallet(racks.dock, (racks.item, 5), (nut, 7))
    [putaway] = put_away(racks, pallet)

    done = confirm(racks, putaway, target)

    assert (done.task.state, done.transaction.kind, done.transaction.document) == (TaskState.DONE, "putaway", "GR-1")
    moves = StockMove.objects.filter(transaction=done.transaction).order_by("item")
    assert [(move.item, move.quantity, move.target_unit) for move in moves] == [
        (racks.item, D(5), pallet),
        (nut, D(7), pallet),
    ]
    assert (stands(racks.item), stands(nut)) == ({"A-1": D(5)}, {"A-1": D(7)})
    assert_invariants()


def test_a_unit_is_not_split_by_its_task(racks):
    target = racks.bin("A-1")
    pallet = a_pallet(racks.dock, (racks.item, 5))
    [putaway] = put_away(racks, pallet)

    with pytest.raises(NotWhole) as refusal:
        confirm(racks, putaway, target, D(4))

    assert refusal.value.facts == {
        "task": putaway.task.number,
        "unit": pallet.number,
        "quantity": D(5),
        "asked": D(4),
    }
    assert stands(racks.item) == {"DOCK": D(5)}
    confirm(racks, putaway, target, D(5))
    assert stands(racks.item) == {"A-1": D(5)}


def test_what_was_taken_off_it_meanwhile_stays(racks):
    target = racks.bin("A-1")
    pallet = a_pallet(racks.dock, (racks.item, 5))
    [putaway] = put_away(racks, pallet)
    split_unit(unit_id=pallet.pk, contents=[Content(item_id=racks.item.pk, quantity=D(2))], by=racks.by, at=clock.now())

    confirm(racks, putaway, target)

    assert stands(racks.item) == {"A-1": D(3), "DOCK": D(2)}
    assert_invariants()


@pytest.mark.parametrize(
    ("second", "home"), [("damaged", "Q-1"), ("blocked", "Q-1"), ("inspection", "Q-1"), ("available", "A-1")]
)
def test_a_unit_goes_where_the_strictest_of_its_statuses_belongs(racks, second, home):
    racks.bin("A-1")
    racks.bin("Q-1", LocationKind.QUARANTINE)
    pallet = a_pallet(racks.dock, (racks.item, 5), (ItemFactory(), 1, {"status": second}))

    [putaway] = put_away(racks, pallet)

    assert (putaway.proposed.code, putaway.status) == (home, second)


def test_goods_keep_their_statuses_on_the_way(racks):
    quarantine = racks.bin("Q-1", LocationKind.QUARANTINE)
    pallet = a_pallet(racks.dock, (racks.item, 5), (racks.item, 1, {"status": "damaged"}))
    [putaway] = put_away(racks, pallet)

    confirm(racks, putaway, quarantine)

    rows = StockBalance.objects.on_hand().order_by("status").values_list("status", "on_hand", "location__code")
    assert list(rows) == [("available", D(5), "Q-1"), ("damaged", D(1), "Q-1")]


def test_a_unit_that_no_bin_takes_whole_says_why(racks):
    racks.bin("A-1", max_units=3)
    racks.bin("A-2", max_units=3)
    pallet = a_pallet(racks.dock, (racks.item, 5))

    [putaway] = put_away(racks, pallet)

    assert (putaway.proposed, putaway.task.quantity) == (None, D(5))
    assert putaway.reasons == [{"rule": "no_bin", "points": 0, "sentence": "No bin takes it: 2 full."}]


def test_hazards_that_stay_apart_do_not_share_a_unit_s_bin(racks):
    acetone, bleach = (ItemFactory(hazard_class=HazardClass.objects.get(code=code)) for code in ("3", "5.1"))
    racks.bin("A-1")
    pallet = a_pallet(racks.dock, (acetone, 1), (bleach, 1))

    [putaway] = put_away(racks, pallet)

    assert putaway.proposed is None
    with pytest.raises(HazardsApart):
        confirm(racks, putaway, racks.bin("A-2"))
    assert stands(acetone) == {"DOCK": D(1)}


def test_all_that_is_on_a_unit_needs_its_condition(racks):
    chilled = StorageCondition.objects.create(
        code="TEST-CHILLED", name="Chilled 2 to 8", min_celsius=2, max_celsius=8, effective_on=date(2026, 1, 1)
    )
    racks.bin("A-1")
    cold = racks.bin("C-1", storage_condition=chilled)
    pallet = a_pallet(racks.dock, (racks.item, 1), (ItemFactory(storage_condition=chilled), 1))

    [putaway] = put_away(racks, pallet)

    assert putaway.proposed == cold


def test_a_pick_face_takes_a_unit_of_its_item_within_its_maximum_alone(racks):
    face = racks.bin("P-1", LocationKind.PICK_FACE)
    PickFaceFactory(item=racks.item, location=face, maximum=D(10))
    reserve = racks.bin("A-1")
    pallets = [
        a_pallet(racks.dock, (racks.item, 10)),
        a_pallet(racks.dock, (racks.item, 10)),
        a_pallet(racks.dock, (racks.item, 1), (ItemFactory(), 1)),
    ]

    putaways = put_away(racks, *pallets)

    assert [each.proposed for each in putaways] == [face, reserve, reserve]


def test_what_an_open_unit_task_brings_takes_room_by_units_weight_and_class(racks):
    acetone = ItemFactory(hazard_class=HazardClass.objects.get(code="3"), weight_g=D(10))
    first = racks.bin("A-1", max_units=50)
    pallet, carton = a_pallet(racks.dock, (racks.item, 5)), a_pallet(racks.dock, (acetone, 2))
    nest_unit(unit_id=carton.pk, into_id=pallet.pk, by=racks.by, at=clock.now())
    put_away(racks, pallet)

    [bin_] = bins_among([first.pk], segregation=segregation_on(date(2026, 1, 1)))

    assert bin_.contents == {(racks.item.pk, None): D(5), (acetone.pk, None): D(2)}
    assert (bin_.weight_g, bin_.near.shared[Apart.BIN]) == (D(20), frozenset([("3",)]))


def test_a_later_receipt_does_not_count_on_the_room_of_an_open_unit_task(racks):
    first, second = racks.bin("A-1", max_units=40), racks.bin("A-2", max_units=40)

    [earlier] = put_away(racks, a_pallet(racks.dock, (racks.item, 40)))
    [later] = put_away(racks, a_pallet(racks.dock, (racks.item, 40)), document="GR-2")
    [loose] = putaways_of(goods_at(racks.dock, racks.item, 1), dock=racks.dock)

    assert (earlier.proposed, later.proposed, loose.proposed) == (first, second, None)


def test_units_and_loose_goods_of_one_receipt_are_planned_in_one_pass(racks):
    first, second, third = (racks.bin(f"A-{n}", max_units=40) for n in range(3))
    pallets = [a_pallet(racks.dock, (racks.item, 40)) for _ in range(2)]

    putaways = putaways_of(
        *goods_of(pallets[0]), goods_at(racks.dock, racks.item, 40), *goods_of(pallets[1]), dock=racks.dock
    )

    assert [(each.task.unit, each.proposed) for each in putaways] == [
        (pallets[0], first),
        (None, second),
        (pallets[1], third),
    ]


def test_goods_come_beside_a_mixed_unit_that_is_on_its_way(racks):
    shared = racks.bin("A-1")
    racks.bin("A-2")
    nut = ItemFactory()
    put_away(racks, a_pallet(racks.dock, (racks.item, 5), (nut, 5)))

    [later] = putaways_of(goods_at(racks.dock, nut, 1), dock=racks.dock)

    assert later.proposed == shared
    assert {"rule": "same_item", "points": 30, "sentence": "The same item is here."} in later.reasons


def test_a_unit_that_is_on_its_way_is_not_asked_for_twice(racks):
    racks.bin("A-1")
    pallet = a_pallet(racks.dock, (racks.item, 5))
    put_away(racks, pallet)

    assert put_away(racks, pallet, document="GR-2") == []
    assert WarehouseTask.objects.count() == 1


@pytest.mark.parametrize("count", [1, 8])
def test_proposals_for_units_take_the_same_number_of_statements_for_any_number(racks, count, django_assert_num_queries):
    racks.bin("A-1")
    goods = goods_of(*(a_pallet(racks.dock, (racks.item, 1), (ItemFactory(), 1)) for _ in range(count)))

    # lock, outermost units, what is on them, which are moving; items, rules, velocities, lanes, shortlist, its
    # places, what they hold and get, faces, numbers, two inserts
    with django_assert_num_queries(17):
        propose_putaways(goods, warehouse_id=racks.warehouse.pk, document="GR-1", by=racks.by, at=clock.now())


def test_another_bin_needs_a_reason_and_keeps_the_hard_rules(racks):
    racks.bin("A-1")
    other, small = racks.bin("A-2"), racks.bin("A-3", max_units=6)
    nut = ItemFactory(number="NUT")
    [putaway] = put_away(racks, a_pallet(racks.dock, (racks.item, 5), (nut, 5)))

    with pytest.raises(WrongBin):
        confirm(racks, putaway, other)
    with pytest.raises(BinFull) as refusal:
        confirm(racks, putaway, small, override_reason="near")

    assert refusal.value.facts == {"location": "A-3", "item": "NUT", "room": D(1), "requested": D(5)}
    assert stands(racks.item) == {"DOCK": D(5)}
    confirm(racks, putaway, other, override_reason="near")
    assert stands(racks.item) == {"A-2": D(5)}


def test_a_unit_that_was_carried_off_is_not_put_away(racks):
    target, away = racks.bin("A-1"), racks.bin("B-1")
    pallet = a_pallet(racks.dock, (racks.item, 5))
    [putaway] = put_away(racks, pallet)
    move_unit(unit_id=pallet.pk, location_id=away.pk, by=racks.by, at=clock.now())

    with pytest.raises(UnitElsewhere) as refusal:
        confirm(racks, putaway, target)

    assert refusal.value.facts == {"unit": pallet.number, "location": "B-1", "target": ""}
    assert stands(racks.item) == {"B-1": D(5)}


def test_what_came_onto_a_unit_while_it_was_being_put_away_is_not_put_into_the_bin_unseen(racks, monkeypatch):
    target = racks.bin("A-1")
    pallet = a_pallet(racks.dock, (racks.item, 5))
    [putaway] = put_away(racks, pallet)
    seen = {pallet.pk: tuple(goods_of(pallet))}
    stock(ItemFactory(), racks.dock, 1, unit=pallet.pk)
    monkeypatch.setattr(confirm_module, "goods_on", lambda _: seen)

    with pytest.raises(UnitChanged) as refusal:
        confirm(racks, putaway, target)

    assert refusal.value.facts == {"unit": pallet.number}
    assert stands(racks.item) == {"DOCK": D(5)}


@pytest.fixture
def boss(racks):
    return an_actor(works_at(UserFactory(roles=[Role.SUPERVISOR]), racks.warehouse))


def test_undoing_brings_the_whole_unit_back_and_asks_again(racks, boss):
    target = racks.bin("A-1")
    pallet = a_pallet(racks.dock, (racks.item, 5), (ItemFactory(), 2))
    [putaway] = put_away(racks, pallet)
    done = confirm(racks, putaway, target)

    with transaction.atomic():
        [again] = undo_putaway(putaway_id=done.pk, reason="wrong aisle", by=boss, at=clock.now())

    assert (again.task.unit, again.task.target, again.task.source) == (pallet, target, racks.dock)
    assert HandlingUnit.objects.get().location == racks.dock
    assert Putaway.objects.get(pk=done.pk).undone
    assert_invariants()


def test_goods_withdrawn_from_a_unit_leave_the_rest_to_be_put_away(racks):
    racks.bin("A-1")
    nut = ItemFactory()
    pallet = a_pallet(racks.dock, (racks.item, 5), (nut, 2))
    [putaway] = put_away(racks, pallet)
    [of_nuts] = [each for each in goods_of(pallet) if each.item_id == nut.pk]

    withdraw_putaways([of_nuts], warehouse_id=racks.warehouse.pk, document="GR-1", by=racks.by, at=clock.now())

    task = WarehouseTask.objects.get(pk=putaway.task_id)
    assert (task.state, task.item, task.quantity, task.version) == (TaskState.READY, racks.item, D(5), 2)


def test_a_unit_whose_goods_are_all_withdrawn_is_not_put_away(racks):
    racks.bin("A-1")
    pallet = a_pallet(racks.dock, (racks.item, 5))
    [putaway] = put_away(racks, pallet)

    withdraw_putaways(goods_of(pallet), warehouse_id=racks.warehouse.pk, document="GR-1", by=racks.by, at=clock.now())

    assert WarehouseTask.objects.get(pk=putaway.task_id).state == TaskState.CANCELLED


def test_more_than_is_on_the_unit_is_not_withdrawn(racks):
    racks.bin("A-1")
    pallet = a_pallet(racks.dock, (racks.item, 5))
    [putaway] = put_away(racks, pallet)
    goods = goods_of(pallet)
    split_unit(unit_id=pallet.pk, contents=[Content(item_id=racks.item.pk, quantity=D(2))], by=racks.by, at=clock.now())

    with pytest.raises(InsufficientStock) as refusal, transaction.atomic():
        withdraw_putaways(goods, warehouse_id=racks.warehouse.pk, document="GR-1", by=racks.by, at=clock.now())

    assert (refusal.value.item, refusal.value.available, refusal.value.requested) == ("BOLT", D(3), D(5))
    assert WarehouseTask.objects.get(pk=putaway.task_id).state == TaskState.READY


def test_loose_goods_do_not_share_a_unit_s_withdrawal(racks):
    racks.bin("A-1")
    [of_unit] = put_away(racks, a_pallet(racks.dock, (racks.item, 5)))
    loose = goods_at(racks.dock, racks.item, 5)
    [of_loose] = putaways_of(loose, dock=racks.dock)

    withdraw_putaways([loose], warehouse_id=racks.warehouse.pk, document="GR-1", by=racks.by, at=clock.now())

    assert WarehouseTask.objects.get(pk=of_unit.task_id).state == TaskState.READY
    assert WarehouseTask.objects.get(pk=of_loose.task_id).state == TaskState.CANCELLED


def test_stock_on_a_unit_in_a_bin_is_not_counted_twice_when_its_task_names_that_bin(racks):
    target = racks.bin("A-1", max_units=10)
    stock(racks.item, target, 2)
    [putaway] = put_away(racks, a_pallet(racks.dock, (racks.item, 8)))

    confirm(racks, putaway, target)

    [bin_] = bins_among([target.pk])
    assert bin_.units == D(10)
