"""Filling up pick faces: below the minimum to the maximum, first expired first, and never asked for twice."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.core import clock
from apps.core.errors import InvalidQuantity, NotAllowed, NotFound
from apps.ledger.errors import InsufficientStock
from apps.ledger.models import StockBalance, StockTransaction
from apps.ledger.operations import hold_lots, post
from apps.ledger.operations.post import Move, Place
from apps.ledger.states import HoldReason, TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.storage.errors import LessNeedsReason, MoreThanTask, NotMixed, WrongFace
from apps.storage.jobs import replenish_faces as job
from apps.storage.models import Replenishment
from apps.storage.operations import confirm_replenishment, replenish_faces
from apps.tasks.errors import TaskStale
from apps.tasks.operations import claim_task
from apps.tasks.states import TaskState
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, moved, stock
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import a_sales_order, allocated, pick, released
from tests.factories.storage import PickFaceFactory, goods_at, putaways_of
from tests.invariants import assert_invariants


@pytest.fixture
def boss(db):
    return an_actor(UserFactory(roles=["supervisor"]))


@pytest.fixture
def face(racks):
    """The item's pick face: 2 to 10."""
    place = racks.bin("F-1", LocationKind.PICK_FACE)
    return PickFaceFactory(item=racks.item, location=place, minimum=2, maximum=10)


@transaction.atomic
def asked(racks, by):
    return replenish_faces(warehouse_id=racks.warehouse.pk, by=by, at=clock.now())


@transaction.atomic
def confirm(replenishment, quantity, by, **more):
    return confirm_replenishment(task_id=replenishment.task_id, quantity=D(quantity), by=by, at=clock.now(), **more)


def steps(replenishments):
    return [(each.task.source.code, each.task.target.code, each.task.quantity) for each in replenishments]


def standing(item):
    rows = StockBalance.objects.on_hand().filter(item=item).order_by("location__code")
    return list(rows.values_list("location__code", "on_hand"))


def scrapped(item, source, quantity):
    scrap = Location.objects.get(warehouse=source.warehouse, kind=LocationKind.SCRAP)
    move = Move(
        item_id=item.pk, quantity=D(quantity), source=Place(location_id=source.pk), target=Place(location_id=scrap.pk)
    )
    post([move], warehouse_id=source.warehouse_id, kind=TransactionKind.SCRAP, by=an_actor(), at=clock.now())


def test_a_face_below_its_minimum_is_filled_up_to_its_maximum(racks, face, boss):
    stock(racks.item, face.location, 1)
    stock(racks.item, racks.bin("R-1"), 40)

    [made] = asked(racks, boss)

    assert steps([made]) == [("R-1", "F-1", D(9))]
    assert made.reasons == [
        "F-1 has 1 free and 0 on its way: below its minimum of 2, it is filled up to 10.",
    ]
    confirm(made, 9, racks.by)
    assert standing(racks.item) == [("F-1", D(10)), ("R-1", D(31))]
    assert_invariants()


def test_a_face_at_its_minimum_is_left_alone(racks, face, boss):
    stock(racks.item, face.location, 2)
    stock(racks.item, racks.bin("R-1"), 40)

    assert asked(racks, boss) == []


def test_what_is_spoken_for_at_the_face_does_not_count(racks, face, boss):
    stock(racks.item, face.location, 5)
    allocated(a_sales_order(racks.warehouse, (racks.item, 4)))
    stock(racks.item, racks.bin("R-1"), 40)

    assert steps(asked(racks, boss)) == [("R-1", "F-1", D(5))]


def test_asking_twice_asks_once(racks, face, boss):
    stock(racks.item, racks.bin("R-1"), 40)

    assert len(asked(racks, boss)) == 1
    assert asked(racks, boss) == []
    assert Replenishment.objects.count() == 1


def test_faces_whose_items_orders_wait_for_are_filled_first(racks, face, boss):
    wanted = ItemFactory(number="WANTED")
    PickFaceFactory(item=wanted, location=racks.bin("F-9", LocationKind.PICK_FACE), minimum=2, maximum=10)
    for item, place in ((racks.item, "R-1"), (wanted, "R-2")):
        stock(item, racks.bin(place), 40)
    a_sales_order(racks.warehouse, (wanted, 4))

    made = asked(racks, boss)

    assert [(each.task.item, each.task.priority) for each in made] == [(wanted, 80), (racks.item, 60)]
    assert made[0].reasons[1] == "Orders wait for 4 of it."
    assert len(made[1].reasons) == 1


