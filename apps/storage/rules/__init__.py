"""Where goods should live: what a bin may hold at all, which bin suits best, how a pick face is filled up; pure."""

from apps.storage.rules.bins import HOMES, NOTHING, Bin, Goods, Load, Obstacle, fill, obstacle, room
from apps.storage.rules.faces import Reserve, fill_up
from apps.storage.rules.plan import Placement, Reason, Shortlist, plan, plan_among

__all__ = [
    "HOMES",
    "NOTHING",
    "Bin",
    "Goods",
    "Load",
    "Obstacle",
    "Placement",
    "Reason",
    "Reserve",
    "Shortlist",
    "fill",
    "fill_up",
    "obstacle",
    "plan",
    "plan_among",
    "room",
]
