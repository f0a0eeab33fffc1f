"""A customer says what they send back: only what was shipped, only once, and on the terms of the policy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.catalog.models import Party
from apps.core.errors import NotFound
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.locations.models import Warehouse
from apps.orders.errors import NotACustomer
from apps.orders.models import SalesOrder
from apps.returns.errors import NothingToReturn
from apps.returns.models import CUSTOMER_RETURN_NUMBERS, CustomerReturn, CustomerReturnLine
from apps.returns.operations.matching import check_theirs, check_with_customers, matched, unmatched
from apps.returns.operations.terms import Why, put_under_policy, why_of
from apps.returns.operations.trail import MAY_OPEN, MAY_OPEN_BLIND, check_role, note
from apps.returns.rules import ReturnedGoods, UnmatchedGoods


def announce_customer_return(
    *,
    order_id: int,
    lines: Sequence[ReturnedGoods],
    reason: str,
    by: Actor,
    at: datetime,
    remark: str = "",
    warehouse_id: int | None = None,
    override: str = "",
) -> CustomerReturn:
    """Expect goods of an order back: of each line, lot and serial number no more than left and is not back.

    They come to the site that is named, whichever sold them; else to that of the order. What the policy does not take
    back needs a supervisor's reason. The order is locked, so that two announcements of the same goods take turns.
    Raises `NotAllowed`, `NothingToReturn`, `NotShipped`, `ReturnUnclear`, `BeyondPolicy`, `NotFound`.
    """
    order = SalesOrder.objects.lock_one(order_id)
    check_role(by, MAY_OPEN, "open a return")
    if not lines:
        raise NothingToReturn
    meant = matched(order, lines)
    announced = [line for line, _ in meant]
    check_with_customers(announced, order.number)
    warehouse = order.warehouse if warehouse_id is None else _site(warehouse_id)
    why = why_of(reason)
    document = CustomerReturn(warehouse=warehouse, order=order, customer=order.customer, note=remark)
    put_under_policy(document, meant, why=why, override=override.strip(), by=by, at=at)
    return _open(document, announced, why=why, by=by, at=at)


def announce_blind_return(
    *,
    warehouse_id: int,
    customer_id: int,
    lines: Sequence[UnmatchedGoods],
    reason: str,
    by: Actor,
    at: datetime,
    remark: str = "",
) -> CustomerReturn:
    """Expect goods back that are matched to no order: a supervisor answers for it, and the return says so.

    A lot or serial number must still be with customers, and a serial number with this one where an order took it
    away. Of untracked goods nobody can tell. Raises `NotAllowed`, `NotACustomer`, `NothingToReturn`, `NotShipped`,
    `ReturnUnclear`, `AnothersSerial`, `NotFound`.
    """
    check_role(by, MAY_OPEN_BLIND, "open a return without an order")
    warehouse = _site(warehouse_id)
    customer = Party.objects.filter(pk=customer_id).first()
    if customer is None:
        raise NotFound(kind="party", number=str(customer_id))
    if not customer.is_customer:
        raise NotACustomer(party=customer.number)
    if not lines:
        raise NothingToReturn
    announced = unmatched(lines)
    check_with_customers(announced, "")
    check_theirs(announced, customer)
    document = CustomerReturn(warehouse=warehouse, customer=customer, note=remark)
    return _open(document, announced, why=why_of(reason), by=by, at=at)


def _site(warehouse_id: int) -> Warehouse:
    warehouse = Warehouse.objects.filter(pk=warehouse_id).first()
    if warehouse is None:
        raise NotFound(kind="warehouse", number=str(warehouse_id))
    return warehouse


def _open(
    document: CustomerReturn, lines: Sequence[CustomerReturnLine], *, why: Why, by: Actor, at: datetime
) -> CustomerReturn:
    document.number = CUSTOMER_RETURN_NUMBERS.next()
    document.created_at = at
    document.reason, document.reason_code = why.text, why.code
    document.opened_by = by.user
    document.save()
    for number, line in enumerate(lines, start=1):
        line.customer_return, line.line = document, number
    CustomerReturnLine.objects.bulk_create(lines)
    note(
        "announce",
        document,
        by=by,
        at=at,
        order=document.order.number if document.order is not None else "",
        blind=document.is_blind,
        customer=document.customer.number,
        reason=document.reason,
        override=document.override_reason,
    )
    enqueue("returns.print_return_slip", at=at, customer_return=document.number, user_id=by.user.pk)
    return document
