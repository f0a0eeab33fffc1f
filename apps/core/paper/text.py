"""Text on paper: any string, printed literally, font by font, wrapped to a width.

A character that no font here prints is drawn as a box, and `unprintable` names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from unicodedata import category, name, normalize

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from apps.core.paper import bidi
from apps.core.paper.fonts import BOX_ADVANCE, Face, advance, face_for, font_of

INK = HexColor("#0f172a")
SOFT = HexColor("#475569")

ELLIPSIS = "…"
LEADING = 1.28
"""The distance of two base lines, in em."""

ASCENT = 0.76
"""How far capitals with accents rise over the base line, in em."""
CAPITALS = 0.73
"""How high a capital stands, in em."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a piece of text looks."""

    size: float = 9
    bold: bool = False
    color: Color = INK

    @property
    def leading(self) -> float:
        """The height that one line takes."""
        return self.size * LEADING


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters of one face; without a face each is a box."""

    face: Face | None
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line, ready to draw: its runs in the order of the paper and its width."""

    runs: tuple[Run, ...]
    width: float


def clean(text: str) -> str:
    """The text as it prints: composed, line breaks kept, other control and invisible characters gone.

    Direction overrides are dropped, so that a name cannot reorder what stands beside it. Hebrew points are left out,
    as in everyday writing.
    """
    spaced = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = []
    for char in normalize("NFC", spaced):
        kind = category(char)
        if kind in {"Zl", "Zp"}:
            kept.append("\n")
        elif char == "\n" or kind not in {"Cc", "Cf"} or char in _JOINERS:
            kept.append(" " if kind == "Zs" and char != _NO_BREAK else char)
    return "".join(char for char in kept if not _is_left_out(char))


_JOINERS = "\u200c\u200d"
_NO_BREAK = "\u00a0"


def _is_left_out(char: str) -> bool:
    """Hebrew points, and the selectors of a glyph's variant."""
    return "\ufe00" <= char <= "\ufe0f" or ("\u0591" <= char <= "\u05c7" and category(char) == "Mn")


def unprintable(*texts: str) -> tuple[str, ...]:
    """The characters that print as a box, each once, as `U+0E01 THAI CHARACTER KO KAI`."""
    missing = {
        char for text in texts for char in _joined(clean(text)) if char != "\n" and face_for(char, bold=False) is None
    }
    return tuple(f"U+{ord(char):04X} {name(char, 'UNNAMED')}" for char in sorted(missing))


def width_of(text: str, style: Style) -> float:
    """How wide the text is on one line."""
    return _measure(_joined(clean(text).replace("\n", " ")), style)


def wrap(text: str, style: Style, width: float, *, most: int = 40) -> list[Line]:
    """The text in lines no wider than `width`; what does not fit in `most` lines ends in an ellipsis."""
    return list(_wrap(text, style, width, most))


@lru_cache(maxsize=4096)
def _wrap(text: str, style: Style, width: float, most: int) -> tuple[Line, ...]:
    pieces = [
        (piece, bidi.base_level(paragraph))
        for paragraph in clean(text).split("\n")
        for piece in _break(_joined(paragraph), style, width)
    ]
    if len(pieces) > most:
        last, level = pieces[most - 1]
        pieces[most - 1 :] = [(_shorten(last, style, width), level)]
    return tuple(_line(piece, style, level) for piece, level in pieces)


def one_line(text: str, style: Style, width: float) -> Line:
    """The text on a single line, shortened by an ellipsis when it is too long."""
    return _wrap(text, style, width, 1)[0]


def fit(text: str, style: Style, width: float, *, most: int, smallest: float) -> tuple[list[Line], Style]:
    """The text at the largest size, from the style's own down to `smallest`, at which it needs at most `most` lines."""
    size = style.size
    while size > smallest:
        tried = Style(size=size, bold=style.bold, color=style.color)
        lines = wrap(text, tried, width, most=most + 1)
        if len(lines) <= most and not _splits_word(text, tried, width):
            return lines, tried
        size -= 0.5
    last = Style(size=smallest, bold=style.bold, color=style.color)
    return wrap(text, last, width, most=most), last


