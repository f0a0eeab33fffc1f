"""A database of its own for every measure: migrated once a run, copied for each, dropped afterwards.

So that a measure meets the functions as they are now and the same rows every time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from config.embedded.roles import ensure_database
from config.preparation import prepare_database

EMPTY = "stillage_bench_empty"
COPY = "stillage_bench_copy"


@contextmanager
def migrated() -> Iterator[None]:
    """Have the empty database that copies are made of."""
    with _database(EMPTY) as urls:
        prepare_database(urls, quiet=True)
        yield


@contextmanager
def copied(name: str = COPY) -> Iterator[dict[str, str]]:
    """An environment with a copy of the empty database; effects stay in its outbox, for no worker is up."""
    with _database(name, template=EMPTY) as urls:
        yield {**os.environ, **urls, "CELERY_BROKER_URL": "memory://localhost"}


@contextmanager
def _database(name: str, *, template: str | None = None) -> Iterator[dict[str, str]]:
    application, owner = os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"]
    _drop(name)  # of a run that was killed
    ensure_database(owner, name, template=template, owner=_role(owner), application=_role(application))
    try:
        yield {
            "DATABASE_URL": make_conninfo(application, dbname=name),
            "DATABASE_OWNER_URL": make_conninfo(owner, dbname=name),
        }
    finally:
        _drop(name)


def _drop(name: str) -> None:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _role(url: str) -> str:
    return str(conninfo_to_dict(url)["user"])
