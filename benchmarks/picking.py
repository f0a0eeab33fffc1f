"""outbound.pick_http: four handhelds confirm their picks over HTTP, with database and clients on the same machine."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from multiprocessing import get_context
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Device, SignOn, User
from apps.accounts.roles import Role
from apps.core import clock
from apps.locations.choices import LocationKind
from apps.locations.models import DeviceAccess, Location, WarehouseAccess
from apps.orders.models import Pick
from apps.orders.operations import allocate_orders, release_wave
from benchmarks.ground import Ground, first, owner_connection, settle
from benchmarks.handhelds import Hand, confirm_all
from benchmarks.measure import Line
from benchmarks.outbound_allocation import hall, orders_of
from config.paths import VAR
from config.processes import ProcessGroup, answers, python

CLIENTS = 4
ORDERS = 700
EACH = 450
WARM = 50
LEAST, MOST_MS = 150.0, 60.0
P95 = 18
"""The place of the 95th percentile among the 19 that cut into twentieths."""
NO_LIMIT = "1000000/minute"
"""The throttle is of a device's own; here each does what a hundred do."""


def measure_pick_http(name: str) -> list[Line]:
    """Confirms a second of all clients together, and milliseconds of one, the 95th percentile.

    What a call costs is told beside it: statements, and processor milliseconds of web, database and client.
    """
    floor, tote, tokens = _build()
    with _web() as (port, pids), get_context("spawn").Pool(CLIENTS) as pool:
        tasks = _tasks(floor)
        shares = [tasks[n::CLIENTS] for n in range(CLIENTS)]
        hands = partial(map, partial(Hand, port, tote), tokens)
        pool.map(confirm_all, list(hands([share[:WARM] for share in shares])), chunksize=1)
        work = list(hands([share[WARM : WARM + EACH] for share in shares]))
        before = _spent(pids)
        start = perf_counter()
        told = pool.map(confirm_all, work, chunksize=1)
        took = perf_counter() - start
        after = _spent(pids)
    calls = CLIENTS * EACH
    done = Pick.objects.filter(state="picked").count()
    if done != CLIENTS * (EACH + WARM):
        message = f"{done} picks are picked"
        raise AssertionError(message)
    web, database = ((end - begin) / calls * 1000 for begin, end in zip(before, after, strict=True))
    client = sum(spent for _, spent in told) / calls * 1000
    print(
        f"      {name}: {_statements(*tasks[-1], tote, tokens[0])} statements a call; processor ms a call: "
        f"web {web:.1f}, database {database:.1f}, client {client:.1f}",
        flush=True,
    )
    times = [each for taken, _ in told for each in taken]
    return [
        Line(name=name, ours=calls / took, unit="/s", least=LEAST),
        Line(name=f"{name}[p95]", ours=quantiles(times, n=20)[P95], unit="ms", most=MOST_MS),
    ]


def _build() -> tuple[Ground, str, list[str]]:
    """A released wave, a tote, and as many handhelds with somebody signed on as there are clients."""
    floor, items = hall()
    with transaction.atomic():
        orders = orders_of(floor, items, ORDERS)
        allocate_orders(order_ids=orders, by=floor.by, at=clock.now())
        release_wave(warehouse_id=floor.warehouse.pk, order_ids=orders, by=floor.by, at=clock.now())
        tote = Location.objects.create(warehouse=floor.warehouse, code="TOTE", kind=LocationKind.TOTE)
        tokens = [_handheld(floor, n) for n in range(CLIENTS)]
    settle()
    return floor, tote.code, tokens


def _handheld(floor: Ground, number: int) -> str:
    at = clock.now()
    worker = User.objects.create(username=f"picker-{number}")
    worker.groups.add(Group.objects.get(name=Role.PICKER))
    WarehouseAccess.objects.create(user=worker, warehouse=floor.warehouse)
    device = Device(number=f"HH-{number}", name="Bench", created_at=at)
    token = device.issue_token(at)
    device.save()
    DeviceAccess.objects.create(device=device, warehouse=floor.warehouse)
    SignOn.objects.create(device=device, user=worker, started_at=at)
    return token


def _tasks(floor: Ground) -> list[tuple[str, str]]:
    rows = Pick.objects.filter(wave__warehouse=floor.warehouse).order_by("task__sequence", "pk")
    return [(number, f"{quantity.normalize():f}") for number, quantity in rows.values_list("task__number", "quantity")]


@contextmanager
def _web() -> Iterator[tuple[int, list[int]]]:
    """The web server as `make run` starts it, on a free port; with the ids of its processes."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ProcessGroup(VAR / "log") as group:
        port, descriptor = listener.getsockname()[1], listener.fileno()
        os.environ["API_RATE"] = NO_LIMIT
        group.start(
            "bench-web",
            python(
                *("-m", "gunicorn", "config.wsgi:application", "--bind", f"fd://{descriptor}"),
                *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"),
            ),
            pass_fds=[descriptor],
        )
        group.wait_until("The web server", partial(answers, f"http://127.0.0.1:{port}/readyz"))
        yield port, _children(os.getpid())


def _children(pid: int) -> list[int]:
    """All processes below this one."""
    found = []
    for entry in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found += [int(entry), *_children(int(entry))]
    return found


def _spent(pids: Sequence[int]) -> tuple[float, float]:
    """Processor seconds of the web's processes, and of all of the database's server."""
    with owner_connection() as raw:
        backend = first(raw, "select pg_backend_pid()", ())
        server = int(_stat(backend)[1])
        return sum(map(_cpu, pids)), _cpu(server) + sum(map(_cpu, _children(server)))


def _cpu(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """What the kernel tells of a process, from its state on."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def _statements(number: str, quantity: str, tote: str, token: str) -> int:
    """How many statements one confirm takes, as counted in this process."""
    with CaptureQueriesContext(connection) as captured, override_settings(ALLOWED_HOSTS=["testserver"]):
        answer = Client().post(
            f"/api/v1/tasks/{number}/confirm",
            {"quantity": quantity, "location": tote},
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": f"pick-{number}"},
        )
    if answer.status_code != HTTPStatus.OK:
        raise AssertionError(answer.content)
    return len(captured)