def test_what_was_released_and_fell_short_pulls_before_what_is_only_promised(racks, boss):
    short, promised = ItemFactory(number="SHORT"), ItemFactory(number="PROMISED")
    tote = racks.bin("TOTE", LocationKind.TOTE)
    for number, item in enumerate((racks.item, promised, short)):
        place = racks.bin(f"F-{number}", LocationKind.PICK_FACE)
        PickFaceFactory(item=item, location=place, minimum=2, maximum=10)
    stock(short, Location.objects.get(code="F-2"), 5)
    wave = released(a_sales_order(racks.warehouse, (short, 5)))
    pick(wave.picks.get(), 1, tote, short_reason="broken")
    a_sales_order(racks.warehouse, (promised, 50))
    for item in (racks.item, promised, short):
        stock(item, racks.bin(f"R-{item.number}"), 40)
    scrapped(short, Location.objects.get(code="F-2"), 4)

    made = asked(racks, boss)

    assert [(each.task.item.number, each.task.priority) for each in made] == [
        ("SHORT", 90),
        ("PROMISED", 80),
        ("BOLT", 60),
    ]
    assert made[0].reasons[1] == "Released picks wait for 4 of it."


def test_picks_on_the_floor_that_exceed_what_stands_at_a_face_pull_though_it_has_no_minimum(racks, boss):
    face = racks.bin("F-1", LocationKind.PICK_FACE)
    PickFaceFactory(item=racks.item, location=face, minimum=0, maximum=10)
    stock(racks.item, face, 4)
    released(a_sales_order(racks.warehouse, (racks.item, 4)))
    stock(racks.item, racks.bin("R-1"), 40)
    assert asked(racks, boss) == []

    moved(racks.item, face, racks.bin("R-2"), 4)
    [made] = asked(racks, boss)

    assert (steps([made]), made.task.priority) == ([("R-1", "F-1", D(10))], 90)
    assert made.reasons == [
        "F-1 has 0 free and 0 on its way: 4 more than stands there is to be picked, it is filled up to 10.",
        "Released picks wait for 4 of it.",
    ]
    assert asked(racks, boss) == []


def test_a_replenishment_that_nobody_has_begun_is_raised_and_no_second_is_made(racks, face, boss):
    reserve = racks.bin("R-1")
    stock(racks.item, reserve, 1)
    [made] = asked(racks, boss)
    stock(racks.item, reserve, 40)

    [raised] = asked(racks, boss)

    assert (raised.pk, raised.task.quantity, raised.task.version) == (made.pk, D(10), 2)
    assert raised.reasons[-1] == "Raised from 1 to 10: nobody had begun it."
    assert asked(racks, boss) == []
    with pytest.raises(TaskStale):
        confirm(made, 1, racks.by, version=1)
    confirm(raised, 10, racks.by)
    assert standing(racks.item) == [("F-1", D(10)), ("R-1", D(31))]
    assert_invariants()


def test_a_replenishment_in_somebodys_hands_stays_and_another_brings_the_rest(racks, face, boss):
    reserve = racks.bin("R-1")
    stock(racks.item, reserve, 1)
    [made] = asked(racks, boss)
    claim_task(task_id=made.task_id, by=racks.by, at=clock.now())
    stock(racks.item, reserve, 40)

    [more] = asked(racks, boss)

    made.task.refresh_from_db()
    assert (made.task.quantity, more.task.quantity) == (D(1), D(9))


def test_goods_of_another_place_or_lot_are_a_task_of_their_own(racks, face, boss):
    stock(racks.item, racks.bin("R-1"), 1)
    asked(racks, boss)
    stock(racks.item, racks.bin("R-2"), 40)

    assert steps(asked(racks, boss)) == [("R-2", "F-1", D(9))]


def test_an_order_that_has_its_goods_waits_for_none(racks, face, boss):
    stock(racks.item, racks.bin("R-1"), 40)
    allocated(a_sales_order(racks.warehouse, (racks.item, 4)))

    [made] = asked(racks, boss)

    assert made.task.priority == 60


def test_two_faces_of_an_item_do_not_count_on_the_same_goods(racks, face, boss):
    other = racks.bin("F-2", LocationKind.PICK_FACE)
    PickFaceFactory(item=racks.item, location=other, minimum=2, maximum=10)
    stock(racks.item, racks.bin("R-1"), 12)

    assert steps(asked(racks, boss)) == [("R-1", "F-1", D(10)), ("R-1", "F-2", D(2))]


def test_goods_of_an_open_replenishment_are_not_asked_for_again(racks, face, boss):
    stock(racks.item, racks.bin("R-1"), 12)
    asked(racks, boss)
    other = racks.bin("F-2", LocationKind.PICK_FACE)
    PickFaceFactory(item=racks.item, location=other, minimum=3, maximum=10)

    assert steps(asked(racks, boss)) == [("R-1", "F-2", D(2))]


