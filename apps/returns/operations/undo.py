"""Goods of a return were taken in wrongly: the posting is undone as if they had never come."""

from __future__ import annotations

from datetime import datetime

from apps.journal.actor import Actor
from apps.ledger.operations import reverse
from apps.ledger.operations.decide import MAY_UNDO
from apps.returns.errors import AlreadyInspected
from apps.returns.models import CustomerReturn, ReturnArrival
from apps.returns.operations.trail import check_role, note
from apps.returns.states import CustomerReturnState


def undo_return_receipt(*, return_id: int, reason: str, by: Actor, at: datetime) -> CustomerReturn:
    """Take back what the latest posting brought, while all of it waits for inspection; it is to come again.

    Raises `NotAllowed`, `AlreadyInspected`, `IllegalTransition` when nothing is here to undo, and `InsufficientStock`
    when goods have moved on.
    """
    document = CustomerReturn.objects.select_related("warehouse").lock_one(return_id)
    check_role(by, MAY_UNDO, f"undo what {document} brought")
    document.must_allow(CustomerReturnState.ANNOUNCED)
    lines = {line.pk: line for line in document.lines.select_related("item").lock()}
    arrivals = ReturnArrival.objects.filter(line__in=lines).lock()
    latest = max(arrival.transaction_id for arrival in arrivals)
    undone = [arrival for arrival in arrivals if arrival.transaction_id == latest]
    for arrival in undone:
        if arrival.inspected:
            item = lines[arrival.line_id].item.number
            raise AlreadyInspected(customer_return=document.number, item=item, inspected=arrival.inspected)
    reversal_id = reverse(latest, by=by, at=at, reason=reason)
    for arrival in undone:
        line = lines[arrival.line_id]
        line.received -= arrival.quantity
        line.save(update_fields=["received"])
    # The ledger keeps both movements; here it counts as never come.
    ReturnArrival.objects.filter(pk__in=[arrival.pk for arrival in undone]).delete()
    note("undo", document, by=by, at=at, reason=reason, reversal=reversal_id)
    if not any(line.received for line in lines.values()):
        document.received_at = None
        document.advance(CustomerReturnState.ANNOUNCED, "received_at")
    return document
