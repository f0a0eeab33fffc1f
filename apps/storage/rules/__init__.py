"""Where goods should live: what a bin may hold at all, which bin suits best, how a pick face is filled up; pure."""

from apps.storage.rules.bins import (
    HOMES,
    NOTHING,
    Bin,
    Goods,
    Load,
    Obstacle,
    Whole,
    fill,
    obstacle,
    room,
    strictest,
    takes,
)
from apps.storage.rules.faces import Reserve, fill_up
from apps.storage.rules.plan import Ask, Placement, Reason, Shortlist, plan, plan_among

__all__ = [
    "HOMES",
    "NOTHING",
    "Ask",
    "Bin",
    "Goods",
    "Load",
    "Obstacle",
    "Placement",
    "Reason",
    "Reserve",
    "Shortlist",
    "Whole",
    "fill",
    "fill_up",
    "obstacle",
    "plan",
    "plan_among",
    "room",
    "strictest",
    "takes",
]
