"""How far orders are, what the back orders are covered by, and what their papers say."""

from apps.orders.queries.cartons import propose_cartons
from apps.orders.queries.paper import customs_of, packing_slip_of, pick_list_of
from apps.orders.queries.progress import LineProgress, progress_of, unpacked_picks
from apps.orders.queries.promises import cover_of, promises_before
from apps.orders.queries.scanned import ScannedGoods, scanned_goods

__all__ = [
    "LineProgress",
    "ScannedGoods",
    "cover_of",
    "customs_of",
    "packing_slip_of",
    "pick_list_of",
    "progress_of",
    "promises_before",
    "propose_cartons",
    "scanned_goods",
    "unpacked_picks",
]
