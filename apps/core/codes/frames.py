"""What a camera sees: the codes in a frame, as a scanner would send them."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from apps.core.codes.errors import UnreadableFrame
from apps.core.pictures import FORMATS, UNREADABLE, faults

MOST_CODES = 10
"""Of one frame: a shelf full of labels is no scan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A code in a frame: its symbology by name, and what a scanner sends for it, symbology identifier first."""

    symbology: str
    code: str


def read_frame(content: bytes) -> list[Seen]:
    """The codes in a JPEG or PNG, each once, from top to bottom. Raises `UnreadableFrame`."""
    # Imported when the first frame comes: nothing else reads pictures.
    import zxingcpp  # noqa: PLC0415

    found = zxingcpp.read_barcodes(_picture(content), text_mode=zxingcpp.TextMode.Plain)
    placed = sorted(found, key=lambda each: (each.position.top_left.y, each.position.top_left.x))
    seen = (Seen(symbology=str(each.format), code=each.symbology_identifier + each.text) for each in placed)
    return list(dict.fromkeys(seen))[:MOST_CODES]


def _picture(content: bytes) -> Image.Image:
    """In shades of grey. The size is told before anything is unpacked, so a small file cannot hold a huge picture."""
    for reason in faults(content):
        raise UnreadableFrame(reason=reason)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            return image.convert("L")
    except UNREADABLE:
        raise UnreadableFrame(reason="the picture is broken") from None
