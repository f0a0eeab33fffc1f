"""Documents as PDF: for clients that accept PDF by name as for those that accept anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from rest_framework.renderers import BaseRenderer, JSONRenderer

PDF_TYPE = "application/pdf"


class PdfRenderer(BaseRenderer):
    """Lets `Accept: application/pdf` through; what is rendered by it is a problem, which is JSON all the same."""

    media_type = PDF_TYPE
    format = "pdf"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The problem's body."""
        del accepted_media_type
        return JSONRenderer().render(data, None, renderer_context)


PDF_RENDERERS = (JSONRenderer, PdfRenderer)
"""The `renderer_classes` of an action that answers a PDF."""


def pdf_response(name: str, content: bytes) -> HttpResponse:
    """A PDF that a browser shows and saves under its number."""
    return HttpResponse(
        content, content_type=PDF_TYPE, headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )
