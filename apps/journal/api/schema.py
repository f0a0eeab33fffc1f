"""How the API describes itself: problems and a command's headers are part of every operation by construction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiParameter, OpenApiResponse, extend_schema

import apps.accounts.api.schema  # noqa: F401 - registers how tokens are described
from apps.core.api.problems import MEDIA_TYPE, ProblemSerializer
from apps.journal.api.commands import KEY_LENGTH, OCCURRED_AT, CommandMixin
from apps.journal.rules import CLOCK_MAY_BE_AHEAD, MAY_BE_TOLD_LATE

F = TypeVar("F", bound=Callable[..., Any])

PDF = {(200, "application/pdf"): bytes}
"""The responses of a view that answers a PDF: `command_schema` and `extend_schema(responses=PDF)` take it."""
CSV = {(200, "text/csv"): str}
"""The responses of a view that answers a CSV."""

KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description=f"New for each command, at most {KEY_LENGTH} characters. The same key and body get the same answer.",
)

WHEN = OpenApiParameter(
    OCCURRED_AT,
    datetime,
    OpenApiParameter.HEADER,
    description=(
        "When it was done by the clock of the device, with an offset (RFC 3339); left out: now. Kept beside the time "
        "at which it was recorded, and never an order: nothing is put in between. At most "
        f"{CLOCK_MAY_BE_AHEAD // timedelta(minutes=1)} minutes ahead of the warehouse's clock (`clock_ahead`) and "
        f"{MAY_BE_TOLD_LATE // timedelta(days=1)} days behind it (`too_long_ago`). No part of what the key is compared "
        "with: a repeat gets the first answer, and the first time stands."
    ),
)

READ_PROBLEMS = {
    "401": "No valid token or session.",
    "403": "The role may not do this, or nobody is signed on.",
    "429": "Too many requests; see Retry-After.",
}
WRITE_PROBLEMS = {
    "400": "A field or a header is malformed, or the key is missing.",
    "409": "The warehouse says no; see `code`, `facts` and `recover`. Nothing has changed.",
    "422": "The key was used for another command.",
    "503": "Others are working on the same goods; send the same command again.",
}
NOT_FOUND = {"404": "There is no such thing, or the caller may not see it."}


class ApiSchema(AutoSchema):
    """Adds to each operation the problems it may answer, and to each command its headers."""

    def get_override_parameters(self) -> list[Any]:
        """A command has a key, and may say when it was done."""
        return [KEY, WHEN] if self._is_command() else []

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for code, description in self._problems().items():
            if code not in bodies:
                problem = OpenApiResponse(ProblemSerializer, description)
                bodies[code] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                    problem, code, [MEDIA_TYPE], direction
                )
        return bodies

    def _problems(self) -> dict[str, str]:
        problems = dict(READ_PROBLEMS)
        if self._is_command():
            problems |= WRITE_PROBLEMS | NOT_FOUND
        elif self.method != "GET":
            problems |= {"400": WRITE_PROBLEMS["400"]}
        if "{" in self.path:
            problems |= NOT_FOUND
        return dict(sorted(problems.items()))

    def _is_command(self) -> bool:
        return self.method == "POST" and isinstance(self.view, CommandMixin)


def command_schema(*, request: Any = None, response: Any = None, success: int = 200, **more: Any) -> Callable[[F], F]:
    """Describe a command: what it takes, what it answers. Headers and problems are added to it anyway."""
    return extend_schema(request=request, responses={success: response}, **more)
