"""Beat's jobs on the ledger: run twice, one effect."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal as D

import psycopg
import pytest
from django.db import connection, transaction

from apps.accounts.models import SYSTEM
from apps.core import clock
from apps.journal.models import AuditEntry, Command
from apps.ledger.jobs import check_ledger, expire_reservations
from apps.ledger.models import Reservation, StockBalance
from apps.ledger.operations import Claim, reserve
from apps.ledger.queries.position import Position, seen_now
from apps.ledger.states import ReservationState
from tests.factories.ledger import stock


@pytest.fixture
def reserved(transactional_db, floor):
    """Two reservations of one bin: one whose time is over, one without an end."""
    stock(floor.item, floor.a, 10)
    balance = StockBalance.objects.get(location=floor.a)
    for document, expires_at in (("SO-1", clock.now() - timedelta(seconds=1)), ("SO-2", None)):
        reserve(
            [Claim(balance_id=balance.pk, quantity=D(3))],
            warehouse_id=floor.warehouse.pk,
            document=document,
            expires_at=expires_at,
        )
    return balance


def test_an_expired_reservation_is_let_go_once(reserved):
    assert [expire_reservations(), expire_reservations()] == [1, 0]

    reserved.refresh_from_db()
    assert reserved.reserved == D(3)
    assert dict(Reservation.objects.values_list("document", "state")) == {
        "SO-1": ReservationState.RELEASED,
        "SO-2": ReservationState.PENDING,
    }
    assert AuditEntry.objects.get(verb="expired").user.username == SYSTEM


def test_a_minute_without_expiries_leaves_no_trace(transactional_db):
    assert expire_reservations() == 0

    assert not Command.objects.exists()


def test_the_ledger_is_checked_once_in_five_minutes(transactional_db, time_machine):
    time_machine.move_to("2030-05-01T12:06:00Z", tick=False)
    assert [check_ledger(), check_ledger(), check_ledger(everything=True)] == [True, True, True]
    time_machine.move_to("2030-05-01T12:10:00Z", tick=False)
    assert check_ledger()

    verdicts = AuditEntry.objects.filter(kind="ledger").order_by("pk")
    assert [(verdict.number, verdict.detail["everything"]) for verdict in verdicts] == [
        ("2030-05-01 12:06", True),  # the first has nothing to begin from
        ("2030-05-01 12:06", True),
        ("2030-05-01 12:10", False),
    ]
    assert [(verdict.detail["broken"], verdict.detail["first"]) for verdict in verdicts] == [([], "")] * 3


def checked(at, **how):
    time_machine, moment = at
    time_machine.move_to(moment, tick=False)
    return check_ledger(**how)


def test_as_long_as_something_is_broken_all_of_it_is_checked(reserved, superuser_dsn, time_machine):
    assert checked((time_machine, "2030-05-01T12:00:00Z"))
    with psycopg.connect(superuser_dsn) as superuser:
        superuser.execute("update ledger_stockbalance set on_hand = on_hand + 1")

    # No posting says so: what has changed is right, and the night finds it.
    assert checked((time_machine, "2030-05-01T12:05:00Z"))
    assert not checked((time_machine, "2030-05-01T12:10:00Z"), everything=True)
    assert not checked((time_machine, "2030-05-01T12:15:00Z"))
    with psycopg.connect(superuser_dsn) as superuser:
        superuser.execute("update ledger_stockbalance set on_hand = on_hand - 1")
    assert checked((time_machine, "2030-05-01T12:20:00Z"))
    assert checked((time_machine, "2030-05-01T12:25:00Z"))

    asked = AuditEntry.objects.filter(kind="ledger").order_by("pk").values_list("detail__everything", flat=True)
    assert list(asked) == [True, False, True, True, True, False]


def test_the_first_broken_row_is_told_in_words(reserved, superuser_dsn):
    with psycopg.connect(superuser_dsn) as superuser:
        superuser.execute("update ledger_stockbalance set on_hand = on_hand + 1")

    assert not check_ledger()

    told = AuditEntry.objects.get(kind="ledger").detail["first"]
    assert told.startswith("I03: A balance is the sum of the moves of its key, and knows the last of them. Not so: ")
    assert "item BOLT, location A, " in told
    assert "moved 10, on hand 11, " in told


def test_a_posting_that_commits_late_is_not_skipped(transactional_db, floor):
    late, early = threading.Event(), threading.Event()

    def slowly():
        with transaction.atomic():
            made = stock(floor.item, floor.a, 1)
            early.set()
            late.wait(20)
        connection.close()
        return made

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(slowly)
        early.wait(20)
        meanwhile = stock(floor.item, floor.b, 1)
        position = seen_now()
        assert changed_since(position) == []
        late.set()
        slow = waiting.result(20)

    assert slow < meanwhile
    assert changed_since(position) == [slow]
    assert changed_since(seen_now()) == []


def test_after_a_restore_elsewhere_the_ids_tell(transactional_db, floor):
    known = stock(floor.item, floor.a, 1)
    new = stock(floor.item, floor.a, 1)

    # A snapshot of another cluster, whose counters were far ahead.
    assert changed_since(Position(snapshot="900000000:900000001:", last=known)) == [new]


def changed_since(position):
    with connection.cursor() as cursor:
        cursor.execute(f"with {position.changed} select id from fresh order by id")  # noqa: S608 - our own text
        return [pk for (pk,) in cursor.fetchall()]


def test_a_broken_ledger_is_an_error_in_the_log_and_on_the_trail(reserved, superuser_dsn, caplog):
    with psycopg.connect(superuser_dsn) as superuser:
        superuser.execute("update ledger_stockbalance set reserved = 1")

    with caplog.at_level(logging.ERROR):
        assert not check_ledger()

    assert "I05 is broken by 1" in caplog.text
    assert AuditEntry.objects.get(kind="ledger").detail["broken"][0].startswith("I05 is broken by 1")


def test_jobs_take_what_a_newer_sender_adds(transactional_db):
    assert expire_reservations(added_later=True) == 0
    assert check_ledger(added_later=True)
