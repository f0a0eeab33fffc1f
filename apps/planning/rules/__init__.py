"""What planning decides, on values alone: how much to reorder, of whom, and which items matter most.

`forecast` is a package of its own beside it, imported by that name, since it brings numpy.
"""

from apps.planning.rules.classes import pareto, steadiness, variation
from apps.planning.rules.levels import Outlook
from apps.planning.rules.lots import economic_order_quantity, is_steady
from apps.planning.rules.policy import Costs, Reckoned, Wanted, reckon
from apps.planning.rules.reorder import Choice, Figures, Offer, choose, pack_from, rounded_up

__all__ = [
    "Choice",
    "Costs",
    "Figures",
    "Offer",
    "Outlook",
    "Reckoned",
    "Wanted",
    "choose",
    "economic_order_quantity",
    "is_steady",
    "pack_from",
    "pareto",
    "reckon",
    "rounded_up",
    "steadiness",
    "variation",
]
