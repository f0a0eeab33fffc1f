"""Usage: python -m benchmarks [name ...], where `a` means all whose name begins with `a.`."""

from __future__ import annotations

import sys

import django


def main(wanted: list[str]) -> int:
    """Run what is asked for and print a line each."""
    django.setup()
    from benchmarks.registry import MEASURES  # noqa: PLC0415 - its modules import models

    chosen = [
        (name, measure)
        for name, measure in MEASURES.items()
        if not wanted or any(name == each or name.startswith(f"{each}.") for each in wanted)
    ]
    if not chosen:
        sys.stderr.write(f"No measure is called {' '.join(wanted)}; there are {', '.join(MEASURES)}.\n")
        return 1
    for name, measure in chosen:
        line = measure(name)
        print(line if line is not None else f"BENCH {name} not measured: its data is not here", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
