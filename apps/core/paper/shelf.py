"""Where printed documents are kept: one file a document, always whole."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from django.conf import settings

UNSAFE = re.compile(r"[^\w.@+-]|^\.+")
"""What a file's name may not have: a lot number is free text, and no path."""


def keep(name: str, content: bytes) -> Path:
    """Write a document under `PAPER_DIR`, replacing an earlier print of it in one step; where it is."""
    folder = Path(settings.PAPER_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / UNSAFE.sub("_", name)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
        file.write(content)
    return Path(file.name).replace(target)


def kept(name: str) -> bytes | None:
    """What was written under that name; None when it is not there any more."""
    path = Path(settings.PAPER_DIR) / UNSAFE.sub("_", name)
    return path.read_bytes() if path.is_file() else None
