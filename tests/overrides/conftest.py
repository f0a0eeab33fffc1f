"""Overrides are of what putaway refuses: the same racks."""

from tests.storage.conftest import racks

__all__ = ["racks"]
