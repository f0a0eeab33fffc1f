"""Goods stand at a dock and somebody scans what they are: by their order, their carton, their serial number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.journal.actor import Actor
from apps.orders.models import SalesOrder
from apps.returns.errors import NothingToReturn
from apps.returns.models import CustomerReturn
from apps.returns.operations.announce import announce_customer_return
from apps.returns.operations.take_in import receive_customer_return
from apps.returns.queries import Found, waiting_for
from apps.returns.rules import ArrivedGoods, ReturnedGoods


def take_back(
    *,
    order_id: int,
    warehouse_id: int,
    location_id: int,
    goods: Sequence[ReturnedGoods],
    reason: str,
    by: Actor,
    at: datetime,
    remark: str = "",
    override: str = "",
) -> CustomerReturn:
    """Take in goods of an order by the oldest return that expects some of them here; else they are announced first.

    Whoever unloads takes in what is expected; to announce what nobody expects is for whoever may open returns. Raises
    what announcing and taking in raise.
    """
    order = SalesOrder.objects.lock_one(order_id)
    if not goods:
        raise NothingToReturn
    expected = waiting_for(Found(order=order, goods=tuple(goods)), warehouse_id)
    if expected:
        document = expected[0][0].customer_return
        arrived = [
            ArrivedGoods(line=line.line, quantity=min(line.to_come, meant.quantity))
            for line, meant in expected
            if line.customer_return_id == document.pk
        ]
        return receive_customer_return(return_id=document.pk, location_id=location_id, lines=arrived, by=by, at=at)
    document = announce_customer_return(
        order_id=order_id,
        lines=goods,
        reason=reason,
        by=by,
        at=at,
        remark=remark,
        warehouse_id=warehouse_id,
        override=override,
    )
    return receive_customer_return(return_id=document.pk, location_id=location_id, by=by, at=at)
