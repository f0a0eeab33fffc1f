"""What is done to sites and to who works in them."""

from apps.locations.operations.open_warehouse import open_warehouse

__all__ = ["open_warehouse"]
