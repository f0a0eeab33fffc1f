"""What doors tell is taken down; losses are looked into; who reads them is recorded."""

from apps.losses.operations.cases import (
    MAY_INVESTIGATE,
    ask_finding,
    decide_loss,
    note_case_read,
    open_loss_case,
    record_loss_step,
    refuse_finding,
)
from apps.losses.operations.doors import (
    MAY_READ_LOSSES,
    AtDoor,
    DoorTold,
    may_read_losses,
    note_losses_read,
    record_door_events,
)
from apps.losses.operations.odd import dismiss_odd

__all__ = [
    "MAY_INVESTIGATE",
    "MAY_READ_LOSSES",
    "AtDoor",
    "DoorTold",
    "ask_finding",
    "decide_loss",
    "dismiss_odd",
    "may_read_losses",
    "note_case_read",
    "note_losses_read",
    "open_loss_case",
    "record_door_events",
    "record_loss_step",
    "refuse_finding",
]