def test_the_lot_that_expires_first_comes_first_and_held_or_expired_ones_stay(racks, boss):
    item = ItemFactory(lots=True, expires=True)
    PickFaceFactory(item=item, location=racks.bin("F-1", LocationKind.PICK_FACE), minimum=2, maximum=10)
    today = racks.warehouse.local_date(clock.now())
    lots = {
        name: LotFactory(item=item, number=name, expires_on=today + timedelta(days=days))
        for name, days in (("LATE", 90), ("SOON", 30), ("HELD", 20), ("GONE", -1))
    }
    for number, lot in enumerate(lots.values()):
        stock(item, racks.bin(f"R-{number}"), 4, lot=lot)
    hold_lots([lots["HELD"].pk], reason=HoldReason.QUALITY, by=racks.by, note="")

    made = asked(racks, boss)

    assert [(each.task.lot.number, each.task.quantity) for each in made] == [("SOON", D(4)), ("LATE", D(4))]
    assert made[0].reasons[1] == f"Lot SOON at R-1 expires first, on {today + timedelta(days=30)}."


def test_a_face_that_holds_one_lot_gets_no_other(racks, boss):
    item = ItemFactory(lots=True)
    place = racks.bin("F-1", LocationKind.PICK_FACE, mixes_lots=False)
    PickFaceFactory(item=item, location=place, minimum=5, maximum=10)
    here, other = LotFactory(item=item), LotFactory(item=item)
    stock(item, place, 1, lot=here)
    stock(item, racks.bin("R-1"), 4, lot=other)

    assert asked(racks, boss) == []


def test_no_more_is_asked_for_than_the_face_has_room_for(racks, boss):
    place = racks.bin("F-1", LocationKind.PICK_FACE, max_units=6)
    PickFaceFactory(item=racks.item, location=place, minimum=2, maximum=10)
    stock(racks.item, racks.bin("R-1"), 40)

    assert steps(asked(racks, boss)) == [("R-1", "F-1", D(6))]


def test_serial_numbers_are_asked_for_one_by_one(racks, boss):
    item = ItemFactory(serials=True)
    PickFaceFactory(item=item, location=racks.bin("F-1", LocationKind.PICK_FACE), minimum=1, maximum=2)
    reserve = racks.bin("R-1")
    units = [SerialFactory(item=item) for _ in range(3)]
    for unit in units:
        stock(item, reserve, 1, serial=unit)

    made = asked(racks, boss)
    for each in made:
        confirm(each, 1, racks.by)

    assert [each.task.serial for each in made] == units[:2]
    assert standing(item) == [("F-1", D(1)), ("F-1", D(1)), ("R-1", D(1))]
    assert_invariants()


def test_reservations_travel_with_the_goods(racks, face, boss):
    stock(racks.item, racks.bin("R-1"), 10)
    [made] = asked(racks, boss)
    order = allocated(a_sales_order(racks.warehouse, (racks.item, 4)))

    confirm(made, 10, racks.by)

    allocation = order.lines.get().allocations.get()
    assert allocation.reservation.balance.location == face.location
    assert_invariants()


def test_less_needs_a_reason_and_the_rest_is_looked_for_anew(racks, face, boss):
    stock(racks.item, racks.bin("R-1"), 40)
    [made] = asked(racks, boss)

    with pytest.raises(LessNeedsReason) as refusal:
        confirm(made, 1, racks.by)
    assert (refusal.value.quantity, refusal.value.brought) == (D(10), D(1))
    assert standing(racks.item) == [("R-1", D(40))]

    done = confirm(made, 1, racks.by, short_reason="pallet blocked")
    assert (done.brought, done.short_reason, done.task.state) == (D(1), "pallet blocked", TaskState.DONE)
    assert steps(asked(racks, boss)) == [("R-1", "F-1", D(9))]


def test_nothing_there_posts_nothing(racks, face, boss):
    stock(racks.item, racks.bin("R-1"), 40)
    [made] = asked(racks, boss)
    before = StockTransaction.objects.count()

    done = confirm(made, 0, racks.by, short_reason="not there")

    assert (done.transaction, done.task.state) == (None, TaskState.DONE)
    assert StockTransaction.objects.count() == before
    assert_invariants()


def test_refusals_move_nothing(racks, face, boss):
    reserve = racks.bin("R-1")
    stock(racks.item, reserve, 40)
    [made] = asked(racks, boss)

    with pytest.raises(MoreThanTask):
        confirm(made, 11, racks.by)
    with pytest.raises(InvalidQuantity):
        confirm(made, "0.5", racks.by)
    with pytest.raises(WrongFace) as refusal:
        confirm(made, 10, racks.by, location_id=reserve.pk)
    assert (refusal.value.expected, refusal.value.scanned) == ("F-1", "R-1")
    with pytest.raises(TaskStale):
        confirm(made, 10, racks.by, version=99)
    with pytest.raises(NotFound):
        confirm_replenishment(
            task_id=made.task_id,
            quantity=D(10),
            location_id=WarehouseFactory().locations.first().pk,
            by=racks.by,
            at=clock.now(),
        )

    assert standing(racks.item) == [("R-1", D(40))]
    made.refresh_from_db()
    assert (made.brought, made.task.state) == (D(0), TaskState.READY)


