"""Planning at the desk."""

from apps.planning.admin.classes import ItemClassAdmin
from apps.planning.admin.forecasts import ItemForecastAdmin
from apps.planning.admin.reorder import ReorderProposalAdmin, StockingPolicyAdmin

__all__ = ["ItemClassAdmin", "ItemForecastAdmin", "ReorderProposalAdmin", "StockingPolicyAdmin"]
