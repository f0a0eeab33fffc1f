"""Workbooks over HTTP."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer

from apps.core.api.pdf import PdfRenderer
from apps.core.xlsx import XLSX_TYPE


class XlsxRenderer(PdfRenderer):
    """Lets `Accept` name a workbook."""

    media_type = XLSX_TYPE
    format = "xlsx"


XLSX_RENDERERS = (JSONRenderer, XlsxRenderer)
"""The `renderer_classes` of a view that answers a workbook."""
XLSX = {(200, XLSX_TYPE): bytes}
"""The responses of such a view."""


def xlsx_response(name: str, content: bytes) -> HttpResponse:
    """A workbook that a browser saves under its name."""
    return HttpResponse(
        content, content_type=XLSX_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )
