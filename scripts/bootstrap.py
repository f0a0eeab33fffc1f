"""Have .venv hold exactly what the lock says; the standard library alone, since nothing is there yet.

Usage: python scripts/bootstrap.py base|dev

Fast when nothing changed, one at a time in a checkout, and able to start over after `kill -9`: the
mark that says "complete" is taken away before anything is touched and written when all is done.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
MARK = VENV / "stillage-complete"
LOCKS = CHECKOUT / "requirements"
LEVELS = ("base", "dev")
OLDEST_PYTHON = (3, 11)


def main(level: str) -> int:
    """Make or mend the environment, unless it is complete at this level already."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        return fail("Python 3.11 or later is needed. Name one: make PYTHON=python3.12 ...")
    with alone():
        made, locked, installed = read_mark()
        if (made, locked) == (maker(), lock_state()) and LEVELS.index(level) <= LEVELS.index(installed):
            return 0
        # What was asked for before stays: `make demo` after `make test` keeps the test tools.
        level = max(level, installed or level, key=LEVELS.index)
        MARK.unlink(missing_ok=True)
        # Another lock is installed over the old one: whoever works in the environment can go on.
        if made != maker():
            if VENV.exists():
                shutil.rmtree(VENV)
            if not has_venv():
                return 1
            say("Making .venv")
            subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        say(f"Installing the locked dependencies ({level})")
        lock = LOCKS / f"{level}.txt"
        done = subprocess.run(
            [
                *(PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check"),
                *("--no-input", "--require-hashes", "--requirement", lock),
            ],
            check=False,
        )
        if done.returncode:
            return fail(
                "The dependencies could not be installed; pip says why above. "
                "Is PyPI, or the index that your pip is set to, reachable?"
            )
        MARK.write_text(f"{maker()} {lock_state()} {level}\n")
    return 0


@contextmanager
def alone() -> Iterator[None]:
    """Let one set-up run at a time; the kernel lets go for a killed one."""
    var = CHECKOUT / "var"
    try:
        var.mkdir(exist_ok=True)
        lock = os.open(var / "setup.lock", os.O_RDWR | os.O_CREAT, 0o644)
    except PermissionError:
        sys.exit(fail("This checkout belongs to another user: use one of your own."))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def maker() -> str:
    """Name the Python and the place: an environment that was moved points to where it was made."""
    return hashlib.sha256(f"{sys.version_info[:2]} {VENV}".encode(errors="surrogateescape")).hexdigest()


def lock_state() -> str:
    """Name what should be installed."""
    return hashlib.sha256(b"".join((LOCKS / f"{level}.txt").read_bytes() for level in LEVELS)).hexdigest()


def read_mark() -> tuple[str, str, str]:
    """Read maker, lock and level of what is installed, all empty when that is incomplete."""
    try:
        made, locked, level = MARK.read_text().split()
    except (OSError, ValueError):
        return "", "", ""
    return (made, locked, level) if works() else ("", "", "")


def works() -> bool:
    """Tell whether the environment's Python still runs; the one it was made from may be gone."""
    try:
        return subprocess.run([PYTHON, "-c", ""], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def has_venv() -> bool:
    """Tell whether this Python can make environments; Debian ships that part separately."""
    try:
        import ensurepip  # noqa: F401, PLC0415 - the question is whether this works
        import venv  # noqa: F401, PLC0415
    except ImportError:
        version = ".".join(map(str, sys.version_info[:2]))
        fail(
            f"This Python ({sys.executable}) has no venv. On Debian and Ubuntu install it with "
            f"'apt install python{version}-venv' (or 'python3-venv'), or name another Python: "
            "make PYTHON=..."
        )
        return False
    return True


def say(line: str) -> None:
    """Tell what is being done."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def fail(line: str) -> int:
    """Say what to do about it."""
    sys.stderr.write(f"stillage: {line}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
