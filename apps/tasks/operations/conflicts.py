"""The conflict inbox: what was done out of reach and refused when it was told is kept until a person has settled it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.core.querysets import storable
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Warehouse
from apps.tasks.models import CONFLICT_NUMBERS, Conflict, WarehouseTask
from apps.tasks.states import ConflictState

MAY_SETTLE = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
"""Who looks at what went wrong out of reach."""
NEVER_SET = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A command that was told late: its key, where it was sent, what it said, and the number of what it is about."""

    key: str
    command: str
    said: dict[str, Any]
    about: str = ""
    occurred_at: datetime | None = None
    """By the clock of the device."""


def note_conflict(*, late: Late, refusal: dict[str, Any], by: Actor, at: datetime) -> Conflict | None:
    """Keep what a worker did out of reach and the warehouse refused, with how the task stood; once for a command.

    None where the worker works nowhere: there is nobody to look at it.
    """
    known = Conflict.objects.filter(actor=by.name, key=late.key).first()
    if known is not None:
        return known
    task = (
        WarehouseTask.objects.for_user(by.user)
        .filter(number=storable(late.about))
        .select_related("warehouse", "assigned_to", "done_by", "source", "target")
        .first()
        if late.about
        else None
    )
    site = task.warehouse if task is not None else Warehouse.objects.for_user(by.user).order_by("pk").first()
    if site is None:
        return None
    return Conflict.objects.create(
        number=CONFLICT_NUMBERS.next(),
        created_at=at,
        warehouse=site,
        worker=by.user,
        device=by.device,
        actor=by.name,
        key=late.key,
        command=late.command[:200],
        said=_kept(late.said),
        task=task,
        occurred_at=_sane(late.occurred_at, at),
        received_at=at,
        code=str(refusal.get("code", ""))[:60],
        refusal=_kept(refusal),
        found=_standing(task) if task is not None else {},
    )


def settle_conflict(*, conflict_id: int, how: str, by: Actor, at: datetime, note: str = "") -> Conflict:
    """Say that somebody has looked at it, or has set right by hand what had to be. Raises `NotAllowed`."""
    if not by.user.has_role(*MAY_SETTLE):
        raise NotAllowed(who=by.user.get_username(), act="settle conflicts")
    conflict = Conflict.objects.lock_one(conflict_id)
    conflict.note, conflict.settled_by, conflict.settled_at = note or conflict.note, by.user, at
    conflict.advance(ConflictState(how), "note", "settled_by", "settled_at")
    record(
        how,
        kind="conflict",
        number=conflict.number,
        by=by,
        at=at,
        warehouse_code=conflict.warehouse.code,
        note=note,
    )
    return conflict


def see_conflict(*, conflict_id: int, by: Actor, at: datetime, note: str = "") -> Conflict:
    """Somebody has looked at it and nothing is to be done. Raises as `settle_conflict`."""
    return settle_conflict(conflict_id=conflict_id, how=ConflictState.SEEN, note=note, by=by, at=at)


def set_right_by_hand(*, conflict_id: int, note: str, by: Actor, at: datetime) -> Conflict:
    """What the worker did was recorded in another way, or undone on the floor. Raises as `settle_conflict`."""
    return settle_conflict(conflict_id=conflict_id, how=ConflictState.BY_HAND, note=note, by=by, at=at)


def _standing(task: WarehouseTask) -> dict[str, Any]:
    """How the task stood when the command came: what a person compares with what was said."""
    return {
        "state": task.state,
        "version": task.version,
        "quantity": task.quantity,
        "source": task.source.code,
        "target": task.target.code if task.target is not None else None,
        "assigned_to": task.assigned_to.get_username() if task.assigned_to is not None else None,
        "lease_until": task.lease_until,
        "done_by": task.done_by.get_username() if task.done_by is not None else None,
        "done_at": task.done_at,
    }


def _sane(occurred_at: datetime | None, at: datetime) -> datetime | None:
    """What a device's clock says, unless it was never set."""
    return occurred_at if occurred_at is not None and abs(occurred_at - at) < NEVER_SET else None


def _kept(value: Any) -> Any:
    """The same as PostgreSQL can hold it: without NUL and halves of characters."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
        case dict():
            return {_kept(str(name)): _kept(each) for name, each in value.items()}
        case list() | tuple():
            return [_kept(each) for each in value]
    return value
