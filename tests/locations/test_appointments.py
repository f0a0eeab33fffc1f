"""Trucks at the doors: one at a time, when they were booked, and what is refused changes nothing."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed, NotFound
from apps.journal.models import AuditEntry
from apps.locations.choices import DoorUse, LocationKind
from apps.locations.errors import AppointmentUnfit, DockOccupied, DockTaken, NotADoor, NotDueYet, SlotUnfit
from apps.locations.models import DockAppointment
from apps.locations.operations import (
    cancel_appointment,
    check_in_truck,
    finish_appointment,
    note_no_show,
    reschedule_appointment,
    start_appointment,
    unload_truck,
)
from apps.locations.queries import free_slots
from apps.locations.rules import as_said, at_site
from apps.locations.states import AppointmentState
from tests.factories.accounts import UserFactory
from tests.factories.catalog import PartyFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def told(truck, by, at):
    return {"appointment_id": truck.pk, "by": by, "at": at}


def fresh(truck):
    return DockAppointment.objects.get(pk=truck.pk)


def same(truck):
    """Nothing of it has changed."""
    now = fresh(truck)
    fields = ("state", "dock_id", "starts_at", "ends_at", "arrived_at", "at_dock_at", "departed_at")
    return [getattr(now, name) for name in fields] == [getattr(truck, name) for name in fields]


def paris(at):
    return as_said(at, "Europe/Paris")


def trail(truck):
    return list(AuditEntry.objects.filter(number=truck.number).order_by("pk").values_list("verb", flat=True))


def test_a_truck_is_booked_comes_stands_at_its_door_and_leaves(gate):
    carrier = PartyFactory(number="KN")
    truck = gate.book(party_id=carrier.pk, vehicle="HH-1", documents=["PO-000001", "PO-000001", "PO-000002"])
    early = gate.noon - 10 * MINUTE

    check_in_truck(**told(truck, gate.hand, early), driver="Jo")
    start_appointment(**told(truck, gate.hand, gate.noon))
    gone = finish_appointment(**told(truck, gate.hand, gate.noon + HOUR))

    assert gone.state == AppointmentState.DONE
    assert (gone.arrived_at, gone.at_dock_at, gone.departed_at) == (early, gate.noon, gate.noon + HOUR)
    assert (gone.party, gone.vehicle, gone.driver) == (carrier, "HH-1", "Jo")
    assert gone.documents == ["PO-000001", "PO-000002"]
    assert trail(truck) == ["book", "check in", "start", "finish"]


def test_a_truck_that_nobody_checked_in_arrives_when_it_stands_at_the_door(gate):
    truck = gate.book()

    start_appointment(**told(truck, gate.hand, gate.noon))

    assert fresh(truck).arrived_at == fresh(truck).at_dock_at == gate.noon


def test_a_door_that_is_taken_is_refused_with_the_other_and_the_next_free_start(gate):
    first, second = gate.book(0), gate.book(1)
    gate.book(3)

    with pytest.raises(DockTaken) as refusal:
        gate.book(0.5, minutes=60)
    with pytest.raises(DockTaken) as longer:
        gate.book(1.5, minutes=90)

    assert refusal.value.facts == {
        "dock": "DOOR-1",
        "appointment": first.number,
        "taken_from": paris(gate.noon),
        "taken_until": paris(gate.noon + HOUR),
        "free_from": paris(gate.noon + 2 * HOUR),
    }
    assert longer.value.appointment == second.number
    assert longer.value.free_from == paris(gate.noon + 4 * HOUR)
    assert refusal.value.recover == ("other_time", "other_door")
    assert DockAppointment.objects.count() == 3


def test_one_truck_follows_another_without_a_gap_and_the_other_door_is_its_own(gate):
    gate.book(0)

    gate.book(1)
    gate.book(0, door=1)

    assert DockAppointment.objects.count() == 3


@pytest.mark.parametrize("ends", ["cancel", "no_show", "left"])
def test_a_truck_that_does_not_come_or_has_left_makes_room(gate, ends):
    truck = gate.book()
    if ends == "cancel":
        cancel_appointment(**told(truck, gate.boss, gate.now), reason="strike")
    elif ends == "no_show":
        note_no_show(**told(truck, gate.hand, gate.noon + MINUTE))
    else:
        start_appointment(**told(truck, gate.hand, gate.now))
        finish_appointment(**told(truck, gate.hand, gate.now))

    assert gate.book().dock == truck.dock


@pytest.mark.parametrize(
    ("hours", "minutes", "problem"),
    [
        (0, 0, "it ends less than five minutes after it starts"),
        (0, -60, "it ends less than five minutes after it starts"),
        (0, 24 * 60 + 1, "it is longer than a day"),
        (-48, 60, "that is past"),
    ],
)
def test_a_time_that_cannot_be_is_refused(gate, hours, minutes, problem):
    with pytest.raises(SlotUnfit) as refusal:
        gate.book(hours, minutes=minutes)

    assert refusal.value.problem == problem
    assert not DockAppointment.objects.exists()


def test_a_truck_that_just_came_is_booked_from_a_minute_ago(gate):
    assert gate.book(since=gate.now - MINUTE).starts_at == gate.now - MINUTE


def test_a_whole_day_is_the_longest(gate):
    assert gate.book(minutes=24 * 60).ends_at == gate.noon + 24 * HOUR


@pytest.mark.parametrize("change", [{"kind": LocationKind.STORAGE}, {"is_active": False}, {"door_use": "outbound"}])
def test_a_place_that_takes_no_such_trucks_is_refused(gate, change):
    for name, value in change.items():
        setattr(gate.doors[0], name, value)
    gate.doors[0].save()

    with pytest.raises(NotADoor) as refusal:
        gate.book()

    assert refusal.value.facts == {"location": "DOOR-1", "warehouse": "MAIN", "direction": "inbound"}
    assert not DockAppointment.objects.exists()


def test_a_door_for_what_goes_out_takes_what_goes_out(gate):
    gate.doors[0].door_use = DoorUse.OUTBOUND
    gate.doors[0].save()

    assert gate.book(direction="outbound").direction == "outbound"


def test_a_party_that_is_not_there_is_not_found(gate):
    with pytest.raises(NotFound):
        gate.book(party_id=0)


def test_a_truck_is_moved_to_another_door_and_another_time(gate):
    truck = gate.book(minutes=90)
    told_boss = told(truck, gate.boss, gate.now)

    reschedule_appointment(**told_boss, dock_id=gate.doors[1].pk)
    reschedule_appointment(**told_boss, starts_at=gate.noon + 5 * HOUR, reason="traffic")

    moved = fresh(truck)
    assert (moved.dock, moved.starts_at) == (gate.doors[1], gate.noon + 5 * HOUR)
    assert moved.ends_at - moved.starts_at == 90 * MINUTE
    entry = AuditEntry.objects.filter(number=truck.number).latest("pk")
    assert entry.detail == {
        "reason": "traffic",
        "dock": "DOOR-2",
        "from": paris(gate.noon + 5 * HOUR),
        "until": paris(gate.noon + 6.5 * HOUR),
        "was_from": paris(gate.noon),
        "was_until": paris(gate.noon + 1.5 * HOUR),
    }


def test_a_truck_is_moved_within_its_own_time(gate):
    truck = gate.book()

    moved = reschedule_appointment(**told(truck, gate.boss, gate.now), starts_at=gate.noon + 30 * MINUTE)

    assert moved.ends_at == gate.noon + 90 * MINUTE


def test_a_truck_in_the_yard_gets_another_door_when_its_time_has_begun(gate):
    truck = gate.book()
    late = gate.noon + 30 * MINUTE
    check_in_truck(**told(truck, gate.hand, gate.noon))

    moved = reschedule_appointment(**told(truck, gate.boss, late), dock_id=gate.doors[1].pk)

    assert (moved.dock, moved.starts_at) == (gate.doors[1], gate.noon)


def test_a_move_that_cannot_be_changes_nothing(gate):
    truck, other = gate.book(0), gate.book(2)
    elsewhere = LocationFactory(kind=LocationKind.DOCK)
    told_boss = told(truck, gate.boss, gate.now)

    with pytest.raises(DockTaken) as taken:
        reschedule_appointment(**told_boss, starts_at=gate.noon + 1.5 * HOUR)
    with pytest.raises(SlotUnfit):
        reschedule_appointment(**told_boss, starts_at=gate.now - HOUR)
    with pytest.raises(NotADoor):
        reschedule_appointment(**told_boss, dock_id=elsewhere.pk)
    with pytest.raises(NotAllowed):
        reschedule_appointment(**told(truck, gate.hand, gate.now), starts_at=gate.noon + 9 * HOUR)

    assert taken.value.appointment == other.number
    assert same(truck)
    assert trail(truck) == ["book"]


def test_a_truck_at_its_door_is_not_moved_and_not_cancelled(gate):
    truck = gate.book()
    start_appointment(**told(truck, gate.hand, gate.noon))
    truck = fresh(truck)

    with pytest.raises(IllegalTransition):
        reschedule_appointment(**told(truck, gate.boss, gate.noon), dock_id=gate.doors[1].pk)
    with pytest.raises(IllegalTransition):
        cancel_appointment(**told(truck, gate.boss, gate.noon), reason="x")
    with pytest.raises(IllegalTransition):
        note_no_show(**told(truck, gate.boss, gate.noon + HOUR))

    assert same(truck)


def test_a_door_at_which_a_truck_overstays_takes_no_other(gate):
    first, second = gate.book(0), gate.book(1)
    start_appointment(**told(first, gate.hand, gate.noon))

    with pytest.raises(DockOccupied) as refusal:
        start_appointment(**told(second, gate.hand, gate.noon + HOUR))

    assert refusal.value.facts == {"dock": "DOOR-1", "appointment": first.number}
    assert same(second)
    finish_appointment(**told(first, gate.hand, gate.noon + 70 * MINUTE))
    start_appointment(**told(second, gate.hand, gate.noon + 75 * MINUTE))
    assert fresh(second).state == AppointmentState.AT_DOCK


def test_a_truck_that_may_still_come_is_no_no_show(gate):
    truck = gate.book()

    with pytest.raises(NotDueYet) as refusal:
        note_no_show(**told(truck, gate.hand, gate.noon))

    assert refusal.value.facts == {"appointment": truck.number, "starts_at": paris(gate.noon)}
    assert same(truck)


@pytest.mark.parametrize("act", [check_in_truck, start_appointment, finish_appointment])
def test_a_truck_that_was_cancelled_is_handled_no_more(gate, act):
    truck = gate.book()
    cancel_appointment(**told(truck, gate.boss, gate.now), reason="strike")
    truck = fresh(truck)

    with pytest.raises(IllegalTransition):
        act(**told(truck, gate.hand, gate.noon))

    assert same(truck)


def test_who_may_book_and_who_may_handle(gate):
    truck, nobody = gate.book(), an_actor(UserFactory())

    with pytest.raises(NotAllowed):
        gate.book(5, by=gate.hand)
    for act in (check_in_truck, start_appointment, finish_appointment, note_no_show):
        with pytest.raises(NotAllowed):
            act(**told(truck, nobody, gate.noon + HOUR))
    with pytest.raises(NotAllowed):
        cancel_appointment(**told(truck, gate.hand, gate.now), reason="x")

    assert same(truck)
    assert trail(truck) == ["book"]


@pytest.mark.parametrize("why", ["outbound", "elsewhere", "gone"])
def test_goods_are_unloaded_only_from_a_truck_that_brings_some_here(gate, why):
    truck = gate.book(direction="outbound" if why == "outbound" else "inbound")
    site = gate.warehouse.pk + (why == "elsewhere")
    if why == "gone":
        cancel_appointment(**told(truck, gate.boss, gate.now), reason="x")
    truck = fresh(truck)

    with pytest.raises(AppointmentUnfit) as refusal:
        unload_truck(**told(truck, gate.hand, gate.noon), warehouse_id=site)

    assert refusal.value.facts == {
        "appointment": truck.number,
        "direction": truck.direction,
        "warehouse": "MAIN",
        "state": truck.state,
    }
    assert same(truck)


def test_the_database_refuses_two_trucks_at_a_door_whoever_asks(gate):
    truck = gate.book()
    copy = {
        name: getattr(truck, name)
        for name in ("created_at", "warehouse", "dock", "direction", "starts_at", "ends_at", "booked_by")
    }

    with pytest.raises(IntegrityError, match="dock_appointment_one_at_a_time"), transaction.atomic():
        DockAppointment.objects.create(number="DA-X", **copy | {"starts_at": gate.noon + 59 * MINUTE})
    with pytest.raises(IntegrityError, match="dock_appointment_has_a_length"), transaction.atomic():
        DockAppointment.objects.create(number="DA-X", **copy | {"ends_at": gate.noon})
    DockAppointment.objects.create(number="DA-Y", **copy | {"state": "cancelled"})

    assert DockAppointment.objects.count() == 2


def test_what_is_free_at_the_doors_of_a_day(gate):
    day = gate.noon.date()
    gate.book(0)
    gate.book(1.5, minutes=30)
    gate.doors[1].door_use = DoorUse.OUTBOUND
    gate.doors[1].save()

    begin, end = clock.day_bounds(day, "Europe/Paris")

    slots = free_slots(gate.warehouse, day=day, minutes=30, direction="inbound", at=begin)
    hour = free_slots(gate.warehouse, day=day, minutes=60, direction="inbound", at=begin)

    free = [(slot.dock, slot.starts_at, slot.ends_at) for slot in slots]
    assert free == [
        ("DOOR-1", begin, gate.noon),
        ("DOOR-1", gate.noon + HOUR, gate.noon + 1.5 * HOUR),
        ("DOOR-1", gate.noon + 2 * HOUR, end),
    ]
    assert [slot.starts_at for slot in hour] == [begin, gate.noon + 2 * HOUR]


def test_of_a_day_that_has_begun_what_is_still_to_come_is_free_and_a_truck_that_overstays_takes_its_door(gate):
    truck = gate.book(-1)
    start_appointment(**told(truck, gate.hand, gate.noon - HOUR))
    at = gate.noon + 8 * MINUTE

    slots = free_slots(gate.warehouse, day=gate.noon.date(), minutes=60, direction="inbound", at=at)
    past = free_slots(gate.warehouse, day=gate.noon.date() - timedelta(days=1), minutes=60, direction="inbound", at=at)

    assert [(slot.dock, slot.starts_at) for slot in slots] == [
        ("DOOR-1", gate.noon + 15 * MINUTE),
        ("DOOR-2", gate.noon + 15 * MINUTE),
    ]
    assert past == []


@pytest.mark.parametrize(("day", "hours"), [((2027, 3, 28), 23), ((2027, 10, 31), 25), ((2027, 5, 1), 24)])
def test_a_day_on_which_clocks_change_is_free_for_as_long_as_it_is(gate, day, hours):
    slots = free_slots(gate.warehouse, day=date(*day), minutes=60, direction="inbound", at=gate.now)

    assert [slot.ends_at - slot.starts_at for slot in slots] == [hours * HOUR] * 2


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2027-01-05T08:00", "2027-01-05T07:00+00:00"),
        ("2027-07-05T08:00", "2027-07-05T06:00+00:00"),
        ("2027-03-28T02:30", "2027-03-28T01:30+00:00"),
        ("2027-10-31T02:30", "2027-10-31T00:30+00:00"),
        ("2027-07-05T08:00+05:00", "2027-07-05T03:00+00:00"),
    ],
)
def test_a_time_without_an_offset_is_by_the_clock_of_the_site(said, meant):
    assert at_site(datetime.fromisoformat(said), "Europe/Paris") == datetime.fromisoformat(meant)


def test_how_late_a_truck_is_and_how_long_it_overstays(gate):
    truck = gate.book()

    assert truck.minutes_late(gate.noon - HOUR) == 0
    assert truck.minutes_late(gate.noon + 40 * MINUTE) == 40
    start_appointment(**told(truck, gate.hand, gate.noon + 50 * MINUTE))
    truck = fresh(truck)
    assert truck.minutes_late(gate.noon + 3 * HOUR) == 50
    assert truck.minutes_over(gate.noon + 59 * MINUTE) == 0
    assert truck.minutes_over(gate.noon + 65 * MINUTE) == 5
