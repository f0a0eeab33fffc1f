"""Stocking policies, the reorders that follow from them, and what is reckoned of demand."""

from apps.planning.models.policies import WAITING, HoldingRate, OrderingCost, StockingPolicy, StockingPolicyQuerySet
from apps.planning.models.proposals import PROPOSAL_NUMBERS, ReorderProposal, ReorderProposalQuerySet
from apps.planning.models.ratings import ItemClass, ItemClassQuerySet, ItemForecast, ItemForecastQuerySet

__all__ = [
    "PROPOSAL_NUMBERS",
    "WAITING",
    "HoldingRate",
    "ItemClass",
    "ItemClassQuerySet",
    "ItemForecast",
    "ItemForecastQuerySet",
    "OrderingCost",
    "ReorderProposal",
    "ReorderProposalQuerySet",
    "StockingPolicy",
    "StockingPolicyQuerySet",
]
