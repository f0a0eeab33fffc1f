"""Two people at the same count at the same moment: one takes effect, the other is told."""

from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.models import User
from apps.core import clock
from apps.core.errors import IllegalTransition
from apps.counting.models import CountLine, CycleCount
from apps.counting.operations import approve_count, record_count, reject_count
from apps.counting.states import CountState
from apps.journal.actor import Actor
from apps.ledger.models import StockBalance, StockTransaction
from apps.tasks.errors import TaskStale
from tests.concurrency.crowd import together
from tests.factories.counting import a_count, a_decider, counted, found
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor, stock
from tests.invariants import assert_invariants


@pytest.fixture
def floor(transactional_db):
    floor = a_floor()
    stock(floor.item, floor.a, 10)
    yield floor
    assert_invariants()


def fresh(by):
    """The same person, read anew: each thread has rows of its own."""
    return Actor(user=User.objects.get(pk=by.user.pk))


def kinds(answers, kind):
    return [answer for answer in answers if isinstance(answer, kind)]


def test_of_two_who_take_down_the_same_count_one_does(floor):
    count = a_count(floor.a)
    counters = [an_actor(), an_actor()]

    answers = together(
        *[
            lambda by=by, quantity=quantity: record_count(
                task_id=count.task_id, lines=[found(floor.item, quantity)], by=fresh(by), at=clock.now()
            )
            for by, quantity in zip(counters, (7, 8), strict=True)
        ]
    )

    assert (len(kinds(answers, CycleCount)), len(kinds(answers, TaskStale))) == (1, 1)
    (winner,) = kinds(answers, CycleCount)
    line = CountLine.objects.get()
    assert line.counted == {counters[0].user: D(7), counters[1].user: D(8)}[winner.counted_by]
    assert StockBalance.objects.get(location=floor.a).on_hand == 10


def test_of_two_who_approve_the_same_count_one_posts(floor):
    count = counted(a_count(floor.a), found(floor.item, 7))
    managers = [a_decider(), a_decider()]

    answers = together(
        *[
            lambda by=by: approve_count(count_id=count.pk, reason="sure", by=fresh(by), at=clock.now())
            for by in managers
        ]
    )

    assert (len(kinds(answers, CycleCount)), len(kinds(answers, IllegalTransition))) == (1, 1)
    assert StockTransaction.objects.filter(kind="adjust").count() == 1
    assert StockBalance.objects.get(location=floor.a).on_hand == 7


def test_of_one_who_approves_and_one_who_rejects_one_decides(floor):
    count = counted(a_count(floor.a), found(floor.item, 7))

    one, other = a_decider(), a_decider()

    approved, rejected = together(
        lambda: approve_count(count_id=count.pk, reason="sure", by=fresh(one), at=clock.now()),
        lambda: reject_count(count_id=count.pk, reason="odd", by=fresh(other), at=clock.now()),
    )

    assert sorted(map(type, (approved, rejected)), key=lambda kind: kind.__name__) == [CycleCount, IllegalTransition]
    count.refresh_from_db()
    is_posted = isinstance(approved, CycleCount)
    assert count.state == (CountState.APPROVED if is_posted else CountState.RECOUNT)
    assert StockBalance.objects.get(location=floor.a).on_hand == (7 if is_posted else 10)


def test_a_recount_at_once_by_the_first_counter_and_another_is_the_others(floor):
    first, second = an_actor(), an_actor()
    count = counted(a_count(floor.a), found(floor.item, 7), by=first)
    with transaction.atomic():
        count = reject_count(count_id=count.pk, reason="odd", by=a_decider(), at=clock.now())

    together(
        *[
            lambda by=by: record_count(
                task_id=count.task_id, lines=[found(floor.item, 9)], by=fresh(by), at=clock.now()
            )
            for by in (first, second)
        ]
    )

    count.refresh_from_db()
    assert (count.state, count.counted_by, count.first_counted_by) == ("counted", second.user, first.user)
