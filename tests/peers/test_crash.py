"""PostgreSQL is killed in mid-load: what was acknowledged is there, once, and asking again gives the same answer."""

import json
import os
import signal
import subprocess
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from psycopg.conninfo import make_conninfo

from apps.core.invariants import check_invariants
from apps.ledger.models import StockBalance
from config.embedded import Cluster
from tests.databases import moved_to
from tests.factories.floor import a_floor
from tests.factories.ledger import stock
from tests.worker import answer, start

DATABASE = "crash"
WORKERS, EACH, BEFORE_THE_CRASH = 4, 80, 40


@pytest.fixture
def cluster(tmp_path, superuser_dsn):
    """A durable cluster of this test alone, in a folder of its own: fsync and synchronous commit are on.

    Its database is this worker's, dumped and restored: to migrate it again would take longer.
    """
    with Cluster.under(tmp_path / "var", DATABASE) as own:
        own.ensure_database(DATABASE)
        there = make_conninfo(own.superuser_dsn, dbname=DATABASE)
        dumped = subprocess.run([own.program("pg_dump"), superuser_dsn], stdout=subprocess.PIPE, check=True)
        restore = [own.program("psql"), "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", there]
        subprocess.run(restore, input=dumped.stdout, stdout=subprocess.DEVNULL, check=True)
        yield own


def kill(cluster):
    """End the postmaster and with it, at once, all its backends; nothing is written any more."""
    postmaster = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
    assert (Path("/proc") / str(postmaster) / "cwd").resolve() == cluster.data.resolve()
    os.kill(postmaster, signal.SIGKILL)


def load(floor, books):
    """What each worker is told: to carry one bolt under each of its keys, and to note what was acknowledged."""
    arguments = {
        "warehouse_id": floor.warehouse.pk,
        "item_id": floor.item.pk,
        "source_id": floor.a.pk,
        "target_id": floor.b.pk,
        "quantity": "1",
    }
    return [
        {
            "user": floor.by.user.pk,
            "keys": [f"{n}-{command}" for command in range(EACH)],
            "notes": str(book),
            "arguments": arguments,
        }
        for n, book in enumerate(books)
    ]


def acknowledged(notes):
    """What the workers were told."""
    return [json.loads(line) for line in notes.read_text().splitlines()] if notes.exists() else []


@pytest.mark.django_db(transaction=True)
def test_every_acknowledged_command_is_there_once_after_postgresql_was_killed(cluster, tmp_path):
    urls = cluster.urls(DATABASE)
    with ExitStack() as stack, moved_to(urls):
        floor = a_floor()
        stock(floor.item, floor.a, WORKERS * EACH)
        connections.close_all()
        books = [tmp_path / f"notes-{n}" for n in range(WORKERS)]
        orders = load(floor, books)
        addresses = {"url": urls["DATABASE_URL"], "owner_url": urls["DATABASE_OWNER_URL"]}
        workers = [start(order, **addresses) for order in orders]
        deadline = time.monotonic() + 60
        while sum(len(acknowledged(book)) for book in books) < BEFORE_THE_CRASH:
            assert time.monotonic() < deadline
            assert all(worker.poll() is None for worker in workers)
            time.sleep(0.01)

        kill(cluster)
        told = [pair for book in books for pair in acknowledged(book)]
        stack.enter_context(Cluster.under(tmp_path / "var", DATABASE))  # starts it again: its log is replayed

        assert BEFORE_THE_CRASH <= len(told) < WORKERS * EACH
        with psycopg.connect(urls["DATABASE_OWNER_URL"]) as look:
            there: dict[str, int] = dict(
                look.execute("select key, id from ledger_stocktransaction where key like '%-%'").fetchall()
            )
        assert [(key, there.get(key)) for key, _ in told] == [tuple(pair) for pair in told]
        answers = {key: posting for worker in workers for key, posting in answer(worker).items()}

        assert len(answers) == WORKERS * EACH
        assert all(answers[key] == posting for key, posting in told)
        again = answer(start(orders[0] | {"notes": None}, **addresses))
        assert again == {key: answers[key] for key in again}
        with psycopg.connect(urls["DATABASE_OWNER_URL"]) as look:
            keys = look.execute("select key from ledger_stocktransaction where kind = 'move'").fetchall()
        assert set(Counter(keys).values()) == {1}
        assert len(keys) == WORKERS * EACH
        assert [str(violation) for violation in check_invariants()] == []
        assert StockBalance.objects.get(location=floor.b).on_hand == WORKERS * EACH


@pytest.mark.django_db(transaction=True)
def test_every_acknowledged_command_is_there_once_after_workers_were_killed(tmp_path):
    floor = a_floor()
    stock(floor.item, floor.a, WORKERS * EACH)
    books = [tmp_path / f"notes-{n}" for n in range(WORKERS)]
    orders = load(floor, books)
    workers = [start(order) for order in orders]
    deadline = time.monotonic() + 60
    while sum(len(acknowledged(book)) for book in books) < BEFORE_THE_CRASH:
        assert time.monotonic() < deadline
        time.sleep(0.01)

    for worker in workers:
        worker.kill()
        worker.communicate()
    told = {key: posting for book in books for key, posting in acknowledged(book)}
    answers: dict[str, int] = {}
    for worker in [start(order) for order in orders]:
        answers |= answer(worker)

    assert len(answers) == WORKERS * EACH
    assert told.items() <= answers.items()
    assert len(set(answers.values())) == WORKERS * EACH
    assert [str(violation) for violation in check_invariants()] == []
