"""Faces of a pool: given to what is waited for and has none, nearest first, and taken back when nobody needs them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Packaging, Unit
from apps.core import clock
from apps.journal.models import AuditEntry
from apps.locations.choices import LocationKind
from apps.locations.models import Zone
from apps.safety.models import StorageCondition
from apps.storage.choices import Measure, Strength
from apps.storage.jobs import replenish_faces as job
from apps.storage.models import PickFace, Putaway, Replenishment
from apps.storage.operations import replenish_faces
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor, moved, stock
from tests.factories.orders import a_sales_order, released
from tests.factories.storage import FacePoolFactory, PickFaceFactory, PutawayRuleFactory, goods_at, putaways_of
from tests.invariants import assert_invariants


@pytest.fixture
def boss(db):
    return an_actor(UserFactory(roles=["supervisor"]))


@pytest.fixture
def pool(racks):
    """The free places of a zone, each from 2 to 10."""
    return FacePoolFactory(
        zone=Zone.objects.create(warehouse=racks.warehouse, code="FAST", name="Fast", pick_sequence=1)
    )


@pytest.fixture
def free(racks, pool):
    """Two free places; the second is nearer on the walk."""
    return [
        racks.bin(code, LocationKind.PICK_FACE, zone=pool.zone, pick_sequence=at)
        for code, at in (("D-2", 2), ("D-1", 1))
    ]


@transaction.atomic
def asked(racks, by, at=None):
    return replenish_faces(warehouse_id=racks.warehouse.pk, by=by, at=at or clock.now())


def steps(replenishments):
    return [(each.task.source.code, each.task.target.code, each.task.quantity) for each in replenishments]


def given():
    return list(PickFace.objects.dynamic().order_by("pk").values_list("item__number", "location__code"))


def trail(verb):
    return [(each.number, each.detail) for each in AuditEntry.objects.filter(verb=verb, kind="location")]


def test_an_item_that_is_owed_and_has_no_face_gets_the_nearest_free_one(racks, free, boss):
    stock(racks.item, racks.bin("R-1"), 40)
    a_sales_order(racks.warehouse, (racks.item, 4))
    at = clock.now()

    made = asked(racks, boss, at)

    face = PickFace.objects.get()
    assert (face.item, face.location.code, face.minimum, face.maximum) == (racks.item, "D-1", D(2), D(10))
    assert (face.is_dynamic, face.assigned_at, face.idle_since) == (True, at, None)
    assert steps(made) == [("R-1", "D-1", D(10))]
    assert made[0].reasons[1] == "Orders wait for 4 of it."
    assert trail("assigned") == [("D-1", {"item": "BOLT", "minimum": "2", "maximum": "10", "waited_for": "4"})]
    assert_invariants()


def test_asking_twice_gives_one_face_once(racks, free, boss):
    stock(racks.item, racks.bin("R-1"), 40)
    a_sales_order(racks.warehouse, (racks.item, 4))

    asked(racks, boss)

    assert asked(racks, boss) == []
    assert given() == [("BOLT", "D-1")]
    assert Replenishment.objects.count() == 1


def test_nothing_is_given_to_what_nobody_waits_for_or_what_has_a_face_or_no_reserve(racks, free, boss):
    own, none = ItemFactory(number="OWN"), ItemFactory(number="NONE")
    PickFaceFactory(item=own, location=racks.bin("F-1", LocationKind.PICK_FACE))
    for number, item in enumerate((racks.item, own)):
        stock(item, racks.bin(f"R-{number}"), 40)
    a_sales_order(racks.warehouse, (own, 4), (none, 4))

    asked(racks, boss)

    assert given() == []


def test_what_waits_most_goes_first_and_who_comes_late_gets_none(racks, free, boss):
    items = [ItemFactory(number=f"I-{number}") for number in range(3)]
    for item in items:
        stock(item, racks.bin(f"R-{item.number}"), 40)
    a_sales_order(racks.warehouse, *((item, quantity) for item, quantity in zip(items, (1, 9, 5), strict=True)))

    asked(racks, boss)

    assert given() == [("I-1", "D-1"), ("I-2", "D-2")]


def test_a_place_with_goods_or_of_no_pool_is_not_given(racks, free, boss):
    racks.bin("A-0", LocationKind.PICK_FACE)
    stock(ItemFactory(), free[1], 1)
    stock(racks.item, racks.bin("R-1"), 40)
    a_sales_order(racks.warehouse, (racks.item, 4))

    asked(racks, boss)

    assert given() == [("BOLT", "D-2")]


def test_only_a_place_that_keeps_the_condition_is_given(racks, free, boss):
    cold = StorageCondition.objects.create(
        code="COLD", name="Cold", min_celsius=2, max_celsius=8, effective_on=clock.now().date()
    )
    item = ItemFactory(number="MILK", storage_condition=cold)
    stock(item, racks.bin("R-1", storage_condition=cold), 40)
    a_sales_order(racks.warehouse, (item, 4))
    assert asked(racks, boss) == []

    far, near = free
    far.storage_condition = cold
    far.save()

    assert steps(asked(racks, boss)) == [("R-1", "D-2", D(10))]
    assert near.code == "D-1"


def test_a_rule_of_the_warehouse_keeps_an_item_out_of_the_pool(racks, free, boss):
    PutawayRuleFactory(
        warehouse=racks.warehouse, item=racks.item, strength=Strength.ONLY, location_kind=LocationKind.STORAGE
    )
    stock(racks.item, racks.bin("R-1"), 40)
    a_sales_order(racks.warehouse, (racks.item, 4))

    assert asked(racks, boss) == []
    assert given() == []


def test_a_band_in_pallets_is_of_the_items_own(racks, pool, free, boss):
    pool.measure, pool.minimum, pool.maximum = Measure.PALLETS, D("0.25"), D(2)
    pool.save()
    unknown = ItemFactory(number="UNKNOWN")
    Packaging.objects.create(
        item=racks.item, level=PackagingLevel.PALLET, unit=Unit.objects.get(code="PAL"), numerator=48
    )
    for item in (racks.item, unknown):
        stock(item, racks.bin(f"R-{item.number}"), 200)
    a_sales_order(racks.warehouse, (racks.item, 4), (unknown, 4))

    asked(racks, boss)

    face = PickFace.objects.get()
    assert (face.item, face.minimum, face.maximum) == (racks.item, D(12), D(96))


def test_a_dynamic_face_is_filled_only_while_somebody_waits(racks, free, boss):
    stock(racks.item, racks.bin("R-1"), 40)
    PickFaceFactory(item=racks.item, location=free[0], is_dynamic=True, assigned_at=clock.now())
    assert asked(racks, boss) == []

    a_sales_order(racks.warehouse, (racks.item, 4))

    assert steps(asked(racks, boss)) == [("R-1", "D-2", D(10))]


def test_a_face_that_is_empty_and_not_needed_for_so_long_is_taken_back(racks, free, boss):
    start = datetime(2026, 3, 2, 8, tzinfo=UTC)
    face = PickFaceFactory(item=racks.item, location=free[0], is_dynamic=True, assigned_at=start)
    stock(racks.item, free[0], 1)

    asked(racks, boss, start)
    face.refresh_from_db()
    assert face.idle_since is None

    moved(racks.item, free[0], racks.bin("R-1"), 1)
    asked(racks, boss, start + timedelta(hours=1))
    face.refresh_from_db()
    assert face.idle_since == start + timedelta(hours=1)
    asked(racks, boss, start + timedelta(days=7))
    assert given() == [("BOLT", "D-2")]

    asked(racks, boss, start + timedelta(days=7, hours=1))
    assert given() == []
    assert trail("taken back") == [("D-2", {"item": "BOLT"})]
    assert PickFace.history.filter(history_type="-").get().item == racks.item


def test_a_face_that_is_needed_again_starts_its_time_anew(racks, free, boss):
    start = datetime(2026, 3, 2, 8, tzinfo=UTC)
    face = PickFaceFactory(item=racks.item, location=free[0], is_dynamic=True, assigned_at=start, idle_since=start)
    a_sales_order(racks.warehouse, (racks.item, 4))

    asked(racks, boss, start + timedelta(days=30))

    face.refresh_from_db()
    assert face.idle_since is None


def test_faces_of_a_pool_that_was_given_up_go_when_they_are_empty(racks, pool, free, boss):
    pool.is_active = False
    pool.save()
    PickFaceFactory(item=racks.item, location=free[0], is_dynamic=True, assigned_at=clock.now())

    asked(racks, boss)

    assert given() == []


def test_a_fixed_face_is_never_taken_back(racks, free, boss):
    PickFaceFactory(item=racks.item, location=free[0])

    asked(racks, boss)

    assert PickFace.objects.count() == 1


def test_a_place_is_given_out_to_one_item_only(racks, free):
    PickFaceFactory(item=racks.item, location=free[0], is_dynamic=True, assigned_at=clock.now())

    with pytest.raises(IntegrityError), transaction.atomic():
        PickFaceFactory(item=ItemFactory(), location=free[0], is_dynamic=True, assigned_at=clock.now())


def test_putaways_leave_free_faces_free(racks, free):
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)

    assert putaway.proposed is None
    assert Putaway.objects.count() == 1


@pytest.mark.parametrize("places", [3, 30])
def test_giving_out_asks_as_much_for_many_places_as_for_few(racks, pool, boss, places, django_assert_num_queries):
    stock(racks.item, racks.bin("R-1"), 40)
    a_sales_order(racks.warehouse, (racks.item, 4))
    for number in range(places):
        racks.bin(f"X-{number:02}", LocationKind.PICK_FACE, zone=pool.zone)

    with django_assert_num_queries(41):
        asked(racks, boss)

    assert given() == [("BOLT", "X-00")]


@pytest.mark.django_db(transaction=True)
def test_the_job_gives_out_faces_too(racks, free):
    stock(racks.item, racks.bin("R-1"), 40)
    a_sales_order(racks.warehouse, (racks.item, 4))

    assert job() == 1
    assert job() == 0
    assert given() == [("BOLT", "D-1")]


def test_released_goods_that_wait_get_a_face_first(racks, free, boss):
    late = ItemFactory(number="LATE")
    far = racks.bin("R-9")
    stock(racks.item, far, 3)
    released(a_sales_order(racks.warehouse, (racks.item, 3)))
    moved(racks.item, far, racks.bin("R-8"), 3)
    stock(racks.item, racks.bin("R-1"), 40)
    stock(late, racks.bin("R-2"), 40)
    a_sales_order(racks.warehouse, (late, 9))

    asked(racks, boss)

    assert given() == [("BOLT", "D-1"), ("LATE", "D-2")]