def draw(canvas: Canvas, line: Line, style: Style, x: float, y: float, *, align: str = "left") -> None:
    """Draw a line with its base line at `y`; `x` is its left edge, centre or right edge, as `align` says."""
    left = x - {"left": 0.0, "center": line.width / 2, "right": line.width}[align]
    canvas.setFillColor(style.color)
    for run in line.runs:
        if run.face is None:
            left = _draw_boxes(canvas, len(run.text), style, left, y)
            continue
        font = font_of(run.face)
        pen = canvas.beginText(left, y)
        pen.setFont(font.fontName, style.size)
        if run.face.embolden:
            canvas.saveState()
            canvas.setStrokeColor(style.color)
            canvas.setLineWidth(style.size * 0.035)
            pen.setTextRenderMode(2)
        pen.textOut(run.text)
        canvas.drawText(pen)
        if run.face.embolden:
            canvas.restoreState()
        left += font.stringWidth(run.text, style.size)


def _draw_boxes(canvas: Canvas, count: int, style: Style, left: float, y: float) -> float:
    canvas.saveState()
    canvas.setStrokeColor(style.color)
    canvas.setLineWidth(style.size * 0.06)
    step = style.size * BOX_ADVANCE
    for _ in range(count):
        canvas.rect(left + step * 0.1, y, step * 0.8, style.size * 0.7, fill=0)
        left += step
    canvas.restoreState()
    return left


def _joined(text: str) -> str:
    """Arabic letters joined, joiners gone; other text as it is."""
    if bidi.is_right_to_left(text):
        text = bidi.shaped(text)
    return text.replace(_JOINERS[0], "").replace(_JOINERS[1], "")


def _measure(text: str, style: Style) -> float:
    return sum(advance(char, bold=style.bold) for char in text) * style.size


def _line(text: str, style: Style, level: int) -> Line:
    ordered = bidi.visual(text, level=level) if level or bidi.is_right_to_left(text) else text
    runs = tuple(
        Run(face, "".join(chars)) for face, chars in groupby(ordered, key=lambda char: face_for(char, bold=style.bold))
    )
    return Line(runs, _measure(ordered, style))


def _break(text: str, style: Style, width: float) -> list[str]:
    """The text cut at spaces and between East Asian characters; a word that is too long is cut anywhere."""
    pieces: list[str] = []
    current = ""
    for word in _words(text):
        if _measure((current + word).rstrip(" "), style) <= width:
            current += word
            continue
        if current.strip(" "):
            pieces.append(current.rstrip(" "))
        current = word.lstrip(" ")
        while _measure(current.rstrip(" "), style) > width:
            count = _fitting(current, style, width)
            # A code is cut after its last hyphen or slash that fits, if it has one.
            count = max(current.rfind(sign, 0, count) + 1 for sign in "-/") or count
            pieces.append(current[:count])
            current = current[count:]
    pieces.append(current.rstrip(" "))
    return pieces


def _words(text: str) -> list[str]:
    words: list[str] = []
    start = 0
    for index, char in enumerate(text):
        following = text[index + 1 : index + 2]
        breakable = char == " " and following != " "
        between = following != "" and (_is_ideograph(char) or _is_ideograph(following))
        if (breakable or between) and following not in _NEVER_FIRST:
            words.append(text[start : index + 1])
            start = index + 1
    words.append(text[start:])
    return [word for word in words if word]


_NEVER_FIRST = frozenset(
    "、。」』】〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f"
)
"""East Asian signs that do not begin a line."""


def _is_ideograph(char: str) -> bool:
    """Characters between which East Asian text may break: kana, ideographs; Hangul breaks at spaces."""
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def _fitting(text: str, style: Style, width: float) -> int:
    """How many characters fit, at least one, so that a narrow column still makes progress."""
    used = 0.0
    for index, char in enumerate(text):
        used += advance(char, bold=style.bold) * style.size
        if used > width:
            return max(index, 1)
    return len(text)


def _shorten(text: str, style: Style, width: float) -> str:
    room = width - advance(ELLIPSIS, bold=style.bold) * style.size
    return text[: _fitting(text, style, room)].rstrip(" ") + ELLIPSIS


def _splits_word(text: str, style: Style, width: float) -> bool:
    return any(_measure(word.rstrip(" "), style) > width for word in _words(_joined(clean(text))))
