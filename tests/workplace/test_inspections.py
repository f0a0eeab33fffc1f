"""Inspections of the workplace: made when due, done line by line, and what follows when one fails."""

from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.core.errors import IllegalTransition, NotAllowed
from apps.locations.choices import LocationKind
from apps.locations.models import Aisle, Location
from apps.workplace.errors import ClosedByOwner, LineUnknown, NotOnChecklist, ResultsMissing
from apps.workplace.models import (
    Checklist,
    CheckResult,
    ClosedPlace,
    CorrectiveAction,
    InspectionSchedule,
    WorkplaceInspection,
)
from apps.workplace.operations import (
    Answer,
    begin_inspection,
    close_action,
    freeze_closed,
    plan_inspections,
    record_inspection,
)
from apps.workplace.states import ActionState, CheckState, TakesOut
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.workplace import a_checklist, a_thing, answers, failed, somebody

NOW = datetime(2026, 3, 31, 10, tzinfo=UTC)
TODAY = date(2026, 3, 31)


@pytest.fixture
def site(db):
    return WarehouseFactory(code="MAIN")


@pytest.fixture
def picker(site):
    return somebody(site, Role.PICKER, username="ann")


@pytest.fixture
def safety(site):
    return somebody(site, Role.SAFETY, username="sam")


@pytest.fixture
def monthly(db):
    return a_checklist("EXT", every=1, period="months")


def planned(site, on=TODAY):
    return plan_inspections(warehouse_id=site.pk, on=on, by=an_actor(), at=NOW)


def begun(thing, checklist, by, at=NOW):
    return begin_inspection(asset_id=thing.pk, checklist_id=checklist.pk, by=by, at=at)


def done(inspection, by, at=NOW, **found):
    return record_inspection(inspection_id=inspection.pk, answers=answers(**found), by=by, at=at)


def test_what_is_due_is_made_once_however_often_it_is_planned(site, monthly):
    thing = a_thing(site, monthly, "EXT-7")
    a_thing(site, monthly, "EXT-8", is_active=False)
    a_thing(WarehouseFactory(), monthly, "EXT-9")

    (due,) = planned(site)

    assert (due.asset, due.checklist, due.due_on, due.state) == (thing, monthly, TODAY, CheckState.DUE)
    assert planned(site) == planned(site, date(2026, 6, 1)) == []
    assert WorkplaceInspection.objects.get() == due


def test_the_next_is_due_a_month_after_it_was_done_over_a_shorter_month(site, monthly, picker):
    a_thing(site, monthly, "EXT-7")
    (due,) = planned(site)

    passed = done(due, picker)

    assert (passed.state, passed.done_by, passed.done_at) == (CheckState.PASSED, picker.user, NOW)
    assert planned(site, date(2026, 4, 29)) == []
    (following,) = planned(site, date(2026, 5, 3))
    assert following.due_on == date(2026, 4, 30)
    assert [(row.line, row.passed, row.reading) for row in CheckResult.objects.order_by("line")] == [
        (1, True, None),
        (2, True, None),
        (3, True, D("12.4")),
    ]
    assert not CorrectiveAction.objects.exists()


def test_two_inspections_of_one_extinguisher_on_one_day_are_both_kept_and_the_schedule_moves_once(
    site, monthly, picker
):
    thing = a_thing(site, monthly, "EXT-7")
    (due,) = planned(site)
    done(due, picker)

    again = begun(thing, monthly, picker)
    done(again, picker)

    assert again != due
    assert WorkplaceInspection.objects.filter(state=CheckState.PASSED).count() == 2
    assert InspectionSchedule.objects.get().due_on == date(2026, 4, 30)


