"""Handhelds that scan and confirm picks over HTTP; read by processes of their own, which know nothing of Django."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from time import perf_counter, process_time
from uuid import uuid4


@dataclass(frozen=True, slots=True)
class Hand:
    """One handheld's work: tasks by number with what is picked of each."""

    port: int
    tote: str
    token: str
    tasks: Sequence[tuple[str, str]]
    place: str | None = None
    """Where its worker stands at first; None is anywhere."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """One handheld's scans."""

    port: int
    token: str
    codes: Sequence[str]


def confirm_all(hand: Hand) -> tuple[list[float], float]:
    """Confirm one handheld's picks, one after the other on one connection: milliseconds of each, processor seconds."""
    line = _Line(hand.port, hand.token)
    begun = process_time()
    taken = [
        line.post(f"/tasks/{number}/confirm", {"quantity": quantity, "location": hand.tote})[1]
        for number, quantity in hand.tasks
    ]
    line.close()
    return taken, process_time() - begun


def work_through(hand: Hand) -> tuple[list[float], int]:
    """Pick as many tasks as `hand.tasks` says, each given by the answer to the one before.

    Milliseconds of each confirm, and how many were told to be done; the first task is asked for, untimed.
    """
    ((site, number),) = hand.tasks
    asked: dict[str, object] = {"warehouse": site, "kinds": ["pick"]}
    if hand.place is not None:
        asked["place"] = hand.place
    line = _Line(hand.port, hand.token)
    said, _ = line.post("/tasks/next", asked)
    task = json.loads(said)
    taken: list[float] = []
    while task is not None and len(taken) < int(number):
        body = {"quantity": task["quantity"], "location": hand.tote, "next": {"kinds": ["pick"]}}
        said, took = line.post(f"/tasks/{task['number']}/confirm", body)
        taken.append(took)
        task = json.loads(said)["next"]
    line.close()
    return taken, len(taken)


def scan_all(scanner: Scanner) -> list[float]:
    """Scan one code after the other on one connection: milliseconds of each."""
    line = _Line(scanner.port, scanner.token)
    taken = [line.post("/scan", {"code": code})[1] for code in scanner.codes]
    line.close()
    return taken


class _Line(HTTPConnection):
    """One handheld's connection, which stays open."""

    def __init__(self, port: int, token: str) -> None:
        super().__init__("127.0.0.1", port, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def post(self, path: str, body: Mapping[str, object]) -> tuple[bytes, float]:
        """What is answered, and after how many milliseconds."""
        text, headers = json.dumps(body), self._headers | {"Idempotency-Key": str(uuid4())}
        start = perf_counter()
        self.request("POST", f"/api/v1{path}", text, headers)
        answer = self.getresponse()
        said = answer.read()
        took = (perf_counter() - start) * 1000
        if answer.status != HTTPStatus.OK:
            message = f"{path} {text}: {answer.status}: {said[:300]!r}"
            raise AssertionError(message)
        return said, took
