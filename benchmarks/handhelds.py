"""Handhelds that confirm picks over HTTP; read by processes of their own, which know nothing of Django."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from time import perf_counter, process_time


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
