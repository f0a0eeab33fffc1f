"""JSON-LD in and out: a document is taken character for character, and sent under the media type of its kind."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import IO, Any

from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer

from apps.core.api.parsers import LONGEST_BODY, BodyTooLarge, BoundedJSONParser
from apps.core.api.pdf import PdfRenderer

JSON_LD = "application/ld+json"


class JsonLdRenderer(PdfRenderer):
    """Lets `Accept: application/ld+json` through; what is rendered by it is a problem, which is JSON all the same."""

    media_type = JSON_LD
    format = "jsonld"


JSON_LD_RENDERERS = (JSONRenderer, JsonLdRenderer)


class WordForWord(BoundedJSONParser):
    """A JSON object of bounded size and depth, handed on as the text that was sent."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The text under `text`. Raises as `BoundedJSONParser`."""
        body = stream.read(LONGEST_BODY + 1)
        if len(body) > LONGEST_BODY:
            raise BodyTooLarge
        super().parse(io.BytesIO(body), media_type, parser_context)
        return {"text": body.decode("utf-8")}


class JsonLdParser(WordForWord):
    """The same under the media type of JSON-LD."""

    media_type = JSON_LD


def json_ld_response(name: str, document: str | dict[str, Any]) -> HttpResponse:
    """A document that a browser saves under its number."""
    return HttpResponse(
        document if isinstance(document, str) else json.dumps(document, ensure_ascii=False, indent=1),
        content_type=JSON_LD,
        headers={"Content-Disposition": f'attachment; filename="{name}.jsonld"'},
    )
