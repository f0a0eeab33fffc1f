"""outbound.pick_http: four handhelds confirm their picks over HTTP, with database and clients on the same machine."""

from __future__ import annotations

from functools import partial
from multiprocessing import get_context
from time import perf_counter

from django.db import transaction

from apps.core import clock
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.orders.models import Pick
from apps.orders.operations import allocate_orders, release_wave
from benchmarks.ground import Ground, settle
from benchmarks.handhelds import Hand, confirm_all
from benchmarks.measure import Line, p95
from benchmarks.outbound_allocation import hall, orders_of
from benchmarks.web import handheld, spent, statements, web

CLIENTS = 4
ORDERS = 700
EACH = 450
WARM = 50
LEAST, MOST_MS = 150.0, 60.0


def measure_pick_http(name: str) -> list[Line]:
    """Confirms a second of all clients together, and milliseconds of one, the 95th percentile.

    What a call costs is told beside it: statements, and processor milliseconds of web, database and client.
    """
    floor, totes, tokens = released_wave(ORDERS, CLIENTS)
    tote = totes[0]
    with web() as (port, pids), get_context("spawn").Pool(CLIENTS) as pool:
        tasks = _tasks(floor)
        shares = [tasks[n::CLIENTS] for n in range(CLIENTS)]
        hands = partial(map, partial(Hand, port, tote), tokens)
        pool.map(confirm_all, list(hands([share[:WARM] for share in shares])), chunksize=1)
        work = list(hands([share[WARM : WARM + EACH] for share in shares]))
        before = spent(pids)
        start = perf_counter()
        told = pool.map(confirm_all, work, chunksize=1)
        took = perf_counter() - start
        after = spent(pids)
    calls = CLIENTS * EACH
    done = Pick.objects.filter(state="picked").count()
    if done != CLIENTS * (EACH + WARM):
        message = f"{done} picks are picked"
        raise AssertionError(message)
    number, quantity = tasks[-1]
    body = {"quantity": quantity, "location": tote}
    served, database = ((end - begin) / calls * 1000 for begin, end in zip(before, after, strict=True))
    client = sum(spent for _, spent in told) / calls * 1000
    asked = statements(f"/tasks/{number}/confirm", body, tokens[0])
    print(
        f"      {name}: {asked} statements a call; processor ms a call: web {served:.1f}, "
        f"database {database:.1f}, client {client:.1f}",
        flush=True,
    )
    times = [each for taken, _ in told for each in taken]
    return [
        Line(name=name, ours=calls / took, unit="/s", least=LEAST),
        Line(name=f"{name}[p95]", ours=p95(times), unit="ms", most=MOST_MS),
    ]


def released_wave(count: int, clients: int) -> tuple[Ground, list[str], list[str]]:
    """A released wave of so many orders; for each client a tote, and a handheld that somebody is signed on to."""
    floor, items = hall()
    with transaction.atomic():
        orders = orders_of(floor, items, count)
        allocate_orders(order_ids=orders, by=floor.by, at=clock.now())
        release_wave(warehouse_id=floor.warehouse.pk, order_ids=orders, by=floor.by, at=clock.now())
        totes = [f"TOTE-{n}" for n in range(clients)]
        Location.objects.bulk_create(
            Location(warehouse=floor.warehouse, code=code, kind=LocationKind.TOTE) for code in totes
        )
        tokens = [handheld(floor, n) for n in range(clients)]
    settle()
    return floor, totes, tokens


def _tasks(floor: Ground) -> list[tuple[str, str]]:
    rows = Pick.objects.filter(wave__warehouse=floor.warehouse).order_by("task__sequence", "pk")
    return [(number, f"{quantity.normalize():f}") for number, quantity in rows.values_list("task__number", "quantity")]
