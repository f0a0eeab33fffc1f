"""Every measure by its name."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.ledger import measure_post
from benchmarks.measure import Line

MEASURES: dict[str, Callable[[str], Line | None]] = {
    "a.post": measure_post,
}
