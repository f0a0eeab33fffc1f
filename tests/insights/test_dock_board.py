"""The dock board: who stands where when, who is late, what waits, what is being unloaded."""

from datetime import date, datetime, timedelta
from decimal import Decimal as D
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.insights.dock_board import dock_board
from apps.insights.dock_rows import Truck, lanes_of, rows_of
from apps.journal.actor import Actor
from apps.locations.choices import LocationKind
from apps.locations.models import DockAppointment
from apps.locations.operations import (
    book_appointment,
    cancel_appointment,
    check_in_truck,
    finish_appointment,
    start_appointment,
)
from apps.purchasing.operations import open_receipt
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.desk import a_desk
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.purchasing import an_approved_order, receive_line

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PARIS = ZoneInfo("Europe/Paris")
DAY = date(2027, 3, 9)


@pytest.fixture
def yard(db):
    """Two doors and a staging place in Paris; it is ten in the morning there."""
    site = WarehouseFactory(code="MAIN", timezone="Europe/Paris")
    one, two = (LocationFactory(warehouse=site, code=f"DOOR-{n}", kind=LocationKind.DOCK) for n in (1, 2))
    lane = LocationFactory(warehouse=site, code="LANE", kind=LocationKind.STAGING)
    boss = Actor(user=works_at(UserFactory(roles=[Role.SUPERVISOR]), site))

    def at(hour, minute=0, day=DAY):
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)

    def book(dock, starts, ends, **more):
        more.setdefault("direction", "inbound")
        return book_appointment(dock_id=dock.pk, starts_at=starts, ends_at=ends, by=boss, at=at(0), **more)

    def does(operation, truck, when, **more):
        return operation(appointment_id=truck.pk, by=boss, at=when, **more)

    return SimpleNamespace(site=site, one=one, two=two, lane=lane, boss=boss, at=at, book=book, does=does)


def board_of(yard, now=None, day=DAY, **more):
    return dock_board(yard.site, day=day, at=now or yard.at(10), **more)


def drawn(door):
    """Each truck as (row, rows, lane's width in the row, number, word, alarm)."""
    return [
        (number, cell.rows, cell.truck.number, cell.truck.word, cell.truck.alarm)
        for number, row in enumerate(door.rows)
        for cell in row
        if cell.truck is not None
    ]


def test_trucks_stand_at_their_doors_in_quarters_of_an_hour(yard):
    late = yard.book(yard.one, yard.at(9, 20), yard.at(10, 20), carrier="Tay", vehicle="SY66")
    later = yard.book(yard.one, yard.at(11), yard.at(11, 30), direction="outbound", documents=["SH-1", "SH-2"])
    gone = yard.book(yard.two, yard.at(7), yard.at(9))
    never = yard.book(yard.two, yard.at(13), yard.at(14))
    yard.does(start_appointment, gone, yard.at(7, 15))
    yard.does(finish_appointment, gone, yard.at(8))
    yard.does(cancel_appointment, never, yard.at(8), reason="strike")

    board = board_of(yard)

    assert (board.is_today, board.clock, board.trucks) == (True, "10:00", 3)
    assert [hour.label for hour in board.hours] == [f"{hour:02d}:00" for hour in range(6, 18)]
    assert [hour.label for hour in board.hours if hour.now] == ["10:00"]
    assert [door.code for door in board.doors] == ["DOOR-1", "DOOR-2"]
    assert drawn(board.doors[0]) == [
        (13, 5, late.number, "Booked", "40 min late"),
        (20, 2, later.number, "Booked", ""),
    ]
    assert drawn(board.doors[1]) == [(5, 3, gone.number, "Left", "")]
    (shown,) = board.late
    assert (shown.number, shown.tone, shown.who, shown.when) == (late.number, "late", "Tay · SY66", "09:20–10:20")  # noqa: RUF001
    (out,) = [cell.truck for row in board.doors[0].rows for cell in row if cell.truck and cell.truck.outbound]
    assert out.documents == "SH-1, SH-2"


def test_every_row_of_a_door_is_filled_once(yard):
    yard.book(yard.one, yard.at(9, 20), yard.at(10, 20))
    yard.book(yard.one, yard.at(10, 20), yard.at(11))

    (door, _) = board_of(yard).doors

    assert sum(cell.rows for row in door.rows for cell in row) == len(door.rows) * door.lanes


