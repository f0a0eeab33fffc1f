"""Bodies: JSON of a sane size and depth, in characters that can be kept."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import IO, Any

from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import JSONParser

from apps.core.api.texts import fault_of

LONGEST_BODY = 2 * 1024 * 1024
"""An order of ten thousand lines is smaller."""


DEEPEST = 16
LONGEST_LIST = 20_000
TOO_DEEP = "JSON parse error - nested too deeply"


class BodyTooLarge(APIException):
    """More than any document of ours; it was not read to its end."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "body_too_large"
    default_detail = f"A body has at most {LONGEST_BODY} bytes."


class BoundedJSONParser(JSONParser):
    """Reads at most `LONGEST_BODY` bytes (Django's own limit does not hold for streams that DRF reads itself)."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The document, an object. Raises `BodyTooLarge`, `ParseError`, and `ValidationError` by field."""
        body = stream.read(LONGEST_BODY + 1)
        if len(body) > LONGEST_BODY:
            raise BodyTooLarge
        try:
            document: Any = super().parse(io.BytesIO(body), media_type, parser_context)
        except RecursionError:
            raise ParseError(TOO_DEEP) from None
        if not isinstance(document, dict):
            message = "Send a JSON object."
            raise ParseError(message)
        self.check(document)
        return document

    def check(self, document: dict[str, Any]) -> None:
        """Look at the characters, the depth and the lists. Raises `ParseError`, and `ValidationError` by field."""
        check_fields(document)


def check_fields(document: dict[str, Any]) -> None:
    """Refuse fields whose characters, depth or lists no document may have. Raises as `BoundedJSONParser`."""
    faults = {field if fault_of(field) is None else "": _fault(field, value) for field, value in document.items()}
    if found := {field: [fault] for field, fault in faults.items() if fault}:
        raise ValidationError(found)


def _fault(field: str, value: Any) -> str | None:
    """What is wrong with the first text or list that is wrong, however deep. Raises `ParseError` beyond `DEEPEST`."""
    if fault := fault_of(field):
        return fault
    level = [value]
    for _ in range(DEEPEST - 1):  # the document itself is the first
        below: list[Any] = []
        for each in level:
            match each:
                case str():
                    if fault := fault_of(each):
                        return fault
                case list():
                    if len(each) > LONGEST_LIST:
                        return f"A list has at most {LONGEST_LIST} entries."
                    below += each
                case dict():
                    below += [*each, *each.values()]
        if not below:
            return None
        level = below
    raise ParseError(TOO_DEEP)
