"""Planning at the desk."""

from apps.planning.admin.classes import ItemClassAdmin
from apps.planning.admin.reorder import ReorderProposalAdmin, StockingPolicyAdmin

__all__ = ["ItemClassAdmin", "ReorderProposalAdmin", "StockingPolicyAdmin"]
