"""Papers of a recall: the trace of a lot, letters, status and recall report; page 1 is the answer, evidence is last."""

from apps.traceability.pdf.facts import (
    MassBalance,
    TracedMove,
    TracedPlace,
    TracedReceipt,
    TracedReturn,
    TracedShipment,
    TraceEvidence,
    TraceReport,
)
from apps.traceability.pdf.letters import LetterLine, RecallLetter, recall_letters
from apps.traceability.pdf.pages import trace_report
from apps.traceability.pdf.room import recall_report
from apps.traceability.pdf.room_facts import (
    RecallReport,
    ReportConsignee,
    ReportEvent,
    ReportLink,
    ReportLot,
    ReportSeal,
    ReportStock,
)

__all__ = [
    "LetterLine",
    "MassBalance",
    "RecallLetter",
    "RecallReport",
    "ReportConsignee",
    "ReportEvent",
    "ReportLink",
    "ReportLot",
    "ReportSeal",
    "ReportStock",
    "TraceEvidence",
    "TraceReport",
    "TracedMove",
    "TracedPlace",
    "TracedReceipt",
    "TracedReturn",
    "TracedShipment",
    "recall_letters",
    "recall_report",
    "trace_report",
]