def test_a_truck_that_overstays_is_drawn_until_now_beside_the_one_that_was_to_follow(yard):
    first = yard.book(yard.one, yard.at(8), yard.at(9))
    second = yard.book(yard.one, yard.at(9), yard.at(11))
    yard.does(start_appointment, first, yard.at(8))
    yard.does(check_in_truck, second, yard.at(9, 35))

    board = board_of(yard)

    door = board.doors[0]
    assert door.lanes == 2
    assert drawn(door) == [
        (8, 8, first.number, "At the door", "1 h 0 min over"),
        (12, 8, second.number, "In the yard", ""),
    ]
    assert door.here is not None
    assert door.here.number == first.number
    assert [(truck.number, truck.waits) for truck in board.yard] == [(second.number, "25 min")]
    assert [(truck.number, truck.tone) for truck in board.late] == [(first.number, "late")]


def test_what_is_unloaded_at_a_door_is_told_by_its_lines(yard):
    bolt, nut, cog = (ItemFactory(number=number) for number in ("BOLT", "NUT", "COG"))
    order = an_approved_order(yard.site, (bolt, 10), (nut, 5), (cog, 1))
    truck = yard.book(yard.one, yard.at(9), yard.at(11))
    told = {"by": yard.boss, "at": yard.at(9, 5)}
    receipt = open_receipt(order_ids=[order.pk], dock_id=yard.one.pk, appointment_id=truck.pk, **told)
    apart = open_receipt(order_ids=[order.pk], dock_id=yard.lane.pk, **told)
    for line, quantity in ((1, 4), (1, 6), (2, 5)):
        receive_line(receipt_id=receipt.pk, line=line, quantity=D(quantity), **told)

    board = board_of(yard)

    assert [door.code for door in board.doors] == ["DOOR-1", "DOOR-2", "LANE"]
    assert [(work.number, work.words) for work in board.doors[0].works] == [(receipt.number, "2 of 3 lines came")]
    assert [(work.number, work.words) for work in board.doors[2].works] == [(apart.number, "0 of 3 lines came")]
    assert board_of(yard, inbound=False).doors[0].works == []


def test_another_day_shows_its_own_trucks_and_nothing_of_now(yard):
    today = yard.book(yard.one, yard.at(9), yard.at(10))
    tomorrow = yard.book(yard.one, yard.at(4, day=date(2027, 3, 10)), yard.at(5, day=date(2027, 3, 10)))
    yard.does(check_in_truck, tomorrow, yard.at(9, 50))

    later = board_of(yard, day=date(2027, 3, 10))
    now = board_of(yard)

    assert (later.is_today, later.late, later.yard, later.trucks) == (False, [], [], 1)
    assert later.hours[0].label == "04:00"
    assert [truck.number for truck in now.yard] == [tomorrow.number]
    assert now.hours[0].label == "06:00"
    assert [number for _, _, number, *_ in drawn(now.doors[0])] == [today.number]


def test_a_truck_of_yesterday_that_nobody_gave_up_is_late_today(yard):
    owed = yard.book(yard.one, yard.at(9), yard.at(10))

    board = board_of(yard, now=yard.at(10, day=date(2027, 3, 10)), day=date(2027, 3, 10))

    assert [(truck.number, truck.alarm) for truck in board.late] == [(owed.number, "25 h 0 min late")]
    assert board.late[0].when == "9 Mar 09:00–10:00"  # noqa: RUF001
    assert drawn(board.doors[0]) == []
    assert len(board.hours) == 12


@pytest.mark.parametrize(
    ("day", "hours", "labels"),
    [
        (date(2027, 3, 28), 23, ["01:00", "03:00", "04:00"]),
        (date(2027, 10, 31), 25, ["01:00", "02:00", "02:00", "03:00"]),
    ],
)
def test_a_day_on_which_clocks_change_has_the_hours_that_it_has(yard, day, hours, labels):
    begin, end = clock.day_bounds(day, "Europe/Paris")
    yard.book(yard.one, begin, begin + MINUTE * 30)
    yard.book(yard.one, end - MINUTE * 30, end)

    board = board_of(yard, day=day)

    shown = [hour.label for hour in board.hours]
    assert len(shown) == hours
    assert shown[1 : 1 + len(labels)] == labels
    assert [(row, rows) for row, rows, *_ in drawn(board.doors[0])] == [(0, 2), (hours * 4 - 2, 2)]


