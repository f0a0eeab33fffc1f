"""Reads documents back as a person and a scanner would: by rendering them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
import zxingcpp
from PIL import Image

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Read:
    """A decoded barcode: the text as a scanner sends it, prefix first, FNC1 as the group separator."""

    symbology: str
    text: str

    @property
    def scan(self) -> str:
        return self.symbology + self.text


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(content)
    try:
        yield document
    finally:
        document.close()


def images(content: bytes, *, dpi: int = 250, only: tuple[int, ...] | None = None) -> list[Image.Image]:
    with opened(content) as document:
        wanted = range(len(document)) if only is None else only
        return [document[index].render(scale=dpi / 72, grayscale=True).to_pil() for index in wanted]


def barcodes(content: bytes, *, dpi: int = 250, only: tuple[int, ...] | None = None) -> list[list[Read]]:
    """What a scanner reads on each page."""
    found = []
    for image in images(content, dpi=dpi, only=only):
        results = zxingcpp.read_barcodes(image)
        found.append([Read(each.symbology_identifier, _sent(each)) for each in results])
    return found


def _sent(result: zxingcpp.Barcode) -> str:
    try:
        return result.bytes.decode("utf-8")
    except UnicodeDecodeError:
        return result.bytes.decode("latin-1")


def texts(content: bytes) -> list[str]:
    """Each page's text, line breaks as they stand."""
    with opened(content) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def sizes(content: bytes) -> list[tuple[float, float]]:
    """Each page's size in millimetres."""
    with opened(content) as document:
        return [
            (round(page.get_width() / POINTS_PER_MM, 1), round(page.get_height() / POINTS_PER_MM, 1))
            for page in document
        ]


def ink_box(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The smallest box around everything that is not white."""
    return image.point(lambda value: 255 if value < 250 else 0).getbbox()


def is_dark(image: Image.Image, x: int, y: int) -> bool:
    """Whether a pixel is ink."""
    value = image.getpixel((x, y))
    assert isinstance(value, int | float)
    return value < 128


def margins(content: bytes, *, dpi: int = 100) -> list[tuple[float, float, float, float]]:
    """The white edges of each page in millimetres: left, top, right, bottom."""
    found = []
    for image in images(content, dpi=dpi):
        box = ink_box(image)
        assert box is not None
        edges = (box[0], box[1], image.width - box[2], image.height - box[3])
        left, top, right, bottom = (edge / dpi * 25.4 for edge in edges)
        found.append((left, top, right, bottom))
    return found


def assert_within_margins(content: bytes, *, least: float = 11.5) -> None:
    for page in margins(content):
        assert min(page) >= least, page
