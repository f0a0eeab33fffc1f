"""A task is neither offered to nor confirmed by whoever may not do it now, nor with what is out of service."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.roles import Role
from apps.core import clock
from apps.locations.models import Location
from apps.tasks.errors import (
    CertificateLapsed,
    EquipmentOutOfService,
    NoTask,
    PlaceOutOfService,
)
from apps.tasks.models import EquipmentKind, Skill, TaskRule
from apps.tasks.operations import (
    claim_bundle,
    claim_next_task,
    claim_task,
    give_task,
    hand_back_task,
    lease_bundle,
    lock_task,
)
from apps.tasks.states import TaskState
from apps.workplace.models import CertificateKind
from apps.workplace.operations import close_action, revoke_certificate
from apps.workplace.states import TakesOut
from tests.factories.catalog import ItemFactory
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.tasks import a_task
from tests.factories.workplace import a_certificate, a_checklist, a_thing, failed, somebody

NOW = clock.now()
YESTERDAY = (NOW - timedelta(days=2)).date()


@pytest.fixture
def site(db):
    return WarehouseFactory(code="MAIN")


@pytest.fixture
def driver(site):
    return somebody(site, Role.PICKER, username="ann")


@pytest.fixture
def truck(driver):
    """Reach trucks, which need a certificate and are inspected."""
    kind = EquipmentKind.objects.create(
        code="REACH", name="Reach truck", certificate=CertificateKind.objects.get(code="TRUCK-REACH")
    )
    kind.workers.add(driver.user)
    return kind


@pytest.fixture
def high(site, truck):
    """What is put away there needs the truck."""
    TaskRule.objects.create(warehouse=site, code="HIGH", name="High bins", min_level=2, equipment=truck)
    return LocationFactory(warehouse=site, level=3)


def a_high_task(site, high):
    return a_task(ItemFactory(), LocationFactory(warehouse=site), target=high)


def offered(site, by):
    try:
        return claim_next_task(warehouse_code=site.code, by=by, at=NOW)
    except NoTask:
        return None


def refused_everywhere(kind, site, task, by):
    """Not offered, not leased along, and refused by claim, bundle and confirm; the facts of the refusal."""
    assert offered(site, by) is None
    with pytest.raises(NoTask):
        lease_bundle(warehouse_code=site.code, most=5, by=by, at=NOW)
    facts = []
    for act in (
        lambda: claim_task(task_id=task.pk, by=by, at=NOW),
        lambda: claim_bundle([task.pk], by=by, at=NOW),
        lambda: lock_task(task_id=task.pk, version=None, by=by, at=NOW),
    ):
        with pytest.raises(kind) as refusal:
            act()
        facts.append(refusal.value.facts)
    task.refresh_from_db()
    assert task.state == TaskState.READY
    assert facts[0] == facts[1] == facts[2]
    return facts[0]


def test_a_task_that_needs_a_certificate_is_for_who_holds_it_now(site, driver, high):
    task = a_high_task(site, high)
    a_certificate(driver.user, expires_on=YESTERDAY)

    facts = refused_everywhere(CertificateLapsed, site, task, driver)

    assert facts == {
        "task": task.number,
        "worker": "ann",
        "needs": "Narrow aisle truck: reach truck, order picker (class II)",
    }
    a_certificate(driver.user)
    assert offered(site, driver) == task


def test_a_supervisor_gives_it_to_nobody_who_lacks_it(site, driver, high):
    task = a_high_task(site, high)
    boss = somebody(site, Role.SUPERVISOR)

    with pytest.raises(CertificateLapsed):
        give_task(task_id=task.pk, worker_id=driver.user.pk, by=boss, at=NOW)

    task.refresh_from_db()
    assert task.assigned_to is None


def test_a_skill_needs_its_certificate_too(site, driver):
    skill = Skill.objects.create(
        code="ADR", name="Dangerous goods", certificate=CertificateKind.objects.get(code="HAZMAT")
    )
    skill.workers.add(driver.user)
    TaskRule.objects.create(warehouse=site, code="ADR", name="All of it", skill=skill)
    task = a_task(ItemFactory(), LocationFactory(warehouse=site))

    assert refused_everywhere(CertificateLapsed, site, task, driver)["needs"] == "Dangerous goods in transport"

    a_certificate(driver.user, kind=skill.certificate)
    assert offered(site, driver) == task


def test_a_certificate_revoked_in_the_middle_of_a_task_stops_the_confirm_and_not_the_handing_back(site, driver, high):
    task = a_high_task(site, high)
    held = a_certificate(driver.user)
    claim_task(task_id=task.pk, by=driver, at=NOW)

    revoke_certificate(certificate_id=held.pk, reason="Near miss", by=somebody(site, Role.SAFETY), at=NOW)

    with pytest.raises(CertificateLapsed):
        lock_task(task_id=task.pk, version=None, by=driver, at=NOW)
    assert hand_back_task(task_id=task.pk, by=driver, at=NOW).state == TaskState.READY
    assert offered(site, driver) is None


def test_a_confirm_takes_no_statement_more_where_no_certificate_is_needed(site, driver):
    plain = a_task(ItemFactory(), LocationFactory(warehouse=site))

    with CaptureQueriesContext(connection) as captured:
        lock_task(task_id=plain.pk, version=None, by=driver, at=NOW)

    assert len(captured) == 1


def test_a_failed_forklift_check_refuses_the_task_until_another_closes_the_action(site, driver, truck, high):
    checklist = a_checklist("REACH-TRUCK")
    truck.certificate, truck.asset_kind = None, checklist.kind
    truck.save()
    three, four = (a_thing(site, checklist, number) for number in ("TRUCK-3", "TRUCK-4"))
    task = a_high_task(site, high)
    boss, safety = somebody(site, Role.SUPERVISOR), somebody(site, Role.SAFETY)

    action = failed(three, checklist, by=driver)
    # Another truck of the kind is still in service.
    claimed = offered(site, driver)
    assert claimed == task
    hand_back_task(task_id=task.pk, by=driver, at=NOW)
    failed(four, checklist, by=driver)

    facts = refused_everywhere(EquipmentOutOfService, site, task, driver)
    assert facts == {"task": task.number, "equipment": "Reach truck"}
    # What fails elsewhere, or what is not critical, stops nobody.
    assert action.owner == safety.user

    close_action(action_id=action.pk, note="Brakes renewed and tried", by=boss, at=NOW)

    assert offered(site, driver) == task
    assert lock_task(task_id=task.pk, version=None, by=driver, at=NOW) == task


def test_a_line_that_is_not_critical_takes_nothing_out(site, driver, truck, high):
    checklist = a_checklist("REACH-TRUCK")
    truck.certificate, truck.asset_kind = None, checklist.kind
    truck.save()
    task = a_high_task(site, high)

    failed(a_thing(site, checklist), checklist, by=driver, tyres=False)

    assert offered(site, driver) == task


@pytest.mark.parametrize("end", ["source", "target"])
def test_nobody_is_sent_to_a_place_that_is_out_of_service(site, driver, end):
    racks = a_checklist("RACKS", takes_out=TakesOut.PLACE)
    ends = {"source": LocationFactory(warehouse=site), "target": LocationFactory(warehouse=site)}
    task = a_task(ItemFactory(), ends["source"], target=ends["target"], quantity=D(1))
    action = failed(a_thing(site, racks, "R-1", location=ends[end]), racks, by=driver)

    assert offered(site, driver) is None
    for claim in (
        lambda: claim_task(task_id=task.pk, by=driver, at=NOW),
        lambda: claim_bundle([task.pk], by=driver, at=NOW),
    ):
        with pytest.raises(PlaceOutOfService) as refusal:
            claim()
        assert refusal.value.facts == {
            "task": task.number,
            "location": ends[end].code,
            "action": action.number,
        }
    # A confirm posts, and the ledger moves nothing at a place that is frozen.
    assert Location.objects.get(pk=ends[end].pk).frozen_for == action.number

    close_action(action_id=action.pk, note="ok", by=somebody(site, Role.SUPERVISOR), at=NOW)
    assert offered(site, driver) == task


def test_a_certificate_that_begins_later_does_not_count_yet(site, driver, high):
    task = a_high_task(site, high)
    a_certificate(driver.user, evaluated_on=date(2099, 1, 1))

    assert offered(site, driver) is None
    task.refresh_from_db()
    assert task.state == TaskState.READY
