"""What the audit trail says of an assembly order, and who may decide about one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.accounts.roles import Role
from apps.assembly.errors import NotOnFloor
from apps.assembly.models import AssemblyOrder
from apps.assembly.states import ON_FLOOR
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record

MAY_PLAN = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
"""Who decides what is made and when; at the bench anybody works."""


def check_may_plan(by: Actor, act: str) -> None:
    """Raises `NotAllowed`."""
    check_role(by, MAY_PLAN, act)


def check_role(by: Actor, roles: tuple[Role, ...], act: str) -> None:
    """Raises `NotAllowed`."""
    if not by.user.has_role(*roles):
        raise NotAllowed(who=by.user.get_username(), act=act)


def must_be_on_floor(order: AssemblyOrder) -> None:
    """Raises `NotOnFloor`."""
    if order.state not in ON_FLOOR:
        raise NotOnFloor(order=order.number, state=order.state)


def note(verb: str, order: AssemblyOrder, *, by: Actor, at: datetime, **detail: Any) -> None:
    """A decision about an order; its page shows who took it and when."""
    record(
        verb, kind="assembly order", number=order.number, by=by, at=at, warehouse_code=order.warehouse.code, **detail
    )
