"""Every measure by its name."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.allocation import measure_allocate
from benchmarks.catalog import measure_import
from benchmarks.company import measure_day, measure_northwind, measure_retail_day
from benchmarks.desk import measure_home
from benchmarks.ledger import measure_post
from benchmarks.measure import Line

MEASURES: dict[str, Callable[[str], Line | None]] = {
    "a.post": measure_post,
    "a.allocate": measure_allocate,
    "a.import": measure_import,
    "a.day": measure_day,
    "a.northwind": measure_northwind,
    "a2.retail_day": measure_retail_day,
    "desk.home": measure_home,
}
