"""A day whose process is killed goes on when it is started again, and two days at once do not disturb each other."""

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack

import psycopg
import pytest
from psycopg import sql

from config.paths import CHECKOUT, VAR
from tests.databases import CloneSource, WorkerDatabase, make_url

MAY_DIFFER = ("accounts_signonfailure", "django_session")
"""No part of the day."""


class Playground:
    """A database of its own, on which the day is played by processes of their own."""

    def __init__(self, name):
        source = CloneSource.from_environment()
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self.database = WorkerDatabase(source, f"{name}_{worker}")
        self.url = make_url(source.application_dsn, self.database.name)
        self.owner_url = make_url(source.owner_dsn, self.database.name)
        self.papers = VAR / "paper" / self.database.name
        self.processes = []

    def __enter__(self):
        self.database.create()
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.kill()
            process.wait()
            process.stdout.close()
        self.database.drop()
        shutil.rmtree(self.papers, ignore_errors=True)

    def start(self):
        """The command, as a person would type it."""
        process = subprocess.Popen(
            [sys.executable, "manage.py", "play_day"],
            cwd=CHECKOUT,
            env={
                **os.environ,
                "DATABASE_URL": self.url,
                "DATABASE_OWNER_URL": self.owner_url,
                "REDIS_URL": "redis://none.invalid/0",
                "DJANGO_SETTINGS_MODULE": "config.settings.test",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.processes.append(process)
        return process

    def rows(self):
        """How many rows each table has, but for the history of edits: a new password is an edit of its own."""
        with psycopg.connect(self.owner_url) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            return {
                name: _count(connection, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
                for (name,) in tables
                if "historical" not in name and name not in MAY_DIFFER
            }

    def undelivered(self):
        """Effects that did not happen."""
        with psycopg.connect(self.owner_url) as connection:
            return _count(connection, "SELECT count(*) FROM journal_outboxmessage WHERE delivered_at IS NULL")


def _count(connection, query):
    (count,) = connection.execute(query).fetchone()
    return count


def read_until(process, words):
    """The lines up to the one with these words, as they are told."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return lines
    pytest.fail(f"{words!r} was never told:\n{''.join(lines)}")


def read_to_the_end(process):
    """All that is told from here, and the exit code."""
    told = process.stdout.read()
    return told, process.wait()


@pytest.fixture(scope="module")
def two_days(django_db_setup):
    """Two days that were played at the same time on two databases of one server, and what each told."""
    with ExitStack() as stack:
        sites = [stack.enter_context(Playground(name)) for name in ("day_one", "day_two")]
        playing = [site.start() for site in sites]
        yield [(site, *read_to_the_end(process)) for site, process in zip(sites, playing, strict=True)]


def test_two_days_at_once_do_not_disturb_each_other(two_days):
    (one, told_one, code_one), (two, told_two, code_two) = two_days

    assert (code_one, code_two) == (0, 0), told_one + told_two
    assert story_of(told_one) == story_of(told_two)
    assert one.rows() == two.rows()
    assert one.undelivered() == two.undelivered() == 0
    names = {path.name for path in one.papers.iterdir()}
    assert names == {path.name for path in two.papers.iterdir()}
    assert len(names) >= 50


def test_a_day_that_is_killed_goes_on_and_nothing_happens_twice(two_days):
    whole, told_whole, _ = two_days[0]
    with Playground("day_killed") as site:
        first = site.start()
        read_until(first, "08:30")
        told, code = read_to_the_end(site.start())
        assert code != 0
        assert "Somebody is playing" in told
        first.kill()
        first.wait()

        second = site.start()
        read_until(second, "It was interrupted")
        read_until(second, "11:30")
        second.kill()
        second.wait()
        told, code = read_to_the_end(site.start())

        assert code == 0, told
        assert "19:30" in told
        assert [line[:5] for line in story_of(told)] == [line[:5] for line in story_of(told_whole)]
        rows = site.rows()
        assert rows == whole.rows()
        assert rows["ledger_stockmove"] == 176
        assert site.undelivered() == 0

        told, code = read_to_the_end(site.start())

        assert (code, "played to its end" in told) == (0, True)
        assert site.rows() == rows


def story_of(told):
    """The lines with a time of day."""
    return [line for line in told.splitlines() if line[:2].isdigit() and line[2:3] == ":"]
