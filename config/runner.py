"""What `make demo`, `demo-day`, `run`, `check`, `bench` and `pictures` do once the environment stands.

Usage: python -m config.runner demo | demo-day | run | check | pictures | bench [name ...]
"""

import argparse
import os
import secrets
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Never

import psycopg
from celery import Celery

from config.embedded import DATABASE, EmbeddedError, provided_services
from config.embedded.environment import database_is_given
from config.paths import ANCHORS, CHECKOUT, VAR
from config.preparation import StepFailedError, manage, prepare_database
from config.processes import ProcessEndedError, ProcessGroup, answers, python

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOST: Final = "127.0.0.1"
FIRST_PORT: Final = 8000
PORTS: Final = 100
DEMO_DATABASE: Final = "stillage_demo"
DAY_DATABASE: Final = "stillage_demo_day"
BENCH_DATABASE: Final = "stillage_bench"
PICTURES_DATABASE: Final = "stillage_pictures"
# What an installation would set; the checks look at the rest.
PRODUCTION_LIKE: Final = {
    "DJANGO_SETTINGS_MODULE": "config.settings.prod",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "stillage.example",
    "REDIS_URL": "redis://broker.example/0",
}


def demo() -> int:
    """Play a working day on a fresh company, then serve it until Ctrl-C."""
    with _database(DEMO_DATABASE, fresh=True):
        manage("play_day")
        return _serve()


def demo_day() -> int:
    """Play the day on a fresh database; the exit code says whether it ended as it must."""
    with _database(DAY_DATABASE, fresh=True):
        manage("play_day")
    return 0


def run() -> int:
    """Serve this checkout's own database, as it was left."""
    with _database(DATABASE, fresh=False):
        return _serve()


def bench(names: list[str]) -> int:
    """Measure: one BENCH line each."""
    with _database(BENCH_DATABASE, fresh=False):
        measured = subprocess.run(python("-m", "benchmarks", *names), cwd=CHECKOUT, check=False)
        return measured.returncode


def pictures() -> int:
    """Photograph the demo day for the documents."""
    with _database(PICTURES_DATABASE, fresh=True):
        manage("collectstatic", "--no-input", "--verbosity", "0", quiet=True)
        taken = subprocess.run(python("-m", "pictures", str(CHECKOUT / "docs" / "images")), cwd=CHECKOUT, check=False)
        return taken.returncode


def check() -> int:
    """Ask Django: are the models migrated, is the site sound, would it be safe in production."""
    with provided_services(broker=False):
        manage("makemigrations", "--check", "--dry-run")
        manage("check", "--fail-level", "WARNING")
        # The database too: the role that would serve must not be able to write stock by itself.
        deploy = ("--deploy", "--database", "default", "--fail-level", "WARNING")
        manage("check", *deploy, environment=PRODUCTION_LIKE)
    return 0


class _database:  # noqa: N801 - reads as a step of the functions above
    """Servers, and on them a database that is ready for the application."""

    def __init__(self, name: str, *, fresh: bool) -> None:
        self.name = name
        self.fresh = fresh
        if fresh and database_is_given():
            _refuse_to_overwrite(os.environ["DATABASE_OWNER_URL"])
        self.services = provided_services(database=name, fresh=fresh)

    def __enter__(self) -> None:
        self.services.__enter__()
        if self.fresh:
            # The heads of a ledger that is no more.
            (ANCHORS / f"{self.name}.txt").unlink(missing_ok=True)
        try:
            _say("Preparing the database")
            prepare_database(os.environ, quiet=True)
        except BaseException:
            self.services.__exit__(*sys.exc_info())
            raise

    def __exit__(self, *error: object) -> None:
        self.services.__exit__(*error)  # type: ignore[arg-type]


