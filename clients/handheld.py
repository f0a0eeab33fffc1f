"""A handheld in a few lines: signs on, works what is to be picked, and goes on through a dead spot.

Python's standard library is all that it needs:

    python3 -m clients.handheld http://localhost:8000 TOKEN NAME PIN WAREHOUSE TOTE

The token is shown at the desk, under Devices, when the device is registered. See docs/scanner.md.
"""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

PATIENCE = 15
"""Seconds for one answer."""
TRIES = 3
MOST_ENTRIES = 100
"""A queue is told in pieces of so many."""
NOBODY, TOO_LARGE, TOO_MANY, BROKEN = 401, 413, 429, 500
PASSING = {"sign_on_needed", "not_reached_yet"}
"""Nothing was decided by these: the command may be told again."""

Json = dict[str, Any]


class Refused(Exception):
    """The warehouse says no: `code` is for this program, the title for a person, `recover` what may be done next."""

    def __init__(self, problem: Json) -> None:
        super().__init__(problem["title"])
        self.code: str = problem["code"]
        self.status: int = problem["status"]
        self.facts: Json = problem.get("facts", {})
        self.recover: list[str] = problem.get("recover", [])


class NoAnswer(Exception):
    """Nobody knows what became of the request: it is sent again under its key, or queued."""


class WrongScan(Exception):
    """This is not what the task asks for."""


def over_http(request: Request) -> tuple[int, bytes]:
    """Send it; the status and the body."""
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - the address is the user's own
            return answer.status, answer.read()
    except HTTPError as refusal:
        return refusal.code, refusal.read()


@dataclass
class Api:
    """The warehouse's API as one device sees it."""

    url: str
    token: str
    send: Callable[[Request], tuple[int, bytes]] = over_http

    def get(self, path: str) -> Json:
        """Ask."""
        return self._call(path, None, {})

    def post(self, path: str, body: Json) -> Json:
        """Say what needs no key: a sign-on, a scan, a queue."""
        return self._call(path, body, {})

    def command(self, path: str, body: Json, *, key: str = "") -> Json:
        """Do something once, however often it has to be sent.

        Sent again it says when it was done first. Raises `Refused`, and `NoAnswer` when none comes.
        """
        headers = {"Idempotency-Key": key or new_key()}
        first = now()
        for attempt in range(TRIES):
            try:
                return self._call(path, body, headers)
            except NoAnswer:
                headers["Occurred-At"] = first
                time.sleep(0.2 * attempt)
        raise NoAnswer

    def _call(self, path: str, body: Json | None, headers: dict[str, str]) -> Json:
        request = Request(  # noqa: S310 - the address is the user's own
            f"{self.url}/api/v1/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers},
        )
        try:
            status, answer = self.send(request)
            content = json.loads(answer) if answer else {}
        except (OSError, URLError, ValueError) as error:
            raise NoAnswer from error
        if status == TOO_MANY or status >= BROKEN:
            raise NoAnswer
        if status >= 400:  # noqa: PLR2004 - HTTP's refusals
            raise Refused(content)
        return dict(content)


