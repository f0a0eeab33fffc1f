"""The cost book, what is said about costs, and landed costs."""

from apps.valuation.models.book import CostEntry, CostLayer, Cursor, ItemCost, WorkInProgress
from apps.valuation.models.landed import LANDED_COST_NUMBERS, LandedCost, LandedCostLine
from apps.valuation.models.said import Account, CostEvent, CostRule, ExchangeRate, OutputShare, SaleOfReturn

__all__ = [
    "LANDED_COST_NUMBERS",
    "Account",
    "CostEntry",
    "CostEvent",
    "CostLayer",
    "CostRule",
    "Cursor",
    "ExchangeRate",
    "ItemCost",
    "LandedCost",
    "LandedCostLine",
    "OutputShare",
    "SaleOfReturn",
    "WorkInProgress",
]
