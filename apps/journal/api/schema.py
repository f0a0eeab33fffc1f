"""How the API describes itself: problems and a command's headers are part of every operation by construction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from drf_spectacular.drainage import warn
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

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

ANY_PROBLEMS = {
    "401": "No valid token or session.",
    "403": "The role may not do this, or nobody is signed on.",
    "406": "None of the media types that the caller accepts.",
    "429": "Too many requests; see Retry-After.",
}
ASKED_PROBLEMS = {"400": "A field, a parameter or a header is malformed, or a command's key is missing."}
NOT_FOUND = {"404": "There is no such thing, or the caller may not see it."}
REFUSED = {"409": "The warehouse says no; see `code`, `facts` and `recover`. Nothing has changed."}
BODY_PROBLEMS = {
    "413": "The body is longer than any document of ours.",
    "415": "The body is no JSON.",
}
COMMAND_PROBLEMS = {
    "422": "The key was used for another command.",
    "503": "Others are working on the same goods; send the same command again.",
}
BUSY: dict[Any, Any] = {(503, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, COMMAND_PROBLEMS["503"])}
"""The response of a read that leaves word of who read, beside its own: `extend_schema(responses={200: …} | BUSY)`."""
NOTHING_TO_SHOW: dict[Any, Any] = {(409, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, REFUSED["409"])}
"""The response of a document that cannot be made of this thing."""


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

    def _get_serializer_field_meta(self, field: Any, direction: Direction) -> dict[str, Any]:
        meta: dict[str, Any] = super()._get_serializer_field_meta(field, direction)  # type: ignore[no-untyped-call]
        if direction == "response" and may_be_nothing(field):
            meta["nullable"] = True
            if len(field.source_attrs) > 1 and field.default is serializers.empty and not field.allow_null:
                warn(f"{type(field.parent).__name__}.{field.field_name} would be left out: give it a default of None")
        return meta

    def _problems(self) -> dict[str, str]:
        """Every refusal that can occur, by status."""
        problems = ANY_PROBLEMS | {}
        if self.method != "GET" or self._is_asked():
            problems |= ASKED_PROBLEMS | NOT_FOUND
            if not self._shows_rows():
                problems |= REFUSED
        if self.method != "GET" and self.get_request_serializer() is not None:
            problems |= BODY_PROBLEMS
        if self._is_command():
            problems |= COMMAND_PROBLEMS
        return dict(sorted(problems.items()))

    def _is_asked(self) -> bool:
        """Whether a read takes more than its address: parameters may be malformed, and name what is not there."""
        return self._shows_rows() or bool(self._get_parameters()) or "{" in self.path

    def _shows_rows(self) -> bool:
        """Whether a read shows rows as they are; one that works something out may be refused like a command."""
        return getattr(self.view, "action", None) in {"list", "retrieve"}

    def _is_command(self) -> bool:
        return self.method == "POST" and isinstance(self.view, CommandMixin)


class ClockTime(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """A time of day on the warehouse's clock; JSON Schema's own `time` wants an offset, which such a time has not."""

    target_class = "rest_framework.fields.TimeField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """Hours and minutes, seconds if need be."""
        return {
            "type": "string",
            "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$",
            "example": "15:00:00",
        }


def may_be_nothing(field: serializers.Field[Any, Any, Any, Any]) -> bool:
    """Whether an answer's field is null at times: something on the way from its row to its value may not be there."""
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    for name in getattr(field, "source_attrs", ()) if field.read_only else ():
        column = _column(model, name)
        if column is None or column.one_to_many or column.many_to_many:
            return False
        if column.null:
            return True
        model = column.related_model
    return False


def _column(model: Any, name: str) -> Any:
    """A model's column, or another row's that points here; None for what is worked out."""
    try:
        return model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return None


def command_schema(*, request: Any = None, response: Any = None, success: int = 200, **more: Any) -> Callable[[F], F]:
    """Describe a command: what it takes, what it answers. Headers and problems are added to it anyway."""
    return extend_schema(request=request, responses={success: response}, **more)
