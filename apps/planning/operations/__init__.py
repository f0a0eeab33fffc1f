"""What planning does: proposes reorders, makes orders of them, and sends goods that are waited for straight out."""

from apps.planning.operations.cross_dock import cross_dock, serve_lanes
from apps.planning.operations.reorder import MAY_PLAN, Proposed, dismiss_proposal, order_proposals, propose_reorders

__all__ = [
    "MAY_PLAN",
    "Proposed",
    "cross_dock",
    "dismiss_proposal",
    "order_proposals",
    "propose_reorders",
    "serve_lanes",
]
