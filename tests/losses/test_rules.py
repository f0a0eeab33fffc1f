"""Which shift a moment is of, which pictures show it, what losses add up to: on values alone."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

from apps.losses.rules import OFF_SHIFT, Hours, Loss, add_up, footage_of, shift_at

EARLY = Hours(name="early", begins=time(6), ends=time(14), weekdays=range(5))
NIGHT = Hours(name="night", begins=time(22), ends=time(6), weekdays=range(5))
HANDOVER = Hours(name="handover", begins=time(13), ends=time(15), weekdays=range(5))
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def at(hour, minute=0, day=0):
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def test_a_shift_holds_its_beginning_and_not_its_end_and_one_over_midnight_is_of_the_day_that_it_begins():
    shifts = [EARLY, NIGHT]
    assert [shift_at(shifts, at(6)), shift_at(shifts, at(13, 59)), shift_at(shifts, at(14))] == [
        "early",
        "early",
        OFF_SHIFT,
    ]
    assert [shift_at(shifts, at(22)), shift_at(shifts, at(5, 59, day=1))] == ["night", "night"]
    assert shift_at(shifts, at(3)) == OFF_SHIFT  # Sunday has no night
    assert shift_at(shifts, at(3, day=5)) == "night"  # Friday's
    assert shift_at([EARLY, HANDOVER], at(13, 30)) == "handover"  # the one that began last
    assert shift_at([], at(8)) == OFF_SHIFT


def test_an_hour_that_happens_twice_is_of_one_shift_both_times():
    berlin = ZoneInfo("Europe/Berlin")
    nights = [replace(NIGHT, weekdays=range(7))]
    twice = [datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=fold) for fold in (0, 1)]
    assert twice[0].astimezone(UTC) != twice[1].astimezone(UTC)
    assert [shift_at(nights, moment) for moment in twice] == ["night", "night"]


def test_pictures_begin_and_end_with_a_margin_and_are_kept_from_their_first_moment():
    shown = footage_of(
        camera="CAM-1",
        channel="NVR 1/4",
        margin=timedelta(minutes=5),
        keeps=timedelta(days=30),
        since=at(8),
        until=at(10),
    )
    assert (shown.since, shown.until, shown.kept_until) == (at(7, 55), at(10, 5), at(7, 55, day=30))
    assert (shown.is_gone(at(7, 54, day=30)), shown.is_gone(at(7, 55, day=30))) == (False, True)


def a_loss(quantity, value, **more):
    told = {"zone": "Z", "reason": "R", "shift": "S", "is_explained": False, **more}
    return Loss(
        move_id=1,
        transaction_id=1,
        at=at(8),
        warehouse="W",
        place="A",
        item="I",
        lot="",
        unit="EA",
        quantity=D(quantity),
        value=None if value is None else D(value),
        document="",
        by="sam",
        **told,
    )


def test_groups_add_up_to_the_total_what_was_found_stands_against_it_and_what_has_no_cost_is_in_no_sum():
    losses = [
        a_loss(5, 50, reason="THEFT"),
        a_loss(-2, -20, reason="FOUND"),
        a_loss(1, 7, reason="BROKEN", is_explained=True),
        a_loss(3, None, reason="THEFT"),
    ]
    found = add_up(losses, by=lambda loss: loss.reason, book=D(1000))

    assert [(group.name, group.unexplained, group.explained, group.unpriced) for group in found.groups] == [
        ("THEFT", D(50), D(0), 1),
        ("BROKEN", D(0), D(7), 0),
        ("FOUND", D(-20), D(0), 0),
    ]
    assert (found.total.adjustments, found.total.unexplained, found.total.explained) == (4, D(30), D(7))
    assert found.percent == D("3.00")
    assert add_up([], by=lambda loss: loss.reason, book=D(0)).percent is None
