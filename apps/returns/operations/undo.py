"""Goods of a return were taken in wrongly: the posting is undone as if they had never come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apps.journal.actor import Actor
from apps.ledger.operations import reverse
from apps.ledger.operations.decide import MAY_UNDO
from apps.ledger.states import StockStatus
from apps.returns.errors import AlreadyInspected
from apps.returns.models import CustomerReturn, CustomerReturnLine, ReturnArrival, ReturnInspection
from apps.returns.operations.stow import unstow
from apps.returns.operations.trail import check_role, note
from apps.returns.states import CustomerReturnState


def undo_return_receipt(*, return_id: int, reason: str, by: Actor, at: datetime) -> CustomerReturn:
    """Take back what the latest posting brought, while nobody has decided about any of it; it is to come again.

    What was blocked at once, because its lot is recalled, nobody has looked at: when the wrong lot was scanned that is
    undone as well, with its putaway. A return that had closed with it stays closed, and what is undone never came.
    Raises `NotAllowed`, `AlreadyInspected`, `IllegalTransition` when nothing is here to undo, and `InsufficientStock`
    when goods have moved on, as by a putaway, which is undone first.
    """
    document = CustomerReturn.objects.select_related("warehouse").lock_one(return_id)
    check_role(by, MAY_UNDO, f"undo what {document} brought")
    if document.state != CustomerReturnState.CLOSED:
        document.must_allow(CustomerReturnState.ANNOUNCED)
    lines = {line.pk: line for line in document.lines.select_related("item", "lot").lock()}
    arrivals = ReturnArrival.objects.filter(line__in=lines).lock()
    if not arrivals:
        document.must_allow(CustomerReturnState.ANNOUNCED)
    latest = max(arrival.transaction_id for arrival in arrivals)
    undone = [arrival for arrival in arrivals if arrival.transaction_id == latest]
    recalled = ReturnInspection.objects.filter(line__in=lines, transaction=latest)
    blocked = set(recalled.values_list("line", flat=True))
    for arrival in undone:
        if arrival.line_id in blocked:
            away = {arrival.location_id: arrival.quantity}
            unstow(document, lines[arrival.line_id], away, status=StockStatus.BLOCKED, by=by, at=at)
        elif arrival.inspected:
            item = lines[arrival.line_id].item.number
            raise AlreadyInspected(customer_return=document.number, item=item, inspected=arrival.inspected)
    reversal_id = reverse(latest, by=by, at=at, reason=reason)
    for arrival in undone:
        line = lines[arrival.line_id]
        line.received -= arrival.quantity
        line.inspected -= arrival.inspected
        line.save(update_fields=["received", "inspected"])
    # The ledger keeps both movements; here it counts as never come.
    recalled.delete()
    ReturnArrival.objects.filter(pk__in=[arrival.pk for arrival in undone]).delete()
    note("undo", document, by=by, at=at, reason=reason, reversal=reversal_id, **_lots(lines, blocked))
    if document.state != CustomerReturnState.CLOSED and not any(line.received for line in lines.values()):
        document.received_at = None
        document.advance(CustomerReturnState.ANNOUNCED, "received_at")
    return document


def _lots(lines: Mapping[int, CustomerReturnLine], blocked: set[int]) -> dict[str, Any]:
    """The recalled lots that turned out not to have come, for the trail."""
    return {"recalled": sorted(str(lines[each].lot) for each in blocked)} if blocked else {}
