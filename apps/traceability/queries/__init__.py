"""Where a lot came from, where it is, who got it, what came back, and whether that adds up; and the same as paper."""

from apps.traceability.queries.paper import trace_on_paper
from apps.traceability.queries.returned import returned_of
from apps.traceability.queries.trace import LotTrace, trace_lot

__all__ = ["LotTrace", "returned_of", "trace_lot", "trace_on_paper"]
