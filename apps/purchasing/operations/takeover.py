"""What another system bought, approved and received comes over whole, so that history begins where it began there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.locations.models import Warehouse
from apps.purchasing.errors import NoReference
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.operations.arrivals import Arrival
from apps.purchasing.operations.closing import finish
from apps.purchasing.operations.deciding import note
from apps.purchasing.operations.opening import begin
from apps.purchasing.operations.order import OrderLine, raise_purchase_order
from apps.purchasing.operations.receive import bring_in
from apps.purchasing.states import PurchaseOrderState

MAY_TAKE_OVER = (Role.ADMIN, Role.INVENTORY_MANAGER)
"""Who may bring in what was approved elsewhere: here nobody approves it again."""


def take_over_purchase_order(
    *,
    warehouse_id: int,
    supplier_id: int,
    reference: str,
    lines: Sequence[OrderLine],
    due_on: date,
    dock_id: int,
    arrivals: Sequence[Arrival],
    by: Actor,
    at: datetime,
    terms: str = "",
    currency: str = "",
    exchange_rate: Decimal | None = None,
) -> PurchaseOrder:
    """An order under its number there, with all that came of it, in one posting; what never came is not waited for.

    It has no approver here: the trail says who took it over. Goods for which no place is named are put away by task.
    Nothing is printed: the papers of history were printed there. Raises `NotAllowed`, `NoReference`, and what raising,
    opening a receipt and receiving raise.
    """
    if not by.user.has_role(*MAY_TAKE_OVER):
        raise NotAllowed(who=by.user.get_username(), act="take over orders of another system")
    if not reference.strip():
        raise NoReference
    order = raise_purchase_order(
        warehouse_id=warehouse_id,
        supplier_id=supplier_id,
        lines=lines,
        due_on=due_on,
        reference=reference.strip(),
        terms=terms,
        currency=currency,
        exchange_rate=exchange_rate,
        by=by,
        at=at,
    )
    order.advance(PurchaseOrderState.SUBMITTED)
    order.advance(PurchaseOrderState.APPROVED)
    note("take over", order, by, at, "", reference=order.reference)
    if arrivals:
        receipt = begin([order], dock_id=dock_id, delivery_note=order.reference, by=by, at=at)
        if any(each.location_id is None for each in arrivals):
            # What waits at the dock is planned after it was posted; whoever plans locks the warehouse before lots.
            Warehouse.objects.lock_one(warehouse_id)
        bring_in(receipt, arrivals, by=by, at=at, inspects=False)
        finish(receipt, by=by, at=at)
    return order.advance(PurchaseOrderState.CLOSED)
