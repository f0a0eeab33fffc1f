"""Where goods should live: what a bin may hold at all, which bin suits best, how a pick face is filled up; pure."""

from apps.storage.rules.areas import Area
from apps.storage.rules.bins import Bin, Obstacle, fill, obstacle, room, takes
from apps.storage.rules.faces import NO_DEMAND, Demand, Reserve, fill_up
from apps.storage.rules.goods import HOMES, NOTHING, Goods, Load, Whole, strictest
from apps.storage.rules.guidance import LOOSE, PlaceRule, with_rules
from apps.storage.rules.hazards import Dangers, Spot
from apps.storage.rules.plan import Ask, Placement, Ranked, Reason, Shortlist, plan, plan_among, rank

__all__ = [
    "HOMES",
    "LOOSE",
    "NOTHING",
    "NO_DEMAND",
    "Area",
    "Ask",
    "Bin",
    "Dangers",
    "Demand",
    "Goods",
    "Load",
    "Obstacle",
    "PlaceRule",
    "Placement",
    "Ranked",
    "Reason",
    "Reserve",
    "Shortlist",
    "Spot",
    "Whole",
    "fill",
    "fill_up",
    "obstacle",
    "plan",
    "plan_among",
    "rank",
    "room",
    "strictest",
    "takes",
    "with_rules",
]
