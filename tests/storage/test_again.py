"""Another bin: the worker could not use the first, no bin had room, or room has appeared."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.models import SYSTEM, User
from apps.accounts.roles import Role
from apps.catalog.models import ReasonCode
from apps.core import clock
from apps.core.errors import NotAllowed, NotFound
from apps.journal.models import AuditEntry
from apps.ledger.operations import move_unit
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.safety.models import StorageCondition
from apps.storage.errors import NoBinProposed
from apps.storage.jobs import replan_putaways as job
from apps.storage.models import Putaway
from apps.storage.operations import confirm_putaway, propose_again, replan_putaways, undo_putaway
from apps.tasks.errors import TaskStale
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import claim_task
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor, stands, stock
from tests.factories.locations import WarehouseFactory, works_at
from tests.factories.storage import PutawayRuleFactory, a_pallet, goods_at, goods_of, putaways_of
from tests.invariants import assert_invariants


@pytest.fixture
def boss(racks):
    return an_actor(works_at(UserFactory(roles=[Role.SUPERVISOR]), racks.warehouse))


@pytest.fixture(autouse=True)
def _reasons(db):
    for code, text in (("FULL", "The proposed bin is full"), ("NEARER", "A better bin is nearer")):
        ReasonCode.objects.get_or_create(kind="override", code=code, defaults={"text": text})


def again(racks, putaway, code="FULL", **more):
    with transaction.atomic():
        return propose_again(
            task_id=putaway.task_id, reason_code=code, by=more.pop("by", racks.by), at=clock.now(), **more
        )


def replan(racks, by):
    with transaction.atomic():
        return replan_putaways(warehouse_id=racks.warehouse.pk, by=by, at=clock.now())


def put(racks, putaway, where, **more):
    with transaction.atomic():
        return confirm_putaway(
            task_id=putaway.task_id, location_id=where.pk, quantity=None, by=racks.by, at=clock.now(), **more
        )


def test_a_bin_that_is_full_in_fact_is_passed_over_for_the_next_best(racks):
    full, following = racks.bin("A-1"), racks.bin("A-2")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)

    [same] = again(racks, putaway, note="a pallet without a label")

    assert (same.pk, same.proposed, same.task.target, same.task.version) == (putaway.pk, following, following, 2)
    assert same.passed_over == [{"location": full.pk, "code": "A-1", "reason": "FULL"}]
    (of_task,) = AuditEntry.objects.of("putaway", putaway.task.number)
    (of_bin,) = AuditEntry.objects.of("location", "A-1")
    assert (of_task.verb, of_task.detail["bin"], of_task.detail["reason_code"]) == ("passed over", "A-1", "FULL")
    assert (of_bin.verb, of_bin.detail["task"]) == ("reported", putaway.task.number)
    assert of_bin.detail["reason"] == "The proposed bin is full: a pallet without a label"
    put(racks, same, following)
    assert stands(racks.item) == {"A-2": D(8)}
    assert_invariants()


def test_a_bin_once_passed_over_does_not_come_back_to_the_task(racks):
    for number in range(3):
        racks.bin(f"A-{number}")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)

    codes = [again(racks, putaway)[0].task.target for _ in range(3)]

    assert [place and place.code for place in codes] == ["A-1", "A-2", None]
    assert Putaway.objects.get().reasons[0]["rule"] == "no_bin"


def test_what_the_next_bin_has_no_room_for_becomes_another_task(racks):
    racks.bin("A-1", max_units=10)
    small, other = racks.bin("A-2", max_units=6), racks.bin("A-3", max_units=6)
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)

    putaways = again(racks, putaway)

    assert [(each.proposed, each.task.quantity) for each in putaways] == [(small, D(6)), (other, D(2))]
    assert WarehouseTask.objects.get(pk=putaway.task_id).quantity == D(6)


def test_a_pallet_gets_its_next_bin_whole(racks):
    racks.bin("A-1")
    racks.bin("A-2", max_units=6)
    fits = racks.bin("A-3", max_units=7)
    [putaway] = putaways_of(*goods_of(a_pallet(racks.dock, (racks.item, 5), (ItemFactory(), 2))), dock=racks.dock)

    [same] = again(racks, putaway)

    assert (same.proposed, same.task.item, same.task.quantity) == (fits, None, D(1))


def test_a_nearer_bin_says_nothing_of_the_one_proposed(racks):
    racks.bin("A-1")
    racks.bin("A-2")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)

    again(racks, putaway, "NEARER")

    assert not AuditEntry.objects.of("location", "A-1").exists()


def test_what_cannot_be_proposed_again_is_refused_and_changes_nothing(racks):
    racks.bin("A-1")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)

    with pytest.raises(NotFound):
        again(racks, putaway, "NO-SUCH")
    with pytest.raises(TaskStale):
        again(racks, putaway, version=7)
    again(racks, putaway)
    with pytest.raises(NoBinProposed) as refusal:
        again(racks, putaway)

    assert refusal.value.facts == {"task": putaway.task.number}
    assert len(Putaway.objects.get().passed_over) == 1


def test_an_override_keeps_its_code_and_its_words(racks):
    racks.bin("A-1")
    other, third = racks.bin("A-2"), racks.bin("A-3")
    first, second = putaways_of(*(goods_at(racks.dock, ItemFactory(), 1) for _ in range(2)), dock=racks.dock)
    third_goods = goods_at(racks.dock, racks.item, 1)
    [in_words] = putaways_of(third_goods, dock=racks.dock)

    coded = put(racks, first, third, override_code="FULL", override_reason="to the roof")
    as_code = put(racks, second, third, override_reason="NEARER")
    words = put(racks, in_words, other if in_words.proposed != other else third, override_reason="a ladder")
    with pytest.raises(NotFound):
        put(racks, putaways_of(goods_at(racks.dock, racks.item, 1), dock=racks.dock)[0], other, override_code="X")

    assert (coded.override_code, coded.override_reason) == ("FULL", "The proposed bin is full: to the roof")
    assert (as_code.override_code, as_code.override_reason) == ("NEARER", "A better bin is nearer")
    assert (words.override_code, words.override_reason) == ("", "a ladder")


def test_over_http_the_next_best_bin_is_asked_for(racks):
    racks.bin("A-1")
    racks.bin("A-2")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)
    worker, stranger = a_person(racks.warehouse), a_person(WarehouseFactory())
    path = f"/putaways/{putaway.task.number}/propose-again"

    refused(stranger.post(path, {"reason_code": "FULL"}), 404, "not_found")
    refused(worker.post(path, {}), 400, "malformed")
    refused(worker.post(path, {"reason_code": "NO-SUCH"}), 404, "not_found")
    answer = worker.post(path, {"reason_code": "FULL", "version": 1}, key="again-1")
    repeated = worker.post(path, {"reason_code": "FULL", "version": 1}, key="again-1")

    assert (answer.status_code, repeated.json()) == (200, answer.json())
    [row] = answer.json()
    assert (row["proposed"], row["passed_over"]) == ("A-2", [{"code": "A-1", "reason": "FULL"}])
    assert WarehouseTask.objects.get().version == 2


# Nowhere to go


def test_goods_without_a_bin_wait_in_staging_of_the_right_condition(racks):
    chilled = StorageCondition.objects.create(
        code="TEST-CHILLED", name="Chilled 2 to 8", min_celsius=2, max_celsius=8, effective_on=date(2026, 1, 1)
    )
    milk = ItemFactory(storage_condition=chilled)
    racks.bin("A-1")
    racks.bin("S-1", LocationKind.STAGING)
    cold = racks.bin("S-2", LocationKind.STAGING, storage_condition=chilled)

    [putaway] = putaways_of(goods_at(racks.dock, milk, 3), dock=racks.dock)

    assert (putaway.proposed, putaway.parks) == (cold, True)
    assert [each["sentence"] for each in putaway.reasons][:2] == [
        "No bin takes it: 1 with another storage condition.",
        "It waits in staging until a bin has room.",
    ]


def test_without_staging_of_the_right_condition_they_stay_at_the_dock(racks):
    chilled = StorageCondition.objects.create(
        code="TEST-CHILLED", name="Chilled 2 to 8", min_celsius=2, max_celsius=8, effective_on=date(2026, 1, 1)
    )
    racks.bin("S-1", LocationKind.STAGING)

    [putaway] = putaways_of(goods_at(racks.dock, ItemFactory(storage_condition=chilled), 3), dock=racks.dock)

    assert (putaway.proposed, putaway.parks) == (None, False)


def test_damaged_goods_do_not_wait_in_staging(racks):
    racks.bin("S-1", LocationKind.STAGING)

    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 3, status="damaged"), dock=racks.dock)

    assert (putaway.proposed, putaway.parks) == (None, False)


def test_only_what_no_bin_has_room_for_waits_in_staging(racks):
    home, staging = racks.bin("A-1", max_units=5), racks.bin("S-1", LocationKind.STAGING)

    putaways = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)

    assert [(each.proposed, each.task.quantity, each.parks) for each in putaways] == [
        (home, D(5), False),
        (staging, D(3), True),
    ]


def test_what_was_brought_to_staging_is_asked_for_from_there(racks):
    staging = racks.bin("S-1", LocationKind.STAGING)
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 3), dock=racks.dock)

    put(racks, putaway, staging)

    assert stands(racks.item) == {"S-1": D(3)}
    following = Putaway.objects.exclude(pk=putaway.pk).get()
    assert (following.task.source, following.task.target, following.task.document) == (staging, None, "GR-1")
    assert not following.parks
    assert_invariants()


def test_a_rule_does_not_keep_goods_from_waiting_in_staging(racks):
    staging = racks.bin("S-1", LocationKind.STAGING)
    racks.bin("A-1")
    PutawayRuleFactory(warehouse=racks.warehouse, item=racks.item, location_kind="pick_face", strength="only")

    [putaway] = putaways_of(*goods_of(a_pallet(racks.dock, (racks.item, 3))), dock=racks.dock)
    put(racks, putaway, staging)

    assert stands(racks.item) == {"S-1": D(3)}
    assert Putaway.objects.exclude(pk=putaway.pk).get().task.carries_unit


def test_undoing_what_was_brought_to_staging_takes_back_that_it_is_asked_for(racks, boss):
    staging = racks.bin("S-1", LocationKind.STAGING)
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 3), dock=racks.dock)
    done = put(racks, putaway, staging)

    with transaction.atomic():
        [again_] = undo_putaway(putaway_id=done.pk, reason="stays here", by=boss, at=clock.now())

    assert stands(racks.item) == {"DOCK": D(3)}
    assert (again_.task.source, again_.proposed) == (racks.dock, staging)
    assert WarehouseTask.objects.open().count() == 1
    assert_invariants()


def test_when_room_appears_what_waits_gets_its_bin_once(racks, boss):
    staging = racks.bin("S-1", LocationKind.STAGING)
    goods = goods_at(racks.dock, racks.item, 3)
    [parked] = putaways_of(goods, dock=racks.dock)
    staging.is_active = False
    staging.save()
    [at_dock] = putaways_of(goods_at(racks.dock, ItemFactory(), 2), dock=racks.dock, document="GR-2")
    assert replan(racks, boss) == []
    room = racks.bin("A-1")

    putaways = replan(racks, boss)

    assert [(each.pk, each.proposed, each.parks) for each in putaways] == [
        (parked.pk, room, False),
        (at_dock.pk, room, False),
    ]
    assert putaways[0].reasons[0]["rule"] == "empty"
    assert replan(racks, boss) == []
    assert WarehouseTask.objects.get(pk=parked.task_id).version == 2


def test_what_is_in_somebody_s_hands_is_not_planned_again(racks, boss):
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 3), dock=racks.dock)
    claim_task(task_id=putaway.task_id, by=racks.by, at=clock.now())
    racks.bin("A-1")

    assert replan(racks, boss) == []


def test_a_unit_that_was_carried_off_is_not_put_away_any_more(racks, boss):
    pallet = a_pallet(racks.dock, (racks.item, 5))
    [putaway] = putaways_of(*goods_of(pallet), dock=racks.dock)
    away = racks.bin("B-1")
    move_unit(unit_id=pallet.pk, location_id=away.pk, by=racks.by, at=clock.now())

    assert replan(racks, boss) == []
    assert WarehouseTask.objects.get(pk=putaway.task_id).state == "cancelled"


def test_the_job_does_it_for_every_warehouse_and_a_picker_may_not(racks):
    User.objects.get_or_create(username=SYSTEM)
    putaways_of(goods_at(racks.dock, racks.item, 3), dock=racks.dock)
    racks.bin("A-1")
    picker = an_actor(works_at(UserFactory(roles=[Role.PICKER]), racks.warehouse))

    with pytest.raises(NotAllowed):
        replan(racks, picker)
    assert (job(), job()) == (1, 0)
    assert Putaway.objects.values_list("proposed__code", flat=True).get() == "A-1"


@pytest.mark.parametrize("count", [1, 8])
def test_planning_again_reads_as_often_for_many_as_for_one(racks, boss, count, django_assert_num_queries):
    for _ in range(count):
        putaways_of(goods_at(racks.dock, racks.item, 3), dock=racks.dock)
    stock(ItemFactory(), racks.bin("A-1"), 1)

    with django_assert_num_queries(27):
        assert len(replan(racks, boss)) == count


def test_over_http_a_supervisor_has_it_planned_again(racks):
    putaways_of(goods_at(racks.dock, racks.item, 3), dock=racks.dock)
    racks.bin("A-1")
    boss, stranger = (a_person(site, roles=[Role.SUPERVISOR]) for site in (racks.warehouse, WarehouseFactory()))

    refused(stranger.post("/putaways/replan", {"warehouse": "MAIN"}), 404, "not_found")
    [row] = boss.post("/putaways/replan", {"warehouse": "MAIN"}).json()

    assert row["proposed"] == "A-1"
    assert Location.objects.get(code="A-1").tasks_to.count() == 1