def test_free_time_can_be_booked_by_the_hour_while_it_is_to_come():
    first = datetime(2027, 3, 9, 6, tzinfo=ZoneInfo("UTC"))
    last = first + 4 * HOUR
    truck = Truck(
        pk=1,
        number="DA-1",
        door="D",
        word="",
        tone="waiting",  # type: ignore[arg-type]
        when="",
        who="",
        documents="",
        outbound=False,
        starts_at=first + 75 * MINUTE,
        ends_at=first + 2 * HOUR,
    )

    rows = rows_of(lanes_of([truck], first=first, last=last), first=first, last=last, at=first + 30 * MINUTE)

    cells = [(number, cell.rows, cell.at) for number, row in enumerate(rows) for cell in row]
    assert cells == [
        (0, 4, None),
        (4, 1, first + HOUR),
        (5, 3, None),
        (8, 4, first + 2 * HOUR),
        (12, 4, first + 3 * HOUR),
    ]


def test_the_page_shows_the_board_to_those_who_work_there(desk_of, yard):
    now = clock.now()
    truck = book_appointment(
        dock_id=yard.one.pk,
        direction="inbound",
        starts_at=now,
        ends_at=now + HOUR,
        carrier="Tay Haulage",
        by=yard.boss,
        at=now,
    )
    browser = desk_of(Role.BUYER, at=[yard.site])

    page = browser.get(reverse("desk-dock-board")).content.decode()
    other_day = browser.get(reverse("desk-dock-board"), {"warehouse": "MAIN", "day": "2027-03-09"}).content.decode()

    assert truck.number in page
    assert "Tay Haulage" in page
    assert '<meta http-equiv="refresh" content="60" />' in page
    assert "http-equiv" not in other_day.partition("<body")[0].partition("viewport")[2]
    assert "No truck is booked for this day." in other_day
    assert f"{reverse('admin:locations_dockappointment_add')}?dock={yard.one.pk}&amp;starts_at=2027-03-09T06%3A00" in (
        other_day
    )


def test_who_books_no_trucks_is_offered_no_free_hour(desk_of, yard):
    page = desk_of(Role.AUDITOR, at=[yard.site]).get(reverse("desk-dock-board")).content.decode()

    assert reverse("admin:locations_dockappointment_add") not in page


def test_nothing_of_another_warehouse_is_shown(desk_of, yard):
    browser = desk_of(Role.SUPERVISOR, at=[WarehouseFactory(code="FAR")])

    assert browser.get(reverse("desk-dock-board"), {"warehouse": "MAIN"}).status_code == 400
    page = browser.get(reverse("desk-dock-board")).content.decode()
    assert "DOOR-1" not in page
    assert "No door yet" in page
    assert b"No warehouse yet" in desk_of(Role.SUPERVISOR).get(reverse("desk-dock-board")).content


def test_a_picker_sees_no_board(desk_of, yard):
    assert desk_of(Role.PICKER, at=[yard.site]).get(reverse("desk-dock-board")).status_code == 403


@pytest.mark.parametrize("asked", [{"day": "soon"}, {"day": "0001-01-01"}, {"warehouse": "\x00"}])
def test_what_cannot_be_asked_is_said(desk_of, yard, asked):
    assert desk_of(Role.SUPERVISOR, at=[yard.site]).get(reverse("desk-dock-board"), asked).status_code == 400


def test_a_free_hour_opens_the_form_filled_in_and_books_by_the_clock_of_the_site(desk_of, yard):
    browser = desk_of(Role.BUYER, at=[yard.site])
    add = reverse("admin:locations_dockappointment_add")

    form = browser.get(add, {"dock": yard.one.pk, "starts_at": "2027-03-09T06:00"}).content.decode()
    browser.post(
        add,
        {
            "dock": yard.one.pk,
            "direction": "inbound",
            "starts_at": "2027-03-09T06:00",
            "minutes": "90",
            "documents": "PO-1, PO-2",
        },
    )

    assert 'value="2027-03-09T06:00"' in form
    truck = DockAppointment.objects.get()
    assert (truck.starts_at, truck.ends_at) == (yard.at(6), yard.at(7, 30))
    assert (truck.dock, truck.documents) == (yard.one, ["PO-1", "PO-2"])


def test_the_board_asks_as_much_for_twenty_trucks_as_for_two(manager):
    def statements(count):
        site = a_desk(count)
        with CaptureQueriesContext(connection) as queries:
            answer = manager.get(reverse("desk-dock-board"), {"warehouse": site.code})
        assert answer.status_code == 200
        assert len(answer.context["board"].doors) == count
        return len(queries)

    statements(1)

    assert statements(2) == statements(20)
