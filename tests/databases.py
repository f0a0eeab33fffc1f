"""Cloning: the template is migrated once for each state of the migrations, and then copied for each worker."""

import contextlib
import dataclasses
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self

import psycopg
from django.db import connections
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from config.embedded import Cluster
from config.embedded.environment import database_is_given
from config.embedded.roles import APPLICATION, OWNER, ensure_database
from config.paths import CHECKOUT
from config.preparation import prepare_database
from config.settings.databases import application_database, owner_database
from tests.original import Original

TEMPLATE_PREFIX = "stillage_template_"
CLONE_PREFIX = "stillage_test_"
TEMPLATES_KEPT = 3
DROP_WITHIN = 10.0
_VARIABLE = "STILLAGE_TEST_SOURCE_"
# What the template's content depends on.
_INGREDIENTS = (
    "apps/*/migrations/*.py",
    "apps/**/*.sql",
    "apps/*/management/commands/ensure_reference_data.py",
    "fixtures/**/*",
    "config/embedded/roles.py",
    "config/preparation.py",
    "requirements/base.txt",
)


@dataclasses.dataclass(frozen=True)
class CloneSource:
    """Where clones are made, from what, and who uses them."""

    admin_dsn: str
    """Who may create databases: the superuser, or the owner on a server that was given."""
    superuser_dsn: str
    application_dsn: str
    owner_dsn: str
    template: str
    session: str

    @property
    def application(self) -> str:
        """The application's role."""
        return str(conninfo_to_dict(self.application_dsn)["user"])

    @property
    def owner(self) -> str:
        """The role that owns the tables."""
        return str(conninfo_to_dict(self.owner_dsn)["user"])

    def to_environment(self) -> None:
        """Leave word for the workers, which inherit the environment."""
        for name, value in dataclasses.asdict(self).items():
            os.environ[_VARIABLE + name.upper()] = value

    @classmethod
    def from_environment(cls) -> Self:
        """Read what the controller left."""
        return cls(**{field.name: os.environ[_VARIABLE + field.name.upper()] for field in dataclasses.fields(cls)})


@contextmanager
def clone_source(var: Path) -> Iterator[CloneSource]:
    """Have a server and an up-to-date template for the time of a test session."""
    with ExitStack() as stack:
        template = TEMPLATE_PREFIX + _fingerprint()
        if database_is_given():
            application, owner = os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"]
            admin, superuser = owner, ""
        else:
            cluster = stack.enter_context(Cluster.under(var, durable=False))
            admin = superuser = cluster.superuser_dsn
            application = make_conninfo(admin, user=APPLICATION)
            owner = make_conninfo(admin, user=OWNER)
        source = CloneSource(admin, superuser, application, owner, template, str(os.getpid()))
        _drop_leftovers(source)
        _ensure_template(source)
        yield source


class WorkerDatabase:
    """The clone that one worker's tests run on."""

    def __init__(self, source: CloneSource, worker: str) -> None:
        self.source = source
        self.name = f"{CLONE_PREFIX}{source.session}_{worker}"
        self.original: Original | None = None

    def settings(self) -> dict[str, dict[str, Any]]:
        """Both database aliases, pointed at the clone."""
        return {
            "default": application_database(make_conninfo(self.source.application_dsn, dbname=self.name)),
            "owner": owner_database(make_conninfo(self.source.owner_dsn, dbname=self.name)),
        }

    def create(self) -> None:
        """Copy the template."""
        ensure_database(
            self.source.admin_dsn,
            self.name,
            template=self.source.template,
            owner=self.source.owner,
            application=self.source.application,
        )

    def drop(self) -> None:
        """Remove the clone and whoever is still connected."""
        _drop(self.source, self.name)

    def superuser_dsn(self) -> str:
        """How to reach the clone past every right; empty on a server that was given."""
        return make_conninfo(self.source.superuser_dsn, dbname=self.name) if self.source.superuser_dsn else ""

    def remember(self) -> None:
        """Keep what the fresh clone has, so that it can be put back."""
        dsn = self.superuser_dsn()
        self.original = Original.of(dsn) if dsn else None

    def renew(self) -> None:
        """Have a clone as it was before a test has committed to it: the same one, or another."""
        connections.close_all()
        if self.original is None or not self.original.put_back(self.superuser_dsn()):
            self.drop()
            self.create()
            self.remember()


@contextmanager
def moved_to(urls):
    """The test's own connections lead to another database for a while."""
    given = {alias: dict(connections.settings[alias]) for alias in ("default", "owner")}
    connections.close_all()
    connections.settings["default"].update(application_database(urls["DATABASE_URL"]))
    connections.settings["owner"].update(owner_database(urls["DATABASE_OWNER_URL"]))
    try:
        yield
    finally:
        connections.close_all()
        for alias, settings in given.items():
            connections.settings[alias].clear()
            connections.settings[alias].update(settings)


def _ensure_template(source: CloneSource) -> None:
    """Migrate into a database with a working title, and give it its name when it is complete."""
    with psycopg.connect(source.admin_dsn, autocommit=True) as connection:
        # Another session in this checkout may be at it: one builds, the rest wait and find it.
        connection.execute("SELECT pg_advisory_lock(hashtext('stillage template'))")
        if _databases(connection, source.template):
            return
        unfinished = f"{TEMPLATE_PREFIX}unfinished"
        _drop(source, unfinished)
        ensure_database(source.admin_dsn, unfinished, owner=source.owner, application=source.application)
        urls = {
            "DATABASE_URL": make_url(source.application_dsn, unfinished),
            "DATABASE_OWNER_URL": make_url(source.owner_dsn, unfinished),
            "REDIS_URL": os.environ.get("REDIS_URL", "redis://none.invalid/0"),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        prepare_database(urls, quiet=True)
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(unfinished), sql.Identifier(source.template)
            )
        )


def make_url(dsn: str, database: str) -> str:
    """Write a connection string as the URL that settings read; libpq takes either form."""
    return make_conninfo(dsn, dbname=database)


def _drop_leftovers(source: CloneSource) -> None:
    """Remove clones of sessions that were killed, and templates that are long out of date."""
    with psycopg.connect(source.admin_dsn, autocommit=True) as connection:
        for name in _databases(connection, CLONE_PREFIX + "%"):
            session = name.removeprefix(CLONE_PREFIX).split("_", 1)[0]
            if not _lives(session):
                _drop(source, name)
        old = [name for name in _databases(connection, TEMPLATE_PREFIX + "%") if name != source.template]
        for name in old[:-TEMPLATES_KEPT]:
            with contextlib.suppress(psycopg.errors.ObjectInUse):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _databases(connection: psycopg.Connection, pattern: str) -> list[str]:
    """Names that match, oldest first."""
    rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid", [pattern])
    return [name for (name,) in rows]


def _drop(source: CloneSource, name: str) -> None:
    """Drop a database; without a superuser, wait for its last connections to go by themselves."""
    force = sql.SQL("WITH (FORCE)" if source.superuser_dsn else "")
    statement = sql.SQL("DROP DATABASE IF EXISTS {} {}").format(sql.Identifier(name), force)
    deadline = time.monotonic() + DROP_WITHIN
    with psycopg.connect(source.admin_dsn, autocommit=True) as connection:
        while True:
            try:
                connection.execute(statement)
            except psycopg.errors.ObjectInUse:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                return


def _lives(session: str) -> bool:
    try:
        os.kill(int(session), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in _INGREDIENTS:
        for path in sorted(CHECKOUT.glob(pattern)):
            if path.is_file():
                digest.update(str(path.relative_to(CHECKOUT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
