"""Answers outside any view: an address of the API that does not exist, and a bug, are problems too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.views import defaults

from apps.core.api.problems import MEDIA_TYPE, problem

if TYPE_CHECKING:
    from django.http import HttpRequest

API = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A problem under the API, a page elsewhere."""
    if not request.path_info.startswith(API):
        return defaults.page_not_found(request, exception)
    return _problem(code="not_found", title="There is no such address.", status_code=404)


def broken(request: HttpRequest) -> HttpResponse:
    """A problem under the API, a page elsewhere; what went wrong is in the log and not in the answer."""
    if not request.path_info.startswith(API):
        return defaults.server_error(request)
    return _problem(code="bug", title="Something is broken on our side; nothing was changed.", status_code=500)


def _problem(**members: Any) -> HttpResponse:
    body = problem(**members)
    return JsonResponse(body, status=body["status"], content_type=MEDIA_TYPE)
