"""What the audit trail says of a return, and who may decide about one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.returns.models import CustomerReturn, ReturnToSupplier

MAY_OPEN = (Role.SALES, Role.SUPERVISOR, Role.ADMIN)
MAY_OPEN_BLIND = (Role.SUPERVISOR, Role.ADMIN)
MAY_REQUEST_TO_SUPPLIER = (Role.BUYER, Role.QUALITY, Role.INVENTORY_MANAGER, Role.SUPERVISOR, Role.ADMIN)
MAY_APPROVE_TO_SUPPLIER = (Role.BUYER, Role.INVENTORY_MANAGER, Role.ADMIN)
MAY_CREDIT_TO_SUPPLIER = (Role.BUYER, Role.ADMIN)
MAY_OVERRIDE = (Role.SUPERVISOR, Role.ADMIN)
MAY_INSPECT = (Role.QUALITY, Role.SUPERVISOR, Role.ADMIN)
MAY_SCRAP = (Role.SUPERVISOR, Role.ADMIN)


def check_role(by: Actor, roles: tuple[Role, ...], act: str) -> None:
    """Raises `NotAllowed`."""
    if not by.user.has_role(*roles):
        raise NotAllowed(who=by.user.get_username(), act=act)


def note(verb: str, document: CustomerReturn, *, by: Actor, at: datetime, **detail: Any) -> None:
    """A decision about a return; its page shows who took it and when."""
    record(
        verb,
        kind="customer return",
        number=document.number,
        by=by,
        at=at,
        warehouse_code=document.warehouse.code,
        **detail,
    )


def note_to_supplier(verb: str, document: ReturnToSupplier, *, by: Actor, at: datetime, **detail: Any) -> None:
    """A decision about a return to a supplier."""
    record(
        verb,
        kind="return to supplier",
        number=document.number,
        by=by,
        at=at,
        warehouse_code=document.warehouse.code,
        **detail,
    )
