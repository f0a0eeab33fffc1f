"""Data that nobody here wrote, kept beside the repository; a test that needs it skips with a reason without it."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def shared(name):
    """A file below `data` of `../shared`, or of STILLAGE_SHARED when that is set."""
    path = Path(os.environ.get("STILLAGE_SHARED") or ROOT.parent / "shared") / "data" / name
    if not path.is_file():
        pytest.skip(f"{name} is not beside the repository (set STILLAGE_SHARED to its folder)")
    return path
