"""Where printed documents are kept: one file a document, always whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings


def keep(name: str, content: bytes) -> Path:
    """Write a document under `PAPER_DIR`, replacing an earlier print of it in one step; where it is."""
    folder = Path(settings.PAPER_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / name
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
        file.write(content)
    os.replace(file.name, target)  # noqa: PTH105 - atomic, and the name is ours
    return target