def _refuse_to_overwrite(owner_url: str) -> None:
    """Insist that a given database is empty: the demo starts afresh, and never on your data."""
    with psycopg.connect(owner_url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if tables and tables[0]:
        raise EmbeddedError(
            "DATABASE_URL names a database that has tables, and the demo needs an empty one. "
            "Give it an empty database, or unset DATABASE_URL and DATABASE_OWNER_URL."
        )


def _serve() -> int:
    """Run web, worker and beat until interrupted."""
    _say("Collecting static files")
    manage("collectstatic", "--no-input", "--verbosity", "0", quiet=True)
    with _listen() as listener, ProcessGroup(VAR / "log") as group:
        address = f"http://{HOST}:{listener.getsockname()[1]}"
        descriptor = listener.fileno()
        group.start(
            "web",
            python(
                *("-m", "gunicorn", "config.wsgi:application"),
                *("--bind", f"fd://{descriptor}"),
                *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
                *("--access-logfile", "-", "--no-control-socket"),
            ),
            pass_fds=[descriptor],
        )
        group.start(
            "worker",
            python(
                *("-m", "celery", "--app", "config", "worker", "--concurrency", "2"),
                *("--loglevel", "INFO", "--without-gossip", "--without-mingle"),
            ),
        )
        group.start(
            "beat",
            python(
                *("-m", "celery", "--app", "config", "beat", "--loglevel", "INFO"),
                *("--pidfile", ""),
            ),
        )
        group.wait_until("The web server", lambda: answers(f"{address}/readyz"))
        group.wait_until("The worker", _worker_answers)
        admin = os.environ.get("ADMIN_PATH", "admin").strip("/")
        _say(f"Stillage is at {address}/{admin}/   API: {address}/api/docs/")
        _say(f"Logs: {VAR / 'log'}   Stop with Ctrl-C")
        with _interrupts_for_us_alone():
            try:
                group.watch()
            except KeyboardInterrupt:
                _say("Stopping")
    return 0


@contextmanager
def _interrupts_for_us_alone() -> "Iterator[None]":
    """Take the terminal from make while serving: it would call a Ctrl-C its own failure.

    A process group of our own in the foreground is what the terminal sends Ctrl-C to.
    """
    terminal = sys.stdin.fileno() if sys.stdin and sys.stdin.isatty() else None
    former = os.getpgrp()
    if terminal is None or os.tcgetpgrp(terminal) != former or former == os.getpid():
        yield
        return
    for stop in (signal.SIGTTOU, signal.SIGTSTP):  # nobody above would notice that we stopped
        signal.signal(stop, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpgrp())
    try:
        yield
    finally:
        os.tcsetpgrp(terminal, former)


def _worker_answers() -> bool:
    from django.conf import settings  # noqa: PLC0415 - reads the environment, which stands only now

    with Celery(broker=settings.CELERY_BROKER_URL) as app:
        return bool(app.control.ping(timeout=0.5))


def _listen() -> socket.socket:
    """Take the first free port and keep it: whoever asks first has it, also among checkouts."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen(128)
        except OSError:
            listener.close()
            continue
        return listener
    raise EmbeddedError(f"No port from {FIRST_PORT} to {FIRST_PORT + PORTS - 1} is free.")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _interrupt(*_: object) -> Never:
    raise KeyboardInterrupt


def main() -> int:
    """Read the command line and leave with the command's exit code."""
    commands: dict[str, Callable[[], int]] = {
        "demo": demo,
        "demo-day": demo_day,
        "run": run,
        "check": check,
        "pictures": pictures,
    }
    parser = argparse.ArgumentParser(prog="python -m config.runner")
    parser.add_argument("command", choices=[*commands, "bench"])
    parser.add_argument("names", nargs="*", help="which benchmarks; all without a name")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    # Also where the shell started us in the background, with interrupts ignored.
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        if arguments.command == "bench":
            return bench(arguments.names)
        return commands[arguments.command]()
    except KeyboardInterrupt:
        return 130
    except StepFailedError as error:
        sys.stderr.write(f"stillage: {error}\n")
        return error.code
    except (EmbeddedError, ProcessEndedError) as error:
        sys.stderr.write(f"stillage: {error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
