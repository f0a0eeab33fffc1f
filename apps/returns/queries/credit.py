"""What customers are to be credited for goods that came back and were decided on."""

from __future__ import annotations

from apps.core.decimals import plain
from apps.returns.models import ReturnInspection
from apps.returns.rules import ZERO, Credit, credit_of

CREDIT_COLUMNS = (
    "return",
    "line",
    "order",
    "order_line",
    "customer",
    "item",
    "lot",
    "serial",
    "quantity",
    "price",
    "currency",
    "value",
    "fee_percent",
    "fee",
    "credit",
    "disposition",
    "grade",
    "reason",
    "inspected_at",
)

WITH_CREDIT = (
    "line__customer_return__order",
    "line__customer_return__customer",
    "line__order_line",
    "line__item",
    "line__lot",
    "line__serial",
)
"""What credits are read with."""


def credit_for(decision: ReturnInspection) -> Credit:
    """At the price of the order's line less the policy's fee; a blind return has no price, so nothing is known."""
    line = decision.line
    price = line.order_line.price if line.order_line is not None else ZERO
    return credit_of(decision.quantity, price, line.fee_percent)


def credit_cells(decision: ReturnInspection) -> tuple[str, ...]:
    """A row of the table for the accountant."""
    line, credit = decision.line, credit_for(decision)
    document, order = line.customer_return, line.customer_return.order
    return (
        document.number,
        str(line.line),
        order.number if order is not None else "",
        str(line.order_line.line) if line.order_line is not None else "",
        document.customer.number,
        line.item.number,
        line.lot.number if line.lot is not None else "",
        line.serial.number if line.serial is not None else "",
        plain(decision.quantity),
        plain(line.order_line.price) if line.order_line is not None else "",
        order.currency if order is not None else "",
        f"{credit.value:f}",
        plain(line.fee_percent),
        f"{credit.fee:f}",
        f"{credit.amount:f}",
        decision.disposition,
        decision.grade,
        document.reason,
        decision.inspected_at.isoformat(),
    )
