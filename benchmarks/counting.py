"""counting.plan: a day's counts are chosen among 50,000 bins and opened."""

from __future__ import annotations

from datetime import date, timedelta
from time import perf_counter

from django.db import transaction

from apps.core import clock
from apps.counting.models import CountPlan, CountProgram
from apps.counting.operations import plan_counts
from apps.counting.states import ProgramKind
from benchmarks.ground import ground, make_items, receive, settle
from benchmarks.measure import Line

BINS = 50_000
ITEMS = 1_000
MINUTES = 2_000
"""Of work on a day: a thousand bins with one record each."""
FIRST = date(2027, 3, 1)
DAYS = 3


def measure_plan(name: str) -> Line:
    """Seconds of the slowest of a few days, each with a thousand counts opened; all bins are full and due."""
    floor = ground(BINS)
    items = make_items(ITEMS)
    receive(floor, [(items[n % ITEMS], place, None) for n, place in enumerate(floor.bins)])
    CountPlan.objects.create(warehouse=floor.warehouse, minutes_a_day=MINUTES * DAYS)
    for code, kind, more in (
        ("ALL", ProgramKind.CLASS, {}),
        ("RISK", ProgramKind.RISK, {"threshold": 30}),
        ("DICE", ProgramKind.RANDOM, {"sample_size": 100, "seed": "bench"}),
    ):
        CountProgram.objects.create(warehouse=floor.warehouse, code=code, kind=kind, **more)
    settle()
    times = []
    for day in range(DAYS):
        CountPlan.objects.update(minutes_a_day=MINUTES * (day + 1))  # what waits from before takes its part
        start = perf_counter()
        with transaction.atomic():
            planned = plan_counts(
                warehouse_id=floor.warehouse.pk, by=floor.by, at=clock.now(), on=FIRST + timedelta(days=day)
            )
        times.append(perf_counter() - start)
        opened = planned.counts.count()
        if opened < MINUTES // 2:
            message = f"{opened} counts are fewer than fit into the day"
            raise AssertionError(message)
    return Line(name=name, ours=max(times), unit="s", most=5)
