"""Goods of a return that stay are put away to a home of their status."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from apps.journal.actor import Actor
from apps.ledger.states import StockStatus
from apps.locations.models import Location
from apps.returns.models import CustomerReturn, CustomerReturnLine
from apps.storage.operations import Goods, propose_putaways
from apps.storage.rules import HOMES


def stow(
    document: CustomerReturn,
    returned: CustomerReturnLine,
    amounts: Mapping[int, Decimal],
    *,
    status: StockStatus,
    by: Actor,
    at: datetime,
) -> None:
    """Plan a putaway for so much of a line at each place, unless it is at home where it stands.

    The caller holds the warehouse: putaways are planned one warehouse at a time.
    """
    kinds = dict(Location.objects.filter(pk__in=amounts).values_list("pk", "kind"))
    propose_putaways(
        [
            Goods(
                item_id=returned.item_id,
                lot_id=returned.lot_id,
                serial_id=returned.serial_id,
                quantity=part,
                source_id=place,
                status=status,
            )
            for place, part in amounts.items()
            if kinds[place] not in HOMES[status]
        ],
        warehouse_id=document.warehouse_id,
        document=document.number,
        by=by,
        at=at,
    )
