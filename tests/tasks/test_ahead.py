"""Tasks taken along to where no answer comes: which, for how long, with what, and handed back."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Barcode, Packaging, Unit
from apps.core import clock
from apps.locations.choices import LocationKind
from apps.locations.models import Aisle, Zone
from apps.tasks.errors import NoTask
from apps.tasks.models import TaskPolicy, WarehouseTask
from apps.tasks.operations import claim_next_task, hand_back_leased, lease_bundle, renew_lease
from apps.tasks.states import TaskKind, TaskState
from tests.factories.accounts import UserFactory
from tests.factories.api import a_device, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.tasks import a_task, some_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return WarehouseFactory(code="LEITH")


@pytest.fixture
def worker(site):
    return works_at(UserFactory(roles=["picker"]), site)


def lease(worker, site, most=10, *, at=None, **more):
    return lease_bundle(warehouse_code=site.code, most=most, by=an_actor(worker), at=at or clock.now(), **more)


def shelves(site, count):
    """Bins that are passed one after the other."""
    return [LocationFactory(warehouse=site, code=f"A-{n:02}", pick_sequence=n) for n in range(1, count + 1)]


def test_the_next_tasks_are_leased_for_the_time_that_the_site_allows_out_of_reach(site, worker):
    TaskPolicy.objects.create(warehouse=site, offline_minutes=90)
    some_tasks(site, 5)
    at = clock.now()

    leased = lease(worker, site, 3, at=at)

    assert len(leased.tasks) == 3
    assert leased.lease_until == at + timedelta(minutes=90)
    rows = WarehouseTask.objects.filter(assigned_to=worker)
    assert {(row.state, row.lease_until, row.version) for row in rows} == {("assigned", leased.lease_until, 2)}
    assert WarehouseTask.objects.filter(state=TaskState.READY).count() == 2


def test_they_are_walked_from_where_the_worker_stands_on_and_round(site, worker):
    item = ItemFactory()
    bins = shelves(site, 4)
    for place in bins:
        a_task(item, place, kind=TaskKind.PICK)

    leased = lease(worker, site, place_id=bins[2].pk)

    assert [task.source.code for task in leased.tasks] == ["A-03", "A-04", "A-01", "A-02"]


def test_of_more_than_are_taken_the_most_urgent_are(site, worker):
    item = ItemFactory()
    bins = shelves(site, 3)
    for place, priority in zip(bins, (50, 90, 70), strict=True):
        a_task(item, place, kind=TaskKind.PICK, priority=priority)

    leased = lease(worker, site, 2)

    assert [task.source.code for task in leased.tasks] == ["A-02", "A-03"]


def test_what_is_in_hand_comes_along_and_counts(site, worker):
    some_tasks(site, 4)
    own = claim_next_task(warehouse_code=site.code, by=an_actor(worker), at=clock.now())

    leased = lease(worker, site, 2)

    assert own.pk in {task.pk for task in leased.tasks}
    assert len(leased.tasks) == 2
    own.refresh_from_db()
    assert (own.lease_until, own.version) == (leased.lease_until, 2)


def test_a_long_lease_is_not_made_shorter_by_asking_for_the_next_task_or_by_a_sign(site, worker):
    some_tasks(site, 1)
    leased = lease(worker, site)

    again = claim_next_task(warehouse_code=site.code, by=an_actor(worker), at=clock.now())
    renew_lease(task_id=again.pk, by=an_actor(worker), at=clock.now())

    assert again.pk == leased.tasks[0].pk
    assert WarehouseTask.objects.get().lease_until == leased.lease_until


def test_nobody_else_is_given_them_until_the_lease_ends(site, worker):
    other = works_at(UserFactory(roles=["picker"]), site)
    some_tasks(site, 2)
    at = clock.now()
    lease(worker, site, at=at)

    with pytest.raises(NoTask):
        claim_next_task(warehouse_code=site.code, by=an_actor(other), at=at + timedelta(minutes=119))

    late = claim_next_task(warehouse_code=site.code, by=an_actor(other), at=at + timedelta(minutes=121))
    assert late.assigned_to == other


def test_what_is_put_back_is_not_taken_along(site, worker):
    a_task(ItemFactory(), LocationFactory(warehouse=site), kind=TaskKind.PUT_BACK)

    with pytest.raises(NoTask) as refusal:
        lease(worker, site)

    assert refusal.value.facts == {"warehouse": "LEITH"}


def test_tasks_that_are_not_done_go_back_and_those_of_others_stay(site, worker):
    other = works_at(UserFactory(roles=["picker"]), site)
    some_tasks(site, 3)
    mine = lease(worker, site, 2).tasks
    theirs = lease(other, site, 1).tasks

    back = hand_back_leased(task_ids=[task.pk for task in [*mine, *theirs]], by=an_actor(worker), at=clock.now())

    assert {task.pk for task in back} == {task.pk for task in mine}
    rows = WarehouseTask.objects.filter(state=TaskState.READY)
    assert {(row.assigned_to, row.lease_until, row.version) for row in rows} == {(None, None, 3)}
    assert WarehouseTask.objects.get(state=TaskState.ASSIGNED).assigned_to == other


def test_a_task_of_a_round_stays_with_its_round(site, worker):
    (task,) = some_tasks(site, 1)
    lease(worker, site)
    WarehouseTask.objects.update(bundle="RD-000001")

    assert hand_back_leased(task_ids=[task.pk], by=an_actor(worker), at=clock.now()) == []
    assert WarehouseTask.objects.get().assigned_to == worker


def test_over_http_a_bundle_brings_all_that_is_needed_to_verify_scans(site):
    zone = Zone.objects.create(warehouse=site, code="Z1", name="Ambient")
    aisle = Aisle.objects.create(warehouse=site, code="A")
    place = LocationFactory(
        warehouse=site, code="A-01-1", zone=zone, aisle=aisle, bay=1, level=0, x_mm=1200, y_mm=300, z_mm=0
    )
    LocationFactory(warehouse=site, code="TOTE-1", kind=LocationKind.TOTE)
    item = ItemFactory(number="CHOC-70", perishable=True)
    case, _ = Unit.objects.get_or_create(code="CS", defaults={"name": "case"})
    pack = Packaging.objects.create(
        item=item, level=PackagingLevel.CASE, unit=case, numerator=8, denominator=1, gtin="10614141000019"
    )
    Barcode.objects.create(item=item, packaging=pack, code="OLD-CHOC")
    lot = LotFactory(item=item, number="L7", expires_on="2028-03-31")
    task = a_task(item, place, 12, kind=TaskKind.PICK, lot=lot)
    hand = a_worker(site, device=a_device(site, number="HAND-7"))

    body = hand.post("/tasks/bundle", {"warehouse": "LEITH", "most": 5}).json()

    (row,) = body["tasks"]
    assert (row["number"], row["version"], row["quantity"]) == (task.number, 2, "12")
    assert (row["source"], row["item"], row["lot"], row["expires_on"]) == ("A-01-1", "CHOC-70", "L7", "2028-03-31")
    assert (row["device"], row["lease_until"]) == ("HAND-7", body["lease_until"])
    (goods,) = body["items"]
    assert (goods["number"], goods["unit"], goods["barcodes"]) == ("CHOC-70", "EA", [{"code": "OLD-CHOC"}])
    assert [each["gtin"] for each in goods["packagings"]] == ["10614141000019"]
    assert body["places"] == [
        {
            "code": "A-01-1",
            "kind": "storage",
            "zone": "Z1",
            "aisle": "A",
            "bay": 1,
            "level": 0,
            "x_mm": 1200,
            "y_mm": 300,
            "z_mm": 0,
        }
    ]
    assert (body["units"], body["totes"]) == ([], ["TOTE-1"])


def test_over_http_the_same_key_takes_no_more(site):
    some_tasks(site, 6)
    hand = a_worker(site)

    first = hand.post("/tasks/bundle", {"warehouse": "LEITH", "most": 2}, key="k")
    again = hand.post("/tasks/bundle", {"warehouse": "LEITH", "most": 2}, key="k")

    assert first.json() == again.json()
    assert WarehouseTask.objects.filter(state=TaskState.ASSIGNED).count() == 2


def test_over_http_ten_tasks_take_as_many_statements_as_two(site):
    def statements(count):
        WarehouseTask.objects.all().delete()
        for n in range(count):
            a_task(ItemFactory(), LocationFactory(warehouse=site), D(n + 1))
        number, answer = hand.statements(lambda: hand.post("/tasks/bundle", {"warehouse": "LEITH", "most": count}))
        assert len(answer.json()["tasks"]) == count
        return number - count  # each is locked with the others and saved by itself

    hand = a_worker(site)

    assert statements(2) == statements(10)


def test_over_http_tasks_are_handed_back(site):
    some_tasks(site, 2)
    hand = a_worker(site)
    numbers = [task["number"] for task in hand.post("/tasks/bundle", {"warehouse": "LEITH"}).json()["tasks"]]

    back = hand.post("/tasks/bundle/hand-back", {"tasks": numbers})

    assert [(task["number"], task["state"]) for task in back.json()] == [(number, "ready") for number in numbers]


def test_over_http_another_site_is_not_found_and_nothing_is_taken_there(site):
    elsewhere = WarehouseFactory(code="PERTH")
    (there,) = some_tasks(elsewhere, 1)
    hand = a_worker(site)

    refused(hand.post("/tasks/bundle", {"warehouse": "PERTH"}), 404, "not_found")
    refused(hand.post("/tasks/bundle/hand-back", {"tasks": [there.number]}), 404, "not_found")
    refused(hand.post("/tasks/bundle", {"warehouse": "LEITH", "kinds": ["locate"]}), 400, "malformed")
    refused(hand.post("/tasks/bundle", {"warehouse": "LEITH", "most": 51}), 400, "malformed")
    assert WarehouseTask.objects.get().state == TaskState.READY
