"""The walk through a zone: exact where aisles are parallel, the named policies to compare, a heuristic elsewhere.

Pure: layouts and stops in, walks out.
"""

from apps.locations.routing.exact import is_proven, shortest_length, shortest_walk
from apps.locations.routing.heuristic import Round, Spot, over_floor, short_round
from apps.locations.routing.layout import Corner, Layout, Stop, Unreachable, Walk, Way
from apps.locations.routing.plan import AisleSpan, CrossAisles, ZonePlan, plan_zone
from apps.locations.routing.policies import Policy, walk_by
from apps.locations.routing.shortest import distances

__all__ = [
    "AisleSpan",
    "Corner",
    "CrossAisles",
    "Layout",
    "Policy",
    "Round",
    "Spot",
    "Stop",
    "Unreachable",
    "Walk",
    "Way",
    "ZonePlan",
    "distances",
    "is_proven",
    "over_floor",
    "plan_zone",
    "short_round",
    "shortest_length",
    "shortest_walk",
    "walk_by",
]
