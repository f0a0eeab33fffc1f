"""Pick rounds: planned by the kind of picking, claimed whole, walked with the totes of their slots, handed back."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed
from apps.locations.choices import LocationKind
from apps.orders.errors import (
    NoRoomOnCart,
    NoSlot,
    NothingToPlan,
    RoundNotClaimed,
    RoundOpen,
    RoundTaken,
    ToteInUse,
    ToteMissing,
    ToteNeeded,
    WrongTote,
)
from apps.orders.models import PickRound
from apps.orders.models.order import HoldKind
from apps.orders.operations import (
    cancel_sales_order,
    claim_round,
    finish_round,
    hand_back_round,
    hold_order,
    put_tote,
)
from apps.orders.states import PickMethod
from apps.tasks.errors import NoTask, TaskBundled
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import cancel_tasks, claim_next_task, claim_task
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory, works_at
from tests.factories.orders import a_sales_order, a_supervisor, pick, refusing, released
from tests.factories.racks import a_rack_zone
from tests.factories.rounds import a_tote, again, claimed, equipped, planned, walked


def a_wave(floor, *orders, aisles=4, code="R"):
    """Orders that each take one from these bins."""
    _, bins = a_rack_zone(floor.warehouse, aisles=aisles, code=code)
    made = []
    for stops in orders:
        lines = []
        for place in stops:
            item = ItemFactory(weight_g=D(500))
            stock(item, bins[place], 1)
            lines.append((item, 1))
        made.append(a_sales_order(floor.warehouse, *lines))
    return released(*made), made


def stops_of(cart):
    return [
        (stop.slot.slot, stop.pick.task.source.code) for stop in cart.stops.select_related("slot", "pick__task__source")
    ]


@transaction.atomic
def cancelled(order):
    cancel_sales_order(order_id=order.pk, reason="no more", by=a_supervisor(), at=clock.now())


@transaction.atomic
def held(order):
    hold_order(order_id=order.pk, kind=HoldKind.CREDIT, reason="unpaid", by=a_supervisor(), at=clock.now())


def test_a_round_for_each_order(floor):
    wave, orders = a_wave(floor, [(1, 2), (2, 9)], [(1, 3)])

    rounds = planned(wave, "single")

    assert [each.slots.get().order for each in rounds] == orders
    assert [stops_of(each) for each in rounds] == [[(1, "R1-02"), (1, "R2-09")], [(1, "R1-03")]]
    assert [(each.walk, each.length_mm, each.state, each.method) for each in rounds] == [
        ("exact", 32000, "ready", "single"),
        ("exact", 6000, "ready", "single"),
    ]
    assert set(WarehouseTask.objects.values_list("bundle", flat=True)) == {each.number for each in rounds}


def test_a_cart_takes_orders_of_the_same_aisles_a_tote_each_in_one_walk(floor):
    wave, orders = a_wave(floor, [(1, 5)], [(4, 5)], [(1, 7)], [(4, 9)])

    near, far = planned(wave, "cluster", totes=2)

    assert [slot.order for slot in near.slots.all()] == [orders[0], orders[2]]
    assert {slot.order for slot in far.slots.all()} == {orders[1], orders[3]}
    assert stops_of(near) == [(1, "R1-05"), (2, "R1-07")]
    assert near.length_mm == 14000


def test_a_cart_carries_no_more_than_its_weight(floor):
    wave, _ = a_wave(floor, [(1, 5)], [(1, 6)], [(1, 7)])

    rounds = planned(wave, "cluster", totes=8, weight_g=D(1000))

    assert sorted(each.slots.count() for each in rounds) == [1, 2]


def test_a_batch_goes_into_one_tote(floor):
    wave, _ = a_wave(floor, [(1, 5)], [(1, 7)])

    (cart,) = planned(wave, "batch")

    assert [slot.order for slot in cart.slots.all()] == [None]
    assert stops_of(cart) == [(1, "R1-05"), (1, "R1-07")]


def test_each_zone_has_rounds_of_its_own(floor):
    stock(floor.bolt, floor.near, 1)
    stock(floor.nut, floor.far, 1)
    wave = released(a_sales_order(floor.warehouse, (floor.bolt, 1), (floor.nut, 1)))

    near, far = planned(wave, "zone")

    assert [(each.zone.code, stops_of(each), each.walk) for each in (near, far)] == [
        ("N", [(1, "N-02")], "sequence"),
        ("F", [(1, "F-01")], "sequence"),
    ]


def test_picks_that_somebody_has_begun_or_that_are_in_a_round_are_left_out(floor):
    wave, _ = a_wave(floor, [(1, 5)], [(1, 7)])
    begun = wave.picks.order_by("pk")[0]
    claim_task(task_id=begun.task_id, by=an_actor(), at=clock.now())

    (cart,) = planned(wave)

    assert stops_of(cart) == [(1, "R1-07")]
    with refusing(NothingToPlan) as refusal:
        planned(wave)
    assert refusal.value.facts == {"wave": wave.number}


def test_who_plans_rounds_and_for_which_carts(floor):
    wave, _ = a_wave(floor, [(1, 5)])

    with refusing(NotAllowed):
        planned(wave, by=an_actor())
    with refusing(NoRoomOnCart):
        planned(wave, totes=0)

    assert not PickRound.objects.exists()


def test_planning_takes_as_many_statements_for_more_orders(floor, django_assert_max_num_queries):
    wave, _ = a_wave(floor, *[[(1, 1 + n)] for n in range(8)])

    with django_assert_max_num_queries(40):
        planned(wave, totes=8)


def test_planning_takes_as_many_statements_for_more_rounds(floor):
    figures = []
    for orders, code in ((2, "R"), (6, "Q")):
        wave, _ = a_wave(floor, *[[(1, 1 + n)] for n in range(orders)], code=code)
        with CaptureQueriesContext(connection) as seen:
            assert len(planned(wave, method=PickMethod.SINGLE)) == orders
        figures.append(len(seen))

    assert figures[0] == figures[1]


def test_a_round_is_claimed_whole_and_its_tasks_are_nobody_elses(floor):
    wave, _ = a_wave(floor, [(1, 5)], [(1, 7)])
    (cart,) = planned(wave)
    other = an_actor(works_at(UserFactory(), floor.warehouse))
    with refusing(NoTask):
        claim_next_task(warehouse_code="MAIN", by=other, at=clock.now())

    taken, by = claimed(cart)

    assert (taken.state, taken.picker) == ("picking", by.user)
    assert set(WarehouseTask.objects.values_list("state", "assigned_to")) == {("assigned", by.user.pk)}
    with refusing(RoundTaken) as refusal:
        claimed(cart, other)
    assert refusal.value.facts == {"round": cart.number, "worker": by.user.get_username()}
    assert claimed(cart, by)[0].picker == by.user


def test_a_task_of_a_round_is_claimed_with_the_others(floor):
    wave, _ = a_wave(floor, [(1, 5)], [(1, 7)])
    (cart,) = planned(wave)
    task = cart.stops.all()[0].pick.task

    with refusing(TaskBundled) as refusal:
        claim_task(task_id=task.pk, by=an_actor(), at=clock.now())

    assert refusal.value.facts == {"task": task.number, "bundle": cart.number}
    _, by = claimed(cart)
    assert claim_task(task_id=task.pk, by=by, at=clock.now()).assigned_to == by.user


def test_a_round_with_nothing_left_is_done_when_it_is_claimed(floor):
    wave, _ = a_wave(floor, [(1, 5)])
    (cart,) = planned(wave)
    one = cart.stops.get().pick
    cancel_tasks([one.task_id])
    one.advance("cancelled")

    assert claimed(cart)[0].state == "done"


@pytest.mark.parametrize("takes_back", [cancelled, held])
def test_a_round_whose_last_picks_are_called_off_is_done_and_its_totes_are_free(floor, takes_back):
    wave, (_, second) = a_wave(floor, [(1, 5)], [(1, 7)])
    (cart,) = planned(wave)
    _, by = claimed(cart)
    totes = equipped(cart, by)
    pick(cart.stops.all()[0].pick, 1, totes[1], by=by)

    takes_back(second)

    assert (again(cart).state, again(cart).picker) == ("done", by.user)
    assert not cart.slots.filter(is_over=False).exists()
    wave.refresh_from_db()
    assert wave.state == "done"


def test_a_round_with_more_to_pick_goes_on_without_an_order_that_is_called_off(floor):
    wave, (first, _) = a_wave(floor, [(1, 5)], [(1, 7)])
    (cart,) = planned(wave)
    _, by = claimed(cart)
    totes = equipped(cart, by)

    cancelled(first)

    assert again(cart).state == "picking"
    pick(cart.stops.all()[1].pick, 1, totes[2], by=by)
    assert again(cart).state == "done"


def test_a_round_whose_lease_has_ended_is_taken_over(floor):
    wave, _ = a_wave(floor, [(1, 5)])
    (cart,) = planned(wave)
    claimed(cart)
    late = an_actor()

    taken = claim_round(round_id=cart.pk, by=late, at=clock.now() + timedelta(hours=1))

    assert taken.picker == late.user


def test_a_pick_goes_into_the_tote_of_its_slot_and_no_other(floor):
    wave, _ = a_wave(floor, [(1, 5)], [(1, 7)])
    (cart,) = planned(wave)
    first, second = (stop.pick for stop in cart.stops.select_related("pick"))
    by = an_actor()
    with refusing(RoundNotClaimed):
        pick(first, 1, floor.tote, by=by)
    claimed(cart, by)
    with refusing(ToteMissing) as missing:
        pick(first, 1, floor.tote, by=by)
    assert missing.value.facts == {"round": cart.number, "slot": 1}
    totes = equipped(cart, by)

    with refusing(WrongTote) as wrong:
        pick(first, 1, totes[2], by=by)
    with refusing(RoundTaken):
        pick(first, 1, totes[1], by=an_actor())

    assert wrong.value.facts == {
        "pick": first.number,
        "slot": 1,
        "expected": totes[1].code,
        "scanned": totes[2].code,
    }
    assert pick(first, 1, totes[1], by=by).state == "picked"
    assert again(cart).state == "picking"
    pick(second, 1, totes[2], by=by)
    assert (again(cart).state, again(cart).done_at is not None) == ("done", True)
    assert set(cart.slots.values_list("is_over", flat=True)) == {True}


def test_only_an_empty_tote_that_stands_on_no_cart_goes_on_one(floor):
    wave, _ = a_wave(floor, [(1, 5)], [(4, 7)])
    one, two = planned(wave, "single")
    by, full = an_actor(), a_tote(floor.warehouse, "FULL")
    stock(floor.nut, full, 1)
    claimed(one, by)
    claimed(two, by)
    totes = equipped(one, by)

    def put(cart, tote, slot=1, who=by):
        return put_tote(round_id=cart.pk, slot=slot, tote_id=tote.pk, by=who, at=clock.now())

    with refusing(ToteInUse) as elsewhere:
        put(two, totes[1])
    with refusing(ToteInUse) as used:
        put(two, full)
    with refusing(NoSlot):
        put(two, floor.tote, slot=9)
    with refusing(ToteNeeded):
        put(two, floor.face)
    with refusing(RoundTaken):
        put(two, floor.tote, who=an_actor())

    assert elsewhere.value.facts == {"tote": totes[1].code, "used": f"it stands on {one.number}"}
    assert used.value.facts == {"tote": "FULL", "used": "it holds goods"}
    assert put(one, totes[1]).pk == one.pk
    put(two, floor.tote)
    put(two, a_tote(floor.warehouse, "BETTER"))
    assert two.slots.get().tote.code == "BETTER"


def test_a_tote_with_goods_stays_in_its_slot(floor):
    wave, _ = a_wave(floor, [(1, 5), (1, 6)])
    (cart,) = planned(wave)
    _, by = claimed(cart)
    equipped(cart, by)
    walked(cart, by, most=1)

    with refusing(ToteInUse):
        put_tote(round_id=cart.pk, slot=1, tote_id=floor.tote.pk, by=by, at=clock.now())


def test_a_picker_who_leaves_hands_back_what_is_not_picked_and_another_goes_on(floor):
    wave, _ = a_wave(floor, [(1, 5), (1, 6)], [(2, 7)])
    (cart,) = planned(wave)
    _, by = claimed(cart)
    totes = equipped(cart, by)
    walked(cart, by, most=1)
    with refusing(RoundTaken):
        hand_back_round(round_id=cart.pk, by=an_actor(), at=clock.now())
    with refusing(RoundOpen) as still:
        finish_round(round_id=cart.pk, by=by, at=clock.now())
    assert still.value.facts == {"round": cart.number, "open": 2}

    left = hand_back_round(round_id=cart.pk, by=by, at=clock.now())

    assert (left.state, left.picker) == ("ready", None)
    assert sorted(WarehouseTask.objects.values_list("state", flat=True)) == ["done", "ready", "ready"]
    assert list(cart.slots.values_list("slot", "tote")) == [(1, totes[1].pk), (2, None)]
    _, other = claimed(cart)
    put_tote(round_id=cart.pk, slot=2, tote_id=totes[2].pk, by=other, at=clock.now())
    walked(again(cart), other)
    assert again(cart).state == "done"


def test_a_supervisor_hands_back_for_somebody_who_is_gone(floor):
    wave, _ = a_wave(floor, [(1, 5)])
    (cart,) = planned(wave)
    claimed(cart)

    assert hand_back_round(round_id=cart.pk, by=a_supervisor(), at=clock.now()).state == "ready"
    with refusing(IllegalTransition):
        hand_back_round(round_id=cart.pk, by=a_supervisor(), at=clock.now())


def test_totes_are_for_whoever_picks(floor):
    wave, _ = a_wave(floor, [(1, 5)])
    (cart,) = planned(wave)

    with refusing(RoundNotClaimed):
        put_tote(round_id=cart.pk, slot=1, tote_id=floor.tote.pk, by=an_actor(), at=clock.now())


@pytest.mark.parametrize("kind", [LocationKind.STORAGE, LocationKind.DOCK])
def test_what_is_no_tote_stands_in_no_slot(floor, kind):
    wave, _ = a_wave(floor, [(1, 5)])
    (cart,) = planned(wave)
    _, by = claimed(cart)

    with refusing(ToteNeeded):
        put_tote(
            round_id=cart.pk,
            slot=1,
            tote_id=LocationFactory(warehouse=floor.warehouse, kind=kind).pk,
            by=by,
            at=clock.now(),
        )


def test_a_plan_names_its_kind_of_picking(floor):
    wave, _ = a_wave(floor, [(1, 5)])

    with pytest.raises(ValueError, match="guess"):
        planned(wave, "guess")


def test_the_handheld_is_led_in_the_order_of_the_round(floor):
    wave, _ = a_wave(floor, [(1, 5), (2, 2)], [(4, 9)], [(1, 7), (1, 9)])
    near, _ = planned(wave, totes=2)
    by = an_actor(works_at(UserFactory(), floor.warehouse))
    claimed(near, by)
    totes = equipped(near, by)

    led = []
    for _ in range(near.stops.count()):
        task = claim_next_task(warehouse_code="MAIN", by=by, at=clock.now())
        stop = task.pick.stop
        led.append(stop.position)
        pick(task.pick, 1, totes[stop.slot.slot], by=by)

    assert led == sorted(led)


def test_a_round_is_walked_as_planned_though_its_last_stop_is_the_most_urgent(floor):
    wave, _ = a_wave(floor, [(1, 5)], [(1, 7)])
    (cart,) = planned(wave)
    first, last = (stop.pick.task for stop in cart.stops.select_related("pick__task"))
    WarehouseTask.objects.filter(pk=last.pk).update(priority=90)
    by = an_actor(works_at(UserFactory(), floor.warehouse))
    claimed(cart, by)

    assert claim_next_task(warehouse_code="MAIN", by=by, at=clock.now()) == first


def test_whoever_picks_keeps_the_rest_of_the_round(floor):
    wave, _ = a_wave(floor, [(1, 5)], [(1, 7)])
    (cart,) = planned(wave)
    _, by = claimed(cart)
    totes = equipped(cart, by)
    first, second = (stop.pick for stop in cart.stops.select_related("pick__task"))
    half_over = clock.now() + timedelta(minutes=10)
    WarehouseTask.objects.filter(pk=second.task_id).update(lease_until=half_over)

    pick(first, 1, totes[1], by=by)

    second.task.refresh_from_db()
    assert second.task.lease_until > half_over + timedelta(minutes=15)
