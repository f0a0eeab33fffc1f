"""Usage: python -m benchmarks [name ...], where `a` means all whose name begins with `a.`."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack

import django

from config.memory import keep_what_is_loaded
from config.paths import CHECKOUT

HERE = "--here"
"""In this process, on this database: how a measure is run on the copy that is made for it."""
BUILD = "--build"
"""The ground that several measures share."""


def main(wanted: list[str]) -> int:
    """Run what is asked for and print a line each; 1 when there is no such measure or one broke down."""
    django.setup()
    from benchmarks.registry import MEASURES  # noqa: PLC0415 - its modules import models

    if wanted[:1] == [BUILD]:
        from benchmarks.history import build  # noqa: PLC0415 - it imports models

        build(wanted[1])
        return 0
    if wanted[:1] == [HERE]:
        (name,) = wanted[1:]
        keep_what_is_loaded()  # as the server does
        lines = MEASURES[name](name)
        if lines is None:
            print(f"BENCH {name} not measured: its data is not here", flush=True)
            return 0
        for line in lines if isinstance(lines, list) else [lines]:
            print(line, flush=True)
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
    from benchmarks.posting import SHORT  # noqa: PLC0415
    from benchmarks.registry import GROUNDS  # noqa: PLC0415

    broken = 0
    with migrated(), ExitStack() as built:
        grounds: dict[str, dict[str, str]] = {}
        for name in names:
            for each in GROUNDS.get(name, ()):
                if each not in grounds:
                    grounds[each] = built.enter_context(copied(f"stillage_bench_{each}"))
                    if _process(grounds[each], BUILD, each):
                        return 1
            if name in GROUNDS:
                others = {SHORT: grounds["short"]["DATABASE_URL"]} if "short" in grounds else {}
                broken += _process(grounds[GROUNDS[name][0]] | others, HERE, name)
                continue
            with copied() as environment:
                broken += _process(environment, HERE, name)
    return 1 if broken else 0


def _process(environment: dict[str, str], *what: str) -> bool:
    """Whether it broke down."""
    command = [sys.executable, "-m", "benchmarks", *what]
    return bool(subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
