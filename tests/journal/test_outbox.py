"""Effects follow their commit: once, later when they fail, never when they are given up."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from celery import current_app
from django.db import connection

from apps.core import clock
from apps.journal import edge
from apps.journal.jobs import MOST_ATTEMPTS, deliver, sweep_outbox
from apps.journal.models import OutboxMessage
from apps.journal.operations import enqueue

NOW = clock.now()


@pytest.fixture
def job():
    """A job that notes its calls and does what the test wants; and the calls."""
    calls = []

    def register(act=lambda **_: None):
        def work(**arguments):
            calls.append(arguments)
            return act(**arguments)

        current_app.task(name="tests.note")(work)
        return calls

    yield register
    current_app.tasks.pop("tests.note", None)


def waiting(**more):
    message = enqueue("tests.note", at=NOW, number="PO-1")
    OutboxMessage.objects.filter(pk=message.pk).update(**more)
    message.refresh_from_db()
    return message


def state(message):
    message.refresh_from_db()
    return message.attempts, message.delivered_at is not None, message.dead_at is not None


def test_a_message_is_delivered_once(db, job):
    calls = job()
    message = waiting()

    assert deliver(message_id=message.pk) is True
    assert deliver(message_id=message.pk) is False

    assert calls == [{"number": "PO-1"}]
    assert state(message) == (1, True, False)


def test_a_failure_is_put_off(db, job):
    def fail(**_):
        msg = "printer on fire"
        raise RuntimeError(msg)

    job(fail)
    message = waiting()

    assert deliver(message_id=message.pk) is False

    assert state(message) == (1, False, False)
    assert message.last_error == "RuntimeError: printer on fire"
    assert timedelta(seconds=1) < message.due_at - clock.now() <= timedelta(seconds=2)
    assert sweep_outbox() == 0


@pytest.mark.parametrize(("attempts", "wait"), [(1, 4), (5, 64), (10, 2048)])
def test_each_failure_waits_longer(db, job, attempts, wait):
    job(lambda **_: 1 / 0)
    message = waiting(attempts=attempts)

    deliver(message_id=message.pk)

    message.refresh_from_db()
    assert timedelta(seconds=wait - 1) < message.due_at - clock.now() <= timedelta(seconds=wait)


def test_what_always_fails_is_given_up(db, job):
    calls = job(lambda **_: 1 / 0)
    message = waiting(attempts=MOST_ATTEMPTS - 1)

    assert deliver(message_id=message.pk) is False
    assert deliver(message_id=message.pk) is False

    assert state(message) == (MOST_ATTEMPTS, False, True)
    assert len(calls) == 1
    assert sweep_outbox() == 0


def test_a_job_that_nobody_knows_is_put_off(db):
    message = waiting()

    assert deliver(message_id=message.pk) is False

    assert state(message) == (1, False, False)
    assert "NotRegistered" in message.last_error


def test_the_sweep_delivers_what_is_due_and_nothing_else(db, job):
    calls = job()
    waiting()
    later = waiting(due_at=clock.now() + timedelta(minutes=1))
    waiting(delivered_at=NOW)
    waiting(dead_at=NOW)

    assert sweep_outbox() == 1
    assert sweep_outbox() == 0

    assert len(calls) == 1
    assert state(later) == (0, False, False)


def test_a_message_whose_worker_died_has_had_its_attempt_and_comes_back_after_the_lease(db, job):
    calls = job(lambda **_: (_ for _ in ()).throw(SystemExit))
    message = waiting()

    with pytest.raises(SystemExit):
        deliver(message_id=message.pk)

    assert state(message) == (1, False, False)
    assert deliver(message_id=message.pk) is False
    OutboxMessage.objects.filter(pk=message.pk).update(due_at=NOW, attempts=MOST_ATTEMPTS)
    assert deliver(message_id=message.pk) is False
    assert state(message) == (MOST_ATTEMPTS + 1, False, True)
    assert len(calls) == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_may_go_through_the_edge(committed_clerk, job):
    def through_the_edge(**_):
        assert not connection.in_atomic_block  # the edge opens a durable transaction

    job(through_the_edge)
    message = OutboxMessage.objects.create(job="tests.note", arguments={}, created_at=NOW, due_at=NOW)

    assert deliver(message_id=message.pk) is True


def test_one_failure_does_not_keep_the_others_waiting(db, job):
    job(lambda number: 1 / int(number))
    for number in ("0", "1", "2"):
        enqueue("tests.note", at=NOW, number=number)

    assert sweep_outbox() == 2


@pytest.mark.django_db(transaction=True)
def test_a_commit_wakes_the_sender(committed_clerk, job):
    calls = job()

    def announce(*, by, at):
        enqueue("tests.note", at=at, number="PO-2")
        # Nothing is sent before the commit.
        assert calls == []

    edge.run(announce, by=committed_clerk, render=lambda _: None)

    assert calls == [{"number": "PO-2"}]
    assert OutboxMessage.objects.get().delivered_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_does_not_undo_the_commit(committed_clerk, job, monkeypatch):
    calls = job()

    def away(**_):
        msg = "no broker"
        raise ConnectionError(msg)

    monkeypatch.setattr(deliver, "apply_async", away)

    def announce(*, by, at):
        enqueue("tests.note", at=at, number="PO-3")

    edge.run(announce, by=committed_clerk, render=lambda _: None)

    assert calls == []
    assert sweep_outbox() == 1
    assert calls == [{"number": "PO-3"}]


@pytest.mark.django_db(transaction=True)
def test_two_workers_claim_a_message_once(committed_clerk, job):
    inside, go_on = threading.Event(), threading.Event()

    def slow(**_):
        inside.set()
        assert go_on.wait(10)

    calls = job(slow)
    message = OutboxMessage.objects.create(job="tests.note", arguments={}, created_at=NOW, due_at=NOW)

    def first():
        try:
            return deliver(message_id=message.pk)
        finally:
            connection.close()

    def second():
        assert inside.wait(10)
        try:
            return deliver(message_id=message.pk), sweep_outbox()
        finally:
            go_on.set()
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.submit(first), pool.submit(second)

        assert two.result(20) == (False, 0)
        assert one.result(20) is True
    assert len(calls) == 1
