"""When a command was done by the device's clock: how far from ours it may be, and what a repeat makes of it."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.core.api.problems import ReplayedRefusal
from apps.journal import edge
from apps.journal.errors import ClockAhead, TooLongAgo
from apps.journal.models import Command
from apps.journal.rules import check_occurred
from tests.journal.conftest import make_unit

NOW = datetime(2030, 5, 1, 9, 15, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def then(time_machine):
    """The server's clock stands still."""
    time_machine.move_to(NOW, tick=False)
    return time_machine


def told(clerk, occurred_at):
    """Whose time it is, as the operation learns it."""
    return edge.run(
        lambda *, by, at: by.occurred_at, by=clerk, key="k-1", render=lambda when: when, occurred_at=occurred_at
    )


@pytest.mark.parametrize("lag", [timedelta(minutes=-5), timedelta(0), timedelta(hours=8), timedelta(days=7)])
def test_clocks_differ_a_little_and_a_week_is_not_too_late(lag):
    check_occurred(NOW - lag, received_at=NOW)


@pytest.mark.parametrize(
    ("occurred_at", "refusal"),
    [
        (NOW + timedelta(minutes=5) + MICROSECOND, ClockAhead),
        (datetime.max.replace(tzinfo=UTC), ClockAhead),
        (NOW - timedelta(days=7) - MICROSECOND, TooLongAgo),
        (datetime(1970, 1, 1, tzinfo=UTC), TooLongAgo),
        (datetime.min.replace(tzinfo=UTC), TooLongAgo),
    ],
)
def test_beyond_that_it_is_refused_with_both_clocks(occurred_at, refusal):
    with pytest.raises(refusal) as refused:
        check_occurred(occurred_at, received_at=NOW)

    assert refused.value.facts == {"occurred_at": occurred_at, "received_at": NOW}


def test_a_refused_time_runs_nothing_and_is_the_keys_answer(clerk, then):
    with pytest.raises(ClockAhead):
        edge.run(make_unit, by=clerk, key="k-1", render=str, code="PAIR", occurred_at=NOW + timedelta(minutes=6))
    then.move_to(NOW + timedelta(minutes=2), tick=False)

    for occurred_at in (NOW + timedelta(minutes=6), NOW, None):
        with pytest.raises(ReplayedRefusal) as again:
            edge.run(make_unit, by=clerk, key="k-1", render=str, code="PAIR", occurred_at=occurred_at)
        assert again.value.problem["facts"] == {
            "occurred_at": "2030-05-01T09:21:00+00:00",
            "received_at": "2030-05-01T09:15:00+00:00",
        }
    assert Command.objects.get().answer is None
    assert edge.run(make_unit, by=clerk, key="k-2", render=str, code="PAIR") == "PAIR"


@pytest.mark.parametrize("later", [NOW - timedelta(hours=1), NOW, NOW + timedelta(days=400), None])
def test_a_repeat_gets_the_first_answer_whatever_time_it_says(clerk, then, later):
    done = NOW - timedelta(days=6, hours=23)
    first = edge.run(make_unit, by=clerk, key="k-1", render=str, code="PAIR", occurred_at=done)

    assert edge.run(make_unit, by=clerk, key="k-1", render=str, code="PAIR", occurred_at=later) == first
    assert Command.objects.count() == 1


def test_a_repeat_gets_its_answer_after_the_time_has_become_too_old(clerk, then):
    done = NOW - timedelta(days=6, hours=23)
    first = told(clerk, done)
    then.move_to(NOW + timedelta(days=3), tick=False)

    assert told(clerk, done) == first == "2030-04-24T10:15:00Z"
