"""Remove the environment and all run state of this checkout, its databases included.

Usage: python scripts/clean.py
"""

import fcntl
import os
import shutil
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VAR = CHECKOUT / "var"
CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis")


def main() -> int:
    """Remove everything, unless one of the servers is in use."""
    homes = [VAR, *elsewhere()]
    for home in homes:
        for lock in home.rglob("locks/*.users"):
            if in_use(lock):
                sys.stderr.write(f"stillage: {lock.stem} is in use by a running command; stop it first.\n")
                return 1
    for folder in (*homes, CHECKOUT / ".venv", *(CHECKOUT / name for name in CACHES)):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def elsewhere() -> list[Path]:
    """Folders outside the checkout, where servers out of its reach noted that they live."""
    return [Path(note.read_text().rstrip("\n")) for note in VAR.rglob("elsewhere")]


def in_use(lock: Path) -> bool:
    """Tell whether somebody holds the lock."""
    handle = os.open(lock, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


if __name__ == "__main__":
    sys.exit(main())
