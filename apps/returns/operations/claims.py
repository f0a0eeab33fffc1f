"""Claims without a return: opened against a line that was shipped, accepted or rejected."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.orders.models import SalesOrderLine
from apps.returns.errors import ClaimBeyondShipped
from apps.returns.models import CUSTOMER_CLAIM_NUMBERS, CustomerClaim
from apps.returns.operations.trail import MAY_OPEN, check_role
from apps.returns.queries.claims import shipped_of_line
from apps.returns.states import ClaimKind, ClaimState


def open_claim(
    *,
    order_line_id: int,
    kind: str,
    quantity: Decimal,
    by: Actor,
    at: datetime,
    carton_id: int | None = None,
    remark: str = "",
) -> CustomerClaim:
    """A customer says what was wrong with so much of a line that was shipped.

    Of what was to be there and was not, nobody can say more than the line asked for. Raises `NotAllowed`,
    `ClaimBeyondShipped`, `NotFound`.
    """
    check_role(by, MAY_OPEN, "open a claim")
    line = SalesOrderLine.objects.select_related("order__warehouse", "order__customer", "item").lock_one(order_line_id)
    amount = parse_quantity(quantity, scale=line.item.scale)
    shipped = shipped_of_line(line, carton_id=carton_id)
    limit = max(shipped, line.quantity) if kind == ClaimKind.QUANTITY and shipped else shipped
    if amount > limit:
        raise ClaimBeyondShipped(line=str(line), shipped=shipped, asked=amount)
    claim = CustomerClaim.objects.create(
        number=CUSTOMER_CLAIM_NUMBERS.next(),
        created_at=at,
        warehouse=line.order.warehouse,
        order_line=line,
        customer=line.order.customer,
        carton_id=carton_id,
        kind=kind,
        quantity=amount,
        note=remark.strip(),
        opened_by=by.user,
    )
    _note("open", claim, by=by, at=at, line=str(line), about=kind, quantity=str(amount))
    return claim


def accept_claim(
    *, claim_id: int, reason: str, by: Actor, at: datetime, credit: Decimal | None = None
) -> CustomerClaim:
    """The customer is right, and gets so much for it. Raises `NotAllowed`, `IllegalTransition`."""
    return _decide(claim_id, ClaimState.ACCEPTED, "accept", reason=reason, credit=credit, by=by, at=at)


def reject_claim(*, claim_id: int, reason: str, by: Actor, at: datetime) -> CustomerClaim:
    """The customer is not right; it tells against nobody. Raises `NotAllowed`, `IllegalTransition`."""
    return _decide(claim_id, ClaimState.REJECTED, "reject", reason=reason, credit=None, by=by, at=at)


def _decide(
    claim_id: int, state: ClaimState, verb: str, *, reason: str, credit: Decimal | None, by: Actor, at: datetime
) -> CustomerClaim:
    claim = CustomerClaim.objects.select_related("warehouse").lock_one(claim_id)
    check_role(by, MAY_OPEN, f"decide about {claim}")
    claim.must_allow(state)
    claim.credit, claim.decision = credit, reason
    claim.decided_by, claim.decided_at = by.user, at
    _note(verb, claim, by=by, at=at, reason=reason)
    return claim.advance(state, "credit", "decision", "decided_by", "decided_at")


def _note(verb: str, claim: CustomerClaim, *, by: Actor, at: datetime, **detail: str) -> None:
    record(
        verb,
        kind="customer claim",
        number=claim.number,
        by=by,
        at=at,
        warehouse_code=claim.warehouse.code,
        **detail,
    )
