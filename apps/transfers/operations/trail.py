"""Who may decide about transfers, at which site, and what the audit trail says of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Warehouse
from apps.transfers.models import Transfer

MAY_ASK = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.BUYER, Role.SALES, Role.ADMIN)
MAY_DECIDE = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
"""Who sends goods away, and who says what became of those that never came."""


def check_role(by: Actor, roles: tuple[Role, ...], act: str) -> None:
    """Raises `NotAllowed`."""
    if not by.user.has_role(*roles):
        raise NotAllowed(who=by.user.get_username(), act=act)


def check_works_at(by: Actor, site_ids: tuple[int, ...], act: str) -> None:
    """One of the sites is where they work. Raises `NotAllowed`."""
    if not Warehouse.objects.for_user(by.user).filter(pk__in=site_ids).exists():
        raise NotAllowed(who=by.user.get_username(), act=act)


def note(verb: str, transfer: Transfer, *, by: Actor, at: datetime, **detail: Any) -> None:
    """A decision about a transfer; its page shows who took it and when."""
    record(
        verb,
        kind="transfer",
        number=transfer.number,
        by=by,
        at=at,
        warehouse_code=transfer.destination.code,
        origin=transfer.origin.code,
        **detail,
    )
