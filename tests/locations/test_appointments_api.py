"""Dock appointments over HTTP: booked at a desk, handled at the doors, seen where one works."""

from datetime import timedelta

import pytest

from apps.accounts.roles import Role
from apps.locations.choices import LocationKind
from apps.locations.models import DockAppointment
from apps.locations.rules import as_said
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import PartyFactory
from tests.factories.locations import LocationFactory, WarehouseFactory

PATH = "/dock-appointments"
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(gate):
    return a_person(gate.warehouse, roles=(Role.BUYER,))


@pytest.fixture
def hand(gate):
    return a_worker(gate.warehouse)


def slot(gate, hours=0, **more):
    begin = gate.noon + hours * HOUR
    return {
        "warehouse": "MAIN",
        "dock": "DOOR-1",
        "direction": "inbound",
        "starts_at": begin.isoformat(),
        "ends_at": (begin + HOUR).isoformat(),
    } | more


def book(desk, gate, hours=0, **more):
    response = desk.post(PATH, slot(gate, hours, **more))
    assert response.status_code == 201, response.content
    return response.json()


def test_a_truck_goes_from_the_desk_to_the_door_and_away(gate, desk, hand):
    PartyFactory(number="KN", name="Kuehne")
    made = book(desk, gate, party="KN", vehicle="HH-1", driver="Jo", documents=["PO-000007"], note="two ramps")

    assert made == {
        "number": made["number"],
        "state": "booked",
        "warehouse": "MAIN",
        "dock": "DOOR-1",
        "direction": "inbound",
        "starts_at": gate.noon.isoformat().replace("+00:00", "Z"),
        "ends_at": (gate.noon + HOUR).isoformat().replace("+00:00", "Z"),
        "party": "KN",
        "party_name": "Kuehne",
        "carrier": "",
        "vehicle": "HH-1",
        "driver": "Jo",
        "documents": ["PO-000007"],
        "note": "two ramps",
        "booked_by": desk.user.username,
        "arrived_at": None,
        "at_dock_at": None,
        "departed_at": None,
    }
    address = f"{PATH}/{made['number']}"
    assert desk.get(address).json() == made
    came = hand.post(f"{address}/check-in", {"vehicle": "HH-2"}).json()
    assert (came["state"], came["vehicle"], came["driver"]) == ("arrived", "HH-2", "Jo")
    assert hand.post(f"{address}/start", key="k").json()["state"] == "at_dock"
    assert hand.post(f"{address}/start", key="k").json()["state"] == "at_dock"
    gone = hand.post(f"{address}/finish").json()
    assert gone["state"] == "done"
    assert None not in (gone["arrived_at"], gone["at_dock_at"], gone["departed_at"])


def test_a_time_without_an_offset_is_by_the_clock_of_the_warehouse(gate, desk):
    day = gate.noon.date().isoformat()

    made = book(desk, gate, starts_at=f"{day}T08:00", ends_at=f"{day}T09:30")

    truck = DockAppointment.objects.get(number=made["number"])
    assert as_said(truck.starts_at, "Europe/Paris")[:16] == f"{day} 08:00"
    assert truck.ends_at - truck.starts_at == 1.5 * HOUR


def test_a_taken_door_says_by_whom_and_when_it_is_free(gate, desk):
    first = book(desk, gate)

    facts = refused(desk.post(PATH, slot(gate, 0.5)), 409, "dock_taken")

    assert facts == {
        "dock": "DOOR-1",
        "appointment": first["number"],
        "taken_from": as_said(gate.noon, "Europe/Paris"),
        "taken_until": as_said(gate.noon + HOUR, "Europe/Paris"),
        "free_from": as_said(gate.noon + HOUR, "Europe/Paris"),
    }
    assert DockAppointment.objects.count() == 1


