"""How far orders are, what the back orders are covered by, and what their papers say."""

from apps.orders.queries.cartons import propose_cartons
from apps.orders.queries.codes import codes_of, items_by_code, named_by_code
from apps.orders.queries.dry_run import DryRun, dry_run_of
from apps.orders.queries.guidance import Instruction, packing_instructions_of, pick_kind_for, pick_kinds_for
from apps.orders.queries.outlook import LineOutlook, outlook_of
from apps.orders.queries.paper import customs_of, packing_slip_of, pick_list_of, round_list_of
from apps.orders.queries.progress import LineProgress, progress_of, unpacked_picks
from apps.orders.queries.promises import cover_of, promises_before
from apps.orders.queries.routing import Routing, family_state, propose_route
from apps.orders.queries.scanned import ScannedGoods, scanned_goods
from apps.orders.queries.walks import WalkComparison, compared_walks

__all__ = [
    "DryRun",
    "Instruction",
    "LineOutlook",
    "LineProgress",
    "Routing",
    "ScannedGoods",
    "WalkComparison",
    "codes_of",
    "compared_walks",
    "cover_of",
    "customs_of",
    "dry_run_of",
    "family_state",
    "items_by_code",
    "named_by_code",
    "outlook_of",
    "packing_instructions_of",
    "packing_slip_of",
    "pick_kind_for",
    "pick_kinds_for",
    "pick_list_of",
    "progress_of",
    "promises_before",
    "propose_cartons",
    "propose_route",
    "round_list_of",
    "scanned_goods",
    "unpacked_picks",
]
