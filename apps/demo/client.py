"""A worker's or a manager's view of the API: tokens, keys, and what came back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

TIMEOUT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the API said: the status and the body, JSON or a PDF's bytes."""

    status: int
    body: Any

    @property
    def refused(self) -> bool:
        """Whether the command was refused."""
        return self.status >= 400  # noqa: PLR2004 - HTTP's own border


class Transport(Protocol):
    """Sends one request; over HTTP in the demo, in process in a flow test."""

    def __call__(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes, str]:
        """Status, content and content type."""
        ...


class OverHttp:
    """A transport to a server at an address, over one connection that is kept open: a transport for each thread."""

    def __init__(self, address: str) -> None:
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=TIMEOUT)

    def __call__(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes, str]:
        """Send and read; a refusal is an answer too. What a closed connection may have swallowed is sent again."""
        try:
            return self._send(method, path, body, headers)
        except ConnectionError:
            # A command goes under its key, so that it happens once however often it arrives.
            self._connection.close()
            return self._send(method, path, body, headers)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes, str]:
        self._connection.request(method, path, body, dict(headers))
        came = self._connection.getresponse()
        return came.status, came.read(), came.headers.get_content_type()


class UnexpectedAnswerError(AssertionError):
    """The day took another turn than its story says."""


@dataclass(slots=True)
class Caller:
    """Somebody with a device token; `who` and a counter make the keys, so that a repeated day repeats no command."""

    transport: Transport
    token: str
    who: str
    day: str
    sent: int = field(default=0)

    def get(self, path: str, **query: str) -> Any:
        """Read. Raises `UnexpectedAnswerError` unless it worked."""
        return self._expect(self._send("GET", path, None, query), path).body

    def fetch(self, path: str, **query: str) -> bytes:
        """A document, asked for as PDF and as nothing else. Raises `UnexpectedAnswerError` unless it came."""
        answer = self._expect(self._send("GET", path, None, query, accept="application/pdf"), path)
        return bytes(answer.body)

    def post(self, path: str, **body: Any) -> Any:
        """Command. Raises `UnexpectedAnswerError` when it is refused."""
        return self._expect(self.attempt(path, **body), path).body

    def attempt(self, path: str, **body: Any) -> Answer:
        """Command that may be refused."""
        return self._send("POST", path, body, {})

    def _expect(self, answer: Answer, path: str) -> Answer:
        if answer.refused:
            message = f"{self.who} at {path}: {answer.status} {answer.body}"
            raise UnexpectedAnswerError(message)
        return answer

    def _send(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None,
        query: dict[str, str],
        accept: str = "application/json",
    ) -> Answer:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Accept": accept,
        }
        if body is not None:
            self.sent += 1
            headers["Idempotency-Key"] = f"{self.day}-{self.who}-{self.sent:04d}"
        url = f"/api/v1{path}" + (f"?{urlencode(query)}" if query else "")
        content = None if body is None else json.dumps(body).encode()
        status, came, kind = self.transport(method, url, content, headers)
        return Answer(status=status, body=json.loads(came) if kind.endswith("json") else came)
