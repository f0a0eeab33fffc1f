"""Where a lot came from, is and went; what a recall touches, whom it concerns, where it stands; the same as paper."""

from apps.traceability.queries.choosing import LotQuery, lots_asked_for, query_of
from apps.traceability.queries.consignees import ConsigneeStanding, LotAnswer, consignees_of, shipped_to
from apps.traceability.queries.deliveries import Delivery, deliveries_of, returned_by
from apps.traceability.queries.drill import Drilled, drill_on, lots_shipped
from apps.traceability.queries.letters import CSV_TITLES, consignee_cells, letters_of
from apps.traceability.queries.paper import trace_on_paper
from apps.traceability.queries.reach import Reach, ReachedLot, ReachedStock, cartons_with, reach_of, stock_of
from apps.traceability.queries.report import report_of, status_report_of
from apps.traceability.queries.returned import returned_of
from apps.traceability.queries.status import RecallStatus, status_of
from apps.traceability.queries.taken_in import origins_of
from apps.traceability.queries.trace import trace_lot
from apps.traceability.queries.traced import LotTrace

__all__ = [
    "CSV_TITLES",
    "ConsigneeStanding",
    "Delivery",
    "Drilled",
    "LotAnswer",
    "LotQuery",
    "LotTrace",
    "Reach",
    "ReachedLot",
    "ReachedStock",
    "RecallStatus",
    "cartons_with",
    "consignee_cells",
    "consignees_of",
    "deliveries_of",
    "drill_on",
    "letters_of",
    "lots_asked_for",
    "lots_shipped",
    "origins_of",
    "query_of",
    "reach_of",
    "report_of",
    "returned_by",
    "returned_of",
    "shipped_to",
    "status_of",
    "status_report_of",
    "stock_of",
    "trace_lot",
    "trace_on_paper",
]
