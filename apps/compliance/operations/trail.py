"""What the audit trail says of inspections and excursions, and who may do what about one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.accounts.roles import Role
from apps.compliance.models import ExcursionCase, Inspection
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record

MAY_INSPECT = (Role.QUALITY, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
MAY_DECIDE = (Role.QUALITY, Role.SUPERVISOR, Role.ADMIN)
MAY_CONCEDE = (Role.QUALITY, Role.INVENTORY_MANAGER, Role.ADMIN)
MAY_RELEASE = (Role.QUALITY, Role.ADMIN)


def check_role(by: Actor, roles: tuple[Role, ...], act: str) -> None:
    """Raises `NotAllowed`."""
    if not by.user.has_role(*roles):
        raise NotAllowed(who=by.user.get_username(), act=act)


def note(verb: str, inspection: Inspection, *, by: Actor, at: datetime, **detail: Any) -> None:
    """A decision about an inspection; its page shows who took it and when."""
    record(
        verb,
        kind="inspection",
        number=inspection.number,
        by=by,
        at=at,
        warehouse_code=inspection.warehouse.code,
        **detail,
    )


def note_excursion(verb: str, case: ExcursionCase, *, by: Actor, at: datetime, **detail: Any) -> None:
    """What was found of an excursion, or decided; its page shows it."""
    record(
        verb,
        kind="excursion case",
        number=case.number,
        by=by,
        at=at,
        warehouse_code=case.warehouse.code,
        **detail,
    )
