"""Units that are refused at the dock: they never come in."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.returns.errors import MoreThanAnnounced, ReturnOver
from apps.returns.models import CustomerReturn, ReturnRefusal
from apps.returns.operations.end import end_when_done
from apps.returns.operations.trail import note
from apps.returns.states import OPEN


def refuse_return(
    *, return_id: int, line: int, quantity: Decimal, reason: str, by: Actor, at: datetime
) -> CustomerReturn:
    """So much of a line is not taken in, and is the customer's still: it may be announced again.

    With the last of what was announced the return ends. Raises `ReturnOver`, `MoreThanAnnounced`, `NotFound`.
    """
    document = CustomerReturn.objects.select_related("warehouse").lock_one(return_id)
    if document.state not in OPEN:
        raise ReturnOver(customer_return=document.number, state=document.state)
    lines = document.lines.select_related("item").lock()
    refused = next((each for each in lines if each.line == line), None)
    if refused is None:
        raise NotFound(kind="return line", number=f"{document.number}/{line}")
    amount = parse_quantity(quantity, scale=refused.item.scale)
    if amount > refused.to_come:
        raise MoreThanAnnounced(
            customer_return=document.number,
            item=refused.item.number,
            announced=refused.announced,
            received=refused.received,
            asked=amount,
        )
    refused.refused += amount
    refused.save(update_fields=["refused"])
    ReturnRefusal.objects.create(line=refused, quantity=amount, reason=reason, refused_by=by.user, refused_at=at)
    note("refuse", document, by=by, at=at, line=line, item=refused.item.number, quantity=str(amount), reason=reason)
    end_when_done(document, lines, at=at, reason=reason)
    return document
