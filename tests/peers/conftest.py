"""A warehouse that several connections and processes see."""

from tests.concurrency.conftest import floor

__all__ = ["floor"]
