"""Planning at the desk."""

from apps.planning.admin.classes import ItemClassAdmin
from apps.planning.admin.forecasts import ItemForecastAdmin
from apps.planning.admin.policies import HoldingRateAdmin, OrderingCostAdmin, StockingPolicyAdmin
from apps.planning.admin.reorder import ReorderProposalAdmin

__all__ = [
    "HoldingRateAdmin",
    "ItemClassAdmin",
    "ItemForecastAdmin",
    "OrderingCostAdmin",
    "ReorderProposalAdmin",
    "StockingPolicyAdmin",
]
