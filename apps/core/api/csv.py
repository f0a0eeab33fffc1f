"""Tables as CSV: quoted by RFC 4180, with no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer

from apps.core.api.pdf import PdfRenderer
from apps.core.imports.cells import harmless

CSV_TYPE = "text/csv"


class CsvRenderer(PdfRenderer):
    """Lets `Accept: text/csv` through; what is rendered by it is a problem, which is JSON all the same."""

    media_type = CSV_TYPE
    format = "csv"


CSV_RENDERERS = (JSONRenderer, CsvRenderer)
"""The `renderer_classes` of an action that answers a CSV."""


def csv_response(name: str, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A table that a browser saves under its number."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(titles)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return HttpResponse(
        text.getvalue(),
        content_type=f"{CSV_TYPE}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
