"""Pictures that somebody sends: told by their content, never by their name, and kept as a picture of our own making."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageOps

from apps.core.errors import PictureRefused

MOST_PIXELS = 6_000_000
"""A picture of 2,000 by 3,000: more takes time and shows nothing that less does not."""
MOST_BYTES = 1_400_000
FORMATS = ("JPEG", "PNG")
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)
JPEG_QUALITY = 85


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A JPEG as it is kept."""

    content: bytes
    width: int
    height: int


def faults(content: bytes) -> Iterator[str]:
    """Why it is not read. The size is told before anything is unpacked, so a small file cannot hold a huge picture."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            width, height = image.size
    except UNREADABLE:
        yield "it is no JPEG or PNG"
        return
    if width * height > MOST_PIXELS:
        yield f"it has {width} by {height} pixels, and {MOST_PIXELS} in all are the most"


def cleaned(content: bytes) -> Picture:
    """The picture drawn anew as a JPEG: upright, and without what a camera writes beside it, such as where it was.

    Raises `PictureRefused`.
    """
    if len(content) > MOST_BYTES:
        raise PictureRefused(reason=f"it has {len(content)} bytes, and {MOST_BYTES} are the most")
    for reason in faults(content):
        raise PictureRefused(reason=reason)
    made = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except UNREADABLE:
        raise PictureRefused(reason="it is broken") from None
    upright.info.clear()
    upright.save(made, "JPEG", quality=JPEG_QUALITY)
    return Picture(content=made.getvalue(), width=upright.width, height=upright.height)