@dataclass
class Queue:
    """What was done without an answer, on the disk before anything else happens; told in its order."""

    file: Path
    conflicts: list[Json] = field(default_factory=list)

    def keep(self, path: str, body: Json, *, key: str) -> None:
        """Keep a command under the key that it was, or will be, sent with."""
        with self.file.open("a") as lines:
            lines.write(json.dumps({"key": key, "path": path, "body": body, "occurred_at": now()}) + "\n")
            lines.flush()
            os.fsync(lines.fileno())

    def waiting(self) -> list[Json]:
        """The oldest first."""
        return [json.loads(line) for line in self.file.read_text().splitlines()] if self.file.exists() else []

    def replay(self, api: Api, worker: str) -> list[Json]:
        """Tell it; the results. Raises `NoAnswer`: then all of it is still there."""
        told = []
        while entries := self.waiting()[:MOST_ENTRIES]:
            results = api.post("commands", {"worker": worker, "entries": entries})["results"]
            settled = {each["key"] for each in results if _is_settled(each)}
            self.conflicts += [each for each in results if each["key"] in settled and each["status"] >= 400]  # noqa: PLR2004 - HTTP's refusals
            told += results
            self._rewrite([entry for entry in self.waiting() if entry["key"] not in settled])
            if not settled:
                break
        return told

    def _rewrite(self, entries: list[Json]) -> None:
        """As a whole or not at all."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text("".join(json.dumps(entry) + "\n" for entry in entries))
        fresh.replace(self.file)


@dataclass
class Worker:
    """Somebody with a handheld."""

    api: Api
    queue: Queue
    name: str = ""

    def sign_on(self, name: str, pin: str) -> None:
        """Take the device into one's hands."""
        self.name = self.api.post("sign-on", {"username": name, "pin": pin})["username"]

    def sign_off(self) -> None:
        """Let it go."""
        self.api.post("sign-off", {})

    def pick_all(self, warehouse: str, tote: str) -> int:
        """Pick whatever there is, one task after the other, while there are answers; how many were done."""
        done = 0
        for task in self._offered(warehouse):
            self.scans(task["source"], expected={task["source"]})
            self.confirm(task, tote)
            done += 1
        return done

    def _offered(self, warehouse: str) -> Iterator[Json]:
        while True:
            try:
                yield self.api.command("tasks/next", {"warehouse": warehouse, "kinds": ["pick"]})
            except Refused as refusal:
                if refusal.code == "no_task":
                    return
                raise

    def take_along(self, warehouse: str, most: int = 10) -> Json:
        """Lease tasks for longer, with all that is needed to verify scans without an answer."""
        return self.api.command("tasks/bundle", {"warehouse": warehouse, "most": most, "kinds": ["pick"]})

    def pick_taken_along(self, bundle: Json, tote: str) -> None:
        """Pick them, with or without an answer: each scan is judged by what the bundle says."""
        goods = {item["number"]: item for item in bundle["items"]}
        places = {place["code"] for place in bundle["places"]}
        for task in bundle["tasks"]:
            self.scans(task["source"], expected=places)
            item = goods[task["item"]]
            codes = {item["number"], *(pack["gtin"] for pack in item["packagings"])}
            self.scans(item["number"], expected=codes)
            self.confirm(task, tote)

    def confirm(self, task: Json, tote: str) -> None:
        """All that was asked for is in the tote: told now, or kept to be told later under the same key."""
        path, key = f"tasks/{quote(task['number'])}/confirm", new_key()
        body = {"version": task["version"], "quantity": task["quantity"], "location": tote}
        if task["lot"]:
            body["lot"] = task["lot"]
        if self.queue.waiting():  # nothing overtakes what was done before
            self.queue.keep(path, body, key=key)
            return
        try:
            self.api.command(path, body, key=key)
        except NoAnswer:
            self.queue.keep(path, body, key=key)

    def scans(self, code: str, *, expected: set[str]) -> None:
        """A real one would wait for its trigger here. Raises `WrongScan` for anything else than is expected."""
        if code not in expected:
            raise WrongScan(code)


def _is_settled(result: Json) -> bool:
    """Whether telling it again would bring nothing else."""
    passing = (
        result["status"] in {NOBODY, TOO_LARGE, TOO_MANY} or result["status"] >= BROKEN or result["code"] in PASSING
    )
    return not passing


def new_key() -> str:
    """New for each thing that is done, and kept with it until it is answered."""
    return str(uuid.uuid4())


def now() -> str:
    """By the device's clock, with its offset."""
    return datetime.now(UTC).isoformat()


def main(url: str, token: str, name: str, pin: str, warehouse: str, tote: str) -> None:
    """Sign on, tell what is still waiting, work, sign off."""
    worker = Worker(Api(url, token), Queue(Path("handheld-queue.jsonl")))
    worker.sign_on(name, pin)
    worker.queue.replay(worker.api, worker.name)
    done = worker.pick_all(warehouse, tote)
    for conflict in worker.queue.conflicts:
        sys.stdout.write(f"refused: {conflict['body']['title']} ({conflict['conflict']})\n")
    sys.stdout.write(f"{done} picks done\n")
    worker.sign_off()


if __name__ == "__main__":
    main(*sys.argv[1:])
