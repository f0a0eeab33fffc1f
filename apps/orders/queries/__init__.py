"""How far orders are, what the back orders are covered by, and what their papers say."""

from apps.orders.queries.paper import packing_slip_of, pick_list_of, round_list_of
from apps.orders.queries.progress import LineProgress, progress_of, unpacked_picks
from apps.orders.queries.promises import cover_of, promises_before
from apps.orders.queries.walks import WalkComparison, compared_walks

__all__ = [
    "LineProgress",
    "WalkComparison",
    "compared_walks",
    "cover_of",
    "packing_slip_of",
    "pick_list_of",
    "progress_of",
    "promises_before",
    "round_list_of",
    "unpacked_picks",
]
