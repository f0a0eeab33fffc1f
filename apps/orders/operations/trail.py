"""What the audit trail says of an order, and who may decide about one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record, record_all
from apps.orders.models import SalesOrder

SELLERS = (Role.SALES, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
"""Who may take orders, bind the company to a customer, and release them."""

LISTERS = (Role.SALES, Role.ADMIN)
"""Who may say what channels sell, as at the desk."""


def note(verb: str, order: SalesOrder, *, by: Actor, at: datetime, **detail: Any) -> None:
    """A decision about an order; its page shows who took it and when."""
    record(verb, kind="sales order", number=order.number, by=by, at=at, warehouse_code=order.warehouse.code, **detail)


def check_may_sell(by: Actor, act: str) -> None:
    """Refuse whoever may not decide about orders. Raises `NotAllowed`."""
    if not by.user.has_role(*SELLERS):
        raise NotAllowed(who=by.user.get_username(), act=act)


def check_may_list(by: Actor, act: str) -> None:
    """Refuse whoever may not say what channels sell. Raises `NotAllowed`."""
    if not by.user.has_role(*LISTERS):
        raise NotAllowed(who=by.user.get_username(), act=act)


def note_all(verb: str, orders: Iterable[SalesOrder], *, by: Actor, at: datetime, **detail: Any) -> None:
    """The same decision about many orders, which may be of several warehouses."""
    numbers: dict[str, list[str]] = {}
    for order in orders:
        numbers.setdefault(order.warehouse.code, []).append(order.number)
    for code, of_one in numbers.items():
        record_all(verb, kind="sales order", numbers=of_one, by=by, at=at, warehouse_code=code, **detail)
