"""Middleware that is about how the site is put together."""

from collections.abc import Callable

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpRequest, HttpResponse


class AdminScriptPolicy:
    """Let the admin's pages evaluate script and style inline; no other page may.

    Unfold's Alpine evaluates the expressions in its templates, which a strict policy forbids.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix = f"/{settings.ADMIN_PATH}/"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Widen the policy of one answer under the admin's path."""
        response = self.get_response(request)
        if request.path_info.startswith(self.prefix):
            response._csp_update = {  # type: ignore[attr-defined]  # noqa: SLF001 - django-csp's interface
                "script-src": [UNSAFE_EVAL],
                "style-src": [UNSAFE_INLINE],
            }
        return response


NOWHERE = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb")
"""What a page could ask a browser for, and none of ours does but for the handheld's camera."""


class PagePolicy:
    """No page may use what it has no use for; the handheld's has the camera, and tells nobody where it came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say so with every answer."""
        response = self.get_response(request)
        handheld = request.path_info.startswith("/scan/")
        allowed = {"camera": "(self)"} if handheld else {}
        response.headers["Permissions-Policy"] = ", ".join(f"{name}={allowed.get(name, '()')}" for name in NOWHERE)
        if handheld:
            response.headers["Referrer-Policy"] = "no-referrer"
        return response
