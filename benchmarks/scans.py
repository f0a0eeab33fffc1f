"""Handhelds that scan over HTTP; read by processes of their own, which know nothing of Django."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Scanner:
    """One handheld's scans."""

    port: int
    token: str
    codes: Sequence[str]


def scan_all(scanner: Scanner) -> list[float]:
    """Scan one code after the other on one connection: milliseconds of each."""
    line = HTTPConnection("127.0.0.1", scanner.port, timeout=60)
    headers = {"Authorization": f"Bearer {scanner.token}", "Content-Type": "application/json"}
    taken = []
    for code in scanner.codes:
        body = json.dumps({"code": code})
        start = perf_counter()
        line.request("POST", "/api/v1/scan", body, headers)
        answer = line.getresponse()
        said = answer.read()
        taken.append((perf_counter() - start) * 1000)
        if answer.status != HTTPStatus.OK:
            message = f"{code}: {answer.status}: {said[:300]!r}"
            raise AssertionError(message)
    line.close()
    return taken
