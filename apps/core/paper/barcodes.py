"""Barcodes as vector rectangles: Code 128, GS1-128, Data Matrix, GS1 DataMatrix and QR Code.

The encoder treats every doubt as an error: a bad check digit, date or character is refused, never printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from zint import InputMode, Symbol, Symbology, WarningLevel

from apps.core.paper.errors import CannotEncode

CODE_128_QUIET = 10
"""Modules of white left and right of a Code 128 symbol (GS1 General Specifications, "Quiet Zone" of GS1-128)."""

MATRIX_QUIET = 1
"""Modules of white on every side of a Data Matrix symbol (GS1 General Specifications, "GS1 DataMatrix")."""

QR_QUIET = 4
"""Modules of white on every side of a QR Code symbol (ISO/IEC 18004)."""

_UNIT = 2.0
"""The encoder's coordinates per module."""

_PRINTABLE = re.compile(r"[\x20-\x7e]{1,80}")


@dataclass(frozen=True, slots=True)
class Bar:
    """A dark rectangle, in modules from the symbol's top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Barcode:
    """A symbol, ready to draw at any size. `columns` and `rows` are modules without the quiet zone."""

    data: str
    bars: tuple[Bar, ...]
    columns: int
    rows: int
    quiet: int

    @property
    def is_matrix(self) -> bool:
        """Whether the symbol is two-dimensional; then its modules are square."""
        return self.rows > 1

    def width(self, module: float, *, quiet: bool = True) -> float:
        """The width at a module width (X-dimension), with the quiet zones on both sides unless told otherwise."""
        return (self.columns + (2 * self.quiet if quiet else 0)) * module

    def svg_path(self) -> str:
        """The dark modules of a matrix as the data of one SVG path, quiet zone included, a unit a module."""
        return "".join(
            f"M{bar.x + self.quiet:g} {bar.y + self.quiet:g}h{bar.width:g}v{bar.height:g}h-{bar.width:g}z"
            for bar in self.bars
        )

    def draw(self, canvas: Canvas, x: float, y: float, *, module: float, height: float = 0) -> None:
        """Draw with the lower left corner of the bars at (x, y); the caller keeps the quiet zone free.

        `height` is that of the bars of a linear symbol; a matrix is as high as its modules.
        """
        row = module if self.is_matrix else height / self.rows
        top = y + row * self.rows
        canvas.saveState()
        canvas.setFillGray(0)
        path = canvas.beginPath()
        for bar in self.bars:
            path.rect(x + bar.x * module, top - (bar.y + bar.height) * row, bar.width * module, bar.height * row)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.restoreState()


def code_128(text: str) -> Barcode:
    """Code 128 of printable ASCII, at most 80 characters."""
    if not _PRINTABLE.fullmatch(text):
        raise CannotEncode(data=text[:80], symbology="Code 128", reason="it is not 1 to 80 printable ASCII characters")
    return _encode(Symbology.CODE128, text, gs1=False)


def can_code_128(text: str) -> bool:
    """Whether the text can be a Code 128 symbol; a head leaves the bars out when not, the text stands anyway."""
    return _PRINTABLE.fullmatch(text) is not None


def gs1_128(elements: tuple[tuple[str, str], ...]) -> Barcode:
    """GS1-128 of (application identifier, value) pairs."""
    return _encode(Symbology.GS1_128, _bracketed(elements), gs1=True)


def gs1_data_matrix(elements: tuple[tuple[str, str], ...]) -> Barcode:
    """GS1 DataMatrix of (application identifier, value) pairs."""
    return _encode(Symbology.DATAMATRIX, _bracketed(elements), gs1=True)


def data_matrix(text: str) -> Barcode:
    """Data Matrix of any text, as UTF-8 where Latin-1 does not do."""
    return _encode(Symbology.DATAMATRIX, text, gs1=False)


def qr_code(text: str) -> Barcode:
    """QR Code of any text; a camera of any telephone reads it."""
    return _encode(Symbology.QRCODE, text, gs1=False)


def human_readable(elements: tuple[tuple[str, str], ...]) -> str:
    """The elements with their identifiers in parentheses (GS1 General Specifications, "HRI rules")."""
    return "".join(f"({identifier}){value}" for identifier, value in elements)


def _bracketed(elements: tuple[tuple[str, str], ...]) -> str:
    # Square brackets, because parentheses may occur in a value and square brackets may not.
    for identifier, value in elements:
        if "[" in value or "]" in value:
            raise CannotEncode(data=f"({identifier}){value}", symbology="GS1", reason="a value holds a square bracket")
    return "".join(f"[{identifier}]{value}" for identifier, value in elements)


UTF_8 = 26
"""The extended channel interpretation that announces UTF-8; without one a symbol holds Latin-1."""


def _is_latin_1(text: str) -> bool:
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=512)
def _encode(symbology: Symbology, text: str, *, gs1: bool) -> Barcode:
    symbol = Symbol()
    symbol.symbology = symbology
    symbol.warn_level = WarningLevel.FAIL_ALL
    symbol.input_mode = InputMode.GS1 if gs1 else InputMode.UNICODE
    symbol.show_text = False
    if not _is_latin_1(text):
        symbol.eci = UTF_8
    try:
        symbol.encode(text)
        symbol.buffer_vector()
    except RuntimeError as error:
        reason = str(error).split(": ", 1)[-1].rstrip(".")
        raise CannotEncode(data=text[:80], symbology=symbology.name, reason=reason) from None
    vector = symbol.vector
    linear = symbol.rows == 1
    scale = vector.height if linear else _UNIT
    bars = tuple(Bar(bar.x / _UNIT, bar.y / scale, bar.width / _UNIT, bar.height / scale) for bar in vector.rectangles)
    return Barcode(
        data=text,
        bars=bars,
        columns=symbol.width,
        rows=symbol.rows,
        quiet=CODE_128_QUIET if linear else QR_QUIET if symbology == Symbology.QRCODE else MATRIX_QUIET,
    )


def module_for(barcode: Barcode, *, room: float, most: float = 0.5 * mm, least: float = 0.19 * mm) -> float | None:
    """The widest module between `least` and `most` at which the symbol and its quiet zones fit; None when none does."""
    module = min(most, room / barcode.width(1))
    return module if module >= least else None
