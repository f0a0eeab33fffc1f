"""Whatever goes wrong reads as one kind of problem; a bug is raised and tells nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.test import RequestFactory
from rest_framework import exceptions

from apps.core.api.fallback import broken, not_found
from apps.core.api.problems import ReplayedRefusal, problem_handler
from apps.core.errors import Busy, DomainError, NotAllowed


@dataclass(kw_only=True, eq=False)
class Odd(DomainError):
    """A refusal with facts of every sort."""

    code = "odd"
    message = "Odd."
    status = 429

    quantity: D
    on: date
    parts: list[Any]
    more: dict[str, Any]
    nothing: None = None
    retry_after: int = 30


def handled(error):
    response = problem_handler(error, {})
    assert response is not None
    return response.status_code, response.data, dict(response.headers)


def test_a_refusal_shows_its_facts_as_json():
    status, body, headers = handled(
        Odd(quantity=D("1.500"), on=date(2026, 1, 2), parts=[D(2), "x"], more={"at": date(2026, 3, 4)})
    )

    assert status == 429
    assert body == {
        "type": "urn:stillage:odd",
        "title": "Odd.",
        "status": 429,
        "code": "odd",
        "facts": {
            "quantity": "1.5",
            "on": "2026-01-02",
            "parts": ["2", "x"],
            "more": {"at": "2026-03-04"},
            "nothing": None,
            "retry_after": 30,
        },
    }
    assert headers["Retry-After"] == "30"


@pytest.mark.parametrize(
    ("error", "status", "code", "title"),
    [
        (NotAllowed(who="pia", act="approve"), 403, "not_allowed", "pia may not approve."),
        (Http404(), 404, "not_found", "There is no such thing."),
        (PermissionDenied(), 403, "not_allowed", "You may not do this."),
        (exceptions.NotAuthenticated(), 401, "not_authenticated", "Authentication credentials were not provided."),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed", 'Method "PUT" not allowed.'),
        (exceptions.ParseError("broken"), 400, "parse_error", "broken"),
        (exceptions.APIException({"a": "b"}), 500, "error", "{'a': ErrorDetail(string='b', code='error')}"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_each_sort_of_error_has_a_code_of_its_own(error, status, code, title):
    answered, body, _ = handled(error)

    assert (answered, body["status"], body["code"], body["title"]) == (status, status, code, title)


@pytest.mark.parametrize(
    ("error", "errors"),
    [
        (ValidationError("too long"), {"": ["too long"]}),
        (ValidationError({"name": ["too long"]}), {"name": ["too long"]}),
        (exceptions.ValidationError("too long"), {"": ["too long"]}),
        (exceptions.ValidationError({"name": ["too long"]}), {"name": ["too long"]}),
    ],
    ids=["django", "django by field", "form", "form by field"],
)
def test_malformed_input_names_its_fields(error, errors):
    status, body, _ = handled(error)

    assert (status, body["code"], body["errors"]) == (400, "malformed", errors)


def test_waiting_is_said_where_it_helps():
    assert handled(Busy())[2]["Retry-After"] == "1"
    assert handled(exceptions.Throttled(wait=2.1))[2]["Retry-After"] == "3"
    assert "Retry-After" not in handled(Http404())[2]


def test_a_replayed_refusal_is_the_problem_it_was():
    problem = {"type": "urn:stillage:odd", "title": "Odd.", "status": 409, "code": "odd"}

    status, body, _ = handled(ReplayedRefusal(problem))

    assert (status, body) == (409, problem)
    assert str(ReplayedRefusal(problem)) == "Odd."


def test_a_bug_is_no_problem_of_the_callers():
    assert problem_handler(RuntimeError("a bug"), {}) is None


@pytest.mark.parametrize(("path", "is_problem"), [("/api/v1/nothing", True), ("/nothing", False)])
def test_outside_any_view_the_api_answers_problems_and_pages_are_pages(path, is_problem):
    request = RequestFactory().get(path)

    lost, failed = not_found(request, Http404()), broken(request)

    assert (lost.status_code, failed.status_code) == (404, 500)
    for response in (lost, failed):
        assert (response.headers["Content-Type"] == "application/problem+json") is is_problem
    assert b"RuntimeError" not in failed.content
