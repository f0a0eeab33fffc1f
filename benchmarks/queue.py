"""outbound.next_task: eight workers at once ask for their next task among twenty thousand that are ready."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from multiprocessing import get_context
from time import perf_counter

import django

from benchmarks.measure import Line, p95

TASKS = 20_000
BINS = 2_000
WORKERS = 8
EACH = 60
MOST_MS = 50.0


def measure_next_task(name: str) -> Line:
    """Milliseconds of a claim, the 95th percentile of all workers'; a task that two of them got ends the measure.

    Each is a process with a connection of its own, as web workers are; after each claim it confirms the task, so the
    next is near to where that ended.
    """
    _build()
    with get_context("spawn").Pool(WORKERS, django.setup) as pool:
        pool.map(_work, [(n, 5) for n in range(WORKERS)], chunksize=1)  # warms up
        answers = pool.map(_work, [(n, EACH) for n in range(WORKERS)], chunksize=1)
    claimed = [task for tasks, _ in answers for task in tasks]
    if len(claimed) != WORKERS * EACH or len(set(claimed)) != len(claimed):
        message = f"{len(claimed)} claims of {len(set(claimed))} tasks"
        raise AssertionError(message)
    taken = [milliseconds for _, times in answers for milliseconds in times]
    return Line(name=name, ours=p95(taken), unit="ms", most=MOST_MS)


def _build() -> None:
    from apps.accounts.models import User  # noqa: PLC0415 - this module is read before the set-up by the workers
    from apps.core import clock  # noqa: PLC0415
    from apps.locations.models import Location, WarehouseAccess  # noqa: PLC0415
    from apps.tasks.operations import NewTask, make_tasks  # noqa: PLC0415
    from apps.tasks.states import TaskKind  # noqa: PLC0415
    from benchmarks.ground import ground, make_items, settle  # noqa: PLC0415

    floor, items = ground(bins=BINS), make_items(100)
    walks = dict(Location.objects.filter(pk__in=floor.bins).values_list("pk", "pick_sequence"))
    workers = User.objects.bulk_create(User(username=f"worker-{n}") for n in range(WORKERS))
    WarehouseAccess.objects.bulk_create(WarehouseAccess(user=user, warehouse=floor.warehouse) for user in workers)
    kinds = (TaskKind.PICK, TaskKind.PICK, TaskKind.PUTAWAY, TaskKind.REPLENISH)
    make_tasks(
        [
            NewTask(
                kind=kinds[n % len(kinds)],
                document=f"W-{n // 50}",
                item_id=items[n % len(items)],
                quantity=Decimal(1),
                source_id=(place := floor.bins[n * 7919 % BINS]),
                target_id=floor.bins[n * 104729 % BINS],
                sequence=walks[place],
                priority=50 + n % 3,
            )
            for n in range(TASKS)
        ],
        warehouse_id=floor.warehouse.pk,
        at=clock.now(),
    )
    settle()


def _work(given: tuple[int, int]) -> tuple[list[int], list[float]]:
    """Claim and confirm so many tasks as one worker: the tasks, and the milliseconds of each claim."""
    from django.db import transaction  # noqa: PLC0415 - after the set-up

    from apps.accounts.models import User  # noqa: PLC0415
    from apps.core import clock  # noqa: PLC0415
    from apps.journal.actor import Actor  # noqa: PLC0415
    from apps.tasks.operations import claim_next_task, complete_task  # noqa: PLC0415

    number, times = given
    by = Actor(user=User.objects.get(username=f"worker-{number}"))
    claimed: list[int] = []
    taken: list[float] = []
    for _ in range(times):
        at: datetime = clock.now()
        start = perf_counter()
        with transaction.atomic():
            task = claim_next_task(warehouse_code="BENCH", by=by, at=at)
        taken.append((perf_counter() - start) * 1000)
        claimed.append(task.pk)
        with transaction.atomic():
            complete_task(task, by=by, at=clock.now())
    return claimed, taken
