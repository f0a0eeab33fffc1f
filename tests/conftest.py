"""The database under the tests: one migrated template, a clone for each worker.

Tests connect as the application's role, as production does. After a test that commits
(transaction=True) the clone is made what it was: that role may not TRUNCATE, so there is no
flushing, and what migrations loaded is there again. See tests/databases.py and tests/original.py.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.test import TransactionTestCase

from config.embedded import Broker, EmbeddedError
from config.paths import VAR
from tests.databases import CloneSource, WorkerDatabase, clone_source

LONGEST = (
    "test_retail_day.py",
    "test_adventureworks.py",
    "test_northwind.py",
    "test_day_interrupted.py",
    "test_day.py",
)
"""They begin first: one that begins last is waited for by workers that have nothing left to do."""

_SOURCE = pytest.StashKey[CloneSource]()
_STACK = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Have the cluster and the template before any worker starts; workers are told where."""
    if hasattr(config, "workerinput"):
        config.stash[_SOURCE] = CloneSource.from_environment()
        return
    if config.option.collectonly or config.option.help or config.option.version:
        return
    stack = config.stash[_STACK] = ExitStack()
    try:
        source = config.stash[_SOURCE] = stack.enter_context(clone_source(VAR / "test"))
    except EmbeddedError as error:
        pytest.exit(f"stillage: {error}", returncode=1)
    source.to_environment()


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: about half of its time a test waits, for the database or a browser."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first, the rest as it was."""
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the cluster."""
    if _STACK in config.stash:
        config.stash[_STACK].close()


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker) -> Iterator[None]:
    """Give this worker its clone, and have it as it was after each test that commits."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    database = WorkerDatabase(request.config.stash[_SOURCE], worker)
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: database.renew())
        database.create()
        database.remember()
        for alias, settings in database.settings().items():
            for name, value in settings.items():
                patch.setitem(connections.settings[alias], name, value)
        yield
        connections.close_all()
        database.drop()


@pytest.fixture
def owner_connection(transactional_db: None, request: pytest.FixtureRequest) -> Iterator[psycopg.Connection]:
    """A connection as the role that owns the tables, on this test's database.

    It sees only what is committed, hence the transactional test.
    """
    settings = connections.settings["owner"]
    with psycopg.connect(
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        user=settings["USER"],
        password=settings["PASSWORD"] or None,
        dbname=settings["NAME"],
    ) as connection:
        yield connection


@pytest.fixture(scope="session")
def superuser_dsn(request: pytest.FixtureRequest, django_db_setup: None) -> str:
    """How to reach this worker's database past every right; only on the embedded server."""
    dsn = request.config.stash[_SOURCE].superuser_dsn
    if not dsn:
        pytest.skip("the database was given by DATABASE_URL, without a superuser")
    return psycopg.conninfo.make_conninfo(dsn, dbname=connections.settings["default"]["NAME"])


@pytest.fixture(scope="session")
def broker_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A broker's address; the broker is started by the first test that asks."""
    if given := os.environ.get("REDIS_URL"):
        yield given
        return
    with Broker.under(Path(VAR / "test"), "valkey") as broker:
        yield broker.url


@pytest.fixture(autouse=True)
def paper_dir(settings, tmp_path: Path) -> Path:
    """What a test prints is its own, and lies nowhere near real papers."""
    settings.PAPER_DIR = tmp_path / "paper"
    return tmp_path / "paper"


@pytest.fixture(autouse=True)
def anchor_file(settings, tmp_path: Path) -> Path:
    """The heads that a test anchors are its own."""
    settings.LEDGER_ANCHOR = tmp_path / "anchor.txt"
    return settings.LEDGER_ANCHOR
