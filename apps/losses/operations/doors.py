"""What doors tell is taken down; who reads what went missing is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.journal.rules import CLOCK_MAY_BE_AHEAD
from apps.losses.errors import DoorAhead, DoorOff
from apps.losses.models import Door, DoorEvent
from apps.losses.states import DoorEventKind

MAY_READ_LOSSES = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.SAFETY, Role.AUDITOR, Role.ADMIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDoor:
    """Something happened at a door, by its controller's clock, under the controller's own id."""

    event_id: str
    kind: DoorEventKind
    happened_at: datetime
    badge: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorTold:
    """What became of a batch."""

    new: int
    repeated: int


def record_door_events(*, door_id: int, events: Sequence[AtDoor], by: Actor, at: datetime) -> DoorTold:
    """Take down what happened at a door; what comes twice or late does no harm, and the first word of an event counts.

    Raises `DoorOff`, `DoorAhead`; then nothing of the batch is kept.
    """
    del by
    door = Door.objects.lock_one(door_id)
    if not door.is_active:
        raise DoorOff(door=door.code)
    latest = max(event.happened_at for event in events)
    if latest - at > CLOCK_MAY_BE_AHEAD:
        raise DoorAhead(door=door.code, happened_at=latest)
    first = {event.event_id: event for event in reversed(events)}
    known = set(DoorEvent.objects.filter(door=door, event_id__in=list(first)).values_list("event_id", flat=True))
    fresh = [event for event in first.values() if event.event_id not in known]
    DoorEvent.objects.bulk_create(
        DoorEvent(
            door=door,
            event_id=event.event_id,
            kind=event.kind,
            happened_at=event.happened_at,
            badge=event.badge,
            told_at=at,
        )
        for event in sorted(fresh, key=lambda event: event.happened_at)
    )
    return DoorTold(new=len(fresh), repeated=len(events) - len(fresh))


def note_losses_read(*, what: str, by: Actor, at: datetime) -> None:
    """Record that somebody read what went missing under whom, or who went through doors. Raises `NotAllowed`."""
    may_read_losses(by)
    record("read", kind="losses", number=what, by=by, at=at)


def may_read_losses(by: Actor) -> None:
    """Raises `NotAllowed`."""
    if not by.user.has_role(*MAY_READ_LOSSES):
        raise NotAllowed(who=by.user.get_username(), act="read what went missing")
