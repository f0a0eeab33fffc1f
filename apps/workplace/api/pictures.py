"""Pictures of what was found, as an answer that runs nothing and is kept by nobody on the way."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer

from apps.core.api.pdf import PdfRenderer
from apps.core.errors import NotFound
from apps.core.paper import shelf
from apps.workplace.models import CheckPhoto
from apps.workplace.operations import photo_name

JPEG_TYPE = "image/jpeg"


class JpegRenderer(PdfRenderer):
    """Lets `Accept: image/jpeg` through; what is rendered by it is a problem, which is JSON all the same."""

    media_type = JPEG_TYPE
    format = "jpg"


JPEG_RENDERERS = (JSONRenderer, JpegRenderer)


def photo_response(photo: CheckPhoto) -> HttpResponse:
    """The picture from the shelf, to whoever was shown its row. Raises `NotFound` when the shelf has lost it."""
    content = shelf.kept(photo_name(photo.digest))
    if content is None:
        raise NotFound(kind="picture", number=photo.number)
    return HttpResponse(
        content,
        content_type=JPEG_TYPE,
        headers={
            "Content-Disposition": f'inline; filename="{photo.number}.jpg"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
