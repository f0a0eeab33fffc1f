"""What planning decides, on values alone: how much to reorder, of whom, and which items matter most.

`forecast` is a package of its own beside it, imported by that name, since it brings numpy.
"""

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
