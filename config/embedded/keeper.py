"""The process that holds one server for as long as somebody uses it.

Run as a script with nothing but the standard library, so that it starts in a moment. It goes to the
background holding `keeper.lock`, starts the server as its child, and waits until it can have
`users.lock` for itself: then nobody is left, by exit or by `kill -9`, and it stops the server.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

STOP_WITHIN: Final = 60
_PR_SET_PDEATHSIG: Final = 1


def main() -> int:
    """Hold the server described by the JSON in the first argument."""
    order: dict[str, Any] = json.loads(sys.argv[1])
    lock = os.open(order["keeper_lock"], os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return 0
    # The lock belongs to the open file, so it goes on in the child: whoever started us can wait for
    # our exit and then know that the server is being held.
    if os.fork():
        return 0
    os.setsid()
    return hold(order)


def hold(order: dict[str, Any]) -> int:
    """Run the server until nobody uses it or it ends by itself."""
    stop = signal.Signals(order["stop_signal"])
    drop: dict[str, Any] = {}
    if order["uid"] is not None:
        drop = {"user": order["uid"], "group": order["gid"], "extra_groups": ()}
    with Path(order["log"]).open("ab") as log:
        # The main thread starts the server and then waits for it: Linux sends the parent's death
        # signal when the *thread* that forked ends.
        server = subprocess.Popen(
            order["command"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=order["folder"],
            umask=0o077,
            preexec_fn=die_with_parent(stop),  # noqa: PLW1509 - no other thread exists yet
            **drop,
        )
    for received in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(received, lambda *_: server.send_signal(stop))
    threading.Thread(target=stop_when_unused, args=(order, server, stop), daemon=True).start()
    return server.wait()


def stop_when_unused(order: dict[str, Any], server: "subprocess.Popen[bytes]", stop: signal.Signals) -> None:
    """Wait for the last user to let go, then stop the server in order, and in the end by force."""
    users = os.open(order["users_lock"], os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(users, fcntl.LOCK_EX)
    server.send_signal(stop)
    threading.Event().wait(STOP_WITHIN)
    server.kill()


def die_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    """Have Linux stop the server when the keeper is killed; elsewhere the next start recovers."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def ask_kernel() -> None:
        if libc is not None:
            with contextlib.suppress(OSError):
                libc.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)

    return ask_kernel


if __name__ == "__main__":
    sys.exit(main())
