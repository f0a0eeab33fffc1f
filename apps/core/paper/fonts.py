"""Which font prints which character: a face a script, taken from packages, embedded as a subset.

Noto Sans and FiraGO come from pymupdf-fonts (SIL Open Font License), WenQuanYi Micro Hei from paperang-p2-fonts-cjk
(Apache License 2.0). All have TrueType outlines, the only kind that reportlab embeds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from threading import RLock

import pymupdf_fonts  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

Ranges = tuple[tuple[int, int], ...]

LATIN: Ranges = ((0x20, 0x58F), (0x1E00, 0x2BFF), (0xA640, 0xA7FF), (0xFB00, 0xFB06))
"""Latin, Greek, Cyrillic and the punctuation and signs that they share."""

SEMITIC: Ranges = ((0x590, 0x6FF), (0x2010, 0x2BFF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF))
"""Hebrew, Arabic with its presentation forms, and arrows that Noto Sans lacks."""

EAST_ASIAN: Ranges = (
    (0x2010, 0x2BFF),
    (0x2E80, 0x33FF),
    (0x3400, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
)
"""Chinese, Japanese and Korean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One font in one weight. `embolden` thickens the strokes where the family has no bold."""

    name: str
    ranges: Ranges
    read: Callable[[], bytes]
    embolden: bool = False

    def claims(self, point: int) -> bool:
        """Whether this face may print the script of a code point, drawn as its neighbours expect."""
        return any(first <= point <= last for first, last in self.ranges)


def _micro_hei() -> bytes:
    return files("paperang_p2_fonts_cjk").joinpath("fonts/wqy-microhei.ttc").read_bytes()


def _packed(key: str) -> Callable[[], bytes]:
    def read() -> bytes:
        return bytes(pymupdf_fonts.myfont(key))

    return read


REGULAR = (
    Face(name="NotoSans", ranges=LATIN, read=_packed("notos")),
    Face(name="FiraGO", ranges=SEMITIC, read=_packed("figo")),
    Face(name="MicroHei", ranges=EAST_ASIAN, read=_micro_hei),
)
BOLD = (
    Face(name="NotoSans-Bold", ranges=LATIN, read=_packed("notosbo")),
    Face(name="FiraGO-Bold", ranges=SEMITIC, read=_packed("figbo")),
    Face(name="MicroHei", ranges=EAST_ASIAN, read=_micro_hei, embolden=True),
)

_loading = RLock()


@cache
def _load(name: str, read: Callable[[], bytes]) -> TTFont:
    font = TTFont(name, BytesIO(read()), subfontIndex=0)
    registerFont(font)
    return font


def font_of(face: Face) -> TTFont:
    """The face's font, read and registered on first use; threads that print at once wait for one reading."""
    with _loading:
        return _load(face.name, face.read)


@lru_cache(maxsize=16_384)
def face_for(char: str, *, bold: bool) -> Face | None:
    """The first face that claims the character's script and has its glyph; None when no font here prints it."""
    point = ord(char)
    for face in BOLD if bold else REGULAR:
        if face.claims(point) and point in font_of(face).face.charToGlyph:
            return face
    return None


@lru_cache(maxsize=16_384)
def advance(char: str, *, bold: bool) -> float:
    """How far the pen moves at size 1; a character that cannot be printed is as wide as its box."""
    face = face_for(char, bold=bold)
    return BOX_ADVANCE if face is None else float(font_of(face).stringWidth(char, 1))


BOX_ADVANCE = 0.68
"""The width of the box that stands for an unprintable character, in em."""
