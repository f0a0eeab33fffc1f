"""Errors as problem details (RFC 9457): one shape for refusals, malformed input and everything else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response

from apps.core.decimals import plain
from apps.core.errors import DomainError

MEDIA_TYPE = "application/problem+json"


class ProblemSerializer(serializers.Serializer[dict[str, Any]]):
    """What a refused or failed request answers."""

    type = serializers.CharField(help_text="urn:stillage:<code>")
    title = serializers.CharField(help_text="What happened, for a person")
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable; branch on this")
    facts = serializers.DictField(required=False, help_text="The refusal's data")
    recover = serializers.ListField(child=serializers.CharField(), required=False, help_text="What may be done next")
    errors = serializers.DictField(  # type: ignore[assignment]  # a field takes this name from the base's property
        required=False, help_text="Malformed fields and why"
    )


class ReplayedRefusal(Exception):
    """A command was refused before under the same key: it gets the same problem again."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["title"])
        self.problem = problem


def problem(*, code: str, title: str, status_code: int, **more: object) -> dict[str, Any]:
    """A problem's body; empty members are left out."""
    body = {"type": f"urn:stillage:{code}", "title": title, "status": status_code, "code": code}
    return body | {name: _sayable(value) for name, value in more.items() if value}


def _sayable(value: object) -> object:
    """What was sent as it can be sent back: half a character, which no encoding has, is written out."""
    match value:
        case str():
            return value.encode(errors="backslashreplace").decode()
        case list() | tuple():
            return [_sayable(part) for part in value]
        case dict():
            return {str(_sayable(str(name))): _sayable(part) for name, part in value.items()}
    return value


def problem_of(refusal: DomainError) -> dict[str, Any]:
    """A refusal as a problem, its facts as JSON."""
    return problem(
        code=refusal.code,
        title=str(refusal),
        status_code=refusal.status,
        facts={name: _plain(value) for name, value in refusal.facts.items()},
        recover=list(refusal.recover),
    )


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: anything that is not a bug becomes a problem; a bug is raised."""
    del context
    body = _body(error)
    if body is None:
        return None
    return Response(body, status=body["status"], content_type=MEDIA_TYPE, headers=_headers(error))


def _body(error: Exception) -> dict[str, Any] | None:
    match error:
        case ReplayedRefusal():
            body = error.problem
        case DomainError():
            body = problem_of(error)
        case ValidationError():
            body = _malformed(error.message_dict if hasattr(error, "error_dict") else {"": error.messages})
        case exceptions.ValidationError():
            body = _malformed(error.detail if isinstance(error.detail, dict) else {"": error.detail})
        case Http404():
            body = problem(code="not_found", title="There is no such thing.", status_code=404)
        case PermissionDenied():
            body = problem(code="not_allowed", title="You may not do this.", status_code=403)
        case exceptions.Throttled():
            body = problem(
                code=error.default_code,
                title="Too many requests.",
                status_code=error.status_code,
                recover=["wait"],
            )
        case exceptions.APIException():
            code = str(error.get_codes()) if not isinstance(error.detail, dict) else error.default_code
            body = problem(code=code, title=str(error.detail), status_code=error.status_code)
        case _:
            return None
    return body


def _headers(error: Exception) -> dict[str, str]:
    """How to sign in after a 401, and how long to wait where waiting helps."""
    headers = {}
    if header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = header
    wait = getattr(error, "wait", None) or getattr(error, "retry_after", None)
    if wait is None and isinstance(error, DomainError) and error.status == status.HTTP_503_SERVICE_UNAVAILABLE:
        wait = 1
    if wait is not None:
        headers["Retry-After"] = str(ceil(wait))
    return headers


def _malformed(errors: object) -> dict[str, Any]:
    return problem(
        code="malformed", title="Some fields are not valid.", status_code=status.HTTP_400_BAD_REQUEST, errors=errors
    )


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return [_plain(part) for part in value]
        case dict():
            return {str(name): _plain(part) for name, part in value.items()}
    return value
