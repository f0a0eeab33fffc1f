"""Write requirements/*.txt from requirements/*.in: every version and hash, and no registry.

Usage: python scripts/lock.py [package ...]     names packages to upgrade; `--upgrade` upgrades all

One lock serves Python 3.11 and later on every platform, by markers. It needs the network, and keeps
its tool in var/ so that nobody else needs it.
"""

import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
TOOLS = CHECKOUT / "var" / "lock-tools"
UV = TOOLS / "bin" / "uv"
LEVELS = ("base", "dev")


def main(upgrades: list[str]) -> None:
    """Lock the run-time set, then the development set on the same versions."""
    if not UV.exists():
        subprocess.run([sys.executable, "-m", "venv", TOOLS], check=True)
        subprocess.run([TOOLS / "bin" / "python", "-m", "pip", "install", "-q", "uv"], check=True)
    for level in LEVELS:
        constrained = ["--constraints", "base.txt"] if level != "base" else []
        subprocess.run(
            [
                *(UV, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
                *("--generate-hashes", "--no-annotate", "--no-header"),
                *("--no-emit-index-url", "--no-emit-find-links"),
                *constrained,
                *(option for name in upgrades for option in upgrade(name)),
                *(f"{level}.in", "--output-file", f"{level}.txt"),
            ],
            cwd=CHECKOUT / "requirements",
            check=True,
        )


def upgrade(name: str) -> list[str]:
    """Turn a package name, or --upgrade, into the tool's option."""
    return [name] if name.startswith("-") else ["--upgrade-package", name]


if __name__ == "__main__":
    main(sys.argv[1:])
