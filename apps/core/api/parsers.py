"""Bodies: JSON of a sane size and depth."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import IO, Any

from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

LONGEST_BODY = 2 * 1024 * 1024
"""An order of ten thousand lines is smaller."""


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
        """The document, an object. Raises `BodyTooLarge`, `ParseError`."""
        body = stream.read(LONGEST_BODY + 1)
        if len(body) > LONGEST_BODY:
            raise BodyTooLarge
        try:
            document: Any = super().parse(io.BytesIO(body), media_type, parser_context)
        except RecursionError:
            message = "JSON parse error - nested too deeply"
            raise ParseError(message) from None
        if not isinstance(document, dict):
            message = "Send a JSON object."
            raise ParseError(message)
        return document
