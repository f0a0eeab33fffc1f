"""Receipts of trucks that were booked: the clock runs from the truck's arrival, not from when somebody unloads it."""

from datetime import timedelta
from typing import Any

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.journal.actor import Actor
from apps.locations.errors import AppointmentUnfit, DockOccupied
from apps.locations.operations import book_appointment, check_in_truck, start_appointment
from apps.locations.states import AppointmentState
from apps.purchasing.models import Receipt
from apps.purchasing.operations import close_receipt, open_blind_receipt, open_receipt
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, a_worker, refused
from tests.factories.locations import works_at
from tests.factories.purchasing import an_approved_order
from tests.invariants import assert_invariants

HOUR = timedelta(hours=1)


@pytest.fixture
def boss(yard):
    return Actor(user=works_at(UserFactory(roles=[Role.SUPERVISOR]), yard.warehouse))


@pytest.fixture
def book(yard, boss):
    """A truck at the yard's dock, so many hours from now."""
    now = clock.now()

    def at(hours=0, **more):
        begin = now + hours * HOUR
        given = {"dock_id": yard.dock.pk, "direction": "inbound", "by": boss, "at": now}
        return book_appointment(starts_at=begin, ends_at=begin + HOUR, **given | more)

    return at


def unload(yard, truck, at, **more):
    given = {"order_ids": [yard.order.pk], "dock_id": yard.dock.pk, "by": yard.worker}
    return open_receipt(appointment_id=truck.pk, at=at, **given | more)


def test_the_dock_to_stock_time_of_a_booked_truck_runs_from_its_arrival(yard, book, boss):
    truck = book()
    came = clock.now()
    check_in_truck(appointment_id=truck.pk, by=boss, at=came)

    receipt = unload(yard, truck, came + 2 * HOUR)
    close_receipt(receipt_id=receipt.pk, by=yard.worker, at=came + 3 * HOUR)

    row: Any = Receipt.objects.with_stocked_at().get(pk=receipt.pk)
    assert (row.appointment, row.arrived_at, row.created_at) == (truck, came, came + 2 * HOUR)
    assert row.stocked_at - row.arrived_at == 3 * HOUR
    truck.refresh_from_db()
    assert (truck.state, truck.at_dock_at) == (AppointmentState.AT_DOCK, came + 2 * HOUR)
    assert_invariants()


def test_a_truck_that_nobody_checked_in_arrives_with_its_receipt(yard, book):
    truck, at = book(), clock.now() + HOUR

    receipt = unload(yard, truck, at)

    truck.refresh_from_db()
    assert receipt.arrived_at == truck.arrived_at == truck.at_dock_at == at


def test_a_truck_with_goods_of_two_suppliers_has_two_receipts_and_starts_once(yard, book, boss):
    truck = book()
    first = unload(yard, truck, clock.now())
    other = an_approved_order(yard.warehouse, (yard.bolt, 5))

    second = unload(yard, truck, clock.now() + HOUR, order_ids=[other.pk])
    blind = open_blind_receipt(
        supplier_id=yard.supplier.pk, dock_id=yard.dock.pk, appointment_id=truck.pk, by=boss, at=clock.now() + HOUR
    )

    truck.refresh_from_db()
    assert first.arrived_at == second.arrived_at == blind.arrived_at == truck.arrived_at
    assert truck.receipts.count() == 3


def test_a_closed_receipt_leaves_the_truck_at_its_door_until_somebody_says_that_it_left(yard, book):
    truck = book()
    receipt = unload(yard, truck, clock.now())

    close_receipt(receipt_id=receipt.pk, by=yard.worker, at=clock.now())

    truck.refresh_from_db()
    assert truck.state == AppointmentState.AT_DOCK


def test_no_receipt_is_opened_for_a_truck_that_fetches_or_whose_door_is_occupied(yard, book, boss):
    fetches, stands, waits = book(0, direction="outbound"), book(2), book(4)
    start_appointment(appointment_id=stands.pk, by=boss, at=clock.now())
    before = Receipt.objects.count()

    with pytest.raises(AppointmentUnfit):
        unload(yard, fetches, clock.now())
    with pytest.raises(DockOccupied) as refusal:
        unload(yard, waits, clock.now())

    assert refusal.value.facts == {"dock": "DOCK-1", "appointment": stands.number}
    assert Receipt.objects.count() == before
    waits.refresh_from_db()
    assert waits.state == AppointmentState.BOOKED


def test_a_receipt_names_its_truck_over_http(yard, book):
    truck, hand = book(documents=[yard.order.number]), a_worker(yard.warehouse)
    came = hand.post(f"/dock-appointments/{truck.number}/check-in").json()["arrived_at"]
    body = {"orders": [yard.order.number], "dock": "DOCK-1", "appointment": truck.number}

    made = hand.post("/receipts", body)

    assert made.status_code == 201, made.content
    assert (made.json()["appointment"], made.json()["arrived_at"]) == (truck.number, came)
    assert hand.get(f"/dock-appointments/{truck.number}").json()["state"] == "at_dock"
    shown = hand.get("/receipts", appointment=truck.number).json()["results"]
    assert [row["number"] for row in shown] == [made.json()["number"]]
    refused(hand.post("/receipts", body | {"appointment": "DA-X"}), 404, "not_found")


def test_a_truck_of_another_warehouse_is_not_found(yard, book):
    truck = book()
    stranger = a_person()

    refused(
        stranger.post("/receipts", {"orders": [yard.order.number], "dock": "DOCK-1", "appointment": truck.number}),
        404,
        "not_found",
    )
    truck.refresh_from_db()
    assert truck.state == AppointmentState.BOOKED
