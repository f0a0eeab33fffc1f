"""Usage: python -m benchmarks [name ...], where `a` means all whose name begins with `a.`."""

from __future__ import annotations

import subprocess
import sys

import django

from config.paths import CHECKOUT

HERE = "--here"
"""In this process, on this database: how a measure is run on the copy that is made for it."""


def main(wanted: list[str]) -> int:
    """Run what is asked for and print a line each; 1 when there is no such measure or one broke down."""
    django.setup()
    from benchmarks.registry import MEASURES  # noqa: PLC0415 - its modules import models

    if wanted[:1] == [HERE]:
        (name,) = wanted[1:]
        line = MEASURES[name](name)
        print(line if line is not None else f"BENCH {name} not measured: its data is not here", flush=True)
        return 0
    chosen = [
        name for name in MEASURES if not wanted or any(name == each or name.startswith(f"{each}.") for each in wanted)
    ]
    if not chosen:
        sys.stderr.write(f"No measure is called {' '.join(wanted)}; there are {', '.join(MEASURES)}.\n")
        return 1
    return _run(chosen)


def _run(names: list[str]) -> int:
    from benchmarks.fresh import copied, migrated  # noqa: PLC0415 - only where databases are made

    broken = 0
    with migrated():
        for name in names:
            with copied() as environment:
                command = [sys.executable, "-m", "benchmarks", HERE, name]
                broken += bool(subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
