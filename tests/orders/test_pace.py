"""A worker's own pace: today's lines and units an hour, told to nobody else."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.orders.models import PackedPick
from apps.orders.queries.pace import Pace, pace_of
from apps.orders.rules.pace import time_in_hand
from apps.tasks.models import WarehouseTask
from tests.factories.api import a_worker, refused
from tests.factories.ledger import an_actor, stock
from tests.factories.orders import a_sales_order, packed, pick_all, released
from tests.factories.shipping import a_company

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def minutes(begin, end):
    return NOON + timedelta(minutes=begin), NOON + timedelta(minutes=end)


@pytest.mark.parametrize(
    ("spans", "total"),
    [
        ([], 0),
        ([(0, 4)], 4),
        ([(0, 4), (10, 12)], 6),
        ([(0, 2), (0, 4), (0, 9)], 9),  # a round: taken together, confirmed one after another
        ([(0, 10), (2, 4)], 10),
        ([(5, 8), (0, 6)], 8),
    ],
)
def test_each_minute_with_work_in_hand_counts_once(spans, total):
    assert time_in_hand(minutes(*span) for span in spans) == timedelta(minutes=total)


def done_by(floor, who, lines, *, each, until):
    """So many picks of two bolts, taken and confirmed one after another until then."""
    stock(floor.bolt, floor.face, 2 * lines)
    orders = [a_sales_order(floor.warehouse, (floor.bolt, 2)) for _ in range(lines)]
    picks = pick_all(released(*orders), floor.tote, by=an_actor(who))
    for turn, one in enumerate(picks):
        begin = until - each * (turn + 1)
        WarehouseTask.objects.filter(pk=one.task_id).update(started_at=begin, done_at=begin + each)
    return orders


@pytest.fixture
def ann(floor):
    return a_worker(floor.warehouse, username="ann")


def test_a_worker_is_told_what_they_picked_in_an_hour_and_nobody_elses(floor, ann):
    ben = a_worker(floor.warehouse, username="ben")
    done_by(floor, ann.user, 6, each=timedelta(minutes=2), until=NOON)
    done_by(floor, ben.user, 5, each=timedelta(minutes=1), until=NOON)

    assert pace_of(ann.user, floor.warehouse, at=NOON) == [
        Pace(work="pick", lines=6, units=D(12), minutes=12, lines_an_hour=D("30.0"), units_an_hour=D("60.0")),
        Pace(work="pack", lines=0, units=D(0), minutes=0, lines_an_hour=None, units_an_hour=None),
    ]


@pytest.mark.parametrize(("lines", "each"), [(4, timedelta(minutes=10)), (6, timedelta(seconds=30))])
def test_of_too_little_there_is_no_rate(floor, ann, lines, each):
    done_by(floor, ann.user, lines, each=each, until=NOON)

    picking, _ = pace_of(ann.user, floor.warehouse, at=NOON)

    assert (picking.lines, picking.lines_an_hour, picking.units_an_hour) == (lines, None, None)


def test_yesterdays_work_is_not_todays(floor, ann):
    done_by(floor, ann.user, 6, each=timedelta(minutes=2), until=NOON)

    assert pace_of(ann.user, floor.warehouse, at=NOON + timedelta(days=1))[0].lines == 0


def test_the_pace_is_told_in_two_statements_more_than_who_asks_and_where(floor, ann):
    none, answer = ann.statements(lambda: ann.get("/me/pace", warehouse=floor.warehouse.code))
    done_by(floor, ann.user, 3, each=timedelta(minutes=2), until=clock.now())
    some, _ = ann.statements(lambda: ann.get("/me/pace", warehouse=floor.warehouse.code))

    nothing = {"lines": 0, "units": "0", "minutes": 0, "lines_an_hour": None, "units_an_hour": None}
    assert answer.json() == [{"work": "pick", **nothing}, {"work": "pack", **nothing}]
    assert some == none


def test_packing_is_timed_from_carton_to_carton_without_pauses(floor, ann):
    a_company()
    for order in done_by(floor, ann.user, 3, each=timedelta(minutes=2), until=NOON):
        packed(order, by=an_actor(ann.user))

    _, packing = pace_of(ann.user, floor.warehouse, at=clock.now())

    # The first has nothing before it; all came within moments, too quick for a rate.
    assert (packing.lines, packing.units, packing.lines_an_hour) == (2, D(4), None)
    assert PackedPick.objects.count() == 3


def test_another_sites_pace_is_not_told(floor, ann):
    refused(ann.get("/me/pace", warehouse="ELSEWHERE"), 404, "not_found")
    assert ann.get("/me/pace").status_code == 400
