"""What can be promised by which day, what channels are told of it, and which site serves an order."""

from apps.supply.rules.channels import Listed, told
from apps.supply.rules.promising import Answer, Inbound, OnHand, Position, Promised, answer, by_day
from apps.supply.rules.routing import Choice, Part, Point, Site, Split, Weights, choose_sites

__all__ = [
    "Answer",
    "Choice",
    "Inbound",
    "Listed",
    "OnHand",
    "Part",
    "Point",
    "Position",
    "Promised",
    "Site",
    "Split",
    "Weights",
    "answer",
    "by_day",
    "choose_sites",
    "told",
]
