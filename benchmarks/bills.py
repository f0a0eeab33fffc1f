"""assembly.explode, assembly.where_used: over 100,000 lines of bills in eight levels, against the bare recursion."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from statistics import quantiles
from time import perf_counter

from django.db import connection, transaction

from apps.accounts.models import User
from apps.catalog.models import BillLine, BillOfMaterials, Item
from apps.catalog.queries import bill_in_force, explosion_of, where_used
from apps.catalog.queries.bills import _DOWN, _UP, EVERY_KIND
from apps.catalog.states import BillState
from apps.core import clock
from benchmarks.ground import make_items, settle
from benchmarks.measure import Line

LEVELS = 8
PER_LEVEL = 2_500
LINES = 6
ROUNDS = 200
MOST_MS = 50.0
"""The 95th percentile."""
SINCE = date(2020, 1, 1)
NEAR = 12
"""A product's parts are its own: each takes from so many of the level below, beside its own place."""


def measure_explode(name: str) -> Line:
    """The 95th percentile in milliseconds of a top item's explosion over all its levels, with every total."""
    levels = _graph()
    chance = random.Random(2)  # noqa: S311 - the same questions in every run
    tops = chance.sample(levels[0], ROUNDS + 3)
    items, on = Item.objects.in_bulk(tops), clock.now().date()
    ours = _p95(lambda pk: explosion_of(bill_in_force(items[pk], on=on), quantity=Decimal(10), on=on), tops)
    bills = dict(BillOfMaterials.objects.filter(item__in=tops).values_list("item", "pk"))
    bare = _p95(lambda pk: _ask(_DOWN, {"bill": bills[pk], "on": on, "kinds": list(EVERY_KIND)}), tops)
    return Line(name=name, ours=ours, reference=bare, unit="ms", most=MOST_MS)


def measure_where_used(name: str) -> Line:
    """The 95th percentile in milliseconds of all that a part of the lowest level goes into."""
    levels = _graph()
    chance = random.Random(3)  # noqa: S311 - the same questions in every run
    parts = chance.sample(levels[-1], ROUNDS + 3)
    items, on = Item.objects.in_bulk(parts), clock.now().date()
    ours = _p95(lambda pk: where_used(items[pk], on=on), parts)
    bare = _p95(lambda pk: _ask(_UP, {"item": pk, "on": on}), parts)
    return Line(name=name, ours=ours, reference=bare, unit="ms", most=MOST_MS)


@transaction.atomic
def _graph() -> list[list[int]]:
    """Items by level; each of a level but the last is made of some of the next: 105,000 lines in all."""
    made = make_items((LEVELS) * PER_LEVEL)
    levels = [made[n * PER_LEVEL : (n + 1) * PER_LEVEL] for n in range(LEVELS)]
    drafter, other = (User.objects.get_or_create(username=name)[0] for name in ("drafter", "other"))
    chance = random.Random(1)  # noqa: S311 - the same bills in every run
    at = clock.now()
    bills = BillOfMaterials.objects.bulk_create(
        [
            BillOfMaterials(
                number=f"BM-{item}", created_at=at, item_id=item, version=1, valid_from=SINCE, drafted_by=drafter
            )
            for level in levels[:-1]
            for item in level
        ],
        batch_size=5_000,
    )
    lines = []
    for n, bill in enumerate(bills):
        below = levels[n // PER_LEVEL + 1]
        start = n % PER_LEVEL
        near = [below[(start + step) % PER_LEVEL] for step in range(NEAR)]
        lines += [
            BillLine(bill=bill, line=line, item_id=part, quantity=chance.randint(1, 4), scrap_percent=line % 3)
            for line, part in enumerate(chance.sample(near, LINES), start=1)
        ]
    BillLine.objects.bulk_create(lines, batch_size=5_000)
    BillOfMaterials.advance_all(bills, BillState.ACTIVE, activated_by=other, activated_at=at)
    transaction.on_commit(settle)
    return levels


def _p95(work: Callable[[int], object], keys: list[int]) -> float:
    taken = []
    for key in keys:
        start = perf_counter()
        work(key)
        taken.append((perf_counter() - start) * 1000)
    return quantiles(taken[3:], n=20)[-1]


def _ask(statement: str, given: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)  # type: ignore[arg-type]
        cursor.fetchall()