def test_a_truck_is_moved_given_up_and_cancelled(gate, desk, hand):
    first, second = book(desk, gate), book(desk, gate, 2)
    later = (gate.noon + 6 * HOUR).isoformat()

    moved = desk.post(f"{PATH}/{first['number']}/reschedule", {"dock": "DOOR-2", "starts_at": later}).json()
    early = hand.post(f"{PATH}/{first['number']}/no-show")
    gone = desk.post(f"{PATH}/{second['number']}/cancel", {"reason": "strike"}).json()

    assert (moved["dock"], moved["starts_at"]) == ("DOOR-2", later.replace("+00:00", "Z"))
    refused(early, 409, "not_due_yet")
    assert gone["state"] == "cancelled"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"direction": "sideways"}, "direction"),
        ({"starts_at": "noon"}, "starts_at"),
        ({"documents": ["x" * 41]}, "documents"),
    ],
)
def test_a_malformed_booking_is_said_field_by_field(gate, desk, body, field):
    assert field in refused(desk.post(PATH, slot(gate, **body)), 400, "malformed")
    assert not DockAppointment.objects.exists()


def test_a_move_to_nowhere_is_malformed(gate, desk):
    made = book(desk, gate)

    assert desk.post(f"{PATH}/{made['number']}/reschedule", {}).status_code == 400


def test_another_warehouse_sees_nothing_and_does_nothing(gate, desk):
    made = book(desk, gate)
    site = WarehouseFactory()
    stranger = a_person(site, roles=(Role.ADMIN,))
    other = LocationFactory(warehouse=site, kind=LocationKind.DOCK, code="FAR")

    assert stranger.get(PATH).json()["results"] == []
    refused(stranger.get(f"{PATH}/{made['number']}"), 404, "not_found")
    for verb in ("check-in", "start", "finish", "no-show"):
        refused(stranger.post(f"{PATH}/{made['number']}/{verb}"), 404, "not_found")
    refused(stranger.post(f"{PATH}/{made['number']}/cancel", {"reason": "x"}), 404, "not_found")
    refused(stranger.post(PATH, slot(gate)), 404, "not_found")
    refused(desk.post(f"{PATH}/{made['number']}/reschedule", {"dock": other.code}), 404, "not_found")
    free = {"warehouse": "MAIN", "day": gate.noon.date().isoformat()}
    refused(stranger.get(f"{PATH}/free-slots", **free), 404, "not_found")
    assert DockAppointment.objects.get().state == "booked"


def test_who_only_handles_trucks_books_none(gate, hand):
    refused(hand.post(PATH, slot(gate)), 403, "not_allowed")

    assert not DockAppointment.objects.exists()


def test_appointments_are_found_by_day_time_door_state_and_what_they_bring(gate, desk):
    first = book(desk, gate, documents=["PO-000001", "PO-000002"])["number"]
    # 23:30 in UTC is the next day in Paris.
    late = book(desk, gate, 11.5, dock="DOOR-2", direction="outbound")["number"]
    day = gate.noon.date()

    def found(**ask):
        return {row["number"] for row in desk.get(PATH, **ask).json()["results"]}

    assert found(day=day.isoformat()) == {first}
    assert found(day=(day + timedelta(days=1)).isoformat()) == {late}
    assert found(dock="DOOR-2") == found(direction="outbound") == {late}
    assert found(document="PO-000002") == {first}
    assert found(document="PO-000003") == found(state="done") == set()
    assert found(state=["booked", "done"]) == {first, late}
    assert found(until=(gate.noon + HOUR).isoformat()) == {first}
    assert found(since=(gate.noon + HOUR).isoformat()) == {late}


def test_free_slots_are_asked_for_a_day_and_a_length(gate, desk):
    book(desk, gate)
    ask = {"warehouse": "MAIN", "day": gate.noon.date().isoformat(), "minutes": "120"}

    slots = desk.get(f"{PATH}/free-slots", **ask).json()

    assert [(slot["dock"], slot["ends_at"] == slots[0]["ends_at"]) for slot in slots] == [
        ("DOOR-1", True),
        ("DOOR-1", False),
        ("DOOR-2", False),
    ]
    assert slots[0]["ends_at"] == gate.noon.isoformat().replace("+00:00", "Z")
    assert desk.get(f"{PATH}/free-slots", warehouse="MAIN").status_code == 400
