"""Real connections: the same key twice at once, deadlocks, and locks that do not come free."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.catalog.models import Unit
from apps.core.api.problems import ReplayedRefusal, problem_of
from apps.core.errors import Busy
from apps.journal import edge
from apps.journal.models import Command
from tests.journal.conftest import NoMoreUnits, make_unit

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 20


def apart(*calls):
    """Run each call in a thread with a connection of its own; results or exceptions, in order."""

    def closing(call):
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - judged by the test
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(PATIENCE) for future in [pool.submit(closing, call) for call in calls]]


def command(clerk, operation, *, key="k-1", **arguments):
    return edge.run(operation, by=clerk, key=key, render=str, **arguments)


def test_a_key_in_use_waits_and_gets_the_first_answer(committed_clerk):
    inside, go_on = threading.Event(), threading.Event()
    ran = []

    def slow(*, by, at):
        ran.append(by.key)
        inside.set()
        assert go_on.wait(PATIENCE)
        return Unit.objects.create(code="SLOW", name="slow")

    def first():
        return command(committed_clerk, slow)

    def second():
        assert inside.wait(PATIENCE)
        threading.Timer(0.3, go_on.set).start()
        return command(committed_clerk, slow)

    assert apart(first, second) == ["SLOW", "SLOW"]
    assert ran == ["k-1"]
    assert Command.objects.count() == 1


def test_a_key_in_use_has_one_refusal_that_both_are_told(committed_clerk):
    inside, go_on = threading.Event(), threading.Event()

    def refuse(*, by, at):
        inside.set()
        assert go_on.wait(PATIENCE)
        raise NoMoreUnits(most=3)

    def second():
        assert inside.wait(PATIENCE)
        threading.Timer(0.3, go_on.set).start()
        return command(committed_clerk, refuse)

    results = apart(lambda: command(committed_clerk, refuse), second)

    kept = Command.objects.get().refusal
    assert kept is not None
    assert kept["facts"] == {"most": 3}
    told = [each.problem if isinstance(each, ReplayedRefusal) else problem_of(each) for each in results]
    assert told == [kept, kept]


def test_a_repeat_carried_out_before_a_refusal_was_kept_is_the_answer(committed_clerk, monkeypatch):
    inside, done = threading.Event(), threading.Event()
    tries = []

    def once(*, by, at):
        tries.append(1)
        if len(tries) == 1:
            inside.set()
            raise NoMoreUnits(most=3)
        return Unit.objects.create(code="PAIR", name="pair")

    def written_late(refusal):
        assert done.wait(PATIENCE)
        return problem_of(refusal)

    def second():
        assert inside.wait(PATIENCE)
        answer = command(committed_clerk, once)
        done.set()
        return answer

    monkeypatch.setattr(edge, "problem_of", written_late)

    assert apart(lambda: command(committed_clerk, once), second) == ["PAIR", "PAIR"]
    assert len(tries) == 2
    assert Command.objects.values_list("answer", "refusal").get() == ("PAIR", None)


def test_whoever_waited_for_a_bug_does_the_work(committed_clerk):
    inside, go_on = threading.Event(), threading.Event()
    tries = []

    def break_once(*, by, at):
        tries.append(1)
        if len(tries) == 1:
            inside.set()
            assert go_on.wait(PATIENCE)
            msg = "a bug"
            raise RuntimeError(msg)
        return "done"

    def second():
        assert inside.wait(PATIENCE)
        threading.Timer(0.3, go_on.set).start()
        return command(committed_clerk, break_once)

    broken, done = apart(lambda: command(committed_clerk, break_once), second)

    assert isinstance(broken, RuntimeError)
    assert done == "done"
    assert len(tries) == 2


def test_a_deadlock_is_tried_again_and_both_are_done(committed_clerk):
    left = Unit.objects.create(code="LEFT", name="0")
    right = Unit.objects.create(code="RIGHT", name="0")
    both_hold_one = threading.Barrier(2, timeout=PATIENCE)
    tries = []

    def take(*, order, by, at):
        tries.append(order)
        first, second = order
        _add_one(first)
        # Only the first time: a repeat runs alone.
        if tries.count(order) == 1:
            both_hold_one.wait()
        _add_one(second)
        return "done"

    results = apart(
        lambda: command(committed_clerk, take, key="a", order=[left.pk, right.pk]),
        lambda: command(committed_clerk, take, key="b", order=[right.pk, left.pk]),
    )

    assert results == ["done", "done"]
    assert len(tries) == 3
    assert set(Unit.objects.filter(code__in=["LEFT", "RIGHT"]).values_list("name", flat=True)) == {"2"}
    assert sorted(Command.objects.values_list("key", "answer")) == [("a", "done"), ("b", "done")]


def test_a_lock_that_never_comes_is_busy_and_keeps_nothing(committed_clerk, monkeypatch):
    monkeypatch.setattr(edge, "TRIES", 2)
    held, go_on = threading.Event(), threading.Event()
    unit = Unit.objects.create(code="ONE", name="0")
    tries = []

    def hold(*, by, at):
        _add_one(unit.pk)
        held.set()
        assert go_on.wait(PATIENCE)
        return "held"

    def want(*, by, at):
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '50ms'")
        _add_one(unit.pk)

    def second():
        assert held.wait(PATIENCE)
        try:
            return command(committed_clerk, want, key="b")
        finally:
            go_on.set()

    first, busy = apart(lambda: command(committed_clerk, hold, key="a"), second)

    assert (first, len(tries)) == ("held", 2)
    assert isinstance(busy, Busy)
    assert list(Command.objects.values_list("key", flat=True)) == ["a"]
    assert Unit.objects.get(code="ONE").name == "1"


def test_five_of_the_same_at_once_are_one(committed_clerk):
    results = apart(*[lambda: command(committed_clerk, make_unit, code="PAIR")] * 5)

    assert results == ["PAIR"] * 5
    assert Unit.objects.filter(code="PAIR").count() == 1
    assert Command.objects.count() == 1


def test_the_clerk_is_the_committed_one(committed_clerk):
    assert apart(lambda: User.objects.get(pk=committed_clerk.pk)) == [committed_clerk]


def _add_one(pk):
    unit = Unit.objects.lock_one(pk)
    unit.name = str(int(unit.name) + 1)
    unit.save()
