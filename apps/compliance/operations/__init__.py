"""What is done about goods under inspection, and about goods that stood too warm or too cold."""

from apps.compliance.operations.begin import Arrived, plan_inspections, take_out
from apps.compliance.operations.concede import approve_concession, refuse_concession
from apps.compliance.operations.decide import Decided, cancel_inspection, decide_inspection
from apps.compliance.operations.excursion import approve_release, ask_release, refuse_release, reject_goods
from apps.compliance.operations.hold import hold_inspected_lot, hold_stock, release_inspected_lot
from apps.compliance.operations.readings import Noted, Read, record_readings
from apps.compliance.operations.record import Recorded, record_results
from apps.compliance.operations.send_back import return_rejected

__all__ = [
    "Arrived",
    "Decided",
    "Noted",
    "Read",
    "Recorded",
    "approve_concession",
    "approve_release",
    "ask_release",
    "cancel_inspection",
    "decide_inspection",
    "hold_inspected_lot",
    "hold_stock",
    "plan_inspections",
    "record_readings",
    "record_results",
    "refuse_concession",
    "refuse_release",
    "reject_goods",
    "release_inspected_lot",
    "return_rejected",
    "take_out",
]
