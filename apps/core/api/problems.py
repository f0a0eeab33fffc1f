"""Errors as problem details (RFC 9457): one shape for refusals, malformed input and everything else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response

from apps.core.errors import DomainError
from apps.core.quantities import plain

MEDIA_TYPE = "application/problem+json"


class ProblemSerializer(serializers.Serializer[dict[str, Any]]):
    """What a refused or failed request answers."""

    type = serializers.CharField(help_text="urn:stillage:<code>")
    title = serializers.CharField(help_text="What happened, for a person")
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable; branch on this")
    facts = serializers.DictField(required=False, help_text="The refusal's data")
    recover = serializers.ListField(child=serializers.CharField(), required=False, help_text="What may be done next")
    errors = serializers.DictField(required=False, help_text="Malformed fields and why")


class ReplayedRefusal(Exception):  # noqa: N818 - it is a refusal, not an error of ours
    """A command was refused before under the same key: it gets the same problem again."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["title"])
        self.problem = problem


def problem(*, code: str, title: str, status_code: int, **more: object) -> dict[str, Any]:
    """A problem's body; empty members are left out."""
    body = {"type": f"urn:stillage:{code}", "title": title, "status": status_code, "code": code}
    return body | {name: value for name, value in more.items() if value}


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
    body, headers = _body(error)
    if body is None:
        return None
    response = Response(body, status=body["status"], content_type=MEDIA_TYPE)
    for name, value in headers.items():
        response[name] = value
    return response


def _body(error: Exception) -> tuple[dict[str, Any] | None, dict[str, str]]:
    headers: dict[str, str] = {}
    match error:
        case ReplayedRefusal():
            return error.problem, headers
        case DomainError():
            return problem_of(error), headers
        case ValidationError():
            errors = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            return _malformed(errors), headers
        case exceptions.ValidationError():
            errors = error.detail if isinstance(error.detail, dict) else {"": error.detail}
            return _malformed(errors), headers
        case Http404():
            return problem(code="not_found", title="There is no such thing.", status_code=404), headers
        case PermissionDenied():
            return problem(code="not_allowed", title="You may not do this.", status_code=403), headers
        case exceptions.APIException():
            if header := getattr(error, "auth_header", None):
                headers["WWW-Authenticate"] = header
            if wait := getattr(error, "wait", None):
                headers["Retry-After"] = str(round(wait))
            code = str(error.get_codes()) if not isinstance(error.detail, dict) else error.default_code
            return problem(code=code, title=str(error.detail), status_code=error.status_code), headers
    return None, headers


def _malformed(errors: object) -> dict[str, Any]:
    return problem(
        code="malformed", title="Some fields are not valid.", status_code=status.HTTP_400_BAD_REQUEST, errors=errors
    )


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value