def test_goods_that_have_gone_from_the_reserve_are_refused(racks, face, boss):
    reserve = racks.bin("R-1")
    stock(racks.item, reserve, 10)
    [made] = asked(racks, boss)
    scrapped(racks.item, reserve, 6)

    with pytest.raises(InsufficientStock):
        confirm(made, 10, racks.by)

    assert standing(racks.item) == [("R-1", D(4))]


def test_a_lot_that_was_put_on_hold_may_still_be_moved_within_the_racks(racks, boss):
    item = ItemFactory(lots=True)
    PickFaceFactory(item=item, location=racks.bin("F-1", LocationKind.PICK_FACE), minimum=2, maximum=10)
    lot = LotFactory(item=item)
    stock(item, racks.bin("R-1"), 10, lot=lot)
    [made] = asked(racks, boss)
    hold_lots([lot.pk], reason=HoldReason.QUALITY, by=racks.by, note="")

    confirm(made, 10, racks.by)

    assert standing(item) == [("F-1", D(10))]
    assert_invariants()


def test_another_lot_that_came_to_the_face_meanwhile_is_respected(racks, boss):
    item = ItemFactory(lots=True)
    place = racks.bin("F-1", LocationKind.PICK_FACE, mixes_lots=False)
    PickFaceFactory(item=item, location=place, minimum=2, maximum=10)
    stock(item, racks.bin("R-1"), 10, lot=LotFactory(item=item))
    [made] = asked(racks, boss)
    stock(item, place, 1, lot=LotFactory(item=item))

    with pytest.raises(NotMixed):
        confirm(made, 10, racks.by)


def test_a_picker_does_not_have_faces_filled_up(racks, face, db):
    stock(racks.item, racks.bin("R-1"), 40)

    with pytest.raises(NotAllowed):
        asked(racks, an_actor(UserFactory(roles=["picker"])))

    assert not Replenishment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_job_asks_once_for_every_warehouse(racks, face):
    stock(racks.item, racks.bin("R-1"), 40)

    assert job() == 1
    assert job() == 0


def test_over_http_it_is_asked_for_and_confirmed_like_any_task(racks, face):
    stock(racks.item, racks.bin("R-1"), 40)
    boss, hand = a_person(racks.warehouse, roles=["supervisor"]), a_worker(racks.warehouse)

    answer = boss.post("/replenishments", {"warehouse": "MAIN"})
    assert answer.status_code == 201, answer.content
    [row] = answer.json()
    assert (row["reserve"], row["face"], row["quantity"], row["brought"]) == ("R-1", "F-1", "10", "0")
    task = hand.post("/tasks/next", {"warehouse": "MAIN"}).json()
    assert (task["kind"], task["source"], task["target"]) == ("replenish", "R-1", "F-1")
    facts = refused(
        hand.post(f"/tasks/{task['number']}/confirm", {"quantity": "10", "location": "R-1"}), 409, "wrong_face"
    )
    assert facts["expected"] == "F-1"
    done = hand.post(f"/tasks/{task['number']}/confirm", {"quantity": "10", "location": "F-1"})
    assert done.status_code == 200, done.content
    assert boss.get("/replenishments", state="done").json()["results"][0]["brought"] == "10"
    assert boss.post("/replenishments", {"warehouse": "MAIN"}).json() == []


def test_only_supervisors_ask_over_http_and_strangers_find_nothing(racks, face):
    stock(racks.item, racks.bin("R-1"), 40)

    refused(a_worker(racks.warehouse).post("/replenishments", {"warehouse": "MAIN"}), 403, "not_allowed")
    stranger = a_person(WarehouseFactory(), roles=["supervisor"])
    refused(stranger.post("/replenishments", {"warehouse": "MAIN"}), 404, "not_found")
    a_person(racks.warehouse, roles=["supervisor"]).post("/replenishments", {"warehouse": "MAIN"})
    assert stranger.get("/replenishments").json()["results"] == []


def test_a_task_of_another_kind_is_no_replenishment(racks):
    racks.bin("A-1")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)
    claim_task(task_id=putaway.task_id, by=racks.by, at=clock.now())

    with pytest.raises(NotFound):
        confirm_replenishment(task_id=putaway.task_id, quantity=D(8), by=racks.by, at=clock.now())
