"""What is photographed on paper: a page each of what the day printed."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch
from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from pathlib import Path

WIDTH = 1000
"""Pixels; labels come out smaller, as they are."""
SCALE = 2.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A picture's name and the file name of the paper; of several the first that was printed."""

    name: str
    pattern: str

    def found(self, printed: dict[str, bytes]) -> bytes:
        """Its content. Raises `KeyError` when the day did not print it."""
        for name, content in printed.items():
            if fnmatch(name, self.pattern):
                return content
        raise KeyError(self.pattern)


PAPERS = (
    Paper("purchase-order", "PO-*.pdf"),
    Paper("receiving-sheet", "GR-*-sheet.pdf"),
    Paper("lot-label", "GR-??????.pdf"),
    Paper("bin-label", "bin-labels-*.pdf"),
    Paper("pick-list", "W-*.pdf"),
    Paper("cart-list", "RN-*.pdf"),
    Paper("packing-bench", "SH-*-bench.pdf"),
    Paper("carton-label", "[0-9]*.pdf"),
    Paper("packing-slip", "SH-*.pdf"),
    Paper("pallet-label", "pallet-*.pdf"),
    Paper("bill-of-lading", "bill-of-lading-*.pdf"),
    Paper("transfer-note", "TR-*.pdf"),
    Paper("manifest", "*manifest*.pdf"),
    Paper("count-sheet", "CC-*.pdf"),
    Paper("return-slip", "RT-*.pdf"),
    Paper("recall", "RC-*.pdf"),
    Paper("end-of-day", "*end-of-day.pdf"),
)


def first_page(content: bytes, path: Path) -> None:
    """Render it."""
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    image = page.render(scale=min(WIDTH / page.get_width(), SCALE)).to_pil()
    image.convert("P", palette=1, colors=64).save(path, optimize=True)
    document.close()
