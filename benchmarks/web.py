"""The web server as it is run, with handhelds that are signed on: for what is measured over HTTP."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Device, SignOn, User
from apps.accounts.roles import Role
from apps.core import clock
from apps.locations.models import DeviceAccess, WarehouseAccess
from benchmarks.ground import Ground, first, owner_connection
from config.paths import VAR
from config.processes import ProcessGroup, answers, python

NO_LIMIT = "1000000/minute"
"""The throttle is of a device's own; here each does what a hundred do."""


def handheld(floor: Ground, number: int) -> str:
    """The token of a new handheld that a new picker is signed on to."""
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


def statements(path: str, body: Mapping[str, object], token: str) -> int:
    """How many statements one call takes, as counted in this process."""
    with CaptureQueriesContext(connection) as captured, override_settings(ALLOWED_HOSTS=["testserver"]):
        answer = Client().post(
            f"/api/v1{path}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())},
        )
    if answer.status_code != HTTPStatus.OK:
        raise AssertionError(answer.content)
    return len(captured)


@contextmanager
def web() -> Iterator[tuple[int, list[int]]]:
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


def spent(pids: Sequence[int]) -> tuple[float, float]:
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
