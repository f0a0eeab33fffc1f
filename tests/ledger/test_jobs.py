"""Beat's jobs on the ledger: run twice, one effect."""

import logging
from datetime import timedelta
from decimal import Decimal as D

import psycopg
import pytest

from apps.accounts.models import SYSTEM
from apps.core import clock
from apps.journal.models import AuditEntry, Command
from apps.ledger.jobs import check_ledger, expire_reservations
from apps.ledger.models import Reservation, StockBalance
from apps.ledger.operations import Claim, reserve
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


def test_the_ledger_is_checked_once_an_hour(transactional_db, time_machine):
    time_machine.move_to("2030-05-01T12:05:00Z")

    assert [check_ledger(), check_ledger(), check_ledger(everything=True)] == [True, True, True]

    verdicts = AuditEntry.objects.filter(kind="ledger").order_by("pk").values_list("number", "detail")
    assert list(verdicts) == [
        ("2030-05-01 12:05", {"broken": [], "flags": [], "everything": False}),
        ("2030-05-01 12:05", {"broken": [], "flags": [], "everything": True}),
    ]


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
