"""What is done about goods under inspection: asked for, recorded, decided, conceded, sent back, held."""

from apps.compliance.operations.begin import Arrived, plan_inspections, take_out
from apps.compliance.operations.concede import approve_concession, refuse_concession
from apps.compliance.operations.decide import Decided, cancel_inspection, decide_inspection
from apps.compliance.operations.hold import hold_inspected_lot, hold_stock, release_inspected_lot
from apps.compliance.operations.record import Recorded, record_results
from apps.compliance.operations.send_back import return_rejected

__all__ = [
    "Arrived",
    "Decided",
    "Recorded",
    "approve_concession",
    "cancel_inspection",
    "decide_inspection",
    "hold_inspected_lot",
    "hold_stock",
    "plan_inspections",
    "record_results",
    "refuse_concession",
    "release_inspected_lot",
    "return_rejected",
    "take_out",
]
