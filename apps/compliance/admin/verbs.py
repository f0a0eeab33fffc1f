"""The verbs of an inspection, and what its results say before somebody decides."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest

from apps.compliance.admin.ask import AskDecision, AskResult, AskReturn, AskUnits
from apps.compliance.admin.parts import characteristics_table
from apps.compliance.models import Inspection
from apps.compliance.operations import (
    approve_concession,
    cancel_inspection,
    decide_inspection,
    hold_inspected_lot,
    record_results,
    refuse_concession,
    release_inspected_lot,
    return_rejected,
)
from apps.compliance.operations.decide import most_acceptable
from apps.compliance.operations.trail import MAY_CONCEDE, MAY_DECIDE, MAY_INSPECT, MAY_RELEASE
from apps.compliance.queries import findings_of, past_lots, still_there
from apps.compliance.rules import PastLot, is_discontinued
from apps.compliance.states import InspectionDisposition, InspectionState, Verdict
from apps.core.admin.cells import grouped
from apps.core.admin.page import Outlook
from apps.journal.admin.page import AskReason, Button
from apps.ledger.models import Hold


def what_it_says(inspection: Inspection) -> str:
    """What stands in the way, or how much the results allow; nothing when all is decided."""
    if inspection.state == InspectionState.WAITING:
        return "Goods are to be used as they are; another than who asked or recorded results approves it."
    if inspection.state != InspectionState.OPEN:
        return ""
    if is_discontinued(_past(inspection)):
        return "Five lots of this supplier were rejected under tightened inspection: sampling is to stop (4.8)."
    found = findings_of(inspection)
    if found.verdict == Verdict.PENDING:
        return f"{found.recorded} of {found.needed} results are recorded; nothing can be accepted yet."
    most = grouped(most_acceptable(inspection, found))
    says = "Not acceptable" if found.verdict == Verdict.REJECT else "Acceptable"
    return f"{says}: {found.defectives} defective. At most {most} {inspection.item.unit} can be accepted."


def _holds_its_lot(inspection: Inspection) -> bool:
    return Hold.objects.open().filter(source=inspection.number).exists()


def _past(inspection: Inspection) -> Sequence[PastLot]:
    series = (inspection.item_id, inspection.supplier_id)
    return past_lots({series: inspection.plan}).get(series, []) if inspection.plan is not None else []


def _has_rejected(inspection: Inspection) -> bool:
    rejected = inspection.decisions.filter(disposition=InspectionDisposition.REJECT)
    return any(row.quantity > row.returned for row in rejected)


def _outlook(request: HttpRequest, inspection: Inspection) -> Outlook:
    del request
    return Outlook(note=what_it_says(inspection), possible=True, tables=[characteristics_table(inspection)])


BUTTONS = (
    Button(
        name="results",
        label="Record a result",
        operation=record_results,
        argument="inspection_id",
        done="%s: the result is kept.",
        roles=MAY_INSPECT,
        states=(InspectionState.OPEN,),
        form=AskResult,
        icon="edit_note",
    ),
    Button(
        name="decide",
        label="Decide",
        operation=decide_inspection,
        argument="inspection_id",
        done="%s is decided.",
        roles=MAY_DECIDE,
        states=(InspectionState.OPEN,),
        when=lambda document: not document.item.has_serials,
        form=AskDecision,
        outlook=_outlook,
        icon="gavel",
        grave=True,
    ),
    Button(
        name="decide-units",
        label="Decide",
        operation=decide_inspection,
        argument="inspection_id",
        done="%s is decided.",
        roles=MAY_DECIDE,
        states=(InspectionState.OPEN,),
        when=lambda document: document.item.has_serials,
        form=AskUnits,
        outlook=_outlook,
        icon="gavel",
        grave=True,
    ),
    Button(
        name="approve",
        label="Approve the concession",
        operation=approve_concession,
        argument="inspection_id",
        done="%s: the goods are used as they are.",
        roles=MAY_CONCEDE,
        states=(InspectionState.WAITING,),
        form=AskReason,
        icon="done_all",
        grave=True,
    ),
    Button(
        name="refuse",
        label="Refuse the concession",
        operation=refuse_concession,
        argument="inspection_id",
        done="%s: the goods are rejected.",
        roles=MAY_CONCEDE,
        states=(InspectionState.WAITING,),
        form=AskReason,
        icon="undo",
    ),
    Button(
        name="return",
        label="Return to the supplier",
        operation=return_rejected,
        argument="inspection_id",
        done="The goods have left by %s.",
        roles=MAY_INSPECT,
        when=_has_rejected,
        form=AskReturn,
        icon="local_shipping",
        grave=True,
    ),
    Button(
        name="hold-lot",
        label="Hold the lot",
        operation=hold_inspected_lot,
        argument="inspection_id",
        done="The lot of %s is held everywhere.",
        roles=MAY_INSPECT,
        states=(InspectionState.OPEN, InspectionState.WAITING, InspectionState.DECIDED),
        when=lambda document: document.lot_id is not None and not _holds_its_lot(document),
        form=AskReason,
        icon="block",
    ),
    Button(
        name="release-lot",
        label="Release the lot",
        operation=release_inspected_lot,
        argument="inspection_id",
        done="The lot of %s is free of its hold.",
        roles=MAY_RELEASE,
        when=_holds_its_lot,
        form=AskReason,
        icon="lock_open",
    ),
    Button(
        name="cancel",
        label="Cancel: the goods are gone",
        operation=cancel_inspection,
        argument="inspection_id",
        done="%s is cancelled.",
        roles=MAY_DECIDE,
        states=(InspectionState.OPEN,),
        when=lambda document: not still_there(document),
        form=AskReason,
        icon="cancel",
    ),
)
