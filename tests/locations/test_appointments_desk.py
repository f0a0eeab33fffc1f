"""Dock appointments at the desk: booked by a form, handled by buttons, refused in words."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from apps.accounts.roles import Role
from apps.locations.choices import LocationKind
from apps.locations.models import DockAppointment
from apps.locations.rules import as_said
from tests.admin.conftest import desk_of
from tests.admin.pages import address
from tests.factories.locations import LocationFactory

__all__ = ["desk_of"]

HOUR = timedelta(hours=1)


@pytest.fixture
def browser(desk_of, gate):
    return desk_of(Role.SUPERVISOR, at=[gate.warehouse])


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def do(browser, truck, verb, **answers):
    return browser.post(address(DockAppointment, "do", truck.pk, verb), answers)


def local(at):
    """As the form takes it: the clock on the wall in Paris."""
    return as_said(at, "Europe/Paris")[:16].replace(" ", "T")


def fresh(truck):
    return DockAppointment.objects.get(pk=truck.pk)


def test_a_truck_is_handled_by_its_buttons(browser, gate):
    truck = gate.book()

    answers = [do(browser, truck, "check-in", driver="Jo"), do(browser, truck, "start"), do(browser, truck, "finish")]

    assert [said(answer)[-1] for answer in answers] == [
        f"{truck} is in the yard.",
        f"{truck} stands at the door.",
        f"{truck} has left; the door is free.",
    ]
    assert (fresh(truck).state, fresh(truck).driver) == ("done", "Jo")


def test_a_truck_is_moved_by_the_clock_of_its_warehouse(browser, gate):
    truck = gate.book()
    form = browser.get(address(DockAppointment, "do", truck.pk, "reschedule")).content.decode()

    later = local(gate.noon + 3 * HOUR)
    do(browser, truck, "reschedule", dock=gate.doors[1].pk, starts_at=later, minutes=90, reason="traffic")

    assert f'value="{local(gate.noon)}"' in form
    moved = fresh(truck)
    assert (moved.dock, moved.starts_at, moved.ends_at) == (gate.doors[1], gate.noon + 3 * HOUR, gate.noon + 4.5 * HOUR)


def test_a_move_to_another_door_alone_keeps_the_seconds_of_a_time_that_has_begun(browser, gate):
    truck = gate.book(since=gate.now, at=gate.now)
    odd = gate.now - timedelta(days=1) + timedelta(seconds=17)
    DockAppointment.objects.filter(pk=truck.pk).update(starts_at=odd, ends_at=odd + HOUR)

    do(browser, truck, "reschedule", dock=gate.doors[1].pk, starts_at=local(odd), minutes=60)

    assert (fresh(truck).dock, fresh(truck).starts_at) == (gate.doors[1], odd)


def test_a_door_of_another_warehouse_is_not_offered_and_not_taken(browser, gate):
    truck = gate.book()
    far = LocationFactory(kind=LocationKind.DOCK, code="FAR")

    answer = do(browser, truck, "reschedule", dock=far.pk, starts_at=local(gate.noon), minutes=60)
    add = browser.get(reverse("admin:locations_dockappointment_add"), {"dock": far.pk})

    assert answer.status_code == 200
    assert fresh(truck).dock == gate.doors[0]
    assert b"FAR" not in answer.content + add.content


def test_a_taken_door_is_said_and_the_form_stays_as_it_was_filled(browser, gate):
    first = gate.book()

    answer = browser.post(
        reverse("admin:locations_dockappointment_add"),
        {
            "dock": gate.doors[0].pk,
            "direction": "inbound",
            "starts_at": local(gate.noon),
            "minutes": "60",
            "vehicle": "HH-9",
        },
    )

    (refusal,) = said(answer)
    assert first.number in refusal
    assert f"it is free from {as_said(gate.noon + HOUR, 'Europe/Paris')}" in refusal
    assert b'value="HH-9"' in answer.content
    assert DockAppointment.objects.count() == 1


@pytest.mark.parametrize("when", ["late", "today", "here", "else"])
def test_the_list_is_asked_for_by_when(browser, gate, when):
    gate.book()
    here = gate.book(since=gate.now)
    do(browser, here, "check-in")
    late = gate.book(since=gate.now - timedelta(minutes=2), door=1)

    rows = browser.get(address(DockAppointment), {"when": when}).context["cl"].queryset

    today = [
        each
        for each in DockAppointment.objects.all()
        if gate.warehouse.local_date(each.starts_at) == gate.warehouse.local_date(gate.now)
    ]
    wanted = {"late": [late], "here": [here], "today": today}.get(when, list(DockAppointment.objects.all()))
    assert set(rows) == set(wanted)


def test_what_a_button_is_for_another_role_is_forbidden(desk_of, gate):
    truck = gate.book()

    assert do(desk_of(Role.BUYER, at=[gate.warehouse]), truck, "start").status_code == 403
    assert do(desk_of(Role.AUDITOR, at=[gate.warehouse]), truck, "cancel", reason="x").status_code == 403
    assert fresh(truck).state == "booked"
