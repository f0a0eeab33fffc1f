"""Trucks and doors at the same moment: a time at a door is booked once, and one truck stands there."""

from datetime import timedelta
from functools import partial

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.journal.actor import Actor
from apps.locations.choices import LocationKind
from apps.locations.errors import DockOccupied, DockTaken
from apps.locations.models import DockAppointment
from apps.locations.operations import book_appointment, reschedule_appointment, start_appointment
from tests.concurrency.crowd import persist, retried, together
from tests.factories.accounts import UserFactory
from tests.factories.locations import LocationFactory

MINUTE = timedelta(minutes=1)


@pytest.fixture
def yard(floor):
    """Two doors, somebody for each booking."""
    floor.doors = [floor.dock, LocationFactory(warehouse=floor.warehouse, code="DOCK-2", kind=LocationKind.DOCK)]
    return floor


def book(door, minutes=0):
    at = clock.now()
    begin = at + timedelta(hours=1) + minutes * MINUTE
    return partial(
        book_appointment,
        dock_id=door.pk,
        direction="inbound",
        starts_at=begin,
        ends_at=begin + 60 * MINUTE,
        by=Actor(user=UserFactory(roles=[Role.SUPERVISOR])),
        at=at,
    )


def of(results, kind):
    return [result for result in results if isinstance(result, kind)]


def test_of_six_who_book_one_door_for_times_that_overlap_one_gets_it_and_the_others_are_told_by_whom(yard):
    results = together(*(book(yard.dock, minutes) for minutes in range(0, 60, 10)))

    (booked,) = of(results, DockAppointment)
    refusals = of(results, DockTaken)
    assert {refusal.appointment for refusal in refusals} == {booked.number}
    assert len(refusals) == 5
    assert DockAppointment.objects.get() == booked


def test_two_who_swap_doors_do_not_wait_for_each_other_for_good(yard):
    first, second = (persist(book(door)) for door in yard.doors)
    at, by = clock.now(), Actor(user=UserFactory(roles=[Role.SUPERVISOR]))
    move = partial(reschedule_appointment, by=by, at=at)

    results = together(
        partial(move, appointment_id=first.pk, dock_id=yard.doors[1].pk),
        partial(move, appointment_id=second.pk, dock_id=yard.doors[0].pk),
    )

    assert len(of(results, DockTaken)) == 2
    assert retried == []


def test_two_trucks_put_to_one_door_at_once_leave_one_of_them_in_the_yard(yard):
    first, second = persist(book(yard.dock)), persist(book(yard.dock, 60))
    hand = Actor(user=UserFactory(roles=[Role.PICKER]))

    results = together(
        *(partial(start_appointment, appointment_id=truck.pk, by=hand, at=clock.now()) for truck in (first, second))
    )

    assert len(of(results, DockOccupied)) == 1
    assert sorted(DockAppointment.objects.values_list("state", flat=True)) == ["at_dock", "booked"]
