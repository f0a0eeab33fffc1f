"""Pure rules of planning: how much to reorder, and which items matter most."""

from apps.planning.rules.classes import pareto, steadiness, variation
from apps.planning.rules.reorder import Choice, Figures, Offer, choose, pack_from, rounded_up

__all__ = [
    "Choice",
    "Figures",
    "Offer",
    "choose",
    "pack_from",
    "pareto",
    "rounded_up",
    "steadiness",
    "variation",
]
