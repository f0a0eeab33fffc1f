"""Handhelds that confirm picks over HTTP; read by processes of their own, which know nothing of Django."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4


@dataclass(frozen=True, slots=True)
class Hand:
    """One handheld's work: tasks by number with what is picked of each."""

    port: int
    tote: str
    token: str
    tasks: Sequence[tuple[str, str]]


def confirm_all(hand: Hand) -> tuple[list[float], float]:
    """Confirm one handheld's picks, one after the other on one connection: milliseconds of each, processor seconds."""
    line = HTTPConnection("127.0.0.1", hand.port, timeout=60)
    headers = {"Authorization": f"Bearer {hand.token}", "Content-Type": "application/json"}
    taken = []
    begun = process_time()
    for number, quantity in hand.tasks:
        body = json.dumps({"quantity": quantity, "location": hand.tote})
        start = perf_counter()
        line.request("POST", f"/api/v1/tasks/{number}/confirm", body, headers | {"Idempotency-Key": f"pick-{number}"})
        answer = line.getresponse()
        said = answer.read()
        taken.append((perf_counter() - start) * 1000)
        if answer.status != HTTPStatus.OK:
            message = f"{answer.status}: {said[:300]!r}"
            raise AssertionError(message)
    line.close()
    return taken, process_time() - begun


def work_through(hand: Hand) -> tuple[list[float], int]:
    """Pick as many tasks as `hand.tasks` says, each given by the answer to the one before.

    Milliseconds of each confirm, and how many were told to be done; the first task is asked for, untimed.
    """
    ((place, number),) = hand.tasks
    line = HTTPConnection("127.0.0.1", hand.port, timeout=60)
    task = _ask(line, hand, "/api/v1/tasks/next", {"warehouse": place, "kinds": ["pick"]})
    taken: list[float] = []
    while task is not None and len(taken) < int(number):
        body = {"quantity": task["quantity"], "location": hand.tote, "next": {"kinds": ["pick"]}}
        start = perf_counter()
        done = _ask(line, hand, f"/api/v1/tasks/{task['number']}/confirm", body)
        taken.append((perf_counter() - start) * 1000)
        task = done["next"]
    line.close()
    return taken, len(taken)


def _ask(line: HTTPConnection, hand: Hand, path: str, body: dict[str, object]) -> Any:
    headers = {
        "Authorization": f"Bearer {hand.token}",
        "Content-Type": "application/json",
        "Idempotency-Key": str(uuid4()),
    }
    line.request("POST", path, json.dumps(body), headers)
    answer = line.getresponse()
    said = answer.read()
    if answer.status != HTTPStatus.OK:
        message = f"{answer.status}: {said[:300]!r}"
        raise AssertionError(message)
    return json.loads(said)
