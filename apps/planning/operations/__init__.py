"""What planning does: policies, reorders, ratings, forecasts, and goods that are waited for straight out."""

from apps.planning.operations.classify import classify_items
from apps.planning.operations.cross_dock import cross_dock, serve_lanes
from apps.planning.operations.forecast import forecast_demand
from apps.planning.operations.policies import reckon_policies
from apps.planning.operations.reorder import MAY_PLAN, Proposed, dismiss_proposal, order_proposals, propose_reorders
from apps.planning.operations.velocity import rate_velocities

__all__ = [
    "MAY_PLAN",
    "Proposed",
    "classify_items",
    "cross_dock",
    "dismiss_proposal",
    "forecast_demand",
    "order_proposals",
    "propose_reorders",
    "rate_velocities",
    "reckon_policies",
    "serve_lanes",
]
