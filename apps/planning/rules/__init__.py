"""What planning decides, on values alone: how much to reorder, of whom, how fast an item moves.

`forecast` is a package of its own beside it, imported by that name, since it brings numpy.
"""

from apps.planning.rules.reorder import Choice, Figures, Offer, choose, pack_from, rounded_up, velocities_of

__all__ = ["Choice", "Figures", "Offer", "choose", "pack_from", "rounded_up", "velocities_of"]
