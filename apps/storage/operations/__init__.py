"""Putting goods away: proposals, their confirmation, and taking either back."""

from apps.storage.operations.putaway import confirm_putaway, propose_putaways
from apps.storage.operations.withdraw import undo_putaway, withdraw_putaways
from apps.storage.rules import Goods

__all__ = ["Goods", "confirm_putaway", "propose_putaways", "undo_putaway", "withdraw_putaways"]
