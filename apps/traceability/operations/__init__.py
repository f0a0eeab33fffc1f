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
from apps.traceability.operations.suspects import (
    MAY_SUSPECT,
    ask_verdict,
    decide_suspect,
    note_partner_told,
    note_suspect_read,
    open_suspect,
    record_step,
    refuse_verdict,
)
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
    "MAY_SUSPECT",
    "RecallFacts",
    "Said",
    "ask_closure",
    "ask_verdict",
    "change_recall",
    "check_authenticity",
    "close_recall",
    "decide_suspect",
    "draw_checks",
    "freeze",
    "may_read_recalls",
    "may_read_traces",
    "note_goods_traced",
    "note_notified",
    "note_partner_told",
    "note_reach_read",
    "note_recall_read",
    "note_suspect_read",
    "note_trace_read",
    "open_recall",
    "open_suspect",
    "plan_drill",
    "record_check",
    "record_response",
    "record_step",
    "refuse_closure",
    "refuse_verdict",
    "release_lots",
    "run_drill",
    "widen_recall",
]
