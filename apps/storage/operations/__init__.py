"""Putting goods away: proposals and their confirmation."""

from apps.storage.operations.putaway import confirm_putaway, propose_putaways
from apps.storage.rules import Goods

__all__ = ["Goods", "confirm_putaway", "propose_putaways"]
