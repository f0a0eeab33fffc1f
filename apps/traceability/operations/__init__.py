"""What is done about a recall: opened and frozen, told, answered, checked, freed in part, closed, practised."""

from apps.traceability.operations.answers import (
    Said,
    draw_checks,
    note_notified,
    record_check,
    record_response,
)
from apps.traceability.operations.authenticity import check_authenticity
from apps.traceability.operations.close import ask_closure, close_recall, refuse_closure, release_lots
from apps.traceability.operations.drill import plan_drill, run_drill
from apps.traceability.operations.freeze import freeze
from apps.traceability.operations.open import RecallFacts, change_recall, open_recall, widen_recall
from apps.traceability.operations.trail import (
    MAY_READ_RECALLS,
    MAY_RECALL,
    may_read_recalls,
    may_read_traces,
    note_goods_traced,
    note_reach_read,
    note_recall_read,
    note_trace_read,
)

__all__ = [
    "MAY_READ_RECALLS",
    "MAY_RECALL",
    "RecallFacts",
    "Said",
    "ask_closure",
    "change_recall",
    "check_authenticity",
    "close_recall",
    "draw_checks",
    "freeze",
    "may_read_recalls",
    "may_read_traces",
    "note_goods_traced",
    "note_notified",
    "note_reach_read",
    "note_recall_read",
    "note_trace_read",
    "open_recall",
    "plan_drill",
    "record_check",
    "record_response",
    "refuse_closure",
    "release_lots",
    "run_drill",
    "widen_recall",
]
