"""Goods of a return that stay are put away to a home of their status; and they are not, when they never came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from apps.journal.actor import Actor
from apps.ledger.states import StockStatus
from apps.locations.models import Location
from apps.returns.models import CustomerReturn, CustomerReturnLine
from apps.storage.operations import Goods, propose_putaways, withdraw_putaways
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
    propose_putaways(
        _away_from_home(returned, amounts, status),
        warehouse_id=document.warehouse_id,
        document=document.number,
        by=by,
        at=at,
    )


def unstow(
    document: CustomerReturn,
    returned: CustomerReturnLine,
    amounts: Mapping[int, Decimal],
    *,
    status: StockStatus,
    by: Actor,
    at: datetime,
) -> None:
    """Call off the putaways that `stow` planned. Raises `InsufficientStock` when one of them is done already."""
    withdraw_putaways(
        _away_from_home(returned, amounts, status),
        warehouse_id=document.warehouse_id,
        document=document.number,
        by=by,
        at=at,
    )


def _away_from_home(returned: CustomerReturnLine, amounts: Mapping[int, Decimal], status: StockStatus) -> list[Goods]:
    kinds = dict(Location.objects.filter(pk__in=amounts).values_list("pk", "kind"))
    return [
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
    ]
