"""Goods that failed are used as they are only when another than who asked and who recorded results approves it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.compliance.errors import InspectionOver, OwnConcession
from apps.compliance.models import Inspection, InspectionDecision, InspectionResult
from apps.compliance.operations.trail import MAY_CONCEDE, check_role, note
from apps.compliance.operations.turn import turn
from apps.compliance.rules.places import Want
from apps.compliance.states import InspectionDisposition, InspectionState
from apps.core.decimals import plain
from apps.journal.actor import Actor
from apps.journal.operations import approve
from apps.ledger.states import StockStatus
from apps.locations.labels import refuse_unlabelled


def approve_concession(*, inspection_id: int, reason: str, by: Actor, at: datetime) -> Inspection:
    """The goods are available as they are, and are to be put away.

    Raises `NotAllowed`, `InspectionOver`, `OwnConcession`, `LabelMissing`, `InsufficientStock`.
    """
    inspection = _asked_for(inspection_id, by, "approve")
    refuse_unlabelled([inspection.item], inspection.warehouse, on=inspection.warehouse.local_date(at))
    asker_id = inspection.decided_by_id
    if asker_id is not None:  # what waits has been decided by somebody
        approve(kind="inspection", number=inspection.number, asked_by_id=asker_id, by=by, at=at, reason=reason)
    rows = _conceded(inspection)
    _turned(inspection, rows, StockStatus.AVAILABLE, reason=reason, by=by, at=at)
    note(
        "approve",
        inspection,
        by=by,
        at=at,
        reason=reason,
        used_as_is=plain(sum((row.quantity for row in rows), Decimal(0))),
    )
    inspection.approved_by, inspection.approved_at, inspection.approval_reason = by.user, at, reason
    return inspection.advance(InspectionState.DECIDED, "approved_by", "approved_at", "approval_reason")


def refuse_concession(*, inspection_id: int, reason: str, by: Actor, at: datetime) -> Inspection:
    """The goods are rejected with the rest. Raises `NotAllowed`, `InspectionOver`, `OwnConcession`."""
    inspection = _asked_for(inspection_id, by, "refuse")
    rows = _conceded(inspection)
    _turned(inspection, rows, StockStatus.BLOCKED, reason=reason, by=by, at=at)
    note(
        "refuse",
        inspection,
        by=by,
        at=at,
        reason=reason,
        rejected=plain(sum((row.quantity for row in rows), Decimal(0))),
    )
    rejected = {
        row.serial_id: row for row in inspection.decisions.filter(disposition=InspectionDisposition.REJECT).lock()
    }
    for row in rows:
        before = rejected.get(row.serial_id)
        if before is not None:
            before.quantity += row.quantity
            row.delete()
        else:
            before = row
            before.disposition = InspectionDisposition.REJECT
        before.save(update_fields=["quantity", "disposition"])
    inspection.approval_reason = reason
    return inspection.advance(InspectionState.DECIDED, "approval_reason")


def _asked_for(inspection_id: int, by: Actor, verb: str) -> Inspection:
    inspection = Inspection.objects.select_related("warehouse", "item", "lot", "location").lock_one(inspection_id)
    check_role(by, MAY_CONCEDE, f"{verb} the concession of {inspection}")
    if inspection.state != InspectionState.WAITING:
        raise InspectionOver(inspection=inspection.number, state=inspection.state)
    recorded = InspectionResult.objects.filter(characteristic__inspection=inspection, recorded_by=by.user)
    if inspection.decided_by_id == by.user.pk or recorded.exists():
        raise OwnConcession(inspection=inspection.number, who=by.user.get_username())
    return inspection


def _conceded(inspection: Inspection) -> list[InspectionDecision]:
    return inspection.decisions.filter(disposition=InspectionDisposition.USE_AS_IS).lock()


def _turned(
    inspection: Inspection, rows: list[InspectionDecision], status: str, *, reason: str, by: Actor, at: datetime
) -> None:
    wants = [Want(status=status, quantity=row.quantity, serial_id=row.serial_id) for row in rows]
    turn(inspection, wants, reason=reason, by=by, at=at)