def test_the_day_it_was_done_is_the_sites(monthly, db):
    # In Tokyo the new year has begun; in Paris, where clocks went forward that night, it is the next day already.
    tokyo, paris = WarehouseFactory(timezone="Asia/Tokyo"), WarehouseFactory(timezone="Europe/Paris")
    daily = a_checklist("REACH")
    for site, at, then in (
        (tokyo, datetime(2026, 12, 31, 15, 30, tzinfo=UTC), date(2027, 1, 2)),
        (paris, datetime(2026, 3, 29, 22, 30, tzinfo=UTC), date(2026, 3, 31)),
    ):
        who = somebody(site, Role.PICKER)
        thing = a_thing(site, daily, f"R-{site.code}")
        done(begun(thing, daily, who, at), who, at)

        assert InspectionSchedule.objects.get(asset=thing).due_on == then


def test_one_that_is_due_is_begun_and_not_made_again(site, monthly, picker):
    thing = a_thing(site, monthly, "EXT-7")
    (due,) = planned(site)

    assert begun(thing, monthly, picker) == due


def test_a_checklist_is_for_its_own_kind_of_thing(site, monthly, picker):
    thing = a_thing(site, monthly, "EXT-7")
    other = Checklist.objects.get(code="RACK-MONTH")

    with pytest.raises(NotOnChecklist) as refusal:
        begun(thing, other, picker)
    thing.is_active = False
    thing.save()
    with pytest.raises(NotOnChecklist):
        begun(thing, monthly, picker)

    assert refusal.value.facts == {"checklist": "RACK-MONTH", "asset": "EXT-7"}
    assert not WorkplaceInspection.objects.exists()


def test_every_line_has_one_answer_of_its_kind(site, monthly, picker):
    due = begun(a_thing(site, monthly, "EXT-7"), monthly, picker)

    def told(*given):
        return record_inspection(inspection_id=due.pk, answers=given, by=picker, at=NOW)

    with pytest.raises(ResultsMissing) as missing:
        told(Answer(line=1, passed=True), Answer(line=3, passed=True))
    with pytest.raises(LineUnknown) as unknown:
        told(*answers(), Answer(line=9, passed=True))
    with pytest.raises(LineUnknown) as twice:
        told(*answers(), Answer(line=1, passed=False))

    assert missing.value.facts == {"inspection": due.number, "lines": "2, 3"}
    assert unknown.value.facts == {"inspection": due.number, "line": 9}
    assert twice.value.facts["line"] == 1
    due.refresh_from_db()
    assert (due.state, CheckResult.objects.count(), InspectionSchedule.objects.count()) == (CheckState.DUE, 0, 0)


def test_it_is_done_once(site, monthly, picker):
    due = begun(a_thing(site, monthly, "EXT-7"), monthly, picker)
    done(due, picker)

    with pytest.raises(IllegalTransition):
        done(due, picker, brakes=False)

    assert not CorrectiveAction.objects.exists()


def test_each_line_that_fails_opens_an_action_with_owner_and_day(site, monthly, picker, safety):
    due = begun(a_thing(site, monthly, "EXT-7"), monthly, picker)

    inspection = done(due, picker, tyres=False, volts="11.9")

    assert inspection.state == CheckState.FAILED
    tyres, battery = CorrectiveAction.objects.order_by("result__line")
    assert (tyres.takes_out, tyres.owner, tyres.due_on) == (False, safety.user, date(2026, 4, 14))
    assert (battery.takes_out, battery.owner, battery.due_on) == (True, safety.user, date(2026, 4, 1))
    assert battery.result is not None
    assert (battery.result.reading, battery.result.lower) == (D("11.9"), D(12))


