"""The recall trace report: page 1 is the answer, the tables after it the detail, the ledger's numbers the evidence."""

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
from apps.traceability.pdf.pages import trace_report

__all__ = [
    "MassBalance",
    "TraceEvidence",
    "TraceReport",
    "TracedMove",
    "TracedPlace",
    "TracedReceipt",
    "TracedReturn",
    "TracedShipment",
    "trace_report",
]
