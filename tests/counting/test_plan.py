"""Each day's counts are planned once: the bins that are due, the most urgent first."""

from datetime import date, timedelta
from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import SYSTEM
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.counting.errors import NoCountPlan
from apps.counting.jobs import plan_counts as plan_job
from apps.counting.models import CountDay, CountPlan, CycleCount
from apps.counting.operations import plan_counts
from apps.counting.operations.plan import program_of
from apps.counting.queries.bins import bins_of
from apps.counting.rules.planning import due_by
from apps.journal.models import AuditEntry, OutboxMessage
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.tasks.models import WarehouseTask
from tests.admin.pages import address
from tests.concurrency.crowd import together
from tests.counting.test_jobs_and_desk import browser_of
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.counting import a_count, a_decider, a_program, counted, found
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.invariants import assert_invariants

MONDAY = date(2027, 3, 1)
STATEMENTS = 21
"""Of a day, however many bins it has."""


@pytest.fixture
def floor(db):
    """Two bins: A holds ten bolts, B is empty. Ten minutes are counted a day, each bin once in thirty days."""
    return a_planned_floor()


def a_planned_floor():
    floor = a_floor()
    stock(floor.item, floor.a, 10)
    floor.plan = CountPlan.objects.create(warehouse=floor.warehouse, minutes_a_day=10)
    floor.program = a_program(floor, interval_days=30)
    return floor


@transaction.atomic
def planned(floor, *, on=MONDAY, by=None):
    return plan_counts(warehouse_id=floor.warehouse.pk, on=on, by=by or a_decider(), at=clock.now())


def a_counted(floor, place, *, days_ago):
    """The place was counted so many days before Monday, without a variance."""
    count = counted(a_count(place), *([found(floor.item, 10)] if place == floor.a else []))
    at = clock.now().replace(year=2027, month=3, day=1, hour=12) - timedelta(days=days_ago)
    CycleCount.objects.filter(pk=count.pk).update(counted_at=at)
    return count


def places(day):
    return set(day.counts.values_list("location__code", flat=True))


def test_a_day_opens_its_counts_with_their_tasks_and_sheets(floor):
    manager = a_decider()

    day = planned(floor, by=manager)

    assert (day.warehouse, day.day, day.due, day.planned_by) == (floor.warehouse, MONDAY, 2, manager.user)
    assert set(day.counts.values_list("location__code", "state", "asked_by", "task__kind", "task__state")) == {
        ("A", "open", manager.user.pk, "count", "ready"),
        ("B", "open", manager.user.pk, "count", "ready"),
    }
    sheets = OutboxMessage.objects.filter(job="counting.print_count_sheet")
    assert {sheet.arguments["count"] for sheet in sheets} == set(day.counts.values_list("number", flat=True))
    entry = AuditEntry.objects.get(verb="planned")
    assert (entry.kind, entry.number, entry.detail["due"]) == ("count day", f"{floor.warehouse.code} 2027-03-01", 2)


def test_the_page_of_a_day_tells_what_was_done_at_its_own_warehouse(client, floor):
    client.force_login(UserFactory(is_superuser=True))
    elsewhere = SimpleNamespace(warehouse=WarehouseFactory())
    LocationFactory(warehouse=elsewhere.warehouse)
    CountPlan.objects.create(warehouse=elsewhere.warehouse)
    a_program(elsewhere)

    for day in (planned(floor), planned(elsewhere)):
        (event,) = client.get(address(CountDay, "change", day.pk)).context["timeline"]
        assert all(count.number in str(event) for count in day.counts.all())


def test_a_day_is_planned_once(floor):
    first = planned(floor)
    LocationFactory(warehouse=floor.warehouse)

    assert planned(floor) == first
    assert (CountDay.objects.count(), CycleCount.objects.count(), WarehouseTask.objects.count()) == (1, 2, 2)


def test_what_waits_from_yesterday_takes_todays_minutes(floor):
    floor.plan.minutes_a_day = 2
    floor.plan.save()

    monday, tuesday = planned(floor), planned(floor, on=MONDAY + timedelta(days=1))

    # A holds one record: two minutes with the way there. B is empty; an error there would matter little.
    assert (places(monday), monday.due, monday.budget, monday.minutes) == ({"A"}, 2, D(2), D(2))
    assert (places(tuesday), tuesday.due, tuesday.budget) == (set(), 1, D(0))


def due(floor, on=MONDAY):
    bins = bins_of(floor.warehouse, on=on)
    codes = dict(Location.objects.values_list("pk", "code"))
    return sorted(codes[pk] for pk in due_by(bins, [program_of(floor.program)], day=on.isoformat()))


def test_a_bin_is_due_when_its_days_have_passed_and_not_before(floor):
    a_counted(floor, floor.a, days_ago=30)
    a_counted(floor, floor.b, days_ago=29)

    assert due(floor) == ["A"]
    assert due(floor, MONDAY + timedelta(days=1)) == ["A", "B"]


def test_a_count_that_was_not_approved_does_not_count(floor):
    count = counted(a_count(floor.a), found(floor.item, 3))
    assert count.state == "counted"
    assert due(floor) == ["B"]  # it is still under way

    CycleCount.objects.filter(pk=count.pk).delete()
    a_count(floor.b)

    assert due(floor) == ["A"]


