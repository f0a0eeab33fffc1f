"""The long-running processes of a serving Stillage, started, watched and stopped as one."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from config.embedded.keeper import die_with_parent
from config.paths import CHECKOUT

STOP_WITHIN: Final = 30.0
READY_WITHIN: Final = 60.0
POLL: Final = 0.1
LAST_LINES: Final = 20


class ProcessEndedError(RuntimeError):
    """A process that should serve until told to stop has ended by itself."""


@dataclass(slots=True)
class Process:
    """One running process and where it writes."""

    name: str
    handle: "subprocess.Popen[bytes]"
    log: Path

    def last_words(self) -> str:
        """Return the end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-LAST_LINES:])


class ProcessGroup:
    """Processes that live and end together; leaving the context stops them all."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.processes: list[Process] = []

    def __enter__(self) -> Self:
        self.logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self, name: str, command: Sequence[str], *, pass_fds: Sequence[int] = ()) -> None:
        """Start a process in a session of its own, so that Ctrl-C reaches us alone."""
        log = self.logs / f"{name}.log"
        with log.open("wb") as output:
            handle = subprocess.Popen(
                command,
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                pass_fds=pass_fds,
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - we have no threads
            )
        self.processes.append(Process(name, handle, log))

    def wait_until(self, what: str, ready: Callable[[], bool]) -> None:
        """Wait for a condition, as long as every process lives."""
        deadline = time.monotonic() + READY_WITHIN
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise ProcessEndedError(f"{what} is not ready after {READY_WITHIN:.0f} seconds.")
            time.sleep(POLL)

    def check(self) -> None:
        """Raise if a process has ended."""
        for process in self.processes:
            code = process.handle.poll()
            if code is not None:
                raise ProcessEndedError(
                    f"{process.name} ended with exit code {code}. The end of {process.log}:\n{process.last_words()}"
                )

    def watch(self) -> None:
        """Stay until one ends by itself, or until we are interrupted."""
        while True:
            self.check()
            time.sleep(POLL * 5)

    def stop(self) -> None:
        """Ask all to end, newest first, and end by force what does not."""
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                process.handle.terminate()
        deadline = time.monotonic() + STOP_WITHIN
        for process in self.processes:
            try:
                process.handle.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.handle.pid, signal.SIGKILL)
                process.handle.wait()
        self.processes.clear()


def answers(url: str) -> bool:
    """Tell whether a URL answers with success."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - our own address
            return bool(response.status == 200)  # noqa: PLR2004 - OK
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def python(*arguments: str) -> list[str]:
    """Start a Python program of this environment."""
    return [sys.executable, *arguments]