def test_a_rack_that_fails_closes_its_aisle_until_another_has_looked(site, picker, safety):
    racks = a_checklist("RACKS", takes_out=TakesOut.PLACE)
    aisle = Aisle.objects.create(warehouse=site, code="A")
    inside = [LocationFactory(warehouse=site, aisle=aisle) for _ in range(2)]
    outside = LocationFactory(warehouse=site)
    thing = a_thing(site, racks, "RACK-A", aisle=aisle)
    boss = somebody(site, Role.SUPERVISOR)

    action = failed(thing, racks, by=picker, at=NOW)

    frozen = Location.objects.filter(frozen_for=action.number)
    assert list(frozen.order_by("pk")) == inside
    assert outside not in frozen

    closed = close_action(action_id=action.pk, note="Upright replaced", by=boss, at=NOW)

    assert (closed.state, closed.closed_by, closed.note) == (ActionState.CLOSED, boss.user, "Upright replaced")
    assert not Location.objects.exclude(frozen_for="").exists()
    assert not ClosedPlace.objects.exists()


def test_a_place_that_two_actions_close_stays_closed_until_both_are(site, picker, safety):
    racks = a_checklist("RACKS", takes_out=TakesOut.PLACE)
    bin_ = LocationFactory(warehouse=site)
    boss = somebody(site, Role.SUPERVISOR)
    first = failed(a_thing(site, racks, "R-1", location=bin_), racks, by=picker)
    second = failed(a_thing(site, racks, "R-2", location=bin_), racks, by=picker)

    close_action(action_id=first.pk, note="ok", by=boss, at=NOW)
    bin_.refresh_from_db()
    assert bin_.frozen_for == second.number

    close_action(action_id=second.pk, note="ok", by=boss, at=NOW)
    bin_.refresh_from_db()
    assert bin_.frozen_for == ""


def test_an_inventory_that_ends_leaves_frozen_what_an_action_closes(site, picker):
    racks = a_checklist("RACKS", takes_out=TakesOut.PLACE)
    bin_ = LocationFactory(warehouse=site, frozen_for="PI-000001")
    action = failed(a_thing(site, racks, "R-1", location=bin_), racks, by=picker)
    bin_.refresh_from_db()
    assert bin_.frozen_for == "PI-000001"

    Location.objects.filter(pk=bin_.pk).update(frozen_for="")
    freeze_closed([bin_.pk])

    bin_.refresh_from_db()
    assert bin_.frozen_for == action.number


def test_virtual_places_are_never_closed_with_a_zone(site, picker):
    racks = a_checklist("RACKS", takes_out=TakesOut.PLACE)
    virtual = Location.objects.virtual(site, LocationKind.CUSTOMER)

    failed(a_thing(site, racks, "R-1", location=virtual), racks, by=picker)

    assert not ClosedPlace.objects.exists()


def test_another_than_its_owner_closes_it_once_and_not_a_picker(site, monthly, picker, safety):
    action = failed(a_thing(site, monthly, "EXT-7"), monthly, by=picker)
    boss = somebody(site, Role.SUPERVISOR)

    def close(by):
        return close_action(action_id=action.pk, note="Recharged", by=by, at=NOW)

    with pytest.raises(ClosedByOwner) as own:
        close(safety)
    with pytest.raises(NotAllowed):
        close(picker)
    action.refresh_from_db()
    assert (action.state, action.closed_by) == (ActionState.OPEN, None)
    close(boss)
    with pytest.raises(IllegalTransition):
        close(boss)

    assert own.value.facts == {"action": action.number, "owner": "sam"}


def test_the_checklists_that_come_with_the_program_name_their_paragraphs(db):
    lists = {row.code: row for row in Checklist.objects.prefetch_related("lines")}

    assert {"EXT-MONTH", "EXT-YEAR", "EXIT-MONTH", "RACK-MONTH", "REACH-DAY", "EYE-WEEK", "CAM-MONTH"} <= set(lists)
    assert (lists["EXT-MONTH"].every, lists["EXT-MONTH"].period) == (1, "months")
    assert lists["EXT-MONTH"].source.startswith("29 CFR 1910.157(e)(2)")
    assert [line.limits for line in lists["EXIT-MONTH"].lines.all() if line.limits] == ["from 28 in", "from 90 in"]
    assert all(row.source and row.lines.all() for row in lists.values())
    assert not any(row.is_verified for row in lists.values())