def test_only_bins_in_use_are_planned(floor):
    LocationFactory(warehouse=floor.warehouse, code="OFF", is_active=False)
    LocationFactory(warehouse=floor.warehouse, code="BENCH", kind=LocationKind.PACK)
    LocationFactory(warehouse=floor.warehouse, code="FACE", kind=LocationKind.PICK_FACE)
    LocationFactory(code="ELSEWHERE")

    assert due(floor) == ["A", "B", "FACE"]


def test_without_a_plan_in_force_nothing_is_planned(floor):
    floor.plan.is_active = False
    floor.plan.save()

    for warehouse in (floor.warehouse, WarehouseFactory(code="BARE")):
        with pytest.raises(NoCountPlan) as refusal:
            planned(SimpleNamespace(warehouse=warehouse))
        assert refusal.value.facts == {"warehouse": warehouse.code}
    assert not CountDay.objects.exists()


def test_a_picker_plans_nothing(floor):
    with pytest.raises(NotAllowed):
        planned(floor, by=an_actor(UserFactory(roles=[Role.PICKER])))

    assert not CycleCount.objects.exists()


def test_planning_many_bins_takes_no_more_statements(floor):
    for each in range(20):
        stock(floor.item, LocationFactory(warehouse=floor.warehouse, code=f"C{each}"), 1)
    floor.plan.minutes_a_day = 500
    floor.plan.save()
    manager = a_decider()

    with CaptureQueriesContext(connection) as captured:
        day = planned(floor, by=manager)

    assert (day.counts.count(), len(captured)) == (22, STATEMENTS)


def test_beat_plans_each_morning_once_by_the_clock_of_the_warehouse(transactional_db, time_machine):
    floor = a_planned_floor()
    floor.warehouse.timezone = "America/New_York"
    floor.warehouse.save()
    CountPlan.objects.create(warehouse=WarehouseFactory(code="SHUT", is_active=False))

    time_machine.move_to("2030-05-01T08:20:00Z")  # twenty past four in New York
    assert plan_job() == 0
    assert not CountDay.objects.exists()
    time_machine.move_to("2030-05-01T09:20:00Z")
    assert (plan_job(), plan_job(added_later=True)) == (1, 1)
    time_machine.move_to("2030-05-02T03:20:00Z")  # a late call, still the first of May there
    assert plan_job() == 1

    day = CountDay.objects.get()
    assert (day.day, day.planned_by.username, day.counts.count()) == (date(2030, 5, 1), SYSTEM, 2)
    time_machine.move_to("2030-05-02T09:20:00Z")
    assert plan_job() == 1
    assert list(CountDay.objects.order_by("day").values_list("day", "due")) == [
        (date(2030, 5, 1), 2),
        (date(2030, 5, 2), 0),
    ]


def test_two_workers_that_plan_at_once_open_each_count_once(transactional_db, time_machine):
    time_machine.move_to("2030-05-01T09:20:00Z")
    floor = a_planned_floor()

    answers = together(plan_job, plan_job, plan_job, in_transaction=False)

    assert answers == [1, 1, 1]
    assert (CountDay.objects.count(), CycleCount.objects.count(), WarehouseTask.objects.count()) == (1, 2, 2)
    assert floor.plan.pk


def test_beat_and_a_manager_who_plan_at_once_open_each_count_once(transactional_db, time_machine):
    time_machine.move_to("2030-05-01T09:20:00Z")
    floor = a_planned_floor()
    manager = a_decider()
    today = floor.warehouse.local_date(clock.now())

    answers = together(*[lambda: planned(floor, on=today, by=manager)] * 3, plan_job, in_transaction=False)

    assert {answer for answer in answers if not isinstance(answer, int)} == {CountDay.objects.get()}
    assert CycleCount.objects.count() == 2


def test_a_plan_is_read_and_run_over_http(floor):
    manager = a_person(floor.warehouse, roles=(Role.INVENTORY_MANAGER,))

    (row,) = manager.get("/count-plans", is_active=True).json()["results"]
    answer = manager.post(f"/count-plans/{floor.warehouse.code}/run", key="k")
    again = manager.post(f"/count-plans/{floor.warehouse.code}/run", key="k2")

    code = floor.warehouse.code
    assert row == {"warehouse": code, "minutes_a_day": 10, "usual_minutes": "2", "is_active": True}
    assert manager.get(f"/count-plans/{code}").json() == row
    assert (answer.status_code, again.json()) == (200, answer.json())
    body = answer.json()
    assert (body["warehouse"], body["due"]) == (code, 2)
    assert set(body["counts"]) == set(CycleCount.objects.values_list("number", flat=True))
    picker = a_person(floor.warehouse, roles=(Role.PICKER,))
    refused(picker.post(f"/count-plans/{code}/run"), 403, "not_allowed")
    stranger = a_person(WarehouseFactory(), roles=(Role.INVENTORY_MANAGER,))
    refused(stranger.post(f"/count-plans/{code}/run"), 404, "not_found")
    assert stranger.get(f"/count-plans/{code}").status_code == 404


def test_todays_counts_are_planned_at_the_desk(transactional_db, client):
    floor = a_planned_floor()
    browser = browser_of(client, floor, a_decider())

    answer = browser.post("/admin/counting/countday/add/", {"warehouse": floor.warehouse.pk})

    day = CountDay.objects.get()
    assert answer["Location"] == f"/admin/counting/countday/{day.pk}/change/"
    page = browser.get(answer["Location"])
    assert all(count.number.encode() in page.content for count in day.counts.all())
    assert_invariants()
