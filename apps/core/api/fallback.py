"""Answers outside any view: what no view should see, an address that does not exist, and a bug, are problems too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse, JsonResponse
from django.views import defaults

from apps.core.api.parsers import BodyTooLarge
from apps.core.api.problems import MEDIA_TYPE, problem
from apps.core.api.texts import fault_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

API = "/api/"
LONGEST_SEGMENT = 200
UTF_8 = {"utf-8", "utf8"}


class Gate:
    """Turn away what no view can read: another charset than UTF-8, and addresses of the API in impossible characters.

    A number that cannot exist is not found; a parameter that cannot be read is malformed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a problem, or pass the request on."""
        # First: Python would decode by rot13 and zlib as well, parameters too.
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.strip("\"' ").lower() not in UTF_8:
            return _problem(code="unsupported_media_type", title="Send UTF-8.", status_code=415)
        if not is_api(request):
            return self.get_response(request)
        if any(fault_of(part) or len(part) > LONGEST_SEGMENT for part in request.path_info.split("/")):
            return not_found(request, Http404())
        try:
            faults = _parameter_faults(request)
        except SuspiciousOperation as refused:  # more parameters than Django reads
            return bad_request(request, refused)
        if faults:
            return _problem(code="malformed", title="Some fields are not valid.", status_code=400, errors=faults)
        return self.get_response(request)


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks, and not a browser for a page."""
    return f"{request.path_info}/".startswith(API)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A problem under the API, a page elsewhere."""
    if not is_api(request):
        return defaults.bad_request(request, exception)
    if isinstance(exception, RequestDataTooBig):  # beyond what Django reads; ours is less and told by the parser
        return _problem(code="body_too_large", title=str(BodyTooLarge.default_detail), status_code=413)
    return _problem(code="bad_request", title="The request cannot be read.", status_code=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A problem under the API, a page elsewhere."""
    if not is_api(request):
        return defaults.permission_denied(request, exception)
    return _problem(code="not_allowed", title="You may not do this.", status_code=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A problem under the API, a page elsewhere."""
    if not is_api(request):
        return defaults.page_not_found(request, exception)
    return _problem(code="not_found", title="There is no such address.", status_code=404)


def broken(request: HttpRequest) -> HttpResponse:
    """A problem under the API, a page elsewhere; what went wrong is in the log and not in the answer."""
    if not is_api(request):
        return defaults.server_error(request)
    return _problem(code="bug", title="Something is broken on our side; nothing was changed.", status_code=500)


def _parameter_faults(request: HttpRequest) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    for name, values in request.GET.lists():
        fault = fault_of(name)
        if fault or (fault := next(filter(None, map(fault_of, values)), None)):
            faults["" if fault_of(name) else name] = [fault]
    return faults


def _problem(**members: Any) -> HttpResponse:
    body = problem(**members)
    return JsonResponse(body, status=body["status"], content_type=MEDIA_TYPE)
