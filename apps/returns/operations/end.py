"""Returns of which nothing, or nothing more, comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.journal.actor import Actor
from apps.returns.errors import NotInspected
from apps.returns.models import CustomerReturn, CustomerReturnLine
from apps.returns.operations.trail import MAY_OPEN, check_role, note
from apps.returns.states import CustomerReturnState


def cancel_customer_return(*, return_id: int, reason: str, by: Actor, at: datetime) -> CustomerReturn:
    """Nothing of it came and nothing will: its goods may be announced again.

    Raises `NotAllowed`, `IllegalTransition`.
    """
    document = CustomerReturn.objects.select_related("warehouse").lock_one(return_id)
    check_role(by, MAY_OPEN, f"cancel {document}")
    document.must_allow(CustomerReturnState.CANCELLED)
    return _end(document, CustomerReturnState.CANCELLED, "cancel", reason=reason, by=by, at=at)


def close_customer_return(*, return_id: int, reason: str, by: Actor, at: datetime) -> CustomerReturn:
    """The rest of it never comes; what came is inspected. Raises `NotAllowed`, `NotInspected`, `IllegalTransition`."""
    document = CustomerReturn.objects.select_related("warehouse").lock_one(return_id)
    check_role(by, MAY_OPEN, f"close {document}")
    document.must_allow(CustomerReturnState.CLOSED)
    for line in document.lines.select_related("item").lock():
        if line.to_inspect:
            raise NotInspected(customer_return=document.number, item=line.item.number, waiting=line.to_inspect)
    return _end(document, CustomerReturnState.CLOSED, "close", reason=reason, by=by, at=at)


def end_when_done(
    document: CustomerReturn, lines: Sequence[CustomerReturnLine], *, at: datetime, reason: str = ""
) -> None:
    """With the last of what was announced the return closes; of which nothing came at all, it is cancelled."""
    if any(each.to_come or each.to_inspect for each in lines):
        return
    document.closed_at = at
    if document.state == CustomerReturnState.ANNOUNCED:
        document.end_reason = reason
        document.advance(CustomerReturnState.CANCELLED, "closed_at", "end_reason")
    else:
        document.advance(CustomerReturnState.CLOSED, "closed_at")


def _end(
    document: CustomerReturn, state: CustomerReturnState, verb: str, *, reason: str, by: Actor, at: datetime
) -> CustomerReturn:
    note(verb, document, by=by, at=at, reason=reason)
    document.closed_at, document.end_reason = at, reason
    return document.advance(state, "closed_at", "end_reason")
