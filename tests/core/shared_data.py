"""Data that nobody here wrote, kept beside the repository; a test that needs it skips with a reason without it."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def shared(name):
    """A file below `../shared/data`, or below STILLAGE_SHARED when that is set."""
    folder = Path(os.environ.get("STILLAGE_SHARED") or ROOT.parent / "shared" / "data")
    path = folder / name
    if not path.is_file():
        pytest.skip(f"{name} is not beside the repository (set STILLAGE_SHARED to its folder)")
    return path
