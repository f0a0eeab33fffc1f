"""Which characters a request may bring: what a database cannot hold or a reader would be misled by is refused."""

from __future__ import annotations

import re

_SCANNED = "\t\n\r\x04\x1c\x1d\x1e\x1f"
"""Layout, and the separators that a scanner sends (ISO/IEC 15434): end of transmission, FS, GS, RS, US."""

_CONTROL = re.compile(rf"[\x00-\x1f\x7f-\x9f](?<![{_SCANNED}])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: they make text read otherwise than it is. Marks (LRM, RLM, ALM) stay."""


def fault_of(text: str) -> str | None:
    """Why a request may not hold this text; None when it may."""
    if text.isascii() and text.isprintable():
        return None
    if "\x00" in text:
        return "Null characters are not allowed."
    if _CONTROL.search(text):
        return "Control characters are not allowed."
    if _SURROGATE.search(text):
        return "Half of a character (a lone surrogate) is not allowed."
    if _TURNED.search(text):
        return "Characters that turn the direction of other characters are not allowed."
    return None
