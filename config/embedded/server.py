"""Using one embedded server together with every other process of this checkout."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from config.embedded import keeper
from config.embedded.errors import EmbeddedError
from config.embedded.ground import Ground

START_WITHIN: Final = 60.0
STOP_WITHIN: Final = 60.0
RETRY_EXITS_FOR: Final = 15.0
POLL: Final = 0.02


class Server(ABC):
    """A context manager: inside it the server runs; the first user starts it, the last ends it."""

    stop_signal: signal.Signals

    def __init__(self, ground: Ground, name: str) -> None:
        self.ground = ground
        self.name = name
        self._users: int | None = None

    @abstractmethod
    def command(self) -> list[str]:
        """Say how the server is started, preparing its folders first."""

    @abstractmethod
    def answers(self) -> bool:
        """Tell whether the server takes requests."""

    @property
    def folder(self) -> Path:
        """The server's own folder, made when missing."""
        return self.ground.private_folder(self.name)

    @property
    def log(self) -> Path:
        """What the server printed."""
        return self.ground.home / f"{self.name}.log"

    def __enter__(self) -> Self:
        # Blocks while a keeper is stopping the server, so that no one joins a server on its way out.
        self._users = self._open("users")
        fcntl.flock(self._users, fcntl.LOCK_SH)
        try:
            self._ensure_running()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def _ensure_running(self) -> None:
        starting = self._open("start")
        try:
            fcntl.flock(starting, fcntl.LOCK_EX)  # one starter at a time
            give_up = time.monotonic() + RETRY_EXITS_FOR
            while not self._start():
                if time.monotonic() > give_up:
                    raise EmbeddedError(f"{self.name} does not start. {self._last_words()}")
                time.sleep(POLL * 10)
        finally:
            os.close(starting)

    def _start(self) -> bool:
        """Start the server unless it runs; false if it ended at once, which may be worth a retry.

        After a `kill -9` the dead server's children may still be going, and PostgreSQL refuses to
        start beside them.
        """
        if not self._is_held():
            order = self._order()
            subprocess.run(
                [sys.executable, "-I", keeper.__file__, json.dumps(order)],
                check=True,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        deadline = time.monotonic() + START_WITHIN
        while not self.answers():
            if not self._is_held():
                return False
            if time.monotonic() > deadline:
                raise EmbeddedError(f"{self.name} does not answer. {self._last_words()}")
            time.sleep(POLL)
        return True

    def _order(self) -> dict[str, object]:
        account = self.ground.account
        locks = self.ground.locks()
        return {
            "command": self.command(),
            "folder": str(self.folder),
            "log": str(self.log),
            "keeper_lock": str(locks / f"{self.name}.keeper"),
            "users_lock": str(locks / f"{self.name}.users"),
            "stop_signal": int(self.stop_signal),
            "uid": account.uid if account else None,
            "gid": account.gid if account else None,
        }

    def _leave(self) -> None:
        """Let go; the last user waits until the server has stopped, others leave at once."""
        if self._users is None:
            return
        os.close(self._users)
        self._users = None
        if self._is_used_by_others():
            return
        deadline = time.monotonic() + STOP_WITHIN
        while self._is_held() and time.monotonic() < deadline:
            time.sleep(POLL)

    def _is_used_by_others(self) -> bool:
        """Tell shared holders (users) from the one exclusive holder (the keeper, stopping)."""
        return not self._may_have("users", fcntl.LOCK_EX) and self._may_have("users", fcntl.LOCK_SH)

    def _is_held(self) -> bool:
        return not self._may_have("keeper", fcntl.LOCK_EX)

    def _may_have(self, lock: str, kind: int) -> bool:
        probe = self._open(lock)
        try:
            fcntl.flock(probe, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(probe)
        return True

    def _open(self, lock: str) -> int:
        return os.open(self.ground.locks() / f"{self.name}.{lock}", os.O_RDWR | os.O_CREAT, 0o600)

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            lines = self.log.read_text(errors="replace").splitlines()[-5:]
            return f"The end of {self.log}:\n" + "\n".join(lines)
        return f"It left no log at {self.log}."
