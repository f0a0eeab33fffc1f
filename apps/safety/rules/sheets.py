"""What is taken for a safety data sheet: told by its content, never by its name."""

from __future__ import annotations

from collections.abc import Iterator

MOST_BYTES = 1_400_000
"""In base64 still less than a request may have, as a photo is."""
BEGINS, ENDS = b"%PDF-", b"%%EOF"
TAIL = 1024
"""A reader looks for the end among the last bytes."""


def faults_of_sheet(content: bytes) -> Iterator[str]:
    """Why it is not kept."""
    if len(content) > MOST_BYTES:
        yield f"it has {len(content)} bytes, and {MOST_BYTES} are the most"
    elif not content.startswith(BEGINS):
        yield "it is no PDF"
    elif ENDS not in content[-TAIL:]:
        yield "the PDF has no end; it came only in part"
