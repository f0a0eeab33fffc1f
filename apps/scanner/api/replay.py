"""Replays a queue: each entry goes to the very view that it would have gone to by itself."""

from __future__ import annotations

import io
import json
import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

from django.core.handlers.wsgi import WSGIRequest
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import ResolverMatch, resolve
from django.urls.exceptions import Resolver404
from rest_framework.utils.encoders import JSONEncoder

from apps.accounts.models import Device
from apps.core.api.problems import problem, problem_of
from apps.core.errors import Busy
from apps.journal import edge
from apps.journal.api.commands import OCCURRED_AT, CommandMixin, instant
from apps.scanner.api.replayable import REPLAYABLE
from apps.scanner.errors import NotReached, NotReachedYet, NotReplayable
from apps.tasks.operations import Late, note_conflict

if TYPE_CHECKING:
    from django.http import HttpRequest
    from rest_framework.request import Request

    from apps.accounts.models import User

API = "/api/v1"
PASSING = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_ENTITY_TOO_LARGE})
"""Nothing was decided: sent again later, the same command may well be done. So it is with all from 500 on."""
NOBODY = "sign_on_needed"
NOTES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:stillage:conflict")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A command as the device queued it; `chain` names what it must not overtake, empty: what it is about."""

    key: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)
    occurred_at: str | None = None
    chain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of an entry: as it would have been answered by itself, and the conflict that it left in the inbox."""

    key: str
    status: int
    code: str = ""
    body: Any = None
    conflict: str | None = None

    @property
    def done(self) -> bool:
        """Whether the command was carried out, now or before."""
        return self.status < HTTPStatus.BAD_REQUEST

    @property
    def final(self) -> bool:
        """Whether sending it again under its key can bring nothing else."""
        passing = self.status in PASSING or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return not passing and self.code not in {NOBODY, NotReachedYet.code}


def replay(entries: Sequence[Entry], *, request: Request) -> list[Result]:
    """Carry out the entries in order, each in a transaction of its own, by the views that single calls go to.

    At the first entry of a chain that is not done, the rest of its chain is not reached; other chains go on. What is
    refused for good is noted in the conflict inbox.
    """
    stopped: dict[str, Result] = {}
    results = []
    for entry in entries:
        match = _resolved(entry.path)
        about = _about(match)
        chain = entry.chain or about or entry.key
        before = stopped.get(chain)
        result = _unreached(entry, before) if before is not None else _carry_out(entry, match, request)
        if not result.done:
            stopped.setdefault(chain, result)
            if result.final:
                result = _noted(result, entry, about, request)
        results.append(result)
    return results


def _resolved(path: str) -> ResolverMatch | None:
    """The view of a command that may be replayed."""
    try:
        match = resolve(_address(path))
    except Resolver404:
        return None
    return match if match.url_name in REPLAYABLE and is_command(match) else None


def _address(path: str) -> str:
    return f"{API}/{unquote(path).lstrip('/')}"


def is_command(match: ResolverMatch) -> bool:
    """Whether a POST there runs an operation under a key."""
    view: Any = match.func
    takes_post = "post" in getattr(view, "actions", ()) or hasattr(view.cls, "post")
    return takes_post and issubclass(view.cls, CommandMixin)


def _about(match: ResolverMatch | None) -> str:
    """The number of the task or document that the command changes: its chain."""
    return str(match.kwargs.get("number") or match.kwargs.get("sscc") or "") if match is not None else ""


def _carry_out(entry: Entry, match: ResolverMatch | None, request: Request) -> Result:
    if match is None:
        return _refused(entry, problem_of(NotReplayable(path=entry.path)))
    single = _single(entry, request)
    single.resolver_match = match
    try:
        response = match.func(single, *match.args, **match.kwargs)
    except Exception:
        # As a call by itself would be answered; the next entries are not its business.
        log.exception("a replayed command failed: %s", entry.path)
        return _refused(
            entry, problem(code="bug", title="Something is broken on our side; nothing was changed.", status_code=500)
        )
    body = _plain(response.data)
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        return _refused(entry, body)
    return Result(key=entry.key, status=response.status_code, body=body)


def _plain(body: object) -> Any:
    """An answer as the device reads it; halves of characters, which no answer can carry, are replaced."""
    text = json.dumps(body, cls=JSONEncoder, ensure_ascii=False)
    return json.loads(text.encode("utf-8", "replace"))


def _single(entry: Entry, request: Request) -> HttpRequest:
    """The request that the device would have sent by itself: same caller, same token, its own key, time and body."""
    outer: Any = request._request  # noqa: SLF001 - DRF wraps it and offers no other way
    body = json.dumps(entry.body).encode()
    kept = {name: value for name, value in outer.META.items() if name != "HTTP_OCCURRED_AT"}
    environ: dict[str, Any] = kept | {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": _address(entry.path).encode().decode("latin-1"),  # as WSGI has it
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_IDEMPOTENCY_KEY": entry.key,
        "wsgi.input": io.BytesIO(body),
    }
    if entry.occurred_at is not None:
        environ[f"HTTP_{OCCURRED_AT.upper().replace('-', '_')}"] = entry.occurred_at
    single: Any = WSGIRequest(environ)
    # What the middleware made known of the caller: it saw the queue and does not see its entries.
    for name in ("user", "session", "_dont_enforce_csrf_checks"):
        if hasattr(outer, name):
            setattr(single, name, getattr(outer, name))
    return cast("HttpRequest", single)


def _unreached(entry: Entry, before: Result) -> Result:
    kind = NotReached if before.final else NotReachedYet
    return _refused(entry, problem_of(kind(after=before.key)))


def _refused(entry: Entry, body: Mapping[str, Any]) -> Result:
    return Result(key=entry.key, status=int(body["status"]), code=str(body["code"]), body=body)


def _noted(result: Result, entry: Entry, about: str, request: Request) -> Result:
    """The same with the number of its conflict. An auditor changes nothing, so there is nothing to look into."""
    user = cast("User", request.user)
    if user.only_reads:
        return result
    told = entry.occurred_at or ""
    late = Late(key=entry.key, command=entry.path, said=entry.body, about=about, occurred_at=instant(told))
    # By what it says: the same refusal, told again, has been noted; two at once wait for each other.
    content = json.dumps([entry.key, entry.path, entry.body, told, result.body], cls=DjangoJSONEncoder, sort_keys=True)
    try:
        number: str | None = edge.run(
            note_conflict,
            by=user,
            device=request.auth if isinstance(request.auth, Device) else None,
            key=str(uuid.uuid5(NOTES, content)),
            render=lambda conflict: conflict.number if conflict is not None else None,
            late=late,
            refusal=result.body,
        )
    except Busy:
        # The refusal stands under its key: sent again, it is noted then.
        log.warning("a conflict could not be noted now: %s", entry.key)
        return result
    return replace(result, conflict=number)
